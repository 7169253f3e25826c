"""What OpenAI's protocol gives back: a completion, or the chunks of one; field for field as its clients read them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from qa.answer import Answer, Usage
from web.plain import answer_text


class Tokens(Struct, frozen=True, kw_only=True):
    """What the model read and wrote; nothing where no language model was asked."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, usage: Usage) -> Tokens:
        return cls(
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            total_tokens=usage.prompt_tokens + usage.completion_tokens,
        )


class Reply(Struct, frozen=True, kw_only=True):
    """The answer with its sources as text; `onrecord` is all that is known of it."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    onrecord: Answer


class Choice(Struct, frozen=True, kw_only=True):
    """The one reply."""

    index: int = 0
    message: Reply
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatCompletion(Struct, frozen=True, kw_only=True):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: tuple[Choice, ...]
    usage: Tokens
    system_fingerprint: None = None


class Delta(Struct, frozen=True, omit_defaults=True):
    """What is to be added to the reply."""

    role: str | None = None
    content: str | None = None


class ChunkChoice(Struct, frozen=True, kw_only=True):
    """A piece of the one reply."""

    index: int = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class Chunk(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of a stream; the last that has a choice brings the whole answer as `onrecord`."""

    id: str
    created: int
    model: str
    choices: tuple[ChunkChoice, ...]
    usage: Tokens | None = None
    onrecord: Answer | None = None
    object: Literal["chat.completion.chunk"]


class ModelCard(Struct, frozen=True, kw_only=True):
    """A model that can be asked."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "onrecord"


class Models(Struct, frozen=True, kw_only=True):
    """Those configured, the default first."""

    object: Literal["list"] = "list"
    data: tuple[ModelCard, ...]


def completed(id: str, created: int, answer: Answer, base: str) -> ChatCompletion:
    """The whole answer."""
    return ChatCompletion(
        id=id,
        created=created,
        model=answer.model,
        choices=(Choice(message=Reply(content=answer_text(answer, base), onrecord=answer)),),
        usage=Tokens.of(answer.usage),
    )
