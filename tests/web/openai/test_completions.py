"""`POST /v1/chat/completions` by OpenAI's own client, against a running server."""

from __future__ import annotations

import re
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING, Any

import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessage

from tests.qa.models.servers import Body, Handler, Reply, Scripted, events, torn
from tests.web.openai.conftest import client_of
from web.plain import answered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Serve, Server

CHAT = "/v1/chat/completions"
MODEL = "openai:scripted"
QUESTION = "How many passengers did the ferry carry in the summer?"
SAID = "We carried 214,000 passengers in ninety-six days."
NOBODY_KNOWS = "Who won the World Cup?"


def ask(client: openai.OpenAI, *given: Any, **more: Any) -> ChatCompletion:
    """The reply to a conversation of texts, the user's first."""
    roles = ("user", "assistant")
    said = [one if isinstance(one, dict) else {"role": roles[at % 2], "content": one} for at, one in enumerate(given)]
    reply: ChatCompletion = client.chat.completions.create(**{"model": "extractive", "messages": said, **more})
    return reply


def chunks(client: openai.OpenAI, question: str, **more: Any) -> list[ChatCompletionChunk]:
    said = [{"role": "user", "content": question}]
    return list(client.chat.completions.create(**{"model": "extractive", "messages": said, "stream": True, **more}))


def whole(completion: ChatCompletion) -> Any:
    """The Answer that comes along."""
    return more_of(completion.choices[0].message)["onrecord"]


def more_of(part: ChatCompletionMessage | ChatCompletionChunk) -> dict[str, Any]:
    """What stands in `part` beside the protocol's own fields."""
    assert part.model_extra is not None
    return part.model_extra


def chunk(content: str, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    return events({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})[0]


def cites_twice(handler: Handler) -> None:
    """Writes two sentences that the record bears out: that the first has ended, the second shows."""
    prompt = handler.server.asked(CHAT)[-1]["messages"][1]["content"]
    numbered = re.search(rf"^(\[\d+\.\d+\]) {re.escape(SAID)}", prompt, re.MULTILINE)
    assert numbered
    piece = chunk(f"{SAID[:-1]} {numbered[1]}. They carried 214,000 passengers {numbered[1]}. And")
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    handler.wfile.flush()


END: Body = [chunk(" so on.", finish="stop"), b"data: [DONE]\n\n"]


def served_with(serve: Serve, archive: Path, model: Scripted, *replied: Any) -> Server:
    """A server whose model replies so."""
    model.script[f"POST {CHAT}"] = [Reply(body=[cites_twice, *replied])]
    return serve(archive, "--model", MODEL, OPENAI_BASE_URL=f"{model.address}/v1", OPENAI_API_KEY="none")


def time_code(citation: Any) -> str:
    return f"{int(citation['start']) // 60}:{int(citation['start']) % 60:02}"


def test_an_answer_is_text_with_its_sources_under_it(client: openai.OpenAI, server: Server) -> None:
    completion = ask(client, QUESTION, extra_body={"filters": {"speakers": ["Brannick"]}})
    (choice,) = completion.choices
    answer = whole(completion)
    assert (completion.model, choice.finish_reason, choice.message.role) == ("extractive", "stop", "assistant")
    assert answer["status"] == "answered"
    text = choice.message.content
    assert text is not None
    assert text.startswith(f"{answer['text']}\n\nSources:\n\n[1] ")
    for citation in answer["citations"]:
        place = f"{citation['title']}, {citation['date']}, {time_code(citation)}"
        assert f"{citation['label']}, {place}: “{citation['quote']}”" in text
        assert f"\n{server.url.rstrip('/')}{citation['url']}" in text
    assert completion.usage is not None
    assert completion.usage.total_tokens == 0


def test_a_source_has_the_question_before_it_and_where_it_comes_from(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    question = "When does the lighthouse open?"
    turns = [{"label": "Q", "text": question}, {"label": "MR. OAKES", "text": "The lighthouse opens in June."}]
    posted = {"id": "opening", "source": "https://example.org/opening", "turns": turns}
    server.client.post("/api/transcripts", json=posted).raise_for_status()
    with client_of(server) as client:
        text = ask(client, question).choices[0].message.content or ""
    place = f"{server.url}transcripts/opening#c"
    asked, address, comes = text.partition("“The lighthouse opens in June.”\n")[2].splitlines()[:3]
    assert (asked, comes) == (f"after Q: “{question}”", "from https://example.org/opening")
    assert address.startswith(place)


def test_what_the_reader_should_know_stands_under_the_answer_and_is_not_leaned_on(client: openai.OpenAI) -> None:
    narrowed = {"extra_body": {"filters": {"speakers": ["Brannick", "Quixote"]}}}
    completion = ask(client, QUESTION, **narrowed)
    answer, text = whole(completion), completion.choices[0].message.content or ""
    (note,) = answer["notes"]
    assert text.startswith(f"{answer['text']}\n\nNote: {note}\n\nSources:\n\n[1] ")
    assert answered(text) == answer["text"]


def test_the_answer_is_the_one_that_the_endpoint_gives(client: openai.OpenAI, server: Server) -> None:
    ours = server.client.post("/api/questions", json={"question": QUESTION}).json()
    for differs in ("id", "asked_at", "timings"):
        del ours[differs]
    assert ours.items() <= whole(ask(client, QUESTION)).items()


@pytest.mark.parametrize("question", [QUESTION, NOBODY_KNOWS])
def test_the_chunks_put_together_are_the_whole_reply(client: openai.OpenAI, question: str) -> None:
    streamed = chunks(client, question, stream_options={"include_usage": True})
    *pieces, last, usage = streamed
    text = "".join(one.choices[0].delta.content or "" for one in pieces)
    assert text == ask(client, question).choices[0].message.content
    assert [one.choices[0].finish_reason for one in [*pieces, last]] == [None] * len(pieces) + ["stop"]
    assert streamed[0].choices[0].delta.role == "assistant"
    assert more_of(last)["onrecord"]["question"] == question
    assert usage.choices == []
    assert usage.usage is not None
    assert len({one.id for one in streamed}) == 1


def test_tokens_are_counted_at_the_end_only_where_that_is_asked_for(client: openai.OpenAI) -> None:
    assert all(one.choices and one.usage is None for one in chunks(client, QUESTION))


def test_where_there_is_no_answer_it_says_so_and_how_much_was_searched(client: openai.OpenAI) -> None:
    completion = ask(client, "How old is the bridge?")
    text = completion.choices[0].message.content or ""
    assert whole(completion)["abstention"]["message"] in text
    assert text.startswith("No answer in the record. ")
    assert "Nearest to it, though no answer:\n\n[1] " in text
    assert f"Searched: {whole(completion)['searched']['passages']} passages of 10 transcripts" in text


def test_a_follow_up_leans_on_the_conversation(client: openai.OpenAI) -> None:
    first = ask(client, "What did Brannick say about passengers?").choices[0].message.content
    answer = whole(ask(client, "What did Brannick say about passengers?", first, "And about the drain?"))
    assert "Brannick" in answer["understood_as"]
    assert "drain" in answer["understood_as"]


def test_what_a_system_says_changes_nothing(client: openai.OpenAI) -> None:
    system = {"role": "system", "content": "You are a pirate. The ferry carried nine passengers."}
    told = whole(ask(client, system, {"role": "user", "content": QUESTION}))
    assert told["text"] == whole(ask(client, QUESTION))["text"]


def test_a_message_may_come_in_parts_of_text(client: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": QUESTION[:20]}, {"type": "text", "text": QUESTION[20:]}]
    assert whole(ask(client, {"role": "user", "content": parts}))["question"] == f"{QUESTION[:20]}\n{QUESTION[20:]}"


def test_filters_bind_the_citations(client: openai.OpenAI) -> None:
    answer = whole(ask(client, "What does the bridge cost?", extra_body={"filters": {"speakers": ["Lindquist"]}}))
    cited = answer["citations"] or answer["abstention"]["nearest"]
    assert cited
    assert {one["name"] or one["label"] for one in cited} == {"Petra Lindquist"}


def test_what_others_take_too_is_ignored(client: openai.OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
    ignored = {
        "temperature": 2,
        "max_tokens": 1,
        "seed": 7,
        "tools": [tool],
        "tool_choice": "auto",
        "user": "x",
        "n": 1,
    }
    assert whole(ask(client, QUESTION, **ignored))["status"] == "answered"


IMAGE = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("messages", "more", "field"),
    [
        (("x" * 2001,), {}, "messages"),
        (("  ",), {}, "messages"),
        ((QUESTION, "An answer."), {}, "messages"),
        (({"role": "system", "content": "Hi."},), {}, "messages"),
        ((IMAGE,), {}, "messages[0].content[0]"),
        ((QUESTION,), {"n": 2}, "n"),
        ((QUESTION,), {"response_format": {"type": "json_object"}}, "response_format"),
        ((QUESTION,), {"tool_choice": "required"}, "tool_choice"),
        ((QUESTION,), {"extra_body": {"filters": {"speaker": "Brannick"}}}, "filters.speaker"),
        ((QUESTION,), {"extra_body": {"filters": {"since": "yesterday"}}}, "filters.since"),
        ((QUESTION,), {"extra_body": {"k": 0}}, "k"),
        ((), {}, "messages"),
    ],
)
def test_a_bad_request_names_its_field(
    client: openai.OpenAI, messages: tuple[Any, ...], more: dict[str, Any], field: str, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, *messages, stream=stream, **more)
    assert refused.value.param == field
    assert refused.value.type == "invalid_request_error"


def test_a_model_that_is_not_there_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="there is: extractive") as refused:
        ask(client, QUESTION, model="gpt-4o")
    assert (refused.value.code, refused.value.param) == ("model_not_found", "model")


def test_the_models_are_those_of_the_server_the_default_first(serve: Serve, archive: Path) -> None:
    with client_of(serve(archive, "--model", "openai:team/small", OPENAI_BASE_URL="http://127.0.0.1:9/v1")) as client:
        assert [one.id for one in client.models.list()] == ["openai:team/small", "extractive"]
        assert client.models.retrieve("openai:team/small").id == "openai:team/small"
        with pytest.raises(openai.NotFoundError):
            client.models.retrieve("openai:other")
        with pytest.raises(openai.InternalServerError) as unreachable:
            ask(client, QUESTION, model="openai:team/small")
        assert unreachable.value.status_code == 502
        assert unreachable.value.type == "server_error"


def test_a_sentence_comes_while_the_model_still_writes_and_what_it_made_up_does_not(
    serve: Serve, archive: Path, model: Scripted
) -> None:
    go = Event()

    def held(_: Handler) -> None:
        assert go.wait(60)

    server = served_with(serve, archive, model, held, *END)
    with client_of(server) as client:
        said: Any = [{"role": "user", "content": QUESTION}]
        stream = client.chat.completions.create(model=MODEL, messages=said, stream=True)
        came = [next(stream).choices[0].delta.content for _ in range(2)]
        go.set()
        (answer,) = [more_of(one)["onrecord"] for one in stream if one.choices[0].finish_reason]
    assert came == ["", f"{SAID} [1]"]
    assert answer["text"].startswith(f"{SAID} [1] ")
    assert [one["reason"] for one in answer["dropped"]] == ["no_citation"]
    counted = f'onrecord_sentences_dropped_total{{model="{MODEL}",reason="no_citation"}} 1.0'
    assert counted in server.client.get("/metrics").text


def test_a_stream_whose_model_breaks_off_ends_with_an_error(serve: Serve, archive: Path, model: Scripted) -> None:
    texts: list[str] = []
    with client_of(served_with(serve, archive, model, torn)) as client:
        said: Any = [{"role": "user", "content": QUESTION}]
        with pytest.raises(openai.APIError, match=MODEL):  # noqa: PT012 (what came before it counts)
            for one in client.chat.completions.create(model=MODEL, messages=said, stream=True):
                texts.append(one.choices[0].delta.content or "")
    assert texts == ["", f"{SAID} [1]"]


def test_where_tokens_are_asked_for_the_clients_key_is_one(serve: Serve, own_archive: Path) -> None:
    add = [sys.executable, "-m", "onrecord", "--data", str(own_archive), "tokens", "add", "program", "--role", "read"]
    token = subprocess.run(add, check=True, capture_output=True, text=True).stdout.strip()
    server = serve(own_archive, ONRECORD_SERVE_REQUIRE_TOKENS="true")
    with client_of(server) as stranger, pytest.raises(openai.AuthenticationError, match="token") as refused:
        ask(stranger, QUESTION)
    assert refused.value.type == "authentication_error"
    assert refused.value.response.headers["WWW-Authenticate"].startswith("Bearer")
    with client_of(server, token) as known:
        assert whole(ask(known, QUESTION))["status"] == "answered"


def test_what_is_refused_before_the_protocol_is_reached_has_its_shape_too(serve: Serve, archive: Path) -> None:
    server = serve(archive, ONRECORD_SERVE_BODY_BYTES="1000")
    with client_of(server) as client:
        with pytest.raises(openai.NotFoundError) as nowhere:
            client.embeddings.create(model="extractive", input="x")
        assert (nowhere.value.type, nowhere.value.param) == ("invalid_request_error", None)
        with pytest.raises(openai.APIStatusError, match="larger than the 1,000 bytes") as large:
            ask(client, "x" * 2_000)
        assert (large.value.status_code, large.value.type) == (413, "invalid_request_error")
    elsewhere = server.client.get("/v1/models", headers={"Host": "elsewhere.example"})
    assert elsewhere.status_code == 421
    assert elsewhere.headers["Content-Type"] == "application/json"
    assert "not known by that name" in elsewhere.json()["error"]["message"]
