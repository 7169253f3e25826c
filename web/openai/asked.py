"""A request of OpenAI's protocol, as far as it is taken: the conversation, and of which part of the archive.

What is not here is ignored, as other servers do: temperature, seed, a limit of tokens, tools that
may be called. What would be promised by silence and not kept is refused.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar.exceptions import ValidationException
from msgspec import Meta, Struct

from index.filters import Filters
from qa.answer import Style
from qa.bounds import LONGEST_ANSWER, LONGEST_HISTORY, MOST_PASSAGES, Question
from qa.leaning import LONGEST_QUESTION, Exchange
from web.plain import answered


class Part(Struct, frozen=True):
    """A part of a message; only text is taken."""

    type: str
    text: str | None = None


class Message(Struct, frozen=True):
    """One of the conversation."""

    role: str
    content: str | tuple[Part, ...] | None = None

    def said(self, at: int) -> str:
        """Its text; ValidationException names the part that is none."""
        if not isinstance(self.content, tuple):
            return self.content or ""
        for number, part in enumerate(self.content):
            if part.type not in ("text", "refusal"):
                raise _refused(f"messages[{at}].content[{number}]", f"only text is taken, not {part.type!r}")
        return "\n".join(part.text or "" for part in self.content)


class StreamOptions(Struct, frozen=True):
    """`include_usage`: a last chunk counts the tokens."""

    include_usage: bool | None = None


class ResponseFormat(Struct, frozen=True):
    """In what form the reply is wanted."""

    type: str


class Completion(Struct, frozen=True, kw_only=True):
    """What is asked. `filters`, `recognise`, `style` and `k` are those of `POST /api/questions`."""

    model: str | None = None
    messages: Annotated[tuple[Message, ...], Meta(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    tool_choice: Any = None
    response_format: ResponseFormat | None = None
    filters: Filters = Filters()
    recognise: bool = True
    style: Style | None = None
    k: Annotated[int, Meta(ge=1, le=MOST_PASSAGES)] = 10

    def as_question(self, filters: Filters) -> Question:
        """The last message of the user, after what went before, within `filters`. ValidationException."""
        self._check()
        exchanges, asked = self._conversation()
        return Question(
            text=asked,
            filters=filters,
            history=tuple(exchanges[-LONGEST_HISTORY:]),
            recognise=self.recognise,
            style=self.style,
            k=self.k,
        )

    def _check(self) -> None:
        if self.n not in (None, 1):
            raise _refused("n", "one answer is given; ask without it")
        if self.response_format and self.response_format.type != "text":
            raise _refused("response_format", "answers are text; the field `onrecord` of the reply has them as JSON")
        if self.tool_choice not in (None, "none", "auto"):
            raise _refused("tool_choice", "no tool is ever called here")

    def _conversation(self) -> tuple[list[Exchange], str]:
        """What was asked and answered before, and what is asked now; what a system says is let be."""
        exchanges: list[Exchange] = []
        asked: str | None = None
        for at, message in enumerate(self.messages):
            if message.role == "user":
                if asked is not None:
                    exchanges.append(_exchange(asked, ""))
                asked = message.said(at)
            elif message.role == "assistant" and asked is not None:
                exchanges.append(_exchange(asked, message.said(at)))
                asked = None
        if asked is None:
            raise _refused("messages", "the last of them is no question of the user's")
        return exchanges, asked


def _exchange(question: str, answer: str) -> Exchange:
    """Shortened to its bounds: a client sends the whole conversation, and can't be asked to send less."""
    return Exchange(question[:LONGEST_QUESTION], answered(answer)[:LONGEST_ANSWER])


def _refused(field: str, why: str) -> ValidationException:
    return ValidationException(f"{field}: {why}", extra=[{"key": field, "message": why}])
