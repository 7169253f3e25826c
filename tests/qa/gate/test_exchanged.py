"""Figures and dates that changed places with each other."""

from __future__ import annotations

import pytest

from index.transcript import Span, Transcript, Turn
from qa.gate import dates, numbers
from qa.gate.evidence import Evidence, Stretch


def cited(*texts: str) -> Evidence:
    spoken = [Transcript(turns=(Turn(text, "A", "A"),), date="2021-05-13") for text in texts]
    return Evidence(tuple(Stretch("t", one, Span(0, len(one.text)), 1) for one in spoken))


RECORD = (
    "On the second of July we measured 47 milligrams per litre. On the ninth it was 44 and on the sixteenth it was 41.",
    "He launched the dialogue in 2013. It has been dormant since 2016.",
    "The bridge takes 12 trains a day, and the ferry 40 passengers.",
    "Maine, officials say, has 95 percent of those who were treated not vaccinated.",
    "Ohio: unvaccinated make up 99 percent of new cases.",
)


@pytest.mark.parametrize(
    "draft",
    [
        "It stood at 41 mg per litre on 2 July, at 44 on the 9th and at 47 on the 16th",
        "He launched the dialogue in 2016, and it has been dormant since 2013",
        "The bridge is for 40 a day, while the ferry has room for 12",
        "In Maine 99 percent of those treated were not vaccinated, and 95 percent of the new cases in Ohio were",
    ],
)
def test_what_changed_places_is_faulted(draft: str) -> None:
    assert numbers.fault(draft, cited(*RECORD)) or dates.fault(draft, cited(*RECORD))


@pytest.mark.parametrize(
    "draft",
    [
        "It was 41 on the 16th, 44 on the 9th and, on 2 July, 47 mg per litre",
        "Dormant since 2016, the dialogue was launched in 2013",
        "While the ferry takes 40, the bridge is for 12 trains a day",
        "There are 12 and 40 of them",
    ],
)
def test_another_order_is_not(draft: str) -> None:
    assert numbers.fault(draft, cited(*RECORD)) is None
    assert dates.fault(draft, cited(*RECORD)) is None


def test_the_halves_of_real_sentences_may_change_places(real: list[Evidence]) -> None:
    tried, faulted = 0, []
    for one in real:
        (text,) = one.texts
        halves = text.rstrip(".").split(", and ")
        if len(halves) != 2 or len(numbers.figures(text)) < 2:
            continue
        tried += 1
        found = numbers.fault(", and ".join(reversed(halves)), one)
        if found and "something else" in found.detail:
            faulted.append(text)
    assert tried > 3
    assert faulted == []
