"""Leave-one-out: what is left out, what is passed over and why."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets import load
from eval.datasets.dataset import Asked, Dataset, Evidence
from eval.datasets.leave_one_out import ROUNDING, SHARE, STRETCH, PassedOver, Withheld, leave_one_out
from index.filters import Filters
from index.transcript import Transcript, Turn
from qa.matching import stems

TEXTS = {
    "hearing": "The renewal of the bridge costs 42 million crowns.",
    "debate": "We talked of this. He said the renewal costs crowns, of which 42 were for the bridge.",
    "podcast": "The bridge has a ferry beside it. " + "Word after word. " * 30 + "It costs two crowns.",
    "speech": "A bridge, a promise, and the meeting of the year.",
    "letter": "The meeting is on Monday.",
    "call": "Good evening to the meeting.",
    "memo": "Dr. Marrow looked at the piers.",
}


def dataset(*asked: Asked, texts: dict[str, str] = TEXTS) -> Dataset:
    return Dataset(
        name="small",
        transcripts=tuple(Transcript(id=id, turns=(Turn(text),)) for id, text in texts.items()),
        asked=asked,
    )


def judged(texts: dict[str, str] = TEXTS, **fields: object) -> Withheld | PassedOver:
    whole = {"id": "q", "question": "What does the renewal of the bridge cost in crowns?"} | fields
    found = leave_one_out(dataset(Asked(**whole), texts=texts))  # type: ignore[arg-type]  # a dict of mixed values
    both: list[Withheld | PassedOver] = [*found.withheld, *found.passed_over]
    return both[0]


def in_transcript(*ids: str) -> tuple[tuple[Evidence, ...], ...]:
    return (tuple(Evidence(id, 0, 10) for id in ids),)


def test_what_holds_the_answer_and_what_may_hold_it_is_left_out_of_the_question() -> None:
    one = judged(evidence=in_transcript("hearing"), answers=("42 million",), kind="how_much")
    assert isinstance(one, Withheld)
    assert one.without == ("hearing", "debate")
    assert one.asked.filters == Filters(transcripts=("podcast", "speech", "letter", "call", "memo"))
    assert (one.asked.id, one.asked.kind) == ("q", "how_much")
    assert (one.asked.answerable, one.asked.answers, one.asked.evidence) == (False, (), ())


def test_words_that_stand_far_apart_say_nothing_together() -> None:
    near = TEXTS | {"podcast": "The renewal of the bridge, with a ferry beside it, costs two crowns."}
    (far, close) = (judged(texts, evidence=in_transcript("hearing")) for texts in (TEXTS, near))
    assert isinstance(far, Withheld)
    assert isinstance(close, Withheld)
    assert "podcast" not in far.without
    assert "podcast" in close.without


def test_other_filters_stay_and_where_no_place_is_known_the_transcript_asked_of_is_left_out() -> None:
    one = judged(
        question="Who looked at the piers?", filters=Filters(transcripts=("memo",), speakers=("Marrow",), since="2024")
    )
    assert isinstance(one, Withheld)
    assert one.without == ("memo",)
    assert one.asked.filters == Filters(tuple(TEXTS)[:-1], ("Marrow",), since="2024")


def test_a_follow_up_is_judged_by_what_it_stands_for() -> None:
    spelled_out = "What does the renewal of the bridge cost in crowns?"
    one = judged(question="And that?", spelled_out=spelled_out, evidence=in_transcript("hearing"))
    assert isinstance(one, Withheld)
    assert one.without == ("hearing", "debate")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"answerable": False}, "no answer to it as it is"),
        ({}, "nobody has said where"),
        ({"question": "Of what was it?", "evidence": in_transcript("call")}, "any transcript would answer it"),
        ({"evidence": in_transcript("hearing", "podcast", "speech")}, "more than half of the transcripts"),
    ],
)
def test_a_question_for_which_it_makes_no_sense_is_passed_over_with_the_reason(
    fields: dict[str, object], reason: str
) -> None:
    texts = {id: f"Of what it was. {text}" for id, text in TEXTS.items()}
    one = judged(texts, **fields)
    assert isinstance(one, PassedOver)
    assert reason in one.reason


def plainly_held(question: str, texts: dict[str, str], id: str) -> bool:
    """Whether any stretch has the words: looked up in every stretch there is."""
    having = Counter(stem for text in texts.values() for stem in stems(text))
    weight = {stem: math.log(len(texts) / having[stem]) for stem in stems(question) if having[stem]}
    words = texts[id].split()
    stretches = [stems(" ".join(words[at : at + STRETCH])) for at in range(len(words))]
    most = max((sum(weight[stem] for stem in stretch & weight.keys()) for stretch in stretches), default=0.0)
    whole = sum(weight.values())
    return whole > 0 and most >= (SHARE - ROUNDING) * whole


WORDS = st.lists(st.sampled_from("bridge ferry cost crown mayor pier river town".split()), min_size=1, max_size=5)
SPOKEN = st.lists(st.sampled_from("bridge ferry cost crown mayor pier river town a b c d".split()), max_size=150)


@given(WORDS, st.lists(SPOKEN, min_size=3, max_size=5))
def test_it_agrees_with_looking_at_every_stretch(question: list[str], spoken: list[list[str]]) -> None:
    texts = {f"t{at}": " ".join(words) for at, words in enumerate(spoken)}
    one = judged(texts, question=" ".join(question), evidence=in_transcript("t0"))
    held = tuple(id for id in texts if id == "t0" or plainly_held(" ".join(question), texts, id))
    if isinstance(one, Withheld):
        assert one.without == held
        assert set(one.asked.filters.transcripts) | set(held) == set(texts)
    elif "more than half" in one.reason:
        assert len(held) * 2 > len(texts)


def test_the_real_sets_are_mostly_kept(data: Path) -> None:
    counts = {}
    for name, folder in (("claims-as-spoken", "claims"), ("meetings", "meetings")):
        read = load(name, data / folder)
        found = leave_one_out(read)
        counts[name] = (len(found.withheld), len(found.passed_over))
        assert sum(counts[name]) == len(read.asked)
        gold = {one.id: {place.transcript for part in one.evidence for place in part} for one in read.asked}
        assert all(gold[one.asked.id].isdisjoint(one.asked.filters.transcripts) for one in found.withheld)
        assert all(one.asked.filters.transcripts for one in found.withheld)
    assert counts == {"claims-as-spoken": (227, 33), "meetings": (109, 32)}
