"""The gate: a draft in, the sentences that the record bears out, in order, and those it does not, with why.

Pure: it never calls a model, and nothing passes that it has not judged. A sentence waits for
those before it; from the first that fails on, all wait until the draft has been mended or
given up; one that leans on a sentence that was dropped is dropped with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct, structs

from qa.answer import DropReason, Style
from qa.gate.carrying import readings
from qa.gate.draft import Drafted, DraftReader
from qa.gate.evidence import Stretch, evidence
from qa.gate.fault import Fault
from qa.gate.judging import Refused, Verdict, Verified, as_quoted, borne_out
from qa.gate.leaning import joins
from qa.shown import Number, ShownPassage


class Tally(Struct, frozen=True):
    """What became of a draft's sentences: of `written` ones, so many were verified, some of them after repair,
    and so many dropped, by reason. What is not decided yet is in neither."""

    written: int
    verified: int
    repaired: int
    dropped: dict[DropReason, int]


class _Judged(Struct, frozen=True, eq=False):
    """A drafted sentence with its verdict; `instead` of which it was written, if it was mended.

    `carried`: its text with whoever its pronoun speaks for in the pronoun's place.
    """

    drafted: Drafted
    verdict: Verdict
    carried: str
    instead: Drafted | None = None

    @property
    def fell(self) -> bool:
        """Whether what leans on it has nothing to stand on: it was dropped, or is about something else now."""
        if isinstance(self.verdict, Refused):
            return bool(self.drafted.text)
        return self.instead is not None and _named(self.instead.text) != _named(self.drafted.text)

    @property
    def leans(self) -> bool:
        """Whether it goes on from the sentence before it, or speaks for somebody who is named there."""
        return joins(self.drafted.text) or self.carried != self.drafted.text


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
        self._quoted: list[Stretch] = []
        self._written = self._verified = self._repaired = 0
        self._dropped: Counter[DropReason] = Counter()

    def read(self, piece: str) -> list[Drafted]:
        """The sentences that `piece` completes, each to be judged."""
        return self._counting(self._reader.feed(piece))

    def finish(self) -> list[Drafted]:
        """The sentences that the end of the draft completes."""
        return self._counting(self._reader.end())

    def judge(self, drafted: Drafted, entailed: bool | None = None) -> list[Verdict]:
        """Judge the next sentence; gives what may be shown from here on. A quote that is part of one before is none."""
        if not drafted.text and self._is_quoted(drafted.numbers):
            return []
        self._written += 1
        last = self._waiting[-1] if self._waiting else self._last
        judged = self._judged(drafted, entailed, last)
        if not drafted.text and isinstance(judged.verdict, Verified):
            self._quoted += judged.verdict.stretches
        self._waiting.append(judged)
        return list(self._released())

    def _is_quoted(self, numbers: Sequence[Number]) -> bool:
        if not numbers or not self._numbers.issuperset(numbers):
            return False
        cited = evidence(self._shown, numbers).stretches
        return all(any(one.contains(other) for one in self._quoted) for other in cited)

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
        self._numbers &= frozenset(numbers)

    def mend(self, written: Sequence[Drafted | None], entailed: Sequence[bool | None]) -> None:
        """Put sentences written again into the places of those that failed, one for one; None leaves it failed.

        Where there are not as many, their places are not certain, and none that leans is taken.
        """
        certain = len(written) == len(self.failed)
        second = iter(zip(written, entailed))
        for at, one in enumerate(self._waiting):
            if isinstance(one.verdict, Verified):
                continue
            drafted, follows = next(second, (None, None))
            for counted in self._counting([drafted])[:1] if drafted else ():
                again = self._judged(counted, follows, self._waiting[at - 1] if at else self._last)
                if isinstance(again.verdict, Verified) and (certain or not again.leans):
                    self._waiting[at] = structs.replace(again, instead=one.drafted)
                    self._repaired += 1

    def close(self) -> list[Verdict]:
        """All that still waits: what failed is given up, and what leans on it."""
        return list(self._released(given_up=True))

    @property
    def tally(self) -> Tally:
        return Tally(self._written, self._verified, self._repaired, dict(self._dropped))

    def _judged(self, drafted: Drafted, entailed: bool | None, last: _Judged | None) -> _Judged:
        before = last.carried if last else None
        return _Judged(drafted, self._verdict(drafted, entailed, last), readings(drafted.text, before)[0])

    def _verdict(self, drafted: Drafted, entailed: bool | None, last: _Judged | None) -> Verdict:
        if not drafted.numbers:
            return Refused(drafted.text, Fault("no_citation", "it cites nothing"))
        absent = [number for number in drafted.numbers if number not in self._numbers]
        if absent:
            listed = ", ".join(f"[{passage}.{sentence}]" for passage, sentence in absent)
            return Refused(drafted.text or listed, Fault("unknown_citation", f"no sentence {listed} was shown"))
        cited = evidence(self._shown, drafted.numbers)
        if not drafted.text:
            return as_quoted(cited, last.verdict if last else None)
        return borne_out(drafted.text, cited, entailed, last.carried if last else None)

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
            if isinstance(one.verdict, Verified) and one.leans and self._last and self._last.fell:
                lost = Fault("lost_antecedent", "it leans on a sentence that was dropped")
                one = structs.replace(one, verdict=Refused(one.verdict.text, lost))
            if isinstance(one.verdict, Verified):
                self._verified += 1
            else:
                self._dropped[one.verdict.fault.reason] += 1
            self._last = one
            yield one.verdict
