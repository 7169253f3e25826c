"""`openai:` against scripted servers: what a stream may bring, what a server may refuse, what it says of itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from qa.answer import Usage
from qa.errors import ModelBrokeOff, ModelNotReady, ModelTooSlow, UnknownModel
from qa.models import Declined, Mistake, ModelSettings, Request, Said, Shown, Wrote, load
from qa.models.language_model import LanguageModel
from qa.models.openai_chat import OpenAIChat
from qa.question import Exchange
from tests.qa.models.servers import Body, Reply, Scripted, endless, events, silent, torn

Hear = Callable[..., list[Said]]
Asking = Callable[..., Request]

CHAT = "POST /v1/chat/completions"
SENTENCE = "The repairs cost 4.2 million crowns [1.1]."


def chunk(content: str | None = None, finish: str | None = None, **delta: object) -> dict[str, object]:
    choice = {"index": 0, "delta": {"content": content, **delta}, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


USAGE = {
    "id": "x",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [],
    "usage": {"prompt_tokens": 812, "completion_tokens": 11, "total_tokens": 823},
}


def streamed(*pieces: str, finish: str = "stop") -> Reply:
    """A whole, good stream."""
    chunks = [chunk("", role="assistant"), *map(chunk, pieces), chunk(finish=finish), USAGE]
    return Reply(body=[*events(*chunks), b"data: [DONE]\n\n"])


def refused(status: int, message: str, **error: str) -> Reply:
    return Reply(status, [json.dumps({"error": {"message": message, **error}}).encode()])


def model(server: Scripted, **settings: Any) -> LanguageModel:
    chat = OpenAIChat("openai:m", "m", f"{server.address}/v1", "secret", waits=(0.0, 0.0))
    return LanguageModel(chat, ModelSettings(**settings), "prose")


def written(said: list[Said]) -> str:
    return "".join(one.text for one in said if isinstance(one, Wrote))


# What a stream may bring


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_good_stream_is_the_draft_and_the_usage(server: Scripted, asking: Asking, hear: Hear, size: int) -> None:
    draft = f"{SENTENCE} It is more than planned [1.2][1.3].\n"
    server.script[CHAT] = [streamed(*(draft[at : at + size] for at in range(0, len(draft), size)))]
    said = hear(model(server), asking())
    assert written(said) == draft
    assert [one for one in said if isinstance(one, Usage)] == [Usage(prompt_tokens=812, completion_tokens=11)]
    assert not any(isinstance(one, Declined | Shown) for one in said)


def test_sends_the_numbered_record_and_the_question(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed(SENTENCE)]
    request = asking()
    hear(model(server), request)
    (sent,) = server.asked("/v1/chat/completions")
    system, user = sent["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert all(
        f"\n[{one.number[0]}.{one.number[1]}] {one.text}\n" in user["content"]
        for passage in request.shown
        for one in passage.sentences
    )
    assert user["content"].endswith(f"Question: {request.asked.text}")
    assert (sent["model"], sent["stream"], sent["stream_options"]) == ("m", True, {"include_usage": True})
    assert sent["max_tokens"] == 700


@pytest.mark.parametrize("end", [[], [torn]], ids=["silently", "torn"])
def test_a_stream_that_stops_midway_broke_off(server: Scripted, asking: Asking, hear: Hear, end: Body) -> None:
    server.script[CHAT] = [Reply(body=[*events(chunk(SENTENCE), chunk(" And it")), *end])]
    with pytest.raises(ModelBrokeOff, match="openai:m"):
        hear(model(server), asking())
    assert len(server.asked("/v1/chat/completions")) == 1


@pytest.mark.parametrize(
    "malformed",
    [
        b"data: {\"choices\": [{\n\n",
        b"data: 5\n\n",
        b"data: {\"choices\": 5}\n\n",
        b"data: {\"choices\": [{\"delta\": \"text\"}]}\n\n",
        b"data: {\"choices\": [{\"delta\": {\"content\": {\"text\": 1}}}]}\n\n",
        b"data: \xff\xfe\n\n",
        b"data: {\"error\": {\"message\": \"out of memory\"}}\n\n",
    ],
)
def test_a_malformed_chunk_broke_off(server: Scripted, asking: Asking, hear: Hear, malformed: bytes) -> None:
    server.script[CHAT] = [Reply(body=[*events(chunk("The repairs")), malformed, *streamed(SENTENCE).body])]
    with pytest.raises(ModelBrokeOff):
        hear(model(server), asking())


def test_what_was_whole_before_a_break_is_given(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [Reply(body=[*events(chunk(f"{SENTENCE} And")), silent])]
    said = hear(model(server), asking(), 1)
    assert said == [Wrote("The repairs cost 4.2 million crowns [1.1]")]


@pytest.mark.parametrize("text", ["NO ANSWER", "**NO ANSWER**", "NO ANSWER.\n\nThe record speaks of bridges [1.1]."])
def test_no_answer_is_declined(server: Scripted, asking: Asking, hear: Hear, text: str) -> None:
    server.script[CHAT] = [streamed(*text)]
    said = hear(model(server), asking())
    assert [one.reason for one in said if isinstance(one, Declined)] == ["model_declined"]
    assert written(said) == ""


@pytest.mark.parametrize(
    "body",
    [
        events(chunk(refusal="I can't help with that."), chunk(finish="stop")),
        events(chunk("I"), chunk(finish="content_filter")),
    ],
    ids=["refusal", "filter"],
)
def test_a_refusal_is_declined(server: Scripted, asking: Asking, hear: Hear, body: Body) -> None:
    server.script[CHAT] = [Reply(body=body)]
    said = hear(model(server), asking())
    assert isinstance(said[-1], Declined)
    assert said[-1].reason == "model_declined"
    assert written(said) == ""


def test_a_filtered_prompt_is_declined(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [refused(400, "The prompt was filtered", code="content_filter")]
    assert [type(one) for one in hear(model(server), asking())] == [Declined]


def test_an_answer_without_citations_is_still_a_draft(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed("The repairs ", "cost a lot.")]
    assert written(hear(model(server), asking())) == "The repairs cost a lot."


def test_a_reply_cut_at_its_limit_loses_its_unfinished_sentence(
    server: Scripted, asking: Asking, hear: Hear
) -> None:
    server.script[CHAT] = [streamed(SENTENCE, " They were not", finish="length")]
    assert written(hear(model(server), asking())) == SENTENCE.removesuffix(".")


def test_a_reply_cut_before_any_sentence_is_no_answer(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed("The repairs of the", finish="length")]
    (declined,) = [one for one in hear(model(server), asking()) if isinstance(one, Declined)]
    assert declined.reason == "model_failed"
    assert "`reply`" in declined.message


def test_an_endless_answer_is_stopped(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [Reply(body=[*events(chunk(SENTENCE)), endless(events(chunk(" and so on"))[0])])]
    assert written(hear(model(server, reply=20), asking())) == SENTENCE.removesuffix(".")
    assert server.left.wait(30)


def test_endless_thinking_is_stopped(server: Scripted, asking: Asking, hear: Hear) -> None:
    thinking = events(chunk(reasoning_content="hm"))[0]
    server.script[CHAT] = [Reply(body=[endless(thinking)])]
    with pytest.raises(ModelTooSlow, match="`longest`"):
        hear(model(server, longest=1.0), asking())
    assert server.left.wait(30)


def test_thoughts_are_no_part_of_the_draft(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed(*"<think>Is it [1.2]? NO ANSWER?</think>\n", SENTENCE)]
    assert written(hear(model(server), asking())).strip() == SENTENCE


@pytest.mark.parametrize("first", [[], [b"data: "], events(chunk("The"))], ids=["nothing", "half an event", "a word"])
def test_a_long_pause_is_too_long(server: Scripted, asking: Asking, hear: Hear, first: Body) -> None:
    server.script[CHAT] = [Reply(body=[*first, silent])]
    with pytest.raises(ModelTooSlow, match="`patience`"):
        hear(model(server, patience=1.0), asking())
    assert server.left.wait(30)


def test_a_reader_who_leaves_stops_the_model(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [Reply(body=[*events(chunk(SENTENCE)), endless(events(chunk(" more"))[0])])]
    assert len(hear(model(server), asking(), 1)) == 1
    assert server.left.wait(30)


def test_a_task_that_is_cancelled_stops_the_model(server: Scripted, asking: Asking) -> None:
    server.script[CHAT] = [Reply(body=[*events(chunk(f"{SENTENCE} And")), silent])]

    async def cancelled() -> list[Said]:
        said: list[Said] = []
        begun = asyncio.Event()

        async def read() -> None:
            async with aclosing(model(server).reply(asking())) as reply:
                async for one in reply:
                    said.append(one)
                    begun.set()

        reading = asyncio.create_task(read())
        await begun.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        return said

    assert len(asyncio.run(cancelled())) == 1
    assert server.left.wait(30)


# What a server may refuse


@pytest.mark.parametrize("status", [429, 500, 503])
def test_is_tried_again_where_the_server_can_not_now(
    server: Scripted, asking: Asking, hear: Hear, status: int
) -> None:
    server.script[CHAT] = [refused(status, "later"), refused(status, "later"), streamed(SENTENCE)]
    assert written(hear(model(server), asking())) == SENTENCE


@pytest.mark.parametrize(
    ("status", "error"), [(429, ModelNotReady), (500, ModelBrokeOff), (503, ModelBrokeOff)]
)
def test_gives_up_in_the_end(
    server: Scripted, asking: Asking, hear: Hear, status: int, error: type[Exception]
) -> None:
    server.script[CHAT] = [refused(status, "come back later")]
    with pytest.raises(error, match=rf"\({status}\).*come back later"):
        hear(model(server), asking())
    assert len(server.asked("/v1/chat/completions")) == 3


def test_does_not_wait_where_it_is_asked_to_wait_long(server: Scripted, asking: Asking, hear: Hear) -> None:
    reply = refused(429, "tomorrow")
    reply.headers["Retry-After"] = "3600"
    server.script[CHAT] = [reply]
    with pytest.raises(ModelNotReady):
        hear(model(server), asking())
    assert len(server.asked("/v1/chat/completions")) == 1


@pytest.mark.parametrize("status", [408, 409])
def test_nothing_else_is_tried_again(server: Scripted, asking: Asking, hear: Hear, status: int) -> None:
    server.script[CHAT] = [refused(status, "no"), streamed(SENTENCE)]
    with pytest.raises(ModelNotReady, match=str(status)):
        hear(model(server), asking())


def test_a_wrong_key(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [refused(401, "Incorrect API key provided: secret")]
    with pytest.raises(ModelNotReady, match="key") as raised:
        hear(model(server), asking())
    assert "secret" not in str(raised.value)


def test_a_key_that_may_not_see_other_paths_is_not_wrong(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script |= {"GET /api/version": [refused(403, "no")], "GET /props": [refused(401, "no")]}
    server.script[CHAT] = [streamed(SENTENCE)]
    assert written(hear(model(server), asking())) == SENTENCE


def test_an_unknown_model(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [refused(404, "The model `m` does not exist")]
    with pytest.raises(ModelNotReady, match="no model of that name"):
        hear(model(server), asking())


def test_an_address_without_v1(server: Scripted, asking: Asking, hear: Hear) -> None:
    ollama(server, [LOADED])
    with pytest.raises(ModelNotReady, match="most addresses end in /v1"):
        hear(load("openai:m", ModelSettings(base_url=server.address, reply=100)), asking())


def test_a_server_that_does_not_run(asking: Asking, hear: Hear) -> None:
    chat = OpenAIChat("openai:m", "m", "http://127.0.0.1:1/v1", None)
    with pytest.raises(ModelNotReady, match=r"http://127\.0\.0\.1:1/v1"):
        hear(LanguageModel(chat, ModelSettings(), "prose"), asking())


@pytest.mark.parametrize(
    ("refuses", "message"),
    [
        ("temperature", "Unsupported value: 'temperature' does not support 0 with this model."),
        ("stream_options", "Unrecognized request argument supplied: stream_options"),
        ("max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
    ],
)
def test_leaves_out_for_good_what_a_server_does_not_take(
    server: Scripted, asking: Asking, hear: Hear, refuses: str, message: str
) -> None:
    server.script[CHAT] = [refused(400, message), streamed(SENTENCE)]
    asked = model(server)
    assert written(hear(asked, asking())) == written(hear(asked, asking())) == SENTENCE
    first, *later = server.asked("/v1/chat/completions")
    assert refuses in first
    assert len(later) == 2
    assert not any(refuses in one for one in later)


def test_a_refusal_that_can_not_be_mended_is_not_tried_for_ever(
    server: Scripted, asking: Asking, hear: Hear
) -> None:
    server.script[CHAT] = [refused(400, "temperature is wrong")]
    with pytest.raises(ModelNotReady, match="temperature is wrong"):
        hear(model(server), asking())
    assert len(server.asked("/v1/chat/completions")) == 2


# Quotes


def test_is_held_to_the_numbers_that_were_shown(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed('{"sentences": ["[1.2]",', ' "[1.1]", "[1.2]"]}')]
    request = asking(style="quotes")
    assert written(hear(model(server), request)) == "[1.2]\n[1.1]"
    (sent,) = server.asked("/v1/chat/completions")
    schema = sent["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["sentences"]["items"]["enum"] == [
        f"[{one.number[0]}.{one.number[1]}]" for passage in request.shown for one in passage.sentences
    ]


def test_pointing_at_nothing_is_no_answer(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed('{"sentences": []}')]
    said = hear(model(server), asking(style="quotes"))
    assert [one.reason for one in said if isinstance(one, Declined)] == ["model_declined"]


def test_a_schema_that_is_ignored_leaves_a_draft(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed("[1.2]\n[1.1]")]
    assert written(hear(model(server), asking(style="quotes"))) == "[1.2]\n[1.1]"


def test_a_server_without_schemas_is_asked_in_words(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [refused(400, "response_format is not supported"), streamed("[1.2]\n")]
    assert written(hear(model(server), asking(style="quotes"))) == "[1.2]\n"
    with_schema, without = server.asked("/v1/chat/completions")
    assert "JSON" in with_schema["messages"][1]["content"]
    assert "JSON" not in without["messages"][1]["content"]


# Repair and follow-ups


def test_mistakes_are_shown_with_their_reasons(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script[CHAT] = [streamed("DROP")]
    mistakes = (Mistake("It cost 5 million [1.1].", "5 million does not stand in [1.1]"),)
    assert written(hear(model(server), asking(mistakes=mistakes))) == "DROP"
    (sent,) = server.asked("/v1/chat/completions")
    listed = "1. It cost 5 million [1.1].\n   Why not: 5 million does not stand in [1.1]\n"
    assert listed in sent["messages"][1]["content"]


def rewritten(server: Scripted, reply: Reply, question: str = "And who paid?") -> str | None:
    server.script[CHAT] = [reply]
    history = [Exchange("Who built the bridge?", "“The county built it.”")]
    return asyncio.run(model(server).rewrite(question, history))


def test_a_follow_up_is_made_to_stand_alone(server: Scripted) -> None:
    reply = streamed('"Who paid for', ' the bridge?"\nI hope this helps.')
    assert rewritten(server, reply) == "Who paid for the bridge?"
    (sent,) = server.asked("/v1/chat/completions")
    assert "Who built the bridge?" in sent["messages"][1]["content"]
    assert sent["messages"][1]["content"].endswith("New question: And who paid?")


@pytest.mark.parametrize("reply", [streamed(""), streamed("Who paid for", finish="length"), streamed("x" * 2001)])
def test_what_is_no_question_is_not_taken_for_one(server: Scripted, reply: Reply) -> None:
    assert rewritten(server, reply) is None


# What a server says of itself


def shown_to(server: Scripted) -> str:
    prompt: str = server.asked("/v1/chat/completions")[-1]["messages"][1]["content"]
    return prompt


def ollama(server: Scripted, loaded: list[Reply], **shown: object) -> None:
    server.script |= {
        CHAT: [streamed(SENTENCE)],
        "GET /v1/models": [Reply(body=[b'{"data": [{"id": "m:latest", "owned_by": "library"}]}'])],
        "GET /api/version": [Reply(body=[b'{"version": "0.12.6"}'])],
        "POST /api/show": [Reply(body=[json.dumps({"details": {}, **shown}).encode()])],
        "POST /api/generate": [Reply(body=[b'{"model": "m", "done": true, "done_reason": "load"}'])],
        "GET /api/ps": loaded,
    }


NOT_LOADED = Reply(body=[b'{"models": []}'])
LOADED = Reply(
    body=[b'{"models": [{"model": "x", "context_length": 99999}, {"model": "m:latest", "context_length": 700}]}']
)


def test_ollama_is_asked_what_it_has_loaded(server: Scripted, asking: Asking, hear: Hear) -> None:
    ollama(server, [NOT_LOADED, LOADED])
    said = hear(model(server, reply=100), asking())
    assert server.asked("/api/generate") == [{"model": "m", "stream": False}]
    assert isinstance(said[0], Shown)
    assert all(f"\n[{passage}.{sentence}] " in shown_to(server) for passage, sentence in said[0].numbers)
    assert "\n[1.1] " in shown_to(server)


def test_an_older_ollama_is_taken_at_its_parameters(server: Scripted, asking: Asking, hear: Hear) -> None:
    ollama(server, [Reply(body=[b'{"models": [{"model": "m:latest"}]}'])], parameters="stop x\nnum_ctx    700")
    assert isinstance(hear(model(server, reply=100), asking())[0], Shown)


def test_a_model_that_ollama_has_not_pulled(server: Scripted, asking: Asking, hear: Hear) -> None:
    ollama(server, [NOT_LOADED])
    server.script["POST /api/show"] = [refused(404, "model 'm' not found")]
    with pytest.raises(ModelNotReady, match="ollama pull m"):
        hear(model(server), asking())


def test_vllm_counts_tokens_and_says_its_context(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script |= {
        CHAT: [streamed(SENTENCE)],
        "GET /v1/models": [Reply(body=[b'{"data": [{"id": "m", "max_model_len": 900}]}'])],
        "POST /tokenize": [Reply(body=[b'{"count": 150, "max_model_len": 1000, "tokens": []}'])],
    }
    request = asking()
    said = hear(model(server, reply=100), request)
    # 100 for the reply, 64 for the wrapping, 150 each for rules and question leave 436: two passages of 154.
    assert len(request.shown) > 2
    assert said[0] == Shown(
        frozenset(sentence.number for passage in request.shown[:2] for sentence in passage.sentences)
    )


def test_llama_cpp_counts_tokens_and_says_its_context(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script |= {
        CHAT: [streamed(SENTENCE)],
        "GET /props": [Reply(body=[b'{"default_generation_settings": {"n_ctx": 900}, "total_slots": 1}'])],
        "POST /tokenize": [Reply(body=[json.dumps({"tokens": list(range(150))}).encode()])],
    }
    request = asking()
    said = hear(model(server, reply=100), request)
    assert said[0] == Shown(
        frozenset(sentence.number for passage in request.shown[:2] for sentence in passage.sentences)
    )


def test_a_server_that_is_still_loading_is_asked_again(server: Scripted, asking: Asking, hear: Hear) -> None:
    known = Reply(body=[b'{"default_generation_settings": {"n_ctx": 900}, "total_slots": 1}'])
    server.script |= {CHAT: [streamed(SENTENCE)], "GET /props": [refused(503, "Loading model"), known]}
    server.script["POST /tokenize"] = [Reply(body=[json.dumps({"tokens": list(range(150))}).encode()])]
    asked = model(server, reply=100)
    assert not isinstance(hear(asked, asking())[0], Shown)
    assert isinstance(hear(asked, asking())[0], Shown)
    hear(asked, asking())
    assert len(server.asked("/props")) == 2


def test_lm_studio_says_its_context(server: Scripted, asking: Asking, hear: Hear) -> None:
    server.script |= {
        CHAT: [streamed(SENTENCE)],
        "GET /api/v0/models": [Reply(body=[b'{"data": [{"id": "m", "loaded_context_length": 700}]}'])],
    }
    assert isinstance(hear(model(server, reply=100), asking())[0], Shown)


def test_too_small_a_context_says_both_numbers(server: Scripted, asking: Asking, hear: Hear) -> None:
    with pytest.raises(ModelNotReady, match=r"512 tokens is too small, \d+ are needed"):
        hear(model(server, context=512, reply=500), asking())
    assert not server.asked("/v1/chat/completions")


# What is set


def test_the_address_and_key_of_the_environment(
    server: Scripted, asking: Asking, hear: Hear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.address}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "of the environment")
    server.script[CHAT] = [streamed(SENTENCE)]
    asked = load("openai:m")
    assert (asked.id, asked.style, asked.streams, asked.offline) == ("openai:m", "prose", True, True)
    assert written(hear(asked, asking())) == SENTENCE
    assert server.received[-1].headers["authorization"] == "Bearer of the environment"


def test_what_is_set_comes_first(
    server: Scripted, asking: Asking, hear: Hear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "of the environment")
    monkeypatch.setenv("MY_KEY", "mine")
    server.script[CHAT] = [streamed(SENTENCE)]
    asked = load("openai:m", ModelSettings(base_url=f"{server.address}/v1/", api_key_variable="MY_KEY", style="quotes"))
    assert asked.style == "quotes"
    hear(asked, asking())
    assert server.received[-1].headers["authorization"] == "Bearer mine"


def test_openai_itself_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(ModelNotReady, match="OPENAI_API_KEY"):
        load("openai:gpt-4.1")
    assert load("openai:m", ModelSettings(base_url="http://localhost:11434/v1")).offline


@pytest.mark.parametrize("model", ["openai:", "openai", "anthropic:"])
def test_a_model_needs_a_name(model: str) -> None:
    with pytest.raises(UnknownModel, match="name a model"):
        load(model)
