"""Labels of speakers at the head of a line, in their real variety, and which of them to believe.

In: one line. Out: a `Heading`: the label as printed, the second if one is printed beside it, and
the rest of the line. A heading is a candidate only; `believed` decides over the whole file, for
`Bottom line:` looks like `Adam:` until the file shows how it prints its labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from msgspec import Struct

from index.text import names

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LEAD = re.compile(
    r"(?P<marks>[*_]{0,3})(?:>{2,3}\s*)?"
    rf"(?:(?P<open>[\[(]?)(?P<clock>{CLOCK})[\])]?(?P<to>\s*(?:[-–—])\s*{CLOCK}[\])]?)?(?:\s*[-–—|]\s*|\s+|(?=:)|$))?"
)
_QUESTION = re.compile(
    r"(?P<marks>[*_]{0,3})(?P<label>[QA])"
    r"(?P<end>[.:]?[*_]{0,3}[.:]?(?:[ \xa0\t]{2,}|[\xa0\t]|$|[–—]+ )|[.:]? (?=\S))"
)
_ENDING = re.compile(
    r"\s{0,4}(?P<marks>[*_]{0,3})\s{0,4}"
    rf"(?:[\[(]?(?P<clock>{CLOCK})[\])]?)?\s{{0,4}}(?P<colon>:?)(?P<more>[*_]{{0,3}})(?P<late>:?)(?P<gap>\s*)"
)
_CLOCK_AFTER = re.compile(rf"\s+[\[(]?{CLOCK}[\])]?\s*[*_]{{0,3}}:?[*_]{{0,3}}\s*$|\s*[\[(]{CLOCK}[\])]")
_ITEM = re.compile(r"[-*+]\s+(?=(?:\*\*|__)[^\s*_])")
_SLIP = re.compile(r"(?P<label>(?:M[RS]|MRS|DR):\s{1,3}[A-Z][A-Z’'-]{1,40}):\s+")
"""`MR: ZIENTS:`, a colon for a full stop."""
_LONGEST = 80

_SMALL = frozenset("of and de la the for van von to in on at del der den di da dos al bin el y du le".split())
_NUMBERS = frozenset("ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN".split())
_NOT_LABELS = frozenset(
    """
    note notes warning caution update updates correction example examples tip summary source sources date time
    title subject location where when re from to cc ps nb http https ftp mailto url link see e.g i.e contact
    email tel phone copyright license author authors version usage installation requirements kind language
    duration published participants present absent agenda disclaimer topic topics keywords tags description
    """.split()
)
_ROLES = frozenset(
    """
    moderator operator interpreter translator host cohost co-host guest interviewer interviewee speaker narrator
    announcer audience reporter participant chair clerk question answer voiceover president aide staff all male
    female man woman boy girl person voice spk member panelist witness
    """.split()
)


class Heading(Struct, frozen=True):
    """A label at the head of a line, as far as the line alone can tell.

    `style`: "question" (`Q   …`), "capitals" (`MS. PSAKI: …`), "name" (`Adam: …`), "bold"
    (`**Adam:** …`), "item" (`* **Adam:** …`), "timed" (a time beside the label), "clock" (a time alone, no label).
    """

    style: str
    label: str | None
    rest: str
    second: float | None = None


def seconds(clock: str) -> float:
    """`0:42`, `1:02:03.5` in seconds."""
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def heading(line: str, markdown: bool) -> Heading | None:
    """The label that `line` (without white space at its edges) may open with."""
    if ":" not in line[: 2 * _LONGEST] and line.lstrip("*_")[:1] not in ("Q", "A"):
        return None
    if markdown and (item := _ITEM.match(line)):
        found = heading(line[item.end() :], markdown)
        return Heading("item", found.label, found.rest) if found and found.style == "bold" else None
    question = _QUESTION.match(line)
    if question and not (question["marks"] and not markdown):
        opened = question["marks"] if question["end"].count("*") == 0 else ""
        # `A ` before a word is an article; `Q ` is nothing else.
        if question["label"] == "Q" or question["end"] != " ":
            return Heading("question", question["label"], opened + line[question.end() :])
    lead = _LEAD.match(line)
    assert lead is not None  # every part of it may be empty
    body = line[lead.end() :]
    clock = seconds(lead["clock"]) if lead["clock"] else None
    named = _named(body, lead["marks"], markdown=markdown)
    if named is None:
        if clock is None or not (lead["open"] or not body):
            return None
        return Heading("clock", None, lead["marks"] + body, clock)
    label, style, rest, beside = named
    second = clock if clock is not None else beside
    return Heading("timed" if second is not None else style, label, rest, second)


def _named(body: str, marks: str, markdown: bool) -> tuple[str, str, str, float | None] | None:
    slip = _SLIP.match(body)
    if slip:
        return " ".join(slip["label"].split()), "capitals", body[slip.end() :], None
    head = body[:_LONGEST]
    colon = head.find(":")
    after = _CLOCK_AFTER.search(head)
    stops = [at for at in (colon if colon > 0 else None, after.start() if after else None) if at is not None]
    if not stops:
        return None
    stop = min(stops)
    printed = head[:stop].rstrip()
    if markdown:
        printed = printed.rstrip("*_").rstrip()
    label = " ".join(printed.split())
    ending = _ENDING.match(body, len(printed))
    assert ending is not None  # every part of it may be empty
    has_colon = bool(ending["colon"] or ending["late"])
    alone = ending.end() == len(body)
    if not has_colon and not (ending["clock"] and alone):
        return None
    glued = has_colon and not alone and not (ending["gap"] or ending["marks"] or ending["more"])
    if glued and not (len(label) > 2 and is_capitals(label) and body[ending.end()].isalpha()):
        return None
    if not label or not _may_be_label(label):
        return None
    closing = ending["marks"] + ending["more"]
    rest = body[ending.end() :]
    if marks and not closing:
        rest = marks + rest
    beside = seconds(ending["clock"]) if ending["clock"] else None
    style = "bold" if marks and closing and markdown else "capitals" if is_capitals(label) else "name"
    return label, style, rest, beside


def _may_be_label(label: str) -> bool:
    """Whether every word is one a label is made of: capitals or a capital first, small words, numbers."""
    words = label.split()
    if len(words) > 8 or (label[-1] in ",;.!?" and not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", label)):
        return False
    if not any(character.isalpha() for character in label) or words[0].strip("(").lower() in _NOT_LABELS:
        return False
    if not (label[0].isalpha() or label[0] in "#@"):
        return False
    spoken = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", label).split()
    if not spoken or _is_small(spoken[0]) or _is_small(spoken[-1]):
        return False  # "Meet at 12:30"
    return all(_is_label_word(word) for word in spoken)


def _is_small(word: str) -> bool:
    return word in _SMALL and word != "al"


def _is_label_word(word: str) -> bool:
    first = next((character for character in word if character.isalnum()), "")
    # A script without capitals (Chinese, Arabic) has no other sign.
    return word in _SMALL or word in "&/-–+" or first.isdigit() or (first != "" and not first.islower())


def is_capitals(label: str) -> bool:
    """`MS. PSAKI`, `MR. McDONOUGH`, `MAN 2`, `MEMBERS OF BTS`."""
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", label).split()
    letters = [re.sub(r"^(?:Mc|Mac|Di|De|La|Le|Van|O['’])(?=[A-Z])|(?<=[A-Z])['’]s$", "", word) for word in words]
    upper = [word for word in letters if word not in _SMALL]
    return any(word.isupper() for word in upper) and all(word.upper() == word for word in upper)


class Printed(Protocol):
    """A line as `index.reading.lines` gives it: a candidate where it stands."""

    @property
    def heading(self) -> Heading | None: ...
    @property
    def number(self) -> int: ...
    @property
    def opens(self) -> bool: ...
    @property
    def broken(self) -> bool: ...


class Belief(Struct, frozen=True):
    """Which headings are labels, by `key`; `capitals` are those in capitals; `doubts` say what was taken for speech."""

    labels: frozenset[tuple[str, str | None]]
    capitals: frozenset[str]
    doubts: tuple[str, ...] = ()

    def holds(self, heading: Heading) -> bool:
        return key(heading) in self.labels


def key(heading: Heading) -> tuple[str, str | None]:
    return heading.style, heading.label


def believed(printed: Iterable[Printed], people: str) -> Belief:
    """Decide over the whole file; `people` is its header, where names stand.

    A label in capitals, bold or with a time is believed when it comes again or beside others; a
    name and a colon only where the file has no plainer labels, and it comes again, names a role,
    or stands in the header: `Know this:` must never become a speaker. A bold word in a list is
    believed only where it is a label outside the list.
    """
    candidates = [(line, line.heading) for line in printed if line.heading]
    opening = Counter(key(heading) for line, heading in candidates if line.opens or line.broken)
    at_paragraph = {key(heading) for line, heading in candidates if line.opens}
    every = Counter(key(heading) for _, heading in candidates)
    labels: set[tuple[str, str | None]] = set()
    if every[("question", "Q")]:
        labels.add(("question", "Q"))
        if _answers([heading for _, heading in candidates]):
            labels.add(("question", "A"))
    for style in ("timed", "capitals", "bold"):
        found = {k: n for k, n in opening.items() if k[0] == style}
        certain = {k for k, n in found.items() if n > 1 or _is_personal(k[1] or "", people)}
        if (style == "timed" and sum(found.values()) > 1) or certain or labels:
            labels |= certain | {k for k in found if k in at_paragraph or style == "timed"}
    if labels or opening[("clock", None)] > 2:
        labels.add(("clock", None))
    doubts: list[str] = []
    plain = {k: n for k, n in opening.items() if k[0] == "name" and k not in labels}
    folded = {(label or "").casefold() for _, label in labels}
    if labels - {("clock", None), ("question", "Q"), ("question", "A")}:
        taken = {k for k in plain if (k[1] or "").casefold() in folded or _is_role(k[1] or "")}
    else:
        certain = {
            k for k, n in plain.items() if _is_personal(k[1] or "", people) or (n > 1 and not _is_numbered(k[1]))
        }
        taken = certain if sum(plain[k] for k in certain) > 1 or labels else set()
        doubts = [
            f"line {line.number}: “{heading.label}:” is taken for speech, not for a label"
            for line, heading in candidates
            if taken and key(heading) in plain and key(heading) not in taken and line.opens
        ]
    labels |= taken
    spoken = {(label or "").casefold() for style, label in labels if style != "question"}
    labels |= {k for k in every if k[0] == "item" and (k[1] or "").casefold() in spoken}
    capitals = frozenset(k[1] for k in labels if k[0] == "capitals" and k[1])
    return Belief(frozenset(labels), capitals, tuple(doubts))


def _answers(headings: Sequence[Heading]) -> bool:
    """Whether `A` answers `Q`, mostly right after it, and is not the initial of "A. Philip Randolph"."""
    before = [one.label for one, other in pairwise(headings) if key(other) == ("question", "A")]
    return 2 * before.count("Q") > len(before)


def _is_role(label: str) -> bool:
    words = [word.strip(".").lower() for word in label.split()]
    return any(word in _ROLES for word in words) and len(words) <= 3


def _is_numbered(label: str | None) -> bool:
    """`Test 4`; a voice that is numbered says so (`Speaker 1`) and is a role."""
    return label is not None and any(character.isdigit() for character in label)


def _is_personal(label: str, people: str) -> bool:
    surname = names.surname(label)
    if surname is None or _is_role(label):
        return True
    titled = len(names.words(label)) < len(re.findall(r"[^\W\d_]+", label))
    known = re.search(rf"\b{re.escape(surname)}\b", people, re.IGNORECASE) is not None
    return titled or known
