"""What is drawn from the record for an answer: verified sentences made into sentences with numbered citations."""

from __future__ import annotations

from index.store import View
from qa.answer import Citation, Dropped, DroppedEvent, Sentence, SentenceEvent
from qa.citing import cite
from qa.gate import Stretch, Verdict, Verified


class Drawn:
    """The sentences, citations and dropped sentences so far. A place cited twice keeps its number."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.dropped: list[Dropped] = []

    def add(self, verdict: Verdict) -> SentenceEvent | DroppedEvent:
        """The event that tells of `verdict`."""
        if not isinstance(verdict, Verified):
            dropped = Dropped(text=verdict.text, reason=verdict.fault.reason, detail=verdict.fault.detail)
            self.dropped.append(dropped)
            return DroppedEvent(dropped=dropped)
        known = len(self.citations)
        numbers = tuple(dict.fromkeys(self._cited(stretch) for stretch in verdict.stretches))
        sentence = Sentence(text=verdict.text, citations=numbers, kind=verdict.kind)
        self.sentences.append(sentence)
        return SentenceEvent(sentence=sentence, citations=tuple(self.citations[known:]))

    def _cited(self, stretch: Stretch) -> int:
        transcript_id = stretch.transcript_id
        place = (transcript_id, stretch.span.start, stretch.span.end)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            self.citations.append(
                cite(self._view, transcript_id, stretch.span, stretch.passage_id, self._numbers[place])
            )
        return self._numbers[place]
