"""Names of a draft stand in the words it cites, or in what the record says about them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from qa.gate.evidence import Evidence
from qa.gate.names import fault
from tests.qa.gate.spoken import FAUCI, HOSTILE, MAYOR, MINISTER, PSAKI, said

TITLE = "Press Briefing by Press Secretary Jen Psaki and Dr. Anthony Fauci"
WORDS = (
    "The CDC said the Russian government and President Biden met in Geneva with leaders of the United Kingdom. "
    "Michael Regan was there, and so was the Department of Defense; "
    "the federal government agreed to the Good Friday Plan."
)


def cited() -> Evidence:
    return said((PSAKI, WORDS), title=TITLE)


@pytest.mark.parametrize(
    "text",
    [
        "Psaki said that President Biden had met them in Geneva.",
        "According to Jen Psaki, Russia’s government met Biden.",
        "Press Secretary Jen Psaki said so.",
        "The Centers for Disease Control and Prevention said so.",
        "British and Russian leaders met, and Britain’s agreed.",
        "Officials in the UK met the Russians.",
        "Mike Regan attended.",
        "Vaccines, households and mayors do not matter; the President does.",
        "The Defense Department was there, and so was the DOD.",
        "Ms. Psaki’s view: the Federal Government agreed.",
        "On Monday, 3 May 2021, and in March they met; it may rain.",
        "It was agreed before the Fourth of July.",
        "Dr. Anthony Fauci was in the title.",
    ],
)
def test_knows_a_name_in_its_forms(text: str) -> None:
    assert fault(text, cited()) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Walensky said so.", "Walensky"),
        ("Moderna said so.", "Moderna"),
        ("They met in Paris.", "Paris"),
        ("Joe Biden met them.", "Joe"),
        ("Jen Fauci said so.", "Jen Fauci"),
        ("Jen Biden said so.", "Jen Biden"),
        ("Mark Psaki said so.", "Mark"),
        ("President Regan was there.", "President Regan"),
        ("Vice President Biden met them.", "Vice"),
        ("The Department of Justice agreed.", "Justice"),
        ("The FDA said so.", "FDA"),
        ("The French government met Biden.", "French"),
        ("Geneva is in the Netherlands.", "Netherlands"),
    ],
)
def test_faults_a_name_that_is_not_there(text: str, name: str) -> None:
    found = fault(text, cited())
    assert found is not None
    assert found.reason == "name_not_in_source"
    assert name in found.detail


def test_a_given_name_counts_where_the_record_states_it_for_that_voice() -> None:
    assert fault("Anthony Fauci said it works.", said((FAUCI, "It works."))) is not None
    assert fault("Fauci said it works.", said((FAUCI, "It works."))) is None
    named = said((("SECRETARY POMPEO", "Michael R. Pompeo"), "It works."))
    assert fault("Secretary Mike Pompeo said it works.", named) is None
    assert fault("Michael Pompeo said it works.", named) is None
    assert fault("Mark Pompeo said it works.", named) is not None


def test_a_title_is_of_one_person() -> None:
    both = said((MAYOR, "We build."), title="Mayor Edith Varley and Minister Tomas Renholt at the Bridge")
    assert fault("Mayor Varley said they would build.", both) is None
    assert fault("Minister Varley said they would build.", both) is not None
    assert fault("Minister Renholt said they would build.", said((MINISTER, "We build."))) is None


def test_an_office_beside_a_name_is_its_title_but_not_a_title_alone() -> None:
    warned = said((MAYOR, "The CIA Director, William Burns, Jill Biden and the President, Ann Bolt, warned of it."))
    assert fault("CIA Director William Burns warned of it.", warned) is None
    assert fault("CIA Director Jill Biden warned of it.", warned) is not None
    assert (
        fault("President Ann Bolt warned of it.", said((MAYOR, "I told President Biden, Ann Bolt, and Dee.")))
        is not None
    )


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        ("Johnson & Johnson ran it.", "J&J has run it.", True),
        ("J&J ran it.", "Johnson & Johnson has run it.", True),
        ("J&J ran it.", "Jansen & Roth has run it.", False),
        ("Congress has to agree.", "It takes congressional agreement.", True),
        ("House Democrats will meet.", "Moderates within the Democratic House Caucus will meet.", True),
        ("Democrats will meet.", "The democratic countries will meet.", False),
        ("It is like Sandra O'Connor's.", "It is like Sandra O’Connor’s.", True),
    ],
)
def test_a_body_is_known_by_its_initials_and_by_its_adjective(text: str, record: str, holds: bool) -> None:
    assert (fault(text, said((MAYOR, record))) is None) == holds


def test_a_title_may_stand_anywhere_in_the_transcript_before_the_name() -> None:
    debate = said((("VARLEY", None), "We have paid it."), title="Debate", header="With Mayor Edith Varley and others")
    assert fault("Mayor Varley said they had paid it.", debate) is None
    assert fault("Minister Varley said they had paid it.", debate) is not None
    ferry = said((("Osric Brannick", None), "We carried them."), title="Interview with Captain Brannick")
    assert fault("Captain Osric Brannick said they carried them.", ferry) is None


def test_a_number_s_sign_is_no_name_and_a_country_has_its_initials() -> None:
    bus = said((MAYOR, "I took the number nine bus to the PRC embassy."))
    assert fault("She took the No. 9 bus to the Chinese embassy.", bus) is None


def test_a_real_sentence_bears_itself_out_alone_and_among_others(real: list[Evidence]) -> None:
    for one, other in itertools.pairwise(real):
        assert fault(one.texts[0], one) is None
        assert fault(one.texts[0], Evidence((*other.stretches, *one.wider().stretches))) is None


@given(HOSTILE, HOSTILE)
def test_never_raises(text: str, record: str) -> None:
    fault(text, said((PSAKI, record), title=text))
