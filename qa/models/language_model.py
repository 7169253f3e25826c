"""Language models: a `Chat` made into a `Model`.

It tells the chat what a request comes to (prompts/), within the chat's context; holds its time
limits; and gives what it writes as a draft. The draft is checked by others.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import aclosing

import prompts
from qa.answer import Style, Usage
from qa.errors import ModelBrokeOff, ModelNotReady
from qa.leaning import LONGEST_QUESTION
from qa.models.budget import fitting, printed
from qa.models.chat import Chat, Ended, Pieces, Prompt
from qa.models.drafting import Drafting
from qa.models.model import Declined, Request, Said, Shown, Wrote
from qa.models.patience import Patience
from qa.models.settings import ModelSettings
from qa.question import Exchange

CONTEXT = 8192
"""Tokens of prompt and reply together where neither the server nor the settings say."""

PATIENCE, LONGEST = 30.0, 180.0
"""Seconds that a server has for each step and for a whole reply."""

_UNFINISHED = (
    "The model wrote {} tokens and finished no sentence that cites the record; allow more with `reply`, or ask another."
)


class LanguageModel:
    """A model over `chat`. Safe for concurrent requests where its chat is.

    What the settings leave open is `style`, where none is asked for, and `patience` and `longest`: seconds
    for each step of a reply and for the whole.
    """

    def __init__(
        self,
        chat: Chat,
        settings: ModelSettings,
        style: Style,
        patience: float = PATIENCE,
        longest: float = LONGEST,
    ) -> None:
        self._chat = chat
        self._settings = settings
        self._style: Style = settings.style or style
        self._limits = settings.patience or patience, settings.longest or longest

    @property
    def id(self) -> str:
        return self._chat.id

    @property
    def style(self) -> Style:
        return self._style

    @property
    def streams(self) -> bool:
        return self._chat.streams

    @property
    def styles(self) -> Collection[Style]:
        return ("quotes", "prose")

    @property
    def offline(self) -> bool:
        return self._chat.offline

    async def reply(self, request: Request) -> AsyncGenerator[Said, None]:
        """The draft; before it, where not all fitted into the context, what was shown of it."""
        patience = Patience(self.id, *self._limits)
        prompt, tokens = await patience.wait(self._prompt(request))
        if not prompt.record:
            yield Declined("nothing_relevant", "Nothing that may be cited was found.")
            return
        if len(prompt.numbers) < sum(len(one.sentences) for one in request.shown):
            yield Shown(frozenset(prompt.numbers))
        drafting = Drafting()
        ended: Ended | None = None
        async with aclosing(self._write(prompt, tokens, patience)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Declined):
                    yield piece
                    return
                if isinstance(piece, Usage):
                    yield piece
                elif isinstance(piece, Ended):
                    ended = piece
                elif draft := drafting.add(piece):
                    yield Wrote(draft)
        if ended is None:
            raise ModelBrokeOff(f"{self.id}: its reply broke off before it was finished; ask again")
        if rest := drafting.end(ended.cut):
            yield Wrote(rest)
        if drafting.declined:
            yield Declined("model_declined", "The model finds no answer in what the record holds on this.")
        elif ended.cut and not drafting.wrote:
            yield Declined("model_failed", _UNFINISHED.format(tokens))

    async def rewrite(self, question: str, history: Sequence[Exchange]) -> str | None:
        """The first line it writes, where that can be a question."""
        told = prompts.follow_up(question, _recent(history))
        lines = (await self.write(prompts.stand_alone(), told, _REWRITTEN) or "").strip().splitlines()
        alone = lines[0].strip().strip("\"“”") if lines else ""
        return alone if 0 < len(alone) <= LONGEST_QUESTION else None

    async def write(self, system: str, task: str, tokens: int) -> str | None:
        """What it writes on `task` by the rules of `system`; None where `tokens` do not suffice. ModelError."""
        prompt = Prompt(system, (), task)
        written, ended = "", False
        patience = Patience(self.id, *self._limits)
        await patience.wait(self._chat.context())  # a server that lacks the model says so best here
        async with aclosing(self._write(prompt, tokens, patience)) as pieces:
            async for piece in pieces:
                if isinstance(piece, str):
                    written += piece
                ended = ended or piece == Ended()
        drafting = Drafting()
        return drafting.add(written) + drafting.end() if ended else None

    async def _prompt(self, request: Request) -> tuple[Prompt, int]:
        """What `request` comes to, and how many tokens may be written in reply."""
        chat, pointing = self._chat, request.style == "quotes"
        system = prompts.answer(request.style, chat.cites)
        mistakes = [(mistake.text, mistake.why) for mistake in request.mistakes]
        asked = request.asked.text
        task = prompts.repair(asked, mistakes, chat.cites) if mistakes else prompts.question(asked)
        passages = printed(request.shown)
        context = await self._context()
        reply = min(self._settings.reply, context // 3)
        spent = reply + _WRAPPING + await chat.count(system) + await chat.count(task)
        kept = await fitting(passages, context - spent, chat.count)
        if passages and not kept:
            needed = spent + await chat.count(prompts.passage(passages[0]))
            raise ModelNotReady(
                f"{self.id}: its context of {context} tokens is too small, {needed} are needed; give it a larger one"
            )
        return Prompt(system, tuple(kept), task, pointing and not mistakes), reply

    async def _context(self) -> int:
        """The least that the server and the settings say."""
        said = [one for one in (await self._chat.context(), self._settings.context) if one]
        return min(said, default=CONTEXT)

    async def _write(self, prompt: Prompt, tokens: int, patience: Patience) -> Pieces:
        """What the chat writes, in time; what goes on far beyond `tokens` is cut here."""
        length = 0
        async with aclosing(patience.each(self._chat.write(prompt, tokens))) as pieces:
            async for piece in pieces:
                yield piece
                length += len(piece) if isinstance(piece, str) else 0
                if length > tokens * _LONGEST_TOKEN:
                    yield Ended(cut=True)
                    return


def _recent(history: Sequence[Exchange]) -> list[tuple[str, str]]:
    """The last exchanges; the beginning of an answer says what it was about."""
    return [(one.question, one.answer[:_REMEMBERED]) for one in history[-_EXCHANGES:]]


_WRAPPING = 64
"""Tokens for the fence and for what a chat template puts around messages."""

_LONGEST_TOKEN = 10
"""Characters of a token, on the average of a reply, that no tokenizer of prose reaches."""

_EXCHANGES, _REMEMBERED = 4, 600
_REWRITTEN = 200
