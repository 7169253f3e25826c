"""The gate: a draft in, the sentences that the record bears out, in order, and those it does not, with why.

Pure: it never calls a model, and nothing passes that it has not judged. A sentence waits for
those before it; from the first that fails on, all wait until the draft has been mended or
given up; one that leans on a sentence that was dropped is dropped with it. The rules stand in
modules of their own; here are only their order and what follows from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence, Set

from msgspec import Struct

from index.text.language import is_english
from qa.answer import DropReason, Kind, Style
from qa.gate import attribution, bearing, dates, names, negation, numbers, quotations
from qa.gate.draft import Drafted, DraftReader
from qa.gate.evidence import Evidence, Stretch, evidence
from qa.gate.fault import Fault
from qa.gate.leaning import joins, leans
from qa.gate.verbatim import is_verbatim
from qa.shown import Number, ShownPassage

_WIDEST = 2
"""Sentences before a cited one that may be shown with it, where a name or a date stands only there."""

Rule = Callable[[str, Evidence], Fault | None]

_OF_THE_WORDS: tuple[Rule, ...] = (
    quotations.fault,
    numbers.fault,
    attribution.fault,
    negation.fault,
    bearing.fault,
)
"""Held against the cited sentences alone."""

_OF_THE_SURROUNDINGS: tuple[Rule, ...] = (dates.fault, names.fault)
"""What these miss may stand just before, and is then shown too."""


class Verified(Struct, frozen=True, eq=False):
    """A sentence of the answer and the stretches of the record it stands on."""

    text: str
    kind: Kind
    stretches: tuple[Stretch, ...]


class Refused(Struct, frozen=True, eq=False):
    """A drafted sentence that may not be shown."""

    text: str
    fault: Fault


Verdict = Verified | Refused


class Tally(Struct, frozen=True):
    """What became of a draft's sentences: of `written` ones, so many were verified, some of them after repair,
    and so many dropped, by reason. What is not decided yet is in neither."""

    written: int
    verified: int
    repaired: int
    dropped: dict[DropReason, int]


def judged(
    drafted: Drafted,
    shown: Sequence[ShownPassage],
    numbers: Set[Number],
    entailed: bool | None = None,
    last: Verdict | None = None,
) -> Verdict:
    """The verdict on one sentence of prose, or on bare numbers.

    `numbers` are those of `shown` that may be cited. `entailed` is what an entailment model says of it, if one was asked; `last` the verdict before it.
    """
    if not drafted.numbers:
        return Refused(drafted.text, Fault("no_citation", "it cites nothing"))
    absent = [number for number in drafted.numbers if number not in numbers]
    if absent:
        listed = ", ".join(f"[{passage}.{sentence}]" for passage, sentence in absent)
        return Refused(drafted.text or listed, Fault("unknown_citation", f"no sentence {listed} was shown"))
    cited = evidence(shown, drafted.numbers)
    return borne_out(drafted.text, cited, entailed) if drafted.text else _as_quoted(cited, last)


def borne_out(text: str, cited: Evidence, entailed: bool | None = None) -> Verdict:
    """The verdict on a sentence of prose that rests on `cited`."""
    if is_verbatim(text, cited):
        return Verified(text, "quote", cited.stretches)
    if not _has_rules(text, cited):
        return Refused(text, Fault("not_entailed", "in this language only the record's own words are shown"))
    return _stated(text, cited, entailed)


def _as_quoted(cited: Evidence, last: Verdict | None) -> Verified:
    """The record's own words; what leans is shown with the sentence before it, unless that was just shown."""
    wider = cited.wider() if leans(cited.stretches[0].text) else cited
    whole = cited if _has_shown(last, wider.stretches[0]) else wider
    return Verified(" ".join(whole.texts), "quote", whole.stretches)


def _has_shown(last: Verdict | None, stretch: Stretch) -> bool:
    """Whether the sentence before has shown where `stretch` begins."""
    return isinstance(last, Verified) and any(
        one.transcript is stretch.transcript and one.span.start <= stretch.span.start < one.span.end
        for one in last.stretches
    )


def _has_rules(text: str, cited: Evidence) -> bool:
    return is_english(text) and all(
        is_english(one.transcript.text, one.transcript.language) for one in cited.stretches
    )


def _stated(text: str, cited: Evidence, entailed: bool | None) -> Verdict:
    for rule in _OF_THE_WORDS:
        if fault := rule(text, cited):
            return Refused(text, fault)
    if entailed is False:
        return Refused(text, Fault("not_entailed", "the entailment model does not find it in what it cites"))
    whole = cited
    for rule in _OF_THE_SURROUNDINGS:
        found = _widened(rule, text, whole)
        if isinstance(found, Fault):
            return Refused(text, found)
        whole = found
    return Verified(text, attribution.kind(text, whole), whole.stretches)


def _widened(rule: Rule, text: str, cited: Evidence) -> Evidence | Fault:
    """`cited` with as many sentences before as `rule` needs to be content, else its fault."""
    fault = rule(text, cited)
    if fault is None:
        return cited
    for _ in range(_WIDEST):
        cited = cited.wider()
        if rule(text, cited) is None:
            return cited
    return fault


class _Judged(Struct, frozen=True, eq=False):
    """A drafted sentence with its verdict; `instead` of which it was written, if it was mended."""

    drafted: Drafted
    verdict: Verdict
    instead: Drafted | None = None

    @property
    def fell(self) -> bool:
        """Whether what leans on it has nothing to stand on: it was dropped, or is about something else now."""
        if isinstance(self.verdict, Refused):
            return bool(self.drafted.text)
        return self.instead is not None and _named(self.instead.text) != _named(self.drafted.text)


def _named(text: str) -> set[str]:
    """Words with a capital, by which one sees whether two sentences are about the same."""
    return set(re.findall(r"\b[^\W\d_a-zß-ÿ]\w*", text))


class Gate:
    """One answer's draft on its way: what is written goes in piece by piece, what may be shown comes out in order."""

    def __init__(self, shown: Sequence[ShownPassage], style: Style) -> None:
        self._shown = shown
        self._numbers = frozenset(sentence.number for passage in shown for sentence in passage.sentences)
        self._style = style
        self._reader = DraftReader()
        self._waiting: list[_Judged] = []
        self._last: _Judged | None = None
        self._pointed: set[Number] = set()
        self._written = self._verified = self._repaired = 0
        self._dropped: Counter[DropReason] = Counter()

    def read(self, piece: str) -> list[Drafted]:
        """The sentences that `piece` completes, each to be judged."""
        return self._counting(self._reader.feed(piece))

    def finish(self) -> list[Drafted]:
        """The sentences that the end of the draft completes."""
        return self._counting(self._reader.end())

    def judge(self, drafted: Drafted, entailed: bool | None = None) -> list[Verdict]:
        """Judge the next sentence; gives what may be shown from here on."""
        self._written += 1
        last = self._waiting[-1] if self._waiting else self._last
        self._waiting.append(_Judged(drafted, self._verdict(drafted, entailed, last)))
        return list(self._released())

    def premise(self, drafted: Drafted) -> str | None:
        """What an entailment model is to hold `drafted` against; None where nothing is to be asked."""
        if not drafted.text or not drafted.numbers or not self._numbers.issuperset(drafted.numbers):
            return None
        return " ".join(evidence(self._shown, drafted.numbers).texts)

    @property
    def failed(self) -> list[Refused]:
        """The sentences that were refused and not given up yet, in order."""
        return [one.verdict for one in self._waiting if isinstance(one.verdict, Refused)]

    @property
    def nothing_read(self) -> bool:
        """Whether no sentence at all was found in what was written."""
        return not self._written

    def restrict(self, numbers: Collection[Number]) -> None:
        """Only these of the numbers were really shown; any other cites nothing."""
        self._numbers = frozenset(numbers)

    def mend(self, written: Sequence[Drafted | None], entailed: Sequence[bool | None]) -> None:
        """Put sentences written again into the places of those that failed, one for one; None leaves it failed."""
        again = iter(zip(written, entailed))
        for at, one in enumerate(self._waiting):
            if isinstance(one.verdict, Verified):
                continue
            drafted, follows = next(again, (None, None))
            for counted in self._counting([drafted])[:1] if drafted else ():
                verdict = self._verdict(counted, follows, self._waiting[at - 1] if at else self._last)
                if isinstance(verdict, Verified):
                    self._waiting[at] = _Judged(counted, verdict, instead=one.drafted)
                    self._repaired += 1

    def close(self) -> list[Verdict]:
        """All that still waits: what failed is given up, and what leans on it."""
        return list(self._released(given_up=True))

    @property
    def tally(self) -> Tally:
        return Tally(self._written, self._verified, self._repaired, dict(self._dropped))

    def _verdict(self, drafted: Drafted, entailed: bool | None, last: _Judged | None) -> Verdict:
        return judged(drafted, self._shown, self._numbers, entailed, last.verdict if last else None)

    def _counting(self, read: Sequence[Drafted]) -> list[Drafted]:
        """What is to be judged of what was read: in *quotes* only numbers count, each once and by itself."""
        return [one for drafted in read for one in self._counted(drafted)]

    def _counted(self, drafted: Drafted) -> Iterator[Drafted]:
        if self._style == "prose" and drafted.text:
            yield drafted
            return
        for number in drafted.numbers:
            if number not in self._pointed:
                self._pointed.add(number)
                yield Drafted("", (number,))

    def _released(self, given_up: bool = False) -> Iterator[Verdict]:
        while self._waiting and (given_up or isinstance(self._waiting[0].verdict, Verified)):
            one = self._waiting.pop(0)
            if isinstance(one.verdict, Verified) and joins(one.drafted.text) and self._last and self._last.fell:
                lost = Fault("lost_antecedent", "it leans on a sentence that was dropped")
                one = _Judged(one.drafted, Refused(one.verdict.text, lost))
            if isinstance(one.verdict, Verified):
                self._verified += 1
            else:
                self._dropped[one.verdict.fault.reason] += 1
            self._last = one
            yield one.verdict
