"""Cues of captions, whatever file they came in: who speaks in them, and what rolls up said once.

In: cues of lines. Out: utterances. A voice is given by a voice tag, or by a label at the head of
a line (`Travis: …`, `MAN:` on a line of its own), which then holds until the next; a leading dash
or `>>` says that another voice begins, not whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from index.reading import labels
from index.reading.labels import Heading
from index.reading.utterances import Utterance
from index.transcript import Mark

_DASH = re.compile(r"(?:[-–—‐]\s?(?=[^\s\-–—‐])(?![.,;:!?](?:\s|$))|>{2,3}\s*)")
_ADJOINING = 0.05
"""Seconds between two cues of which the second goes on showing the first; a word said again takes longer."""

_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")


class CueLine(Struct, frozen=True):
    """A line of a cue, or the part of it in one voice; `marks` are seconds printed inside it."""

    text: str
    voice: str | None = None
    marks: tuple[Mark, ...] = ()

    def without(self, characters: int) -> CueLine:
        """The line without its first `characters`."""
        rest = self.text[characters:]
        cut = characters + len(rest) - len(rest.lstrip())
        kept = [(max(0, at - cut), second) for at, second in self.marks if at >= cut or at >= characters]
        return CueLine(self.text[cut:], self.voice, tuple(kept))


class Cue(Struct, frozen=True):
    """What is shown from `start` to `end` seconds; `line` is where it stands in the file."""

    line: int
    start: float
    end: float
    lines: tuple[CueLine, ...]


class _Placed(Struct, frozen=True):
    """A cue's line as `labels.believed` wants it."""

    number: int
    heading: Heading | None
    opens: bool = True
    broken: bool = True


def utterances(cues: Sequence[Cue]) -> tuple[list[Utterance], list[str]]:
    """What is said in `cues`, in their order, and warnings."""
    cues, warnings = _unrolled(cues)
    if any(line.voice is not None for cue in cues for line in cue.lines):
        return [u for cue in cues for u in _by_tags(cue)], warnings
    headings = {
        (at, n): heading
        for at, cue in enumerate(cues)
        for n, line in enumerate(cue.lines)
        if (heading := labels.heading(line.text[_dash(line.text) :], markdown=False)) and heading.style != "clock"
    }
    belief = labels.believed((_Placed(cues[at].line, heading, n == 0) for (at, n), heading in headings.items()), "")
    held = {place: heading for place, heading in headings.items() if belief.holds(heading)}
    return list(_by_labels(cues, held)), [*warnings, *belief.doubts]


def _dash(text: str) -> int:
    """How many characters of `text` only say that another voice begins."""
    found = _DASH.match(text)
    return found.end() if found else 0


def _by_tags(cue: Cue) -> Iterator[Utterance]:
    for line in cue.lines:
        dash = _dash(line.text) if line.voice is None else 0
        spoken = line.without(dash)
        yield Utterance(spoken.text, line.voice, cue.start, cue.end, spoken.marks, opens=dash > 0)


def _by_labels(cues: Sequence[Cue], headings: dict[tuple[int, int], Heading]) -> Iterator[Utterance]:
    label: str | None = None
    dialogue, ended = False, True
    for at, cue in enumerate(cues):
        for n, line in enumerate(cue.lines):
            heading = headings.get((at, n))
            # A dash in the middle of a sentence is a pause.
            dash = _dash(line.text) if ended or line.text.startswith(">>") else 0
            # A cue without a dash after one with: the dialogue is over, whoever goes on.
            opens = heading is not None or dash > 0 or (dialogue and n == 0 and ended)
            spoken = line.without(len(line.text) - len(heading.rest) if heading else dash)
            if opens:
                label = heading.label if heading else None
            dialogue = dash > 0 if n == 0 or dash else dialogue
            if spoken.text:
                ended = _ENDED.search(spoken.text[-4:]) is not None
            yield Utterance(spoken.text, label, cue.start, cue.end, spoken.marks, opens)


def _words(lines: Sequence[CueLine]) -> list[tuple[str | None, str]]:
    """Each word with its voice: what another voice says again is no repetition."""
    return [(line.voice, word) for line in lines for word in line.text.split()]


def _unrolled(cues: Sequence[Cue]) -> tuple[Sequence[Cue], list[str]]:
    """`cues` without the words each repeats of the one before, where that is how the file is made."""
    filled = [cue for cue in cues if _words(cue.lines)]
    repeated = [
        _repeated(a.lines, b.lines) if a.start < b.start <= a.end + _ADJOINING else 0
        for a, b in pairwise(filled)
    ]
    rolling = sum(1 for words in repeated if words)
    # "Four more years!" in cue after cue is said again: only words that come with new ones roll up.
    growing = sum(1 for cue, words in zip(filled[1:], repeated) if 0 < words < len(_words(cue.lines)) and _goes_on(cue))
    if rolling < 2 or rolling < 0.4 * len(repeated) or growing < rolling / 3:
        return cues, []
    fresh = [filled[0], *(structs.replace(c, lines=_dropped(c.lines, n)) for c, n in zip(filled[1:], repeated))]
    return fresh, [f"roll-up captions: what {rolling} cues repeat of the cue before is read once"]


def _goes_on(cue: Cue) -> bool:
    """Whether `cue` may go on with what was said before it, for it opens with no dash."""
    return not cue.lines[0].text.startswith(("-", "–", "—", "‐"))


def _repeated(before: Sequence[CueLine], after: Sequence[CueLine]) -> int:
    """How many of the first words of `after` are shown since `before`: whole lines, or a line that grows."""
    shown, words = _words(before), _words(after)
    for count in range(len(after), 0, -1):
        size = len(_words(after[:count]))
        if size and shown[-size:] == words[:size]:
            return size
    for grown in (shown, _words(before[-1:])):
        if grown and words[: len(grown)] == grown:
            return len(grown)
    return 0


def _dropped(lines: Sequence[CueLine], words: int) -> tuple[CueLine, ...]:
    kept: list[CueLine] = []
    for line in lines:
        ends = [word.end() for word in re.finditer(r"\S+", line.text)]
        if words >= len(ends):
            words -= len(ends)
            continue
        kept.append(line.without(ends[words - 1]) if words else line)
        words = 0
    return tuple(kept)
