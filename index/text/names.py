"""Names of people: which voice of the record a name as asked means.

In: a name somebody asks for, and a voice's label and, where the record states it, the person
behind it. Out: whether it is meant. A surname suffices; a given name or initial must not
contradict the one the record gives. Nothing here decides who a person *is*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

_TITLES = frozenset(
    """
    mr mrs ms miss dr doctor sec pres vp amb atty pm surgeon prof professor sir dame lord lady president vice
    secretary secretaries general deputy under assistant acting principal senior press director administrator
    ambassador senator sen representative rep congressman congresswoman governor gov mayor minister prime
    chancellor judge justice attorney speaker chair chairman chairwoman chairperson chairwomen moderator
    commissioner councillor councilor councilmember councilman councilwoman alderman admiral adm colonel col
    major maj captain capt lieutenant lt sergeant sgt officer chief staff advisor adviser coordinator czar
    envoy special counselor counsel spokesperson spokesman spokeswoman the honorable hon reverend rev father
    sister brother rabbi imam king queen prince princess first lady second gentleman leader king treasurer
    clerk host presenter interviewer
    """.split()
)
_COURTESY = frozenset("mr mrs ms miss dr".split())
_SUFFIXES = frozenset("jr sr ii iii iv phd md esq usn usa ret".split())
_PARTICLES = frozenset("van von de der den del della di da du la le el al bin ibn ben mac st san dos das do".split())

_SHORT_FORMS = """
    michael mike mick; robert bob rob bobby; william bill will billy; james jim jimmy jamie; john jack johnny
    jon; joseph joe joey; jennifer jen jenny; jeffrey jeff geoffrey; thomas tom tommy; richard rick dick rich;
    edward ed eddie ted; charles charlie chuck; christopher chris; daniel dan danny; david dave; donald don;
    elizabeth liz beth betsy; katherine kate kathy catherine cathy; margaret meg maggie peggy; matthew matt;
    anthony tony; andrew andy drew; alexander alex; alexandra alex; benjamin ben; gregory greg; joshua josh;
    kenneth ken; lawrence larry; nicholas nick; patrick pat; patricia pat patty; peter pete; philip phil;
    raymond ray; ronald ron; samuel sam; samantha sam; stephen steve steven; susan sue; timothy tim; victoria
    vicky; walter walt; jacob jake; debra deb debbie deborah; barack barry; bernard bernie; pamela pam;
    abigail abby; rebecca becky; vincent vince; francis frank; frederick fred; gerald gerry jerry; antony
    tony; gina regina; xavier xav; rochelle shelly; cecilia ceci; alejandro ali
"""
_SAME_GIVEN: dict[str, set[str]] = {}
for _forms in _SHORT_FORMS.split(";"):
    for _form in _forms.split():
        _SAME_GIVEN.setdefault(_form, set()).update(_forms.split())

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, without titles and what stands before them, roles and suffixes: lower case, no accents."""
    before_role = name.split(",")[0]
    plain = "".join(c for c in unicodedata.normalize("NFKD", before_role) if not unicodedata.combining(c))
    found = [word.replace("’", "'").lower() for word in _WORD.findall(re.sub(r"\([^)]*\)", " ", plain))]
    found = [word for word in found if word not in _SUFFIXES]
    titles = [at for at, word in enumerate(found) if word in _TITLES]
    if titles and titles[-1] + 1 < len(found):
        return tuple(found[titles[-1] + 1 :])  # "Treasury Secretary Yellen"
    if len(titles) == len(found) > 1 and found[0] in _COURTESY:
        return tuple(found[-1:])  # "Mr. King"
    return () if len(titles) == len(found) else tuple(found)


def surname(name: str) -> str | None:
    """The last name, with the particles before it; None where nothing but a title stands."""
    parts = words(name)
    if not parts:
        return None
    first = len(parts) - 1
    while first > 0 and parts[first - 1] in _PARTICLES:
        first -= 1
    return " ".join(parts[first:])


def given(name: str) -> tuple[str, ...]:
    """The names before the surname."""
    parts, last = words(name), surname(name)
    return parts[: len(parts) - len(last.split())] if last else ()


def meant(asked: Collection[str], voices: Sequence[tuple[str | None, str | None]]) -> list[bool]:
    """For each of `voices`, its label and name, whether one of `asked` means it.

    A label without a name is held against the names that the same label has elsewhere. A given
    name means it only where one of them, or the label itself, has it: "MS. JOHNSON" alone is no Boris Johnson.
    """
    stated: dict[str, list[str]] = {}
    for label, name in voices:
        if label and name:
            stated.setdefault(_folded(label), []).append(name)
    # A few of thousands that are asked for can mean a voice: those that share the whole of it or a surname with it.
    alike: dict[str, list[str]] = {}
    for one in asked:
        for key in _keys(one):
            alike.setdefault(key, []).append(one)

    def is_meant(label: str, names: Sequence[str]) -> bool:
        keys = _keys(label).union(*map(_keys, names))
        return any(_means(one, label, names) for key in keys & alike.keys() for one in alike[key])

    return [
        label is not None and is_meant(label, (name,) if name else stated.get(_folded(label), ()))
        for label, name in voices
    ]


@lru_cache(maxsize=20_000)
def _keys(known: str) -> frozenset[str]:
    """What a name that means `known` has in common with it: one of these at least."""
    return frozenset((_folded(known), surname(known) or _folded(known)))


def _means(asked: str, label: str, names: Sequence[str]) -> bool:
    if names:
        return any(bears(asked, label, name) for name in names)
    return bears(asked, label, None) and (not given(asked) or bool(given(label)) or _folded(asked) == _folded(label))


@lru_cache(maxsize=20_000)
def bears(asked: str, label: str, name: str | None) -> bool:
    """Whether `asked` means the voice printed as `label`, behind which the record puts `name`."""
    if not asked.strip():
        return False
    if _folded(asked) in {_folded(label), _folded(name or "")}:
        return True
    wanted = surname(asked)
    if wanted is None or _courtesies_contradict(asked, label):
        return False
    return any(
        wanted == surname(known) and _compatible(given(asked), given(known))
        for known in (name, label)
        if known and not (known is label and name and surname(name) == surname(label))
    )


def is_title(word: str) -> bool:
    """Whether a word, in any case, is one of a title or an office ("Secretary", "Dr.")."""
    return word.lower().rstrip(".") in _TITLES


def is_courtesy(word: str) -> bool:
    """Whether a word, in any case, is a mere form of address ("Ms.", "Dr.")."""
    return word.lower().rstrip(".") in _COURTESY


def is_institution(name: str) -> bool:
    """Whether words with capitals name an institution, a place or a thing, as far as the words tell."""
    return bool(_INSTITUTION.search(name))


def ends_in_title(name: str) -> bool:
    """Whether `name` is an office ("Treasury Secretary") and names nobody."""
    found = _WORD.findall(name.lower())
    return bool(found) and found[-1] in _TITLES and not (len(found) > 1 and found[0] in _COURTESY)


_MEN, _WOMEN = frozenset({"mr"}), frozenset({"ms", "mrs", "miss"})


def _courtesies_contradict(asked: str, label: str) -> bool:
    """A "Mr. X" is no "MS. X"."""
    one, other = (set(_WORD.findall(text.lower())[:1]) for text in (asked, label))
    return bool((one & _MEN and other & _WOMEN) or (one & _WOMEN and other & _MEN))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _compatible(asked: Sequence[str], known: Sequence[str]) -> bool:
    """Whether given names don't contradict each other; one side without any contradicts nothing."""
    if not asked or not known:
        return True
    return any(same_given(a, k) for a in asked for k in known)


def same_given(a: str, b: str) -> bool:
    """Whether two given names, small, may be one: equal, a usual short form, or an initial."""
    return a == b or b in _SAME_GIVEN.get(a, ()) or (min(len(a), len(b)) == 1 and a[0] == b[0])


_INSTITUTION = re.compile(
    r"\b(?:"
    + "|".join(
        r"""
        Accord Act Administration Afghanistan Africa African Agency Agreement Agriculture Air Airlines Airport
        Amazon Amendment Americans? April Arabia Army Article Asian Assembly Association August Australia
        Authority Avenue Bank Base Beach Beijing Better Bill Black Board Britain Bureau CDC CIA COVID Canada
        Caucus Center China Church City Climate Club Coalition Commerce Commission Committee Company Conference
        Congress Constitution Corp Corps Council County Court Covid Credit Day Deal December Defense Delta
        Democratic Democrats? Departments? EPA East Education Embassy Emergency Energy Europe European FBI FDA
        Facebook Family February Federal First Forces? Foundation Fox France Fund Germany Good Google Government
        Group Guard Health Hispanic Homeland Hong Hospital House Inc Index India Inflation Infrastructure
        Initiative Institutes? Interior Iran Iraq Islander Islands? Israel January Japan Jewish Journal July
        June Justice Kingdom Kong Korea Kremlin Labor Laboratory Lake Lanka Las Latino Leone Letter Library
        Lines Los March May Medical Memo Mexico Middle Ministry Mission Moderna Month Moscow Museum Muslim NATO
        NIH National Nations Native Navy New News North November October Office Operation Order Organization
        Pacific Parliament Partnership Party Pentagon Pfizer Plan Poland Police Post Press Program Project
        Relief Report Republic Republicans? Rescue Reserve Rica Rights River Russia Salvador San Schools?
        Security Senate September Services? Society South Speed State States Strategy Street Summit Supreme
        Survey Syria Taiwan Taliban Task Tax Team Times Transportation Treasury Treaty Trust Turkey Ukraine
        Union Unit United University Vaccine Vaccines Valley Veterans Wall Warp Week West World York Zealand
        """.split()
    )
    + r")\b"
)
