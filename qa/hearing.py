"""Hearing: a model's reply on its way through the gate, and the one time it is asked again.

Sentences come out as they are verified. When the draft is over and some of it failed, the model
is asked once more for just those, with the reasons; what fails again is dropped. A model that
writes nothing that can be read is asked once more too.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from time import perf_counter
from typing import Protocol

from msgspec import structs

from qa.answer import Usage
from qa.errors import ModelError
from qa.gate import Drafted, Gate, Verdict, mended
from qa.ledger import Entry, Outcome
from qa.models import Declined, Mistake, Model, Request, Shown, Sure, Wrote


class Entailment(Protocol):
    """A model that tells whether one text follows from another; None where it can't tell."""

    async def entails(self, premise: str, hypothesis: str) -> bool | None: ...


_UNREAD = Declined("model_failed", "The model answered, but nothing that could be read as sentences of the record.")
_SILENT = Declined("model_failed", "The model answered with nothing.")

MOST_MISTAKES = 10
"""Failed sentences that a model is asked to write again; the rest is dropped."""

LONGEST_DRAFT = 40_000
"""Characters of a reply, beyond which nothing is read."""

_UNREADABLE = "it names no sentence by its number; answer with sentences that each end in numbers such as [1.2]"


class Hearing:
    """One request to one model. After `verdicts` has run out, the rest of what is known stands in the attributes."""

    def __init__(self, model: Model, request: Request, entailment: Entailment | None = None) -> None:
        self._model = model
        self._request = request
        self._entailment = entailment
        self._gate = Gate(request.shown, request.style)
        self._draft = ""
        self.declined: Declined | None = None
        self.sureness: float | None = None
        self.usage = Usage()
        self.checking = 0.0
        """Seconds spent in the gate."""

    @property
    def verified(self) -> int:
        """Sentences verified so far."""
        return self._gate.tally.verified

    def entry(self, outcome: Outcome) -> Entry:
        """What the ledger is told of it."""
        tally = self._gate.tally
        return Entry(
            written=tally.written,
            verified=tally.verified,
            repaired=tally.repaired,
            dropped=tally.dropped,
            outcome=outcome,
        )

    async def verdicts(self) -> AsyncGenerator[Verdict, None]:
        """What may be shown and what is dropped, in order. ModelError where the reply does not come whole."""
        async with aclosing(self._pieces(self._request)) as pieces:
            async for piece in pieces:
                for drafted in self._gate.read(piece):
                    for verdict in await self._judged(drafted):
                        yield verdict
        for drafted in self._gate.finish():
            for verdict in await self._judged(drafted):
                yield verdict
        if mistakes := self._mistakes():
            for verdict in await self._again(mistakes):
                yield verdict
        for verdict in self._gate.close():
            yield verdict
        if self._gate.nothing_read and self.declined is None:
            self.declined = _UNREAD if self._draft.strip() else _SILENT

    async def _pieces(self, request: Request) -> AsyncGenerator[str, None]:
        async with aclosing(self._model.reply(request)) as reply:
            async for said in reply:
                if isinstance(said, Wrote):
                    self._draft += said.text
                    yield said.text
                    if len(self._draft) > LONGEST_DRAFT:
                        return
                elif isinstance(said, Sure):
                    self.sureness = said.value
                elif isinstance(said, Shown):
                    self._gate.restrict(said.numbers)
                elif isinstance(said, Usage):
                    self.usage = Usage(
                        prompt_tokens=self.usage.prompt_tokens + said.prompt_tokens,
                        completion_tokens=self.usage.completion_tokens + said.completion_tokens,
                    )
                else:
                    self.declined = said

    async def _judged(self, drafted: Drafted) -> list[Verdict]:
        entailed = await self._entailed(drafted)
        began = perf_counter()
        verdicts = self._gate.judge(drafted, entailed)
        self.checking += perf_counter() - began
        return verdicts

    async def _entailed(self, drafted: Drafted) -> bool | None:
        premise = self._gate.premise(drafted) if self._entailment else None
        if self._entailment is None or premise is None:
            return None
        return await self._entailment.entails(premise, drafted.text)

    def _mistakes(self) -> tuple[Mistake, ...]:
        """What the model is asked to write again; in *quotes* a wrong number only where nothing else stands."""
        failed = self._gate.failed
        if self._gate.nothing_read and self._draft.strip() and self.declined is None:
            return (Mistake(self._draft.strip()[:_EXCERPT], _UNREADABLE),)
        if self._request.style == "quotes" and self._gate.tally.verified:
            return ()
        return tuple(Mistake(one.text, one.fault.detail) for one in failed[:MOST_MISTAKES])

    async def _again(self, mistakes: tuple[Mistake, ...]) -> list[Verdict]:
        again = structs.replace(self._request, mistakes=mistakes)
        self._draft = ""
        declined = self.declined
        try:
            text = "".join([piece async for piece in self._pieces(again)])
        except ModelError:
            if self._gate.nothing_read:
                raise
            return []  # what was verified stands; what could not be mended is dropped
        if not self._gate.nothing_read:
            self.declined = declined  # that nothing can be mended is no answer to the question
        if self._gate.nothing_read:
            read = [*self._gate.read(text), *self._gate.finish()]
            return [verdict for drafted in read for verdict in await self._judged(drafted)]
        written = mended(text)
        self._gate.mend(written, [await self._entailed(one) if one else None for one in written])
        return []


_EXCERPT = 500
"""Characters of an unreadable draft that the model is shown again."""
