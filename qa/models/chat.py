"""Chats: the part of a language model that differs between servers, and what it is given and gives.

A `Chat` takes a prompt and writes text; `LanguageModel` (qa/models/language_model.py) makes a
model of it. A chat knows neither questions nor drafts, and sets no limits but the number of tokens.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from msgspec import Struct

import prompts
from prompts import Number, Passage
from qa.answer import Usage
from qa.models.model import Declined


class Prompt(Struct, frozen=True, eq=False):
    """What a model is told: the rules, the record it may use, and its task.

    `pointing`: it is asked for numbers alone, and may be held to `numbers` by a grammar or schema.
    """

    system: str
    record: tuple[Passage, ...]
    task: str
    pointing: bool = False

    @property
    def user(self) -> str:
        """Record and task as one text."""
        return f"{prompts.record(self.record)}\n\n{self.task}" if self.record else self.task

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Of all sentences in the record, in order."""
        return tuple(number for passage in self.record for number in passage.numbers)


class Ended(Struct, frozen=True):
    """That the model finished its reply; `cut`: because it may write no more, not because it had done."""

    cut: bool = False


Piece = str | Usage | Declined | Ended
"""What a chat's reply is made of. An empty text says that the model is at work (it thinks)."""

Pieces = AsyncGenerator[Piece, None]


class Chat(Protocol):
    """A model that writes text, wherever it runs."""

    @property
    def id(self) -> str:
        """The `provider:name` it was asked for by, without a folder."""

    @property
    def streams(self) -> bool:
        """Whether pieces come as they are written."""

    @property
    def offline(self) -> bool:
        """Whether nothing leaves this machine."""

    @property
    def cites(self) -> bool:
        """Whether its protocol carries citations apart from the text, so that it is told no numbers."""

    async def context(self) -> int | None:
        """Tokens of prompt and reply together that it really takes; None where nothing says. ModelNotReady."""

    async def count(self, text: str) -> int:
        """The tokens of `text`: its own count where there is one, else a count that is sure not to be too low."""

    def write(self, prompt: Prompt, tokens: int) -> Pieces:
        """The reply, of `tokens` at most: text with markers, and an Ended or Declined somewhere.

        Iteration that ends without either broke off. Closing the iterator stops the model. Errors
        are ModelErrors; no time limit is held here.
        """
