"""`anthropic:` against scripted servers: native citations made into markers, and all that can go wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from qa.answer import Usage
from qa.errors import ModelBrokeOff, ModelNotReady, ModelTooSlow
from qa.models import Declined, ModelSettings, Request, Said, Wrote, load
from qa.models.anthropic_chat import AnthropicChat
from qa.models.language_model import LanguageModel
from tests.qa.models.servers import Body, Reply, Scripted, endless, silent, torn

Hear = Callable[..., list[Said]]
Asking = Callable[..., Request]

MESSAGES = "POST /v1/messages"


def event(type: str, **data: object) -> bytes:
    return f"event: {type}\ndata: {json.dumps({'type': type, **data})}\n\n".encode()


START = event(
    "message_start",
    message={
        "id": "m",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 812, "output_tokens": 1},
    },
)


def text(piece: str) -> bytes:
    return event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})


def cites(document: int, start: int, end: int) -> bytes:
    citation = {
        "type": "content_block_location",
        "cited_text": "…",
        "document_index": document,
        "document_title": None,
        "start_block_index": start,
        "end_block_index": end,
    }
    return event("content_block_delta", index=0, delta={"type": "citations_delta", "citation": citation})


def block(*deltas: bytes) -> list[bytes]:
    start = event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    return [start, *deltas, event("content_block_stop", index=0)]


def end(reason: str | None = "end_turn") -> list[bytes]:
    delta = {"stop_reason": reason, "stop_sequence": None}
    return [event("message_delta", delta=delta, usage={"output_tokens": 11}), event("message_stop")]


def streamed(*events: bytes, reason: str | None = "end_turn") -> Reply:
    return Reply(body=[START, event("ping"), *events, *end(reason)])


GOOD = block(text("The repairs cost 4.2 million "), text("crowns."), cites(0, 0, 1))


def refused(status: int, message: str) -> Reply:
    error = {"type": "error", "error": {"type": "some_error", "message": message}}
    return Reply(status, [json.dumps(error).encode()])


def model(server: Scripted, **settings: Any) -> LanguageModel:
    chat = AnthropicChat("anthropic:m", "m", server.address, "secret", waits=(0.0, 0.0))
    return LanguageModel(chat, ModelSettings(**settings), "prose")


def written(said: list[Said]) -> str:
    return "".join(one.text for one in said if isinstance(one, Wrote))


def numbers(request: Request) -> list[list[str]]:
    """The markers of the sentences of each document, as it was sent: a document for each run under one label."""
    documents: list[list[str]] = []
    for passage in request.shown:
        label: object = ()
        for sentence in passage.sentences:
            if passage.turn_of(sentence).label != label:
                documents.append([])
            label = passage.turn_of(sentence).label
            documents[-1].append(f"[{sentence.number[0]}.{sentence.number[1]}]")
    return documents


def test_each_sentence_is_a_block_of_its_speakers_document(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [streamed(*GOOD)]
    request = asking()
    hear(model(server), request)
    (sent,) = server.asked("/v1/messages")
    *documents, task = sent["messages"][0]["content"]
    assert [len(one["source"]["content"]) for one in documents] == [len(one) for one in numbers(request)]
    assert [block["text"] for one in documents for block in one["source"]["content"]] == [
        sentence.text for passage in request.shown for sentence in passage.sentences
    ]
    assert all(one["citations"] == {"enabled": True} for one in documents)
    assert {one["title"] for one in documents} == {"Town Council on the Bridge", "Remarks on the Ferry"}
    assert "Speaker: MAYOR QUILL (Ada M. Quill) | Date: 2024-03-03" in {one["context"] for one in documents}
    assert task["text"] == f"Question: {request.asked.text}"
    assert not {"temperature", "top_p"} & set(sent)
    assert sent["max_tokens"] == 700


def test_a_citation_becomes_the_marker_after_its_text(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [streamed(*block(text("In short: ")), *GOOD, *block(text(" That is all.")))]
    request = asking()
    said = hear(model(server), request)
    first = numbers(request)[0][0]
    assert written(said) == f"In short: The repairs cost 4.2 million crowns. {first} That is all."
    assert [one for one in said if isinstance(one, Usage)] == [Usage(prompt_tokens=812, completion_tokens=11)]


def test_a_citation_that_comes_before_its_text_stands_after_it(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [streamed(*block(cites(0, 0, 1), text("It costs.\n\n")), *block(text("More.")))]
    request = asking()
    assert written(hear(model(server), request)) == f"It costs. {numbers(request)[0][0]}\n\nMore."


def test_a_citation_of_several_blocks_is_all_of_them(server: Scripted, asking: Asking, hear: Hear) -> None:
    request = asking()
    documents = numbers(request)
    at = next(at for at, one in enumerate(documents) if at and len(one) > 1)
    server.script[MESSAGES] = [streamed(*block(text("It costs."), cites(at, 0, 2), cites(0, 0, 1), cites(at, 1, 2)))]
    assert written(hear(model(server), request)) == f"It costs. {documents[at][0]}{documents[at][1]}{documents[0][0]}"


def test_quotes_are_the_numbers_of_its_citations_alone(server: Scripted, asking: Asking, hear: Hear) -> None:
    request = asking(style="quotes")
    documents = numbers(request)
    blocks = [*block(text("“So”"), cites(1, 0, 1)), *block(text("and"), cites(0, 0, 1)), *GOOD]
    server.script[MESSAGES] = [streamed(*blocks)]
    assert written(hear(model(server), request)).split() == [documents[1][0], documents[0][0]]


@pytest.mark.parametrize("style", ["prose", "quotes"])
def test_no_answer_is_declined(server: Scripted, asking: Asking, hear: Hear, style: str) -> None:
    server.script[MESSAGES] = [streamed(*block(text("NO "), text("ANSWER")))]
    said = hear(model(server), asking(style=style))
    assert written(said) == ""
    assert [one.reason for one in said if isinstance(one, Declined)] == ["model_declined"]


def test_an_answer_without_citations_is_still_a_draft(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [streamed(*block(text("It costs a lot.")))]
    assert written(hear(model(server), asking())) == "It costs a lot."


def test_a_refusal_is_declined(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [streamed(*block(text("I")), reason="refusal")]
    said = hear(model(server), asking())
    assert isinstance(said[-1], Declined)
    assert written(said) == ""


@pytest.mark.parametrize(
    "rest",
    [[], [torn], end(None)],
    ids=["silently", "torn", "no reason"],
)
def test_a_stream_that_stops_midway_broke_off(server: Scripted, asking: Asking, hear: Hear, rest: Body) -> None:
    server.script[MESSAGES] = [Reply(body=[START, *GOOD, *rest])]
    with pytest.raises(ModelBrokeOff, match="anthropic:m"):
        hear(model(server), asking())
    assert len(server.asked("/v1/messages")) == 1


@pytest.mark.parametrize(
    "malformed",
    [
        b"event: content_block_delta\ndata: {\"type\": \n\n",
        b"event: content_block_delta\ndata: 5\n\n",
        event("content_block_delta", index=0, delta={"type": "text_delta", "text": 5}),
        event("content_block_delta", index=0, delta="text"),
        cites(99, 0, 1),
        event("error", error={"type": "overloaded_error", "message": "Overloaded"}),
    ],
)
def test_a_malformed_event_broke_off(server: Scripted, asking: Asking, hear: Hear, malformed: bytes) -> None:
    server.script[MESSAGES] = [streamed(*GOOD, malformed)]
    with pytest.raises(ModelBrokeOff):
        hear(model(server), asking())


def test_a_reply_cut_at_its_limit_loses_its_unfinished_sentence(
    server: Scripted, asking: Asking, hear: Hear
) -> None:
    server.script[MESSAGES] = [streamed(*GOOD, *block(text(" They were")), reason="max_tokens")]
    request = asking()
    assert written(hear(model(server), request)) == f"The repairs cost 4.2 million crowns. {numbers(request)[0][0]}"


def test_an_endless_answer_is_stopped(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [Reply(body=[START, *GOOD, endless(text(" and so on"))])]
    assert written(hear(model(server, reply=20), asking())).startswith("The repairs cost 4.2 million crowns. [")
    assert server.left.wait(30)


def test_a_long_pause_is_too_long(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [Reply(body=[START, silent])]
    with pytest.raises(ModelTooSlow, match="`patience`"):
        hear(model(server, patience=1.0), asking())
    assert server.left.wait(30)


def test_a_reader_who_leaves_stops_the_model(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [Reply(body=[START, *GOOD, endless(text(" more"))])]
    assert len(hear(model(server), asking(), 1)) == 1
    assert server.left.wait(30)


@pytest.mark.parametrize("status", [429, 500, 529])
def test_is_tried_again_where_the_server_can_not_now(
    server: Scripted, asking: Asking, hear: Hear, status: int
) -> None:
    server.script[MESSAGES] = [refused(status, "later"), refused(status, "later"), streamed(*GOOD)]
    assert written(hear(model(server), asking())).startswith("The repairs")


@pytest.mark.parametrize(
    ("status", "error"), [(429, ModelNotReady), (529, ModelBrokeOff), (400, ModelNotReady), (413, ModelNotReady)]
)
def test_gives_up_in_the_end(
    server: Scripted, asking: Asking, hear: Hear, status: int, error: type[Exception]
) -> None:
    server.script[MESSAGES] = [refused(status, "not this way")]
    with pytest.raises(error, match=rf"\({status}\).*not this way"):
        hear(model(server), asking())
    assert len(server.asked("/v1/messages")) == (3 if status in (429, 529) else 1)


def test_a_wrong_key(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [refused(401, "invalid x-api-key")]
    with pytest.raises(ModelNotReady, match="key"):
        hear(model(server), asking())


def test_an_unknown_model(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[MESSAGES] = [refused(404, "model: m")]
    with pytest.raises(ModelNotReady, match="no model of that name"):
        hear(model(server), asking())


def test_a_server_that_does_not_run(asking: Asking, hear: Hear) -> None:
    chat = AnthropicChat("anthropic:m", "m", "http://127.0.0.1:1", "secret")
    with pytest.raises(ModelNotReady, match=r"http://127\.0\.0\.1:1"):
        hear(LanguageModel(chat, ModelSettings(), "prose"), asking())


def test_the_key_of_the_environment(
    server: Scripted, asking: Asking, hear: Hear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "of the environment")
    server.script[MESSAGES] = [streamed(*GOOD)]
    asked = load("anthropic:m", ModelSettings(base_url=server.address))
    assert (asked.id, asked.style, asked.streams) == ("anthropic:m", "prose", True)
    hear(asked, asking())
    assert "of the environment" in server.received[-1].headers["authorization"]


def test_a_key_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(ModelNotReady, match="ANTHROPIC_API_KEY"):
        load("anthropic:m")
