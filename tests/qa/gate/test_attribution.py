"""Words are given to those who spoke them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from index.text.reporting import attributions
from qa.gate.attribution import fault, kind
from qa.gate.evidence import Evidence
from tests.qa.gate.spoken import FAUCI, HOSTILE, MAYOR, PRESIDENT, PSAKI, REPORTER, Voice, said

BILL = (PSAKI, "The President said on Monday that the bill would pass. It is a good plan for schools.")
BUS = (REPORTER, "Will the bus still run to Hollow Lane?")
RUNS = (PRESIDENT, "The bus will run.")
SAFE = (FAUCI, "Vaccines for children are safe and they work well.")
BRIDGE = (MAYOR, "The bridge will be closed for the repairs.")
Turn = tuple[Voice, str]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Psaki said the president had said the bill would pass.", [BILL]),
        ("According to Psaki, the president said the bill would pass.", [BILL]),
        ("The bill would pass, the president said, according to Psaki.", [BILL]),
        ("A reporter asked whether the bus would run.", [BUS]),
        ("Asked whether the bus would run, the president said it would.", [BUS, RUNS]),
        ("The president said the bus would run.", [RUNS]),
        ("Psaki said, “It is a good plan for schools.”", [BILL]),
        ("“It is a good plan for schools,” said the press secretary.", [BILL]),
        ("Fauci: “Vaccines for children are safe and they work well.”", [SAFE]),
        ("It was a good plan, Psaki said, and Fauci added that vaccines were safe.", [BILL, SAFE]),
        ("The record says that the bill would pass.", [BILL]),
        ("The doctor noted that vaccines work.", [SAFE]),
        ("He said they are safe.", [SAFE]),
        ("The mayor said the bridge would be closed.", [BRIDGE]),
        ("After World War I the bill would pass.", [BILL]),
        ("Does the bus run to Hollow Lane?", [BUS]),
        ("A reporter put it to the president: “Will the bus still run to Hollow Lane?”", [BUS]),
        ("The president had asked schools to pass the bill.", [BILL]),
        ("In the president's view, as Psaki put it, “it is a good plan for schools”.", [BILL]),
        ("The bill would pass, said a senior administration official.", [BILL]),
    ],
)
def test_holds_what_its_speaker_said(text: str, turns: list[Turn]) -> None:
    title = "Press Briefing by Press Secretary Jen Psaki and Dr. Anthony Fauci"
    assert fault(text, said(*turns, title=title)) is None


@pytest.mark.parametrize(
    ("text", "turns", "reason"),
    [
        ("The president said that the bill would pass.", [BILL], "wrong_speaker"),
        ("“It is a good plan for schools,” said Fauci.", [BILL], "wrong_speaker"),
        ("Psaki: “Vaccines for children are safe and they work well.”", [SAFE], "wrong_speaker"),
        ("Psaki said vaccines are safe for children.", [BILL, SAFE], "wrong_speaker"),
        ("Psaki confirmed that the bus will run.", [BUS], "wrong_speaker"),
        ("The official said the bus runs.", [BUS], "wrong_speaker"),
        ("The bus will run to Hollow Lane.", [BUS], "not_entailed"),
        ("A reporter said vaccines are safe.", [SAFE], "wrong_speaker"),
        ("Experts say vaccines are safe.", [SAFE], "wrong_speaker"),
        ("The minister said the bridge would be closed.", [BRIDGE], "wrong_speaker"),
        ("It is, in Psaki’s words, safe for children.", [SAFE], "wrong_speaker"),
        ("We will pass the bill.", [BILL], "not_entailed"),
        ("In the mayor's view, it is a good plan for schools.", [BILL], "wrong_speaker"),
        ("SPEAKER_00 added that it runs.", [(("SPEAKER_02", None), "It runs.")], "wrong_speaker"),
        ("Psaki said our plan is good for schools.", [BILL], "not_entailed"),
    ],
)
def test_faults_what_another_said(text: str, turns: list[Turn], reason: str) -> None:
    found = fault(text, said(*turns))
    assert found is not None
    assert found.reason == reason


def test_what_belongs_to_somebody_or_is_put_together_is_not_said() -> None:
    assert attributions("Ilse Marrow’s report runs to 214 pages, and Bolt put it together.") == ()
    assert [one.who for one in attributions("“It is so.” — Ann Bolt, the mayor")] == ["Ann Bolt"]


def test_an_office_stands_in_the_header_beside_the_surname() -> None:
    header = "Edith Varley, Mayor of Harrowmere\nModerators: Pia Holm and Nell Ashby"
    varley, holm = (("VARLEY", None), "We build."), (("HOLM", None), "Good evening.")
    assert fault("The mayor said they would build.", said(varley, header=header)) is None
    assert fault("The moderator said it was a good evening.", said(holm, header=header)) is None
    assert fault("The mayor said it was a good evening.", said(holm, header=header)) is not None


def test_an_account_of_anothers_words_is_reported() -> None:
    assert kind("Psaki said the president had said so.", said(BILL)) == "reported"
    assert kind("According to Psaki, the president said so.", said(BILL)) == "reported"
    assert kind("Psaki said the bill would pass.", said(BILL)) == "statement"
    assert kind("The bill would pass.", said(BILL)) == "statement"


@pytest.mark.parametrize(
    ("text", "who", "manner"),
    [
        ("The mayor had asked the council to resign.", "The mayor", "did"),
        ("Gunnar Hale of the water board has asked in a letter that nobody swim.", "Gunnar Hale", "did"),
        ("The mayor would say that states must act.", "The mayor", "did"),
        ("The mayor asked whether it was due to rain.", "The mayor", "asked"),
        ("The mayor asked reporters how to spell it.", "The mayor", "asked"),
        ("It would close, said a senior administration official.", "senior administration official.", "said"),
        ("SPEAKER_00 added that it runs.", "SPEAKER_00", "said"),
        ("It stays, in the eyes of the port, the town's bridge, said Bolt.", "Bolt.", "said"),
    ],
)
def test_a_request_is_an_act_and_a_speaker_is_called_in_full(text: str, who: str, manner: str) -> None:
    assert [(one.who, one.manner) for one in attributions(text)] == [(who, manner)]


def test_quotation_marks_attribute_nothing() -> None:
    assert [one.who for one in attributions("Psaki said: “As Biden told us, it works.”")] == ["Psaki"]


def test_a_real_sentence_bears_itself_out_alone_and_among_others(real: list[Evidence]) -> None:
    for one, other in itertools.pairwise(real):
        assert fault(one.texts[0], one) is None
        assert fault(one.texts[0], Evidence((*other.stretches, *one.wider().stretches))) is None


@given(HOSTILE, HOSTILE)
def test_never_raises(text: str, record: str) -> None:
    for voice in (PSAKI, REPORTER):
        fault(text, said((voice, record), title=text))
        kind(text, said((voice, record), title=text))


def test_each_clause_is_given_to_the_one_who_said_it() -> None:
    shut = (("SECRETARY GRANHOLM", None), "This pipeline has never been shut down before.")
    lost = (("SECRETARY MAYORKAS", None), "Losses of 350 million dollars are attributable to ransomware.")
    rightly = "Granholm said the pipeline was never shut down, and Mayorkas put losses from ransomware at 350 million."
    wrongly = rightly.replace("Granholm", "X").replace("Mayorkas", "Granholm").replace("X", "Mayorkas")
    assert fault(rightly, said(shut, lost)) is None
    assert fault(wrongly, said(shut, lost)) is not None
    trailing = "The pipeline had never been shut down, {} said, while {} put losses from ransomware at 350 million."
    assert fault(trailing.format("Granholm", "Mayorkas"), said(shut, lost)) is None
    assert fault(trailing.format("Mayorkas", "Granholm"), said(shut, lost)) is not None


def test_what_the_speaker_does_is_no_others_act() -> None:
    record = said((PSAKI, "I expect the ferry will come up in talks with the Germans."))
    assert fault("Psaki said the Germans expect the ferry.", record) is not None
    assert fault("Psaki said she expects the ferry will come up with the Germans.", record) is None
    both = said((PSAKI, "I expect the ferry will come up, and the Germans expect it too."))
    assert fault("Psaki said the Germans expect the ferry.", both) is None
