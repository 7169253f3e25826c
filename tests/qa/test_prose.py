"""A model that writes: its draft through the gate to the answer, the repair, the ledger, and how it may fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from threading import get_ident

import pytest

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.search import Search
from index.store import open_store
from qa.answer import Answer, DoneEvent, DroppedEvent, Event, SentenceEvent, Style, Usage
from qa.asking import Answerer, Question
from qa.errors import ModelBrokeOff, QuestionRefused
from qa.ledger import Entry, Ledger
from qa.models import Declined, Request, Said, Shown, Wrote
from qa.question import Exchange

COST = "How much do the repairs of the bridge cost?"


class Scripted:
    """A small real model: it writes what it was given, one script a request; `{cost}` is the number of a sentence."""

    id = "scripted:one"
    style: Style = "prose"
    styles: tuple[Style, ...] = ("quotes", "prose")
    streams = True
    offline = True

    def __init__(self, *scripts: Sequence[Said | str | Exception], alone: str | None = None) -> None:
        self._scripts = list(scripts)
        self._alone = alone
        self.requests: list[Request] = []
        self.closed = 0

    async def reply(self, request: Request) -> AsyncGenerator[Said, None]:
        self.requests.append(request)
        try:
            for said in self._scripts.pop(0):
                await asyncio.sleep(0)
                if isinstance(said, Exception):
                    raise said
                yield Wrote(numbered(said, request)) if isinstance(said, str) else said
        finally:
            self.closed += 1

    async def rewrite(self, question: str, history: Sequence[Exchange]) -> str | None:  # noqa: ARG002 (the protocol's)
        return self._alone


def numbered(text: str, request: Request) -> str:
    """`text` with `{words of the record}` replaced by the number of the sentence that holds them."""
    for passage in request.shown:
        for sentence in passage.sentences:
            for words in ("4.2 million crowns", "nine piers are cracked", "pays for the signs", "would be free"):
                if words in sentence.text:
                    text = text.replace("{" + words + "}", "{}.{}".format(*sentence.number))
    return text


def answerer(archive: Path, model: Scripted, ledger: Ledger | None = None) -> Answerer:
    return Answerer(Search(open_store(archive), TinyEmbedder), model, "test", ledger=ledger)


def ask(archive: Path, model: Scripted, text: str = COST, **more: object) -> Answer:
    return asyncio.run(answerer(archive, model).answer(Question(text=text, **more)))  # type: ignore[arg-type]  # fields by name


RIGHT = "Mayor Quill said that the repairs cost 4.2 million crowns [{4.2 million crowns}]."
WRONG = "The repairs cost 5 million crowns [{4.2 million crowns}]."


def test_prose_is_shown_with_the_quotes_it_stands_on(archive: Path) -> None:
    answer = ask(archive, Scripted([RIGHT, Usage(prompt_tokens=90, completion_tokens=12)]))
    assert answer.status == "answered"
    assert answer.text == "Mayor Quill said that the repairs cost 4.2 million crowns. [1]"
    assert [(one.kind, one.citations) for one in answer.sentences] == [("statement", (1,))]
    assert answer.citations[0].quote == "The repairs cost 4.2 million crowns."
    assert (answer.model, answer.style, answer.usage.prompt_tokens) == ("scripted:one", "prose", 90)
    assert set(answer.timings) == {"understand", "embed", "search", "generate", "check"}


def test_what_the_record_does_not_bear_out_is_asked_again_once_then_dropped(archive: Path) -> None:
    model = Scripted([RIGHT + " " + WRONG], [WRONG])
    answer = ask(archive, model)
    assert [one.text for one in answer.sentences] == ["Mayor Quill said that the repairs cost 4.2 million crowns."]
    assert [(one.reason, one.text) for one in answer.dropped] == [
        ("number_not_in_source", "The repairs cost 5 million crowns.")
    ]
    (mistake,) = model.requests[1].mistakes
    assert mistake.text == "The repairs cost 5 million crowns."
    assert "5 million" in mistake.why
    assert "5 million" not in answer.text


def test_what_is_mended_takes_the_place_of_what_failed(archive: Path, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    model = Scripted([WRONG, " The county pays for the signs [{pays for the signs}]."], [RIGHT])
    answer = asyncio.run(answerer(archive, model, ledger).answer(Question(text=COST)))
    assert [one.text for one in answer.sentences] == [
        "Mayor Quill said that the repairs cost 4.2 million crowns.",
        "The county pays for the signs.",
    ]
    assert answer.dropped == ()
    (line,) = ledger.read()
    assert (line.model, line.style, line.written, line.verified, line.repaired) == ("scripted:one", "prose", 2, 2, 1)


def test_nothing_unverified_is_ever_an_event_of_the_answer(archive: Path) -> None:
    async def events() -> list[Event]:
        asking = answerer(archive, Scripted([RIGHT, " ", WRONG], ["DROP"]))
        return [event async for event in asking.stream(Question(text=COST))]

    found = asyncio.run(events())
    sentences = [event.sentence.text for event in found if isinstance(event, SentenceEvent)]
    dropped = [event.dropped.text for event in found if isinstance(event, DroppedEvent)]
    assert sentences == ["Mayor Quill said that the repairs cost 4.2 million crowns."]
    assert dropped == ["The repairs cost 5 million crowns."]
    assert isinstance(found[-1], DoneEvent)
    assert found.index(next(event for event in found if isinstance(event, SentenceEvent))) < len(found) - 2


@pytest.mark.parametrize(
    ("scripts", "reason", "asked"),
    [
        ([[WRONG], [WRONG]], "unsupported", 2),
        ([["I am sure it is a lot."], ["It is really a lot."]], "unsupported", 2),
        ([[Declined("model_declined", "The model finds no answer in what it was shown.")]], "model_declined", 1),
        ([["```\n```"], ["***"]], "model_failed", 2),
        ([[], []], "model_failed", 1),
    ],
)
def test_abstains_where_nothing_stands(
    archive: Path, scripts: list[list[Said | str]], reason: str, asked: int
) -> None:
    model = Scripted(*scripts)
    answer = ask(archive, model)
    assert answer.abstention is not None
    assert (answer.abstention.reason, len(model.requests)) == (reason, asked)
    assert (answer.text, answer.sentences, answer.citations) == ("", (), ())
    assert model.closed == asked


def test_what_is_written_the_second_time_is_read_to_its_end(archive: Path) -> None:
    answer = ask(archive, Scripted(["```\n```"], ["It costs a lot. So it is said."]))
    assert [one.reason for one in answer.dropped] == ["no_citation", "no_citation"]


def test_in_quotes_what_is_shown_is_the_record_s_own_words(archive: Path) -> None:
    model = Scripted(["It costs 5 million [{4.2 million crowns}]\n[{nine piers are cracked}]"])
    answer = ask(archive, model, style="quotes")
    assert [one.text for one in answer.sentences] == [
        "The repairs cost 4.2 million crowns.",
        "Two of the nine piers are cracked.",
    ]
    assert {one.kind for one in answer.sentences} == {"quote"}
    assert answer.style == "quotes"


def test_a_number_the_model_was_not_shown_cites_nothing(archive: Path) -> None:
    model = Scripted([Shown(frozenset({(1, 1)})), "[9.9]\n"], ["[9.9]"])
    assert [one.reason for one in ask(archive, model, style="quotes").dropped] == ["unknown_citation"]


def test_under_a_speaker_filter_nobody_else_can_be_cited(archive: Path) -> None:
    model = Scripted(["[1.1]\n[1.2]\n[2.1]\n[2.2]\n[3.1]"], ["[1.1]"])
    answer = ask(archive, model, filters=Filters(speakers=("Bolt",)), style="quotes")
    assert answer.citations
    assert {one.label for one in answer.citations} == {"ENGINEER BOLT"}


def test_a_reply_that_breaks_off_fails_and_what_came_before_it_stands(archive: Path, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    found: list[Event] = []

    async def listen() -> None:
        model = Scripted([RIGHT + " And then it", ModelBrokeOff("scripted:one broke off")])
        async for event in answerer(archive, model, ledger).stream(Question(text=COST)):
            found.append(event)

    with pytest.raises(ModelBrokeOff):
        asyncio.run(listen())
    assert [one.sentence.text for one in found if isinstance(one, SentenceEvent)] == [
        "Mayor Quill said that the repairs cost 4.2 million crowns."
    ]
    assert [(line.failed, line.verified) for line in ledger.read()] == [(1, 1)]


def test_a_repair_that_breaks_off_costs_no_sentence_that_was_verified(archive: Path) -> None:
    answer = ask(archive, Scripted([RIGHT + " " + WRONG], [ModelBrokeOff("scripted:one broke off")]))
    assert [one.text for one in answer.sentences] == ["Mayor Quill said that the repairs cost 4.2 million crowns."]
    assert [one.reason for one in answer.dropped] == ["number_not_in_source"]


def test_a_reader_who_leaves_stops_the_model(archive: Path) -> None:
    model = Scripted([RIGHT, " More follows", *(" and more" for _ in range(1000))])

    async def leave() -> None:
        stream = answerer(archive, model).stream(Question(text=COST))
        async for event in stream:
            if isinstance(event, SentenceEvent):
                break
        await stream.aclose()
        assert model.closed == 1  # now, not when the event loop ends

    asyncio.run(leave())


def test_a_follow_up_is_made_to_stand_alone(archive: Path) -> None:
    history = (Exchange("What did Bolt say about the piers?", "Two of the nine piers are cracked. [1]"),)
    follow_up = "And what did he say about the signs?"
    declines = [Declined("model_declined", "-")]
    assert "Bolt" in ask(archive, Scripted(declines), follow_up, history=history).understood_as
    answer = ask(archive, Scripted(declines, alone="What did Bolt say about the signs?"), follow_up, history=history)
    assert answer.understood_as == "What did Bolt say about the signs?"
    assert answer.question == follow_up
    made_up = Scripted(declines, alone="What did Napoleon say about Waterloo in 1815?")
    assert "Napoleon" not in ask(archive, made_up, follow_up, history=history).understood_as


@pytest.mark.parametrize("field", ["history"])
def test_a_history_out_of_bounds_is_named(archive: Path, field: str) -> None:
    with pytest.raises(QuestionRefused, match=f"^{field}:"):
        ask(archive, Scripted(), history=(Exchange("?", "x" * 30_000),))
    with pytest.raises(QuestionRefused, match=f"^{field}:"):
        ask(archive, Scripted(), history=(Exchange("?", "x"),) * 51)


def test_the_ledger_s_entries_add_up(archive: Path, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.record("scripted:one", "prose", Entry(outcome="answered", written=1, verified=1))
    model = Scripted([RIGHT + " " + WRONG], ["DROP"])
    asyncio.run(answerer(archive, model, ledger).answer(Question(text=COST)))
    (line,) = ledger.read()
    assert (line.answered, line.written, line.verified) == (2, 3, 2)
    assert line.dropped == {"number_not_in_source": 1}


def test_a_ledger_that_others_write_to_holds_up_no_other_question(archive: Path) -> None:
    threads: list[int] = []

    class Slow:
        def record(self, model: str, style: Style, entry: Entry) -> None:  # noqa: ARG002 (the protocol's)
            threads.append(get_ident())

    search = Search(open_store(archive), TinyEmbedder)
    asyncio.run(Answerer(search, Scripted([RIGHT]), "test", ledger=Slow()).answer(Question(text=COST)))
    assert len(threads) == 1
    assert get_ident() not in threads
