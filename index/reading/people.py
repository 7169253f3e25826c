"""The people behind labels, where the record itself names them, and labels that look mistyped.

In: labels and the file's header (title, front matter, the lines above the speech). Out: a full
name for a label whose surname stands there once, behind a given name. `MS. PSAKI` under "Press
Briefing by Press Secretary Jen Psaki" is Jen Psaki; nothing is known from outside the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from index.text import names
from index.transcript import Speaker

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_OFFICES = frozenset(
    """
    state defense energy climate education labor treasury commerce transportation agriculture interior justice
    homeland security health services development housing veterans affairs council committee commission board
    office department agency administration bureau house team response policy communications domestic economic
    national international foreign trade intelligence management budget protection environmental member members
    white press briefing remarks gaggle statement statements interview conversation readout call conference
    coordination coordinator strategic cyber emerging technologies technology public official officials america
    american united states nations force air advisers advisors economists economist infrastructure science
    implementation strategy engagement legislative senate representatives court operations pandemic covid
    president principal with by and of for the from at in on competitiveness operation allies welcome
    """.split()
)


_PROFESSION = re.compile(
    r"[^\W\d_]{3,}(?:ist|ician)|analyst|anchor|reporter|correspondent|author|actor|actress|astronaut|historian",
    re.IGNORECASE,
)
_LISTED = frozenset("of for to the a an and".split())
"""The small words of a list of speakers and their offices; any other ends it."""
_ENDS_LIST = frozenset(
    "at on in en aboard before after during about from regarding via as into previewing announcing".split()
)
_OPENS_LIST = re.compile(r"\b(?:by|with)\b", re.IGNORECASE)
_OFFICE_FIRST = re.compile(
    r"(?:(?:vice|deputy|acting|under|assistant|associate|principal|senior|press|attorney|surgeon|prime|first|former)\s+)*"
    r"(?:president|secretary|director|administrator|ambassador|senator|representative|congress(?:wo)?man|governor|mayor"
    r"|minister|chancellor|judge|justice|general|speaker|chair(?:wo)?(?:man)?|admiral|colonel|captain|lady|mr|mrs|ms|dr)\b",
    re.IGNORECASE,
)
_LIST_FIELD = re.compile(r"(?:speakers?|participants?|moderators?|panell?ists?|hosts?|guests?):", re.IGNORECASE)
_NEXT_ITEM = re.compile(r",|&|\b(?:and|by|with)\b", re.IGNORECASE)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?", re.IGNORECASE)
_COURTESIES = frozenset(("mr", "mrs", "ms", "miss", "dr"))


class _Mention(Struct, frozen=True):
    """A surname in the header; `name` is it with the given names before it, `titles` those it has there."""

    surname: str
    name: str | None
    titles: frozenset[str]
    speaks: bool = False


def people(labels: Iterable[str], header: str, present: Iterable[str] = ()) -> dict[str, str]:
    """Label -> the full name that `header` gives to its surname as a speaker's, if it gives one alone.

    `present` are people stated to speak. A name elsewhere in the header (a building's, a topic's)
    names nobody, but leaves in doubt whoever shares the surname.
    """
    labels = list(labels)
    surnames = {surname for label in labels if (surname := names.surname(label))}
    mentions = [mention for line in header.split("\n") for mention in _mentions(line, surnames, listed=False)]
    mentions += [mention for line in present for mention in _mentions(line, surnames, listed=True)]
    found = {}
    for label in labels:
        if not names.given(label):
            own = [mention for mention in mentions if mention.surname == names.surname(label)]
            if name := _only_name(_titles(label), own):
                found[label] = name
    return _without_contradictions(found)


def _only_name(titles: frozenset[str], mentions: Sequence[_Mention]) -> str | None:
    """The name of all `mentions`, if one speaks and none without a name may be another who has `titles`."""
    known = {mention.name for mention in mentions if mention.name}
    if len(known) != 1 or not any(mention.speaks for mention in mentions):
        return None
    its = frozenset[str]().union(*(mention.titles for mention in mentions if mention.name))
    for mention in mentions:
        if not mention.name and mention.titles and not mention.titles & its and _agree(titles, mention.titles):
            return None
    return known.pop()


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one person may have both: a president is a Mr. too."""
    return bool(one & other) or one <= _COURTESIES or other <= _COURTESIES


def _titles(text: str) -> frozenset[str]:
    return frozenset(bare for word in _WORD.findall(text) if _is_title(word) and (bare := word.strip(".").lower()))


def _is_title(word: str) -> bool:
    return not names.words(word) and word.lower() != "the" and not _SUFFIX.fullmatch(" " + word)


def _mentions(line: str, surnames: set[str], *, listed: bool) -> Iterator[_Mention]:
    """What `line` says of `surnames`; `listed`: it is an entry of a list of speakers."""
    listed = listed or _LIST_FIELD.match(line) is not None
    words = list(_WORD.finditer(line))
    for at, word in enumerate(words):
        surname = _surname_ending(words, at, surnames)
        if surname is None:
            continue
        first = at - len(surname.split()) + 1
        given = _given_before(words, first)
        item = _NEXT_ITEM.split(line[: words[given].start()])[-1]
        if given == first:
            titled = first > 0 and _adjoins(words[first - 1], words[first]) and _is_title(words[first - 1].group())
            yield _Mention(surname, None, _titles(item) if titled else frozenset())
            continue
        suffix = _SUFFIX.match(line, word.end())
        end = suffix.end() if suffix else word.end()
        name = " ".join(line[words[given].start() : end].split())
        above, below = line[: words[given].start()], line[end:]
        role = below[1:] if below.startswith(",") and not names.words(above) else ""
        certain = _is_certain(words, given, first) and not _possessive(word.group()) and not _goes_on(below)
        speaks = listed or _in_list(above) or (not above.strip() and bool(_titles(role)))
        yield _Mention(surname, name, _titles(f"{item} {role}"), certain and speaks)


def _surname_ending(words: list[re.Match[str]], at: int, surnames: set[str]) -> str | None:
    for length in (3, 2, 1):
        if at - length + 1 < 0:
            continue
        text = " ".join(w.group().lower().replace("’", "'").removesuffix("'s") for w in words[at - length + 1 : at + 1])
        if text in surnames:
            return text
    return None


def _given_before(words: list[re.Match[str]], first: int) -> int:
    """The index at which the given names before `first` begin; `first` itself where there are none."""
    at = first
    while at > 0 and first - at < 3 and _is_given(words[at - 1]) and _adjoins(words[at - 1], words[at]):
        at -= 1
    return at


def _is_certain(words: list[re.Match[str]], given: int, first: int) -> bool:
    """Whether a name begins at `given`: after nothing, punctuation, a title, `by` or `with`, or with one given name.

    "for International Economics and Trustbusting Peter Harrell" leaves it open.
    """
    if given == 0 or not _adjoins(words[given - 1], words[given]):
        return True
    before = words[given - 1].group()
    if _is_title(before) or before.lower() in ("by", "with"):
        return True
    return not _is_given(words[given - 1]) and sum(len(w.group().strip(".")) > 1 for w in words[given:first]) == 1


def _is_given(word: re.Match[str]) -> bool:
    text = word.group()
    bare = text.strip(".").lower()
    odd = bare in _OFFICES or _possessive(text) or _PROFESSION.fullmatch(bare)
    return text[0].isupper() and not odd and bool(names.words(text))


def _possessive(word: str) -> bool:
    return word.lower().endswith(("'s", "’s"))


def _goes_on(below: str) -> bool:
    """Whether the words after a name make it another's: "… Kennedy Center", "… Smiths' lawyer"."""
    following = re.match(r"['’]|\s+(?P<word>[^\W\d_]\S*)", below)
    if following is None or following["word"] is None:
        return following is not None
    word = following["word"]
    return word[0].isupper() and word.lower() not in _LISTED | _ENDS_LIST | {"by", "with"}


def _in_list(above: str) -> bool:
    """Whether `above` ends in a list of speakers: after `by`, `with`, or an office that opens the line."""
    openers = list(_OPENS_LIST.finditer(above))
    if not openers and not _OFFICE_FIRST.match(above):
        return False
    listed = above[openers[-1].end() :] if openers else above
    words = [word.group() for word in _WORD.finditer(listed)]
    if re.search(r"[:;|–—()]", listed) or any(_ends_list(word) for word in words):
        return False
    # "the Passing of Congressman John Lewis": an office of nobody's.
    while words and _is_title(words[-1]):
        words.pop()
    return not words or words[-1].lower() not in ("of", "for", "to")


def _ends_list(word: str) -> bool:
    return word.lower() in _ENDS_LIST or (word[0].islower() and word not in _LISTED)


def _adjoins(before: re.Match[str], after: re.Match[str]) -> bool:
    between = before.string[before.end() : after.start()]
    return between.strip() == "" and between != ""


def _without_contradictions(found: dict[str, str]) -> dict[str, str]:
    """President Smith and Ms. Smith can't both be the Smith of the header: neither is named then."""
    titles: dict[str, set[frozenset[str]]] = {}
    for label, name in found.items():
        titles.setdefault(name, set()).add(_titles(label))
    return {label: name for label, name in found.items() if len(titles[name]) < 2}


_FAMILIAR = ("MODERATOR", "OPERATOR", "INTERPRETER", "UNIDENTIFIED", "PARTICIPANT", "SECRETARY", "REPORTER")
_COMPARED = 50
"""The commonest labels, with which others are compared."""


def mistyped(labels: Counter[str]) -> dict[str, str]:
    """Label -> the commoner label, or the familiar word, of which it looks like a misprint."""
    found: dict[str, str] = {}
    common = labels.most_common(_COMPARED)
    for label, count in labels.items():
        commoner = [other for other, n in common if other != label and n > count]
        known = [*commoner, *_FAMILIAR] if label.isupper() else commoner
        likely = next((other for other in known if _looks_like(label, other)), None)
        if likely is not None and label not in _FAMILIAR:
            found[label] = likely
    return found


def _looks_like(label: str, other: str) -> bool:
    """One or two letters apart, or with a letter too many in front, in words long enough for that to be telling."""
    a, b = label.casefold(), other.casefold()
    if a == b:
        return False
    changed = [(x, y) for x, y in zip_longest(a.split(), b.split(), fillvalue="") if x != y]
    if all(_tells_apart(x) and _tells_apart(y) for x, y in changed):
        return False
    if len(b) >= 5 and a.endswith(b) and len(a) - len(b) <= 2:
        return True
    shorter = min(len(a), len(b))
    return shorter >= 5 and _distance(a, b) <= (1 if shorter < 8 else 2)


def _tells_apart(word: str) -> bool:
    """`Speaker 1` and `Speaker 2`, `MR. A` and `MR. B` are two people."""
    return len(word.strip(".")) < 2 or any(character.isdigit() for character in word)


def _distance(a: str, b: str) -> int:
    """Letters to insert, delete, replace or swap (Damerau), given up on beyond 3."""
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def named(
    labels: Counter[str], header: str, stated: Iterable[Speaker] = (), present: Iterable[str] = ()
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """The speakers in order of first appearance, and warnings about labels that look mistyped."""
    wrong = mistyped(labels)
    known = people([label for label in labels if label not in wrong], header, present)
    known.update({speaker.label: speaker.name for speaker in stated if speaker.name})
    warnings = tuple(
        f"the label {label!r} ({labels[label]} of {labels.total()} turns) "
        f"looks like a misprint of {other!r}: kept as printed"
        for label, other in wrong.items()
    )
    return tuple(Speaker(label, known.get(label)) for label in labels), warnings
