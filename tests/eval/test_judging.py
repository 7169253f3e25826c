"""A judge: what it is told, what is read of its reply, and what it is never asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Thread

import pytest

from eval.datasets.dataset import Asked
from eval.judging import Judge, verdict
from qa.models.language_model import LanguageModel
from qa.models.openai_chat import OpenAIChat
from qa.models.settings import ModelSettings
from tests.eval.metrics.conftest import answer, citation
from tests.qa.models.servers import Scripted
from tests.qa.models.test_openai import CHAT, streamed

ASKED = Asked(id="1", question="What does it cost?", spelled_out="What does the bridge cost?", answers=("42 million",))


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as scripted:
        thread = Thread(target=scripted.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield scripted
        scripted.shutdown()
        thread.join()


def judge(server: Scripted) -> Judge:
    chat = OpenAIChat("openai:m", "m", f"{server.address}/v1", "secret", waits=(0.0, 0.0))
    return Judge(LanguageModel(chat, ModelSettings(), "prose"))


def test_a_model_is_told_question_references_and_what_is_cited(server: Scripted) -> None:
    server.script[CHAT] = [streamed("RIG", "HT")]
    assert asyncio.run(judge(server).right(answer(citation(1, 0)), ASKED, ["unused"])) is True
    (sent,) = server.asked("/v1/chat/completions")
    system, task = (message["content"] for message in sent["messages"])
    assert "RIGHT or WRONG" in system
    assert "Question: What does the bridge cost?\n" in task
    assert "- 42 million\n" in task
    assert "- MR. OAKES: The bridge costs 42 million crowns." in task
    assert "unused" not in task


def test_without_references_the_evidence_is_shown(server: Scripted) -> None:
    server.script[CHAT] = [streamed("WRONG")]
    asked = Asked(id="1", question="What does it cost?")
    assert asyncio.run(judge(server).right(answer(citation(1, 2)), asked, ["It costs\n42 million."])) is False
    (sent,) = server.asked("/v1/chat/completions")
    assert "- It costs 42 million.\n" in sent["messages"][1]["content"]


def test_nobody_is_asked_where_nothing_is_known_or_nothing_is_said(server: Scripted) -> None:
    said = answer(citation(1, 0))
    assert asyncio.run(judge(server).right(said, Asked(id="1", question="?", answerable=False), ["x"])) is None
    assert asyncio.run(judge(server).right(said, Asked(id="1", question="?"), [])) is None
    assert asyncio.run(judge(server).right(answer(), ASKED, [])) is False
    assert server.asked("/v1/chat/completions") == []


@pytest.mark.parametrize(
    ("written", "said"),
    [("RIGHT", True), ("It could be RIGHT, but no: WRONG.", False), ("I can't say.", None), ("UPRIGHT", None)],
)
def test_the_last_verdict_counts(written: str, said: bool | None) -> None:
    assert verdict(written) is said
