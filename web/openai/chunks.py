"""The chunks of a streamed completion: events of an answer in, pieces of the reply out, verified before they go."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from qa.answer import Answer, DoneEvent, Event, SentenceEvent
from web.openai.given import Chunk, ChunkChoice, Delta, Tokens
from web.plain import sentence_text, under


class Chunks(Struct):
    """Those of one completion. Put together, their contents are the reply that is given whole.

    `base` is the server's address, for the sources; with `wants_usage` a last chunk counts the tokens.
    """

    id: str
    created: int
    model: str
    base: str
    wants_usage: bool
    sentences: int = 0

    def begun(self) -> Chunk:
        """The first: whose reply it is."""
        return self._chunk(Delta(role="assistant", content=""))

    def of(self, event: Event) -> Iterator[Chunk]:
        """What `event` adds to the reply."""
        if isinstance(event, SentenceEvent):
            gap = " " if self.sentences else ""
            self.sentences += 1
            yield self._chunk(Delta(content=gap + sentence_text(event.sentence)))
        elif isinstance(event, DoneEvent):
            yield self._chunk(Delta(content=under(event.answer, self.base)))
            yield self._chunk(Delta(), event.answer)
            if self.wants_usage:
                yield self._without_choice(Tokens.of(event.answer.usage))

    def _chunk(self, delta: Delta, whole: Answer | None = None) -> Chunk:
        """The one with the whole answer ends the reply."""
        return Chunk(
            id=self.id,
            created=self.created,
            model=self.model,
            choices=(ChunkChoice(delta=delta, finish_reason="stop" if whole else None),),
            onrecord=whole,
            object="chat.completion.chunk",
        )

    def _without_choice(self, usage: Tokens) -> Chunk:
        return Chunk(
            id=self.id,
            created=self.created,
            model=self.model,
            choices=(),
            usage=usage,
            object="chat.completion.chunk",
        )
