"""Receipts: what a saved answer quotes, against a record that is the same, shifted, edited, relabelled or gone."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.ingest import ingest
from index.store import View, open_store
from index.transcript import Span
from qa.answer import Answer, Citation, Recognised, Searched, Sentence, Usage, with_markers
from qa.citing import cite
from qa.receipts import CitationToday, NotAnAnswer, read, verify

QUOTE = "It costs 4.2 million crowns."
HEARING: dict[str, Any] = {
    "id": "hearing",
    "date": "2024-02-06",
    "speakers": [{"label": "MAYOR", "name": "Anna Smith"}],
    "turns": [
        {"label": "MAYOR", "text": f"Good evening. The bridge is old. {QUOTE} We will mend “all of it”. Thank you."},
        {"label": "Q", "text": "Why now?"},
        {"label": "MAYOR", "text": "Thank you. It was built in 1931."},
    ],
}


class Record:
    """An archive in a folder of its own, which can be changed under an answer."""

    def __init__(self, folder: Path) -> None:
        self._files = folder / "files"
        self._files.mkdir()
        self._store = open_store(folder / "archive")

    def put(self, transcript: dict[str, Any]) -> None:
        file = self._files / f"{transcript['id']}.json"
        file.write_text(json.dumps(transcript))
        ingest([file], self._store, TinyEmbedder())

    def remove(self, id: str) -> None:
        view = self.view
        assert view.identity is not None
        assert view.settings is not None
        with self._store.writer(view.identity, view.settings) as writer:
            writer.remove(id)

    @property
    def view(self) -> View:
        return self._store.view()


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = Record(tmp_path)
    made.put(HEARING)
    return made


def cited(view: View, quote: str) -> Citation:
    at = view.transcript("hearing").text.index(quote)
    return cite(view, "hearing", Span(at, at + len(quote)), 1, 1)


def answer(*citations: Citation) -> Answer:
    return Answer(
        id="1",
        asked_at="2026-11-24T12:00:00Z",
        question="?",
        understood_as="?",
        filters=Filters(),
        recognised=Recognised(),
        status="answered" if citations else "abstained",
        text="",
        sentences=(),
        citations=citations,
        dropped=(),
        abstention=None,
        searched=Searched(transcripts=1, passages=1, since=None, until=None, undated=0),
        model="extractive",
        style="quotes",
        timings={},
        usage=Usage(),
        version="0",
        generation=1,
    )


def today(citation: Citation, view: View) -> CitationToday:
    receipt = verify(answer(citation), view)
    (one,) = receipt.citations
    assert receipt.stands == (one.state in ("holds", "moved"))
    assert (one.number, one.quote) == (citation.number, citation.quote)
    if one.start_char is not None:
        stands = view.transcript(one.transcript_id).text[one.start_char : one.end_char]
        assert stands == (one.quote if one.now is None else one.now)
    return one


def edited(turn: int, old: str, new: str, field: str = "text") -> dict[str, Any]:
    """The hearing with `old` made `new` in a turn."""
    turns = [dict(one) for one in HEARING["turns"]]
    assert old in turns[turn][field]
    turns[turn][field] = turns[turn][field].replace(old, new)
    return HEARING | {"turns": turns}


def test_a_record_that_is_the_same_holds(record: Record) -> None:
    one = today(cited(record.view, QUOTE), record.view)
    assert (one.state, one.now, one.detail) == ("holds", None, None)


@pytest.mark.parametrize(
    ("changed", "now"),
    [
        (edited(0, "Good evening. ", ""), None),
        (edited(0, "We will mend", "(Applause.) We will mend"), None),
        (edited(0, "Thank you.", f"Thank you. {QUOTE}"), None),
        (HEARING | {"turns": [{"label": "Q", "text": "Sh!"}, *HEARING["turns"]]}, None),
        (edited(0, "It costs", "It  costs"), "It  costs 4.2 million crowns."),
        (edited(0, "4.2 million crowns", "4.2 (inaudible) million crowns"), "It costs 4.2 (inaudible) million crowns."),
    ],
)
def test_words_that_stand_word_for_word_hold_or_have_moved(
    record: Record, changed: dict[str, Any], now: str | None
) -> None:
    citation = cited(record.view, QUOTE)
    record.put(changed)
    one = today(citation, record.view)
    same_place = one.start_char == citation.start_char
    assert one.state == ("holds" if same_place and now is None else "moved")
    assert one.now == now


@pytest.mark.parametrize(
    ("changed", "now"),
    [
        (edited(0, "4.2", "4.3"), "It costs 4.3 million crowns."),
        (edited(0, "It costs", "In truth it costs us"), "In truth it costs us 4.2 million crowns."),
        (edited(0, "It costs", "It never costs"), "It never costs 4.2 million crowns."),
        (edited(0, "4.2 million", "4.2 billion"), "It costs 4.2 billion crowns."),
        (edited(0, QUOTE, ""), None),
        (edited(0, "It costs", "Nobody says it costs"), "Nobody says it costs 4.2 million crowns."),
        (edited(0, "It costs 4.2 million", "It costs 4.2\n\nWell, million"), "It costs 4.2\n\nWell, million crowns."),
        (HEARING | {"turns": [{"label": "MAYOR", "text": one} for one in ("It costs", "4.2 million crowns.")]},
         "4.2 million crowns."),
        (HEARING | {"turns": [{"label": "MAYOR", "text": ""}]}, None),
    ],
)  # fmt: skip
def test_other_words_are_a_change_and_the_nearest_are_given(
    record: Record, changed: dict[str, Any], now: str | None
) -> None:
    citation = cited(record.view, QUOTE)
    record.put(changed)
    one = today(citation, record.view)
    assert (one.state, one.now) == ("changed", now)
    assert (one.start_char is None) == (now is None)


@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        (edited(0, "MAYOR", "ENGINEER", "label"), "said by MAYOR (Anna Smith) then, by ENGINEER now"),
        (HEARING | {"speakers": []}, "said by MAYOR (Anna Smith) then, by MAYOR now"),
        (edited(0, "MAYOR", "Q", "label"), "said by MAYOR (Anna Smith) then, by Q (not named) now"),
        (HEARING | {"date": "2024-02-07"}, "dated 2024-02-06 then, 2024-02-07 now"),
    ],
)
def test_the_same_words_of_another_voice_or_day_are_a_change(
    record: Record, changed: dict[str, Any], detail: str
) -> None:
    citation = cited(record.view, QUOTE)
    record.put(changed)
    one = today(citation, record.view)
    assert (one.state, one.now, one.detail) == ("changed", QUOTE, detail)


def test_of_the_same_words_twice_those_between_the_same_neighbours_are_meant(record: Record) -> None:
    text = record.view.transcript("hearing").text
    at = text.rindex("Thank you.")
    citation = cite(record.view, "hearing", Span(at, at + len("Thank you.")), 1, 1)
    record.put(edited(0, "Good evening.", "Good evening to all of you who came out in this cold and rain tonight."))
    one = today(citation, record.view)
    assert one.state == "moved"
    assert one.start_char == record.view.transcript("hearing").text.rindex("Thank you.")


def test_words_left_under_another_voice_alone_have_changed_though_they_moved(record: Record) -> None:
    citation = cited(record.view, QUOTE)
    changed = edited(0, f"{QUOTE} ", "")
    changed["turns"][1]["text"] = f"Why now? {QUOTE}"
    record.put(changed)
    one = today(citation, record.view)
    assert (one.state, one.now) == ("changed", QUOTE)
    assert one.detail == "said by MAYOR (Anna Smith) then, by Q (not named) now"


def test_a_removed_transcript_is_removed_until_the_same_speech_is_back(record: Record) -> None:
    citation = cited(record.view, QUOTE)
    record.remove("hearing")
    one = today(citation, record.view)
    assert (one.state, one.now, one.start_char) == ("removed", None, None)
    record.put(HEARING | {"id": "hearing-again"})
    back = today(citation, record.view)
    assert (back.state, back.transcript_id, back.start_char) == ("moved", "hearing-again", citation.start_char)
    assert back.detail == "the transcript is now hearing-again"


@pytest.mark.parametrize(("start", "end"), [(-5, -1), (0, 10**12), (-(10**12), 3), (7, 3)])
def test_offsets_that_point_nowhere_do_not_hold(record: Record, start: int, end: int) -> None:
    citation = msgspec.structs.replace(cited(record.view, QUOTE), start_char=start, end_char=end)
    assert today(citation, record.view).state == "moved"


def test_an_abstained_answer_stands_and_holds_nothing(record: Record) -> None:
    receipt = verify(answer(), record.view)
    assert receipt.citations == ()
    assert receipt.stands


def told(citation: Citation, text: str, style: Literal["quotes", "prose"], *numbers: int) -> Answer:
    """An answer of one sentence."""
    sentence = Sentence(text=text, citations=numbers or (1,), kind="quote" if style == "quotes" else "statement")
    whole = answer(citation)
    return msgspec.structs.replace(whole, style=style, sentences=(sentence,), text=with_markers((sentence,)))


def test_sentences_that_are_what_they_cite_are_no_problem(record: Record) -> None:
    citation = cited(record.view, QUOTE)
    in_prose = told(citation, "The bridge costs “4.2 million crowns”, said Smith.", "prose")
    for made in (told(citation, QUOTE, "quotes"), in_prose):
        receipt = verify(made, record.view)
        assert receipt.problems == ()
        assert receipt.stands


@pytest.mark.parametrize(
    ("text", "style", "numbers", "said"),
    [
        (QUOTE.replace("4.2", "999"), "quotes", (1,), "is not what its citations quote"),
        (f"{QUOTE} It is old.", "quotes", (1,), "is not what its citations quote"),
        ("It costs 999 million crowns, said Smith.", "prose", (1,), "is not borne out by what its citations quote"),
        ("It costs “5 million crowns”, said Smith.", "prose", (1,), "is not borne out by what its citations quote"),
        (QUOTE, "quotes", (2,), "cites [2], which the answer does not have"),
    ],
)
def test_a_sentence_that_is_not_what_it_cites_is_a_problem(
    record: Record, text: str, style: Literal["quotes", "prose"], numbers: tuple[int, ...], said: str
) -> None:
    receipt = verify(told(cited(record.view, QUOTE), text, style, *numbers), record.view)
    assert [one.state for one in receipt.citations] == ["holds"]
    (problem,) = receipt.problems
    assert problem.startswith("sentence 1, “")
    assert said in problem
    assert not receipt.stands


def test_a_text_that_is_not_its_sentences_is_a_problem(record: Record) -> None:
    made = told(cited(record.view, QUOTE), QUOTE, "quotes")
    receipt = verify(msgspec.structs.replace(made, text="It costs nothing. [1]"), record.view)
    assert receipt.problems == ("the text is not that of the sentences and their citations",)


words = st.lists(st.sampled_from("It costs 4.2 million crowns. We never mend “it” (Applause.) so".split()), max_size=9)
labels = st.sampled_from(["MAYOR", "Q", "ENGINEER"])
turns = st.lists(st.builds(lambda label, said: {"label": label, "text": " ".join(said)}, labels, words), min_size=1)


@settings(max_examples=25, deadline=None)
@given(st.lists(turns, min_size=1, max_size=4))
def test_whatever_becomes_of_the_record_the_state_tells_what_stands(versions: list[list[dict[str, str]]]) -> None:
    with TemporaryDirectory() as folder:
        record = Record(Path(folder))
        record.put(HEARING)
        citation = cited(record.view, QUOTE)
        for version in versions:
            record.put(HEARING | {"turns": version})
            one = today(citation, record.view)
            transcript = record.view.transcript("hearing")
            by_mayor = any(turn.label == "MAYOR" and QUOTE in turn.text for turn in transcript.turns)
            assert one.state in (("holds", "moved") if by_mayor else ("moved", "changed"))
            if one.state == "holds":
                assert transcript.text[citation.start_char : citation.end_char] == QUOTE
            if one.state in ("holds", "moved"):
                assert one.start_char is not None
                assert transcript.turns[transcript.turn_at(one.start_char)].label == "MAYOR"


def test_an_answer_is_read_as_it_was_printed(record: Record) -> None:
    printed = msgspec.json.format(msgspec.json.encode(answer(cited(record.view, QUOTE))), indent=2)
    for data in (printed, b"\xef\xbb\xbf" + printed, printed.decode().encode("utf-16")):
        assert read(data) == answer(cited(record.view, QUOTE))


@given(st.binary(max_size=60) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(msgspec.json.encode))
def test_anything_else_is_no_answer(data: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        read(data)
