"""Passages cover every character, hide no speaker, and stay within what the embedder reads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.embedding.source import BUNDLED, locate
from index.passages import PassageSettings, passages, transcript_sentences
from index.transcript import Transcript, Turn

_TOKENIZER = Tokenizer.from_file(str(locate(BUNDLED).folder / "tokenizer.json"))
_TOKENIZER.no_truncation()
_TOKENIZER.no_padding()


def count(texts: Sequence[str]) -> list[int]:
    """The bundled model's own tokens."""
    return [len(found.ids) for found in _TOKENIZER.encode_batch(list(texts), add_special_tokens=False)]


word = st.one_of(
    st.sampled_from("we the budget Kabul, U.S. Mr. and because 2,400 — (Laughter.) [sic] naïve x-ray ... 北京".split()),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
)
spoken = st.lists(st.tuples(word, st.sampled_from([" ", " ", " ", ". ", "? ", "\n\n", "  ", ""])), max_size=120).map(
    lambda parts: "".join(part for pair in parts for part in pair)
)
label = st.one_of(st.none(), st.sampled_from(["MS. PSAKI", "Q", "SECRETARY GENERAL STOLTENBERG", "北京"]))
turn = st.builds(Turn, text=spoken, label=label)
transcript = st.lists(turn, max_size=8).map(lambda turns: Transcript(turns=tuple(turns)))
limits = st.builds(PassageSettings, words=st.integers(1, 200), tokens=st.sampled_from([40, 100, 254]))

LONG = Transcript(turns=(Turn("we and " * 400, "Q"), Turn("a" * 3000), Turn("北京" * 500, "MS. PSAKI")))


@given(transcript, limits)
@example(LONG, PassageSettings())
@settings(deadline=None, max_examples=60)
def test_every_character_of_every_turn_is_in_one_passage(record: Transcript, setting: PassageSettings) -> None:
    covered = [0] * len(record.text)
    for passage in passages(record, count, setting):
        for piece in passage.pieces:
            for at in range(piece.start, piece.end):
                covered[at] += 1
    for turn, span in zip(record.turns, record.spans):
        inside = set(covered[span.start : span.end])
        assert inside == {1} if turn.text.strip() else inside <= {0}


@given(transcript, limits)
@example(LONG, PassageSettings())
@settings(deadline=None, max_examples=60)
def test_the_text_is_labels_and_the_records_own_words(record: Transcript, setting: PassageSettings) -> None:
    for passage in passages(record, count, setting):
        rebuilt = ""
        for piece in passage.pieces:
            turn = record.turn_at(piece.start)
            assert record.spans[turn].start <= piece.start < piece.end <= record.spans[turn].end
            label = record.turns[turn].label
            rebuilt += ("\n" if rebuilt else "") + (f"{label}: " if label else "")
            assert piece.at == len(rebuilt)
            rebuilt += record.text[piece.start : piece.end]
        assert passage.text == rebuilt
        assert (passage.start, passage.end) == (passage.pieces[0].start, passage.pieces[-1].end)
        assert len({record.turn_at(piece.start) for piece in passage.pieces}) == len(passage.pieces)


@given(transcript, limits)
@example(LONG, PassageSettings())
@settings(deadline=None, max_examples=60)
def test_no_passage_is_more_than_the_embedder_reads(record: Transcript, setting: PassageSettings) -> None:
    found = passages(record, count, setting)
    assert max(count([passage.text for passage in found]), default=0) <= setting.tokens


def spaced(texts: Sequence[str]) -> list[int]:
    """A tokenizer to which white space costs a token, as it does to some."""
    return [len(text.split()) + sum(map(str.isspace, text)) for text in texts]


@given(transcript, st.integers(1, 200))
@settings(deadline=None, max_examples=60)
def test_what_joining_costs_is_counted(record: Transcript, words: int) -> None:
    found = passages(record, spaced, PassageSettings(words, tokens=100))
    assert all(spaced([one.text])[0] <= 100 or len(one.sentences) == 1 for one in found)


def test_a_label_too_long_to_be_a_name_leaves_room_for_the_words() -> None:
    record = Transcript(turns=(Turn("It will pass. " * 300, "A label without an end " * 100),))
    assert max(count([one.text for one in passages(record, count)])) <= 254


@given(transcript, limits)
@example(LONG, PassageSettings())
@settings(deadline=None, max_examples=60)
def test_passages_are_in_order_and_hold_whole_sentences(record: Transcript, setting: PassageSettings) -> None:
    found = passages(record, count, setting)
    assert all(before.end <= after.start for before, after in pairwise(found))
    whole = [sentence for turn in transcript_sentences(record) for sentence in turn]
    for passage in found:
        touched = [s for s in whole if any(s.start < p.end and p.start < s.end for p in passage.pieces)]
        assert list(passage.sentences) == touched
    assert passages(record, count, setting) == found


@given(transcript, st.integers(1, 200))
@settings(deadline=None, max_examples=40)
def test_a_sentence_within_the_limit_is_never_divided(record: Transcript, words: int) -> None:
    found = passages(record, count, PassageSettings(words=words))
    for turn in transcript_sentences(record):
        for sentence in turn:
            if count([record.text[sentence.start : sentence.end]])[0] < 200:
                assert sum(sentence in passage.sentences for passage in found) == 1


def test_turns_are_packed_together_and_apart_at_about_the_length_asked() -> None:
    talk = Transcript(turns=tuple(Turn("We talked about the budget today. " * 3, f"S{n % 3}") for n in range(60)))
    lengths = [sum(p.end - p.start for p in one.pieces) // 6 for one in passages(talk, count)]
    assert all(80 <= length <= 160 for length in lengths[:-1])


def test_a_long_sentence_stays_one_sentence_over_several_passages() -> None:
    said = "we went to the market, and we bought the bread, " * 60 + "and that was all."
    found = passages(Transcript(turns=(Turn(said, "Q"),)), count)
    assert len(found) > 2
    assert {passage.sentences for passage in found} == {found[0].sentences}
    assert all(passage.text.rstrip().endswith(",") for passage in found[:-1])


def test_the_first_passage_of_a_turn_names_its_speaker_and_so_does_every_other() -> None:
    found = passages(Transcript(turns=(Turn("It will pass. " * 200, "MS. PSAKI"),)), count)
    assert len(found) > 3
    assert all(passage.text.startswith("MS. PSAKI: ") for passage in found)


@pytest.mark.parametrize("turns", [(), (Turn(""),), (Turn(" \n\n "), Turn(""))])
def test_nothing_said_gives_no_passage(turns: tuple[Turn, ...]) -> None:
    assert passages(Transcript(turns=turns), count) == []
