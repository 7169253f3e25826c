"""Questions under a filter on somebody who speaks."""

from __future__ import annotations

from eval.datasets.dataset import Asked, Dataset
from eval.drawing_speakers import of_speakers
from index.filters import Filters
from tests.eval.metrics.conftest import LONG, SHORT


def test_each_question_is_put_to_somebody_who_speaks_where_it_is_asked() -> None:
    within = Filters(transcripts=("long",), since="2024-01-01")
    asked = [Asked(id=f"{at}", question="What does it cost?", answers=("42",)) for at in range(50)]
    dataset = Dataset(
        name="d", transcripts=(LONG, SHORT), asked=(*asked, Asked(id="in", question="What?", filters=within))
    )
    found = of_speakers(dataset)
    assert found == of_speakers(dataset)
    drawn = {one.filters.speakers for one in found.asked[:-1]}
    assert drawn == {("A",), ("Ruben Oakes",), ("Anna Smith",), ("Peter Smith",)}
    last = found.asked[-1]
    assert (last.filters.speakers, last.filters.transcripts, last.filters.since) == (("A",), ("long",), "2024-01-01")
    assert {one.answerable for one in found.asked} == {None}
    assert not any(one.answers or one.evidence for one in found.asked)


def test_where_nobody_is_named_nobody_is_asked() -> None:
    nobody = Dataset(name="d", transcripts=(), asked=(Asked(id="1", question="What?"),))
    assert of_speakers(nobody).asked == ()
