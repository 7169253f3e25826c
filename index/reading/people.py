"""The people behind labels, where the record itself names them, and labels that look mistyped.

In: labels and the file's header (title, front matter, the lines above the speech). Out: a full
name for a label whose surname stands there once, behind a given name. `MS. PSAKI` under "Press
Briefing by Press Secretary Jen Psaki" is Jen Psaki; nothing is known from outside the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

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
    president principal with by and of for the from at in on
    """.split()
)


def people(labels: Iterable[str], header: str) -> dict[str, str]:
    """Label -> the full name that `header` gives to its surname; only where it gives exactly one."""
    stated = _full_names(header, {surname for label in labels if (surname := names.surname(label))})
    found: dict[str, str] = {}
    for label in labels:
        known = stated.get(names.surname(label) or "", set())
        if len(known) == 1 and not names.given(label):
            found[label] = next(iter(known))
    return _without_contradictions(found)


def _full_names(header: str, surnames: set[str]) -> dict[str, set[str]]:
    """Surname -> the full names that end in it."""
    lines = [list(_WORD.finditer(line)) for line in header.split("\n")]
    found: dict[str, set[str]] = {}
    for words in lines:
        for at, word in enumerate(words):
            surname = _surname_ending(words, at, surnames)
            if surname is None:
                continue
            first = at - len(surname.split()) + 1
            given = _given_before(words, first)
            if given < first:
                line = word.string
                name = line[words[given].start() : word.end()].removesuffix("’s")
                found.setdefault(surname, set()).add(" ".join(name.split()))
    return found


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
    if at == first or _opens_name(words, at):
        return at
    # "for International Economics and Competitiveness Peter Harrell": one given name is all that is sure.
    nearest = first - 1
    while nearest > at and len(words[nearest].group().strip(".")) == 1:
        nearest -= 1
    return nearest


def _opens_name(words: list[re.Match[str]], at: int) -> bool:
    """Whether a name can only begin at `at`: after nothing, punctuation, a title, or `by` or `with`."""
    if at == 0 or not _adjoins(words[at - 1], words[at]):
        return True
    before = words[at - 1].group()
    return not names.words(before) or before.lower() in ("by", "with")


def _is_given(word: re.Match[str]) -> bool:
    text = word.group()
    bare = text.strip(".").lower()
    return text[0].isupper() and bare not in _OFFICES and bool(names.words(text))


def _adjoins(before: re.Match[str], after: re.Match[str]) -> bool:
    between = before.string[before.end() : after.start()]
    return between.strip() == "" and between != ""


def _without_contradictions(found: dict[str, str]) -> dict[str, str]:
    """Mr. Smith and Ms. Smith can't both be the Smith of the header: neither is named then."""
    titles: dict[str, set[str]] = {}
    for label, name in found.items():
        if title := re.match(r"(mr|ms|mrs|miss)\b", label, re.IGNORECASE):
            titles.setdefault(name, set()).add("m" if title.group().lower() == "mr" else "f")
    return {label: name for label, name in found.items() if len(titles.get(name, ())) < 2}


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
    labels: Counter[str], header: str, stated: Iterable[Speaker] = ()
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """The speakers in order of first appearance, and warnings about labels that look mistyped."""
    wrong = mistyped(labels)
    known = people([label for label in labels if label not in wrong], header)
    known.update({speaker.label: speaker.name for speaker in stated if speaker.name})
    warnings = tuple(
        f"the label {label!r} ({labels[label]} of {labels.total()} turns) "
        f"looks like a misprint of {other!r}: kept as printed"
        for label, other in wrong.items()
    )
    return tuple(Speaker(label, known.get(label)) for label in labels), warnings
