"""Names of people: which voice of the record a name as asked means.

In: a name somebody asks for, and a voice's label and, where the record states it, the person
behind it. Out: whether it is meant. A surname suffices; a given name or initial must not
contradict the one the record gives. Nothing here decides who a person *is*.
"""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset(
    """
    mr mrs ms miss dr doctor surgeon prof professor sir dame lord lady president vice secretary secretaries general
    deputy under assistant acting principal senior press director administrator ambassador senator sen
    representative rep congressman congresswoman governor gov mayor minister prime chancellor judge justice
    attorney speaker chair chairman chairwoman chairperson chairwomen moderator commissioner councillor
    councilor councilmember councilman councilwoman alderman admiral adm colonel col major maj captain capt
    lieutenant lt sergeant sgt officer chief staff advisor adviser coordinator czar envoy special counselor
    counsel spokesperson spokesman spokeswoman the honorable hon reverend rev father sister brother rabbi imam
    king queen prince princess first lady second gentleman leader king treasurer clerk host presenter
    interviewer
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


def words(name: str) -> list[str]:
    """The words of a name, without the titles before it, roles and suffixes: lower case, no accents."""
    before_role = name.split(",")[0]
    plain = "".join(c for c in unicodedata.normalize("NFKD", before_role) if not unicodedata.combining(c))
    found = [word.replace("’", "'").lower() for word in _WORD.findall(re.sub(r"\([^)]*\)", " ", plain))]
    titles = next((at for at, word in enumerate(found) if word not in _TITLES), len(found))
    if titles == len(found) > 1 and found[0] in _COURTESY:
        titles -= 1  # "Mr. King", "Ms. Judge"
    return [word for word in found[titles:] if word not in _SUFFIXES]


def surname(name: str) -> str | None:
    """The last name, with the particles before it; None where nothing but a title stands."""
    parts = words(name)
    if not parts:
        return None
    first = len(parts) - 1
    while first > 0 and parts[first - 1] in _PARTICLES:
        first -= 1
    return " ".join(parts[first:])


def given(name: str) -> list[str]:
    """The names before the surname."""
    parts, last = words(name), surname(name)
    return parts[: len(parts) - len(last.split())] if last else []


def bears(asked: str, label: str, name: str | None) -> bool:
    """Whether `asked` means the voice printed as `label`, behind which the record puts `name`."""
    if not asked.strip():
        return False
    if _folded(asked) in {_folded(label), _folded(name or "")}:
        return True
    wanted = surname(asked)
    if wanted is None:
        return False
    return any(
        wanted == surname(known) and _compatible(given(asked), given(known))
        for known in (name, label)
        if known and not (known is label and name and surname(name) == surname(label))
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _compatible(asked: list[str], known: list[str]) -> bool:
    """Whether given names don't contradict each other; one side without any contradicts nothing."""
    if not asked or not known:
        return True
    return any(_same_given(a, k) for a in asked for k in known)


def _same_given(a: str, b: str) -> bool:
    return a == b or b in _SAME_GIVEN.get(a, ()) or (min(len(a), len(b)) == 1 and a[0] == b[0])
