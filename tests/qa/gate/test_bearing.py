"""What a draft speaks of, the record speaks of."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from qa.gate.bearing import fault
from qa.gate.evidence import Evidence
from qa.gate.words import stem
from tests.qa.gate.spoken import HOSTILE, MAYOR, PSAKI, said

CLOSED = "The bridge over the Wend will be closed from April for repairs, because two of the nine piers are cracked."
DOSES = "In this week alone we have sent nearly 15 million doses to countries including Guatemala and Uruguay."


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("The mayor said the Wend bridge would shut in April so that it could be repaired.", CLOSED),
        ("Cracks in two of the piers are the reason for the closure of the bridge.", CLOSED),
        ("Almost fifteen million shots were shipped that week, Psaki said.", DOSES),
        ("That week's shipments came to almost fifteen million.", DOSES),
        ("They decided to pay.", "The decision was made that we would pay them."),
        ("It was in 1994.", "They met in 1994."),
        (
            "Zients noted that the firm had assumed control of the plant.",
            "It has taken over the management of the site.",
        ),
        ("Sullivan said that the same would hold.", "What I just said would apply to that case."),
        ("It is the highest in a day, as Zients's numbers show.", "That is the highest in a day since July."),
        ("Hallam spoke of a reserve against things to come.", "It includes a reserve for things to come."),
    ],
)
def test_holds_a_paraphrase(text: str, record: str) -> None:
    assert fault(text, said((MAYOR, record))) is None


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("The tram depot was sold to a brewery in May.", CLOSED),
        ("The bridge will be closed for repairs, and the ferry captain has resigned.", CLOSED),
        ("The bridge will be closed because the contractor went bankrupt.", CLOSED),
        ("Psaki said 15 million doses had been sent, which angered the farmers.", DOSES),
        ("Prices rose to 5 percent.", "Prices fell to 5 percent last year."),
        ("The bridge had more vehicles.", "The bridge had less vehicles."),
        ("It was the lowest bid.", "It was the highest bid."),
        ("All schools reopened.", "Most schools reopened."),
        ("They closed before winter.", "They closed after winter."),
        ("It was the highest in a day, as angry farmers show.", "That is the highest in a day since July."),
        ("They voted against the bill.", "They voted for the bill."),
    ],
)
def test_faults_what_is_foreign_or_turned_round(text: str, record: str) -> None:
    found = fault(text, said((PSAKI, record)))
    assert found is not None
    assert found.reason == "not_entailed"


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        (
            "A visit to the VA clinic and a briefing by its doctors were planned.",
            "They will visit the VA Clinic and receive a briefing from VA doctors.",
            True,
        ),
        (
            "The letter to the council was read.",
            "The letter to the council was read; this from the council came.",
            True,
        ),
        ("The ferry goes from Oxley to Varley.", "The ferry goes from Oxley to Varley.", True),
        ("The ferry goes from Varley to Oxley.", "The ferry goes from Oxley to Varley.", False),
        ("The fare went from nine to twelve crowns.", "The fare went to nine from twelve crowns.", False),
        ("In the decade up to 2010 the ferry was late.", "From 2010 to 2020 the ferry was late.", False),
        ("The town sent aid from Oxley.", "The town sent aid to Oxley.", False),
    ],
)
def test_to_and_from_are_opposites_after_one_word_or_between_two_ends(text: str, record: str, holds: bool) -> None:
    assert (fault(text, said((PSAKI, record))) is None) == holds


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        ("Sullivan said Article 5 had not been invoked.", "There has been no invocation of Article 5.", True),
        ("The board decided on a fee.", "That was the decision of the board on fees.", True),
        ("The bridge is closed; the press heard that May 8 begins it.", "The bridge is closed from May 8.", True),
        ("Osterley has resigned.", "Good evening, and welcome.", False),
        ("Psaki called on Smollett to apologise because lying is shameful.", "Lying to the police is shameful.", False),
    ],
)
def test_few_words_are_told_by_kin_figures_and_causes(text: str, record: str, holds: bool) -> None:
    assert (fault(text, said((PSAKI, record))) is None) == holds


def test_a_real_sentence_bears_itself_out_alone_and_among_others(real: list[Evidence]) -> None:
    for one, other in itertools.pairwise(real):
        assert fault(one.texts[0], one) is None
        assert fault(one.texts[0], Evidence((*other.stretches, *one.wider().stretches))) is None


def test_a_real_sentence_of_elsewhere_bears_nothing_out(real: list[Evidence]) -> None:
    long = [one for one in real if len(one.texts[0].split()) > 12]
    swapped = [fault(f"Psaki said that {one.texts[0]}", other) for one, other in zip(long, long[97:])]
    # The samples alone tell one story in one town, so that their sentences share more than others' do.
    least = 0.95 if len(long) > 1000 else 0.75
    assert sum(found is not None for found in swapped) > least * len(swapped)


@given(HOSTILE, HOSTILE)
def test_never_raises(text: str, record: str) -> None:
    fault(text, said((PSAKI, record)))


@pytest.mark.parametrize(
    "forms", ["choose chose chosen choice", "sell sold sale", "lose lost loss", "grow grew growth", "speak speech"]
)
def test_a_verb_s_forms_and_its_noun_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1
