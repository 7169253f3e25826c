"""What a draft negates, the record negates, and the other way."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from index.text.polarity import polarity
from qa.gate.evidence import Evidence
from qa.gate.negation import fault
from tests.qa.gate.spoken import HOSTILE, PSAKI, REPORTER, said


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (
            "The mayor had nothing to change in the council's statement that it does not intend to close the bridge.",
            "I have nothing to amend in what the council has already said, which is that it has no intention of "
            "closing the bridge.",
        ),
        (
            "The speech was not only about safety but attacked the idea of a free press.",
            "This wasn’t a speech just about safety, it was an attack on the very idea of a free press.",
        ),
        (
            "The agreement keeps the tariffs while letting limited volumes of steel enter without tariffs.",
            "The agreement maintains the tariffs but allows limited volumes of steel to enter tariff-free.",
        ),
        (
            "She had not been able to find authority even for a narrower moratorium limited to high rates.",
            "She has been unable to find authority, even for a narrower moratorium that would be for high rates.",
        ),
        (
            "She did not think the town would insist that the port adopt every part of the plan.",
            "I don’t think we will, you know, insist on the port somehow signing on to every part of the plan.",
        ),
        ("It was not only about money, the mayor said.", "It isn't simply about money, it is about trust."),
        ("Psaki said the bridge will not close.", "The bridge won't be closing in May."),
        ("Psaki said they did not rule out sanctions.", "We haven't ruled that out, sanctions."),
        ("Psaki said sanctions remained possible.", "We have not ruled out sanctions on Russia."),
        ("Psaki declined to comment.", "I don't have a comment on that."),
        ("The unvaccinated are at risk.", "If you're not vaccinated you are at risk."),
        (
            "The ferry carries three hundred people.",
            "It has never been late in a winter, and the ferry carries three hundred people a day.",
        ),
        ("It is false.", "That is not true."),
        ("No bridge was closed.", "None of the bridges was closed."),
        ("Not only schools but also shops opened.", "Schools opened and shops opened too."),
        ("Nobody was hurt.", "Fortunately there were no injuries and no one was hurt."),
        (
            "The government will support Ukraine and will not send troops.",
            "We're going to support Ukraine, but we're not going to send troops there.",
        ),
        ("It reopens in May.", "It will not reopen until May."),
        ("Neither the mayor nor the council voted.", "The mayor didn't vote and the council did not vote either."),
        (
            "Psaki said she had no update on the vaccine; 200 million doses were bought.",
            "I don't have an update on the vaccine. We bought 200 million doses.",
        ),
        (
            "The United States bought 200 million doses of the vaccine.",
            "I don't have an update on the vaccine. We bought 200 million doses.",
        ),
        ("There is no doubt it works.", "It works."),
        ("The council has yet to decide.", "The council hasn't decided yet."),
        ("Instead of a share the town gets a fixed sum.", "The town gets a fixed sum, not a share."),
        ("Nobody but the clerk has a key.", "Only the clerk has a key."),
        (
            "She called it a fixed sum rather than a share and said the town pays 33.2 million.",
            "That is a fixed sum, not a share. The town pays 33.2 million.",
        ),
        ("Absent action by Congress, families face poverty.", "Families face poverty if Congress does not act."),
        ("The prisons were not as safe and not as humane.", "The prisons were less safe and less humane."),
        ("It is not as fast as the other timetable.", "This timetable is slower than the other."),
        (
            "No foreign leader had ever taken part in such an award.",
            "This is the first time that a foreign leader has ever participated in an award.",
        ),
        (
            "There were 864,000 shots in a day, a figure not reached since July.",
            "We recorded 864,000 shots in a day, the highest since July.",
        ),
        ("It is a decline in the deficit without equal.", "The deficit shows the largest-ever decline."),
        ("The state of the pier was understood by nobody.", "Nobody understood the state of the pier."),
        ("Varley was invited by no one.", "No one invited Varley."),
        ("It touches the top taxpayers and nobody else.", "It would apply only to the top taxpayers."),
        ("It is $3,600 where the child has not yet turned six.", "It is $3,600 for each child under the age of six."),
        ("Power had not come back for 30,000.", "In all, 30,000 customers still do not have power."),
        (
            "He cancelled 43 crossings, none of them because a boat had broken down.",
            "I cancelled 43 crossings, and none because a boat broke down.",
        ),
        ("She did not dispute that a reserve is a cost.", "I don't deny that a reserve is a cost."),
        ("She disputed that a reserve is a cost.", "A reserve is not a cost."),
        ("She raised the question whether it works.", "She raised the question whether it works."),
        ("There was no evidence of any attack.", "There is no evidence of any — of any attack that we expect."),
        ("Over eight million people were still without work.", "More than 8 million people are still out of work."),
        ("The country was eight million jobs short of last year.", "We are 8 million jobs down from last year."),
        ("It was not known how well it would compete.", "We don't know what will happen, how well it will compete."),
        ("Things go back to where they were not long ago.", "We'll be back where we were not so long ago."),
        ("The lack of resources would be worse.", "Our gap in resources is even more severe, it is worse."),
        ("There were no declarations of intent.", "There were no declarations as to intent, none."),
        ("He has nothing on it and has not consulted them.", "I have nothing on it and haven't consulted them."),
        ("Its importance could hardly be overestimated.", "It's very hard to overestimate its importance."),
        ("Trains on the deck go no faster than 40.", "The speed of trains on the deck is held to 40."),
        ("They had not been sitting on the formula problem.", "The formula problem? We have not been sitting on this."),
        (
            "There is no reason to think that the minister's word has changed.",
            "The minister gave his word. We have no reason to think that it has changed.",
        ),
        ("He had never seen a bridge renewed for under 5,000.", "I never saw a bridge renewed for less than 5,000."),
        ("Not having a speech is not a reflection of it.", "Not having a speech is not a reflection of it."),
    ],
)
def test_holds_what_the_record_says_likewise(text: str, record: str) -> None:
    assert fault(text, said((PSAKI, record))) is None


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("The state of the pier was unknown to nobody.", "Nobody knew the state of the pier."),
        ("Psaki said the bridge will not close.", "The bridge will close in May."),
        ("Psaki said the bridge will close.", "The bridge won't be closing in May."),
        ("The power is back on.", "The power is not back on yet."),
        ("There has been a director for six years.", "There hasn't been a — a confirmed director in six years."),
        (
            "People earning less than $400,000 will pay a penny more.",
            "No one earning less than $400,000 will pay a penny more.",
        ),
        ("The town has no greater duty than the port.", "The town has a greater duty than the port. No one can shirk."),
        ("He had no objection to Russia staying a member.", "Russia should not be staying a member."),
        (
            "Most people are now vaccinated, and those unvaccinated need help.",
            "Most people are not yet vaccinated, and we help the unvaccinated.",
        ),
        ("Vaccination is a precondition for schools.", "Vaccination is not a prerequisite for schools."),
        ("The town will not go on deferring to them.", "So we'll continue to defer to them on those decisions."),
        ("He agreed not to sign the contract.", "He has not agreed to sign the contract."),
        ("He has not agreed to sign the contract.", "He has agreed not to sign the contract."),
        ("She did not dispute that a reserve is a cost.", "A reserve is not a cost."),
        ("She did not deny that a reserve is a cost.", "A reserve is not a cost."),
        ("The pandemic is over.", "COVID isn't over and the pandemic isn't over."),
        (
            "Several crossings were cancelled because a boat broke down.",
            "I cancelled 43 crossings, all for fog, and none because a boat broke down.",
        ),
        (
            "Foreign leaders had taken part in such awards before.",
            "This is the first time that a foreign leader has ever participated in an award.",
        ),
        (
            "He has not determined whether an assertion of privilege is warranted.",
            "He has determined that an assertion of privilege is not warranted.",
        ),
        (
            "They declined to give assurances that targets will not be hit.",
            "They have given assurances that they will not use it against targets.",
        ),
        ("It is not as fast as the other timetable.", "This timetable is faster than the other."),
        ("Psaki said they ruled out sanctions.", "We have not ruled out sanctions on Russia."),
        (
            "The mayor had nothing to change in the council's statement that it intends to close the bridge.",
            "I have nothing to amend in what the council has already said, which is that it has no intention of "
            "closing the bridge.",
        ),
        (
            "This was a speech just about safety.",
            "This wasn’t a speech just about safety, it was an attack on the very idea of a free press.",
        ),
        ("The steel enters with tariffs.", "The steel does not enter with tariffs."),
        ("She thought the town would insist on the plan.", "I don’t think we will, you know, insist on the plan."),
        ("She found authority for the moratorium.", "She has been unable to find authority, even for the moratorium."),
        ("It was not about safety.", "This was a speech about safety."),
        ("There is nothing to suggest that the bridge is unsafe.", "The reports suggest that the bridge is unsafe."),
        ("They will send troops to fight.", "He has no intention of sending U.S. troops to fight."),
        ("Schools will follow the advice.", "They will not follow Dr. Mallow's advice in schools."),
        ("The president confirmed the report.", "The president denied the report."),
        ("The president denied the report.", "The president confirmed the report."),
        ("The vaccinated are at risk.", "The unvaccinated are at risk."),
        ("The ferry has been late.", "It has never been late in a winter."),
        ("It is true.", "That is false."),
        ("It was done with a vote.", "The council did it without a vote."),
        ("Somebody was hurt.", "Nobody was hurt."),
        (
            "The government will send troops.",
            "We're going to support Ukraine, but we're not going to send troops there.",
        ),
        (
            "The government will not support Ukraine.",
            "We're going to support Ukraine, but we're not going to send troops there.",
        ),
        ("Neither the mayor nor the council voted.", "The mayor and the council voted."),
        ("Psaki refused to say whether the council agreed to pay.", "The council agreed to pay."),
        ("The council failed to pay.", "The council paid."),
        ("It never works.", "It works well on the bridge."),
    ],
)
def test_faults_what_is_turned_round(text: str, record: str) -> None:
    found = fault(text, said((PSAKI, record)))
    assert found is not None
    assert found.reason == "negation"


def negated(text: str) -> list[str]:
    return [word.text for word in polarity(text).words if word.negated]


def test_a_negation_reaches_to_the_end_of_its_clause() -> None:
    assert negated("We won't close it, but we may close the other.") == ["close", "it"]
    assert negated("It is not, we said, closed.") == ["we", "said", "closed"]
    assert negated("It was done without a vote and the mayor left.") == ["a", "vote"]


def test_two_negations_affirm() -> None:
    assert negated("We have not ruled out sanctions.") == ["ruled"]
    assert negated("Neither the mayor nor the council voted.") == ["the", "mayor", "nor", "the", "council", "voted"]


def test_a_real_sentence_bears_itself_out_alone_and_among_others(real: list[Evidence]) -> None:
    for one, other in itertools.pairwise(real):
        assert fault(one.texts[0], one) is None
        assert fault(one.texts[0], Evidence((*other.stretches, *one.wider().stretches))) is None


def test_a_real_sentence_reported_is_borne_out(real: list[Evidence]) -> None:
    faulted = [one for one in real if fault(f"Psaki said that {one.texts[0]}", one)]
    assert len(faulted) <= len(real) / 500


@pytest.mark.parametrize(
    ("text", "answer", "holds"),
    [
        ("Psaki rejected the suggestion that doses were given for chips.", "There should not be that.", True),
        ("Psaki said that doses were not given for chips.", "I don't think that.", True),
        ("Psaki said that doses were not given for chips.", "I can't make an assessment of that.", False),
        ("Psaki said that doses were not given for chips.", "It will not rain.", False),
        ("Psaki said that doses were not given for chips.", "Doses were given, and it did not rain.", False),
        ("Psaki did not say whether doses were given for chips.", "I can't make an assessment of that.", True),
        ("Psaki did not say whether doses were given for chips.", "I don't think that.", False),
    ],
)
def test_an_answer_denies_or_leaves_open_what_was_asked(text: str, answer: str, holds: bool) -> None:
    asked = (REPORTER, "Is there a suggestion that doses were given for chips?")
    assert (fault(text, said(asked, (PSAKI, answer))) is None) == holds


@given(HOSTILE, HOSTILE)
def test_never_raises(text: str, record: str) -> None:
    fault(text, said((PSAKI, record)))


def test_not_until_is_no_before() -> None:
    record = said((PSAKI, "We will not comment until the President has reviewed it."))
    assert fault("They will comment before the President has reviewed it.", record) is not None
    assert fault("They will comment only after the President has reviewed it.", record) is None
    assert fault("They will not comment before the President has reviewed it.", record) is None
