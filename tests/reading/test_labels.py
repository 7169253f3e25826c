"""Labels in their real variety, what only looks like one, and the people behind them."""

from __future__ import annotations

from collections import Counter

import pytest

from index.errors import NotATranscript
from index.reading import read
from index.reading.nobody import names_nobody
from index.reading.people import mistyped, people
from index.transcript import Transcript


def transcript(text: str, name: str = "a.txt") -> Transcript:
    return read(text.encode(), name).transcript


@pytest.mark.parametrize(
    ("first", "second", "labels", "starts"),
    [
        ("MS. PSAKI:  {}", "Q    {}", ["MS. PSAKI", "Q"], [None, None]),
        ("Q\xa0\xa0\xa0 {}", "MR. McDONOUGH: {}", ["Q", "MR. McDONOUGH"], [None, None]),
        ("Q. {}", "A. {}", ["Q", "A"], [None, None]),
        ("**Adam:** {}", "**Eve Jones:** {}", ["Adam", "Eve Jones"], [None, None]),
        ("**Adam**: {}", "**Eve**: {}", ["Adam", "Eve"], [None, None]),
        ("[00:12:03] Adam: {}", "[00:12:09] Eve: {}", ["Adam", "Eve"], [723.0, 729.0]),
        ("00:12 Adam: {}", "00:19 Eve: {}", ["Adam", "Eve"], [12.0, 19.0]),
        ("Adam (00:12):\n{}", "Eve (1:00:19):\n{}", ["Adam", "Eve"], [12.0, 3619.0]),
        ("Adam  0:42\n{}", "Unknown Speaker  0:50\n{}", ["Adam", "Unknown Speaker"], [42.0, 50.0]),
        ("**Ali** 0:42  \n{}", "**Eve** 0:50\n{}", ["Ali", "Eve"], [42.0, 50.0]),
        (">> MAYOR: {}", ">> MR. LEE: {}", ["MAYOR", "MR. LEE"], [None, None]),
        ("Moderator: {}", "Jane van der Berg: {}", ["Moderator", "Jane van der Berg"], [None, None]),
        ("Speaker 1: {}", "Speaker 2: {}", ["Speaker 1", "Speaker 2"], [None, None]),
        ("MEMBERS OF BTS: {}", "DR. NUÑEZ-SMITH: {}", ["MEMBERS OF BTS", "DR. NUÑEZ-SMITH"], [None, None]),
        ("田中: {}", "鈴木: {}", ["田中", "鈴木"], [None, None]),
    ],
)
def test_a_label_opens_a_turn(first: str, second: str, labels: list[str], starts: list[float | None]) -> None:
    said = ["Well, so it goes.", "And so on. Really: it does.", "Fine.", "Good."]
    printed = "\n\n".join((first, second)[at % 2].format(words) for at, words in enumerate(said))
    found = transcript(printed, "a.md" if "**" in first else "a.txt")
    assert [turn.label for turn in found.turns] == labels * 2
    assert [turn.text for turn in found.turns] == said
    assert [turn.start for turn in found.turns[:2]] == starts


def test_a_paragraph_opening_is_no_label() -> None:
    said = "First.\n\nBottom line: it works.\n\nOn Iran: we wait.\n\nI asked about\nSWIFT: it is out."
    found = transcript(f"MS. PSAKI: {said}\n\nQ   Why?")
    assert [turn.label for turn in found.turns] == ["MS. PSAKI", "Q"]
    assert found.turns[0].text == said.replace("about\n", "about ")


def test_an_initial_is_no_answer() -> None:
    found = transcript("MS. PSAKI: Hello.\n\nQ   Who?\n\nMS. PSAKI: Well.\n\nA. Philip Randolph was a great leader.\n")
    assert [turn.label for turn in found.turns] == ["MS. PSAKI", "Q", "MS. PSAKI"]
    assert found.turns[2].text == "Well.\n\nA. Philip Randolph was a great leader."


def test_a_sentence_may_go_on_with_a_q() -> None:
    found = transcript(
        "MS. PSAKI: He has, as far as I know,\nQ clearance from the Department of Energy.\n\n"
        "Q   Why?\n\nMS. PSAKI: I said it --\nQ When?\n"
    )
    assert [turn.label for turn in found.turns] == ["MS. PSAKI", "Q", "MS. PSAKI", "Q"]
    assert found.turns[0].text == "He has, as far as I know, Q clearance from the Department of Energy."


def test_a_time_that_ends_a_line_has_no_speaker_in_at() -> None:
    found = transcript("Ann Lee 0:01\nHello. Thanks. At 0:30 we go.\nMeet at 12:30\n\nBo Kim 0:40\nFine.\n")
    assert [turn.label for turn in found.turns] == ["Ann Lee", "Bo Kim"]
    assert found.turns[0].text == "Hello. Thanks. At 0:30 we go. Meet at 12:30"


def test_an_item_of_a_list_opens_a_turn_of_who_speaks_elsewhere() -> None:
    said = "**Ann:** Hello.\n\n**Bob:** Hi.\n\n" * 2
    found = transcript(f"{said}* **Ann:** First.\n* **Fast:** it is.\n\n- **Bob**: Second.\n", "a.md")
    assert [(turn.label, turn.text) for turn in found.turns[4:]] == [
        ("Ann", "First.\n\nFast: it is."),
        ("Bob", "Second."),
    ]


def test_a_label_inside_a_paragraph_is_found_and_reported() -> None:
    reading = read(b"MS. PSAKI: Yes.\n\nQ   Why, he told MS.\nPSAKI:  Well, because.\n\nMS. PSAKI: No.\n", "a.txt")
    assert [turn.label for turn in reading.transcript.turns] == ["MS. PSAKI", "Q", "MS. PSAKI", "MS. PSAKI"]
    assert any("line 3" in warning and "MS. PSAKI" in warning for warning in reading.warnings)


def test_time_lines_and_site_lines_are_outside() -> None:
    found = transcript("12:05 P.M. EST\nMR. LEE: Hi.\n\nMR. LEE: Bye.\n\nEND   1:12 P.M. EDT\n\nSubscribe to us\n")
    assert [turn.text for turn in found.turns] == ["Hi.", "Bye."]
    assert [entry.text for entry in found.outside] == ["12:05 P.M. EST", "END   1:12 P.M. EDT", "Subscribe to us"]


@pytest.mark.parametrize(
    "text",
    [
        "Permission is hereby granted.\n\nTHE SOFTWARE IS PROVIDED AS IS.\n\nNOTE: no warranty.\n",
        "# Tool\n\n**Usage:** run it.\n\n**License:** MIT\n",
        "Dear Sir or Madam,\n\nKnow this: it is late.\n\nYours",
        "Usage: x\nLicense: MIT\nVersion: 3\n",
    ],
)
def test_what_is_no_transcript_is_skipped(text: str) -> None:
    with pytest.raises(NotATranscript):
        transcript(text, "README.md")


@pytest.mark.parametrize(
    "label", ["Q", "q.", "UNIDENTIFIED", "Unidentified Male Voice", "SYSTEM", "Unknown Speaker", "", None]
)
def test_labels_of_nobody(label: str | None) -> None:
    assert names_nobody(label)


@pytest.mark.parametrize("label", ["MS. PSAKI", "Speaker 1", "MODERATOR", "Quentin", "A", "Systema"])
def test_labels_of_somebody(label: str) -> None:
    assert not names_nobody(label)


@pytest.mark.parametrize(
    ("label", "header", "name"),
    [
        ("MS. PSAKI", "Press Briefing by Press Secretary Jen Psaki, February 23, 2021", "Jen Psaki"),
        ("SECRETARY POMPEO", "Michael R. Pompeo, Secretary of State", "Michael R. Pompeo"),
        ("MR. HARRELL", "Senior Director for Economics and Competitiveness Peter Harrell", "Peter Harrell"),
        ("MS. O’DAY", "Remarks by Mary Ann O’Day", "Mary Ann O’Day"),
        ("MR. PSAKI", "Secretary Psaki", None),
        ("MS. SMITH", "Ann Smith and Bob Smith", None),
        ("SECRETARY POMPEO", "Secretary Michael R. Pompeo At the Global Coalition", "Michael R. Pompeo"),
        ("SECRETARY POMPEO", "Secretary Pompeo’s Day\nMichael R. Pompeo, Secretary of State", "Michael R. Pompeo"),
        ("DR. FAUCI", "Remarks by Chief Medical Advisor to the President Dr. Anthony Fauci", "Anthony Fauci"),
        ("MR. TAPPER", "Interview with CNN’s Jake Tapper", "Jake Tapper"),
        ("DR. FAUCI", "Briefing by Epidemiologist Anthony Fauci", "Anthony Fauci"),
        ("DR. KING", "Remarks by Dr. Martin Luther King Jr. at the Mall", "Martin Luther King Jr."),
        ("MS. O’DAY", "Remarks by Tom Lee and Mary Ann O’Day", None),
        ("MR. GONZALEZ", "Call by Senior Director for the Western Hemisphere Juan Gonzalez", None),
        ("MS. LEE", "Participants: Dr. Ann Lee (Yale); Bo Kim", "Ann Lee"),
    ],
)
def test_a_name_is_the_one_the_header_gives(label: str, header: str, name: str | None) -> None:
    assert people([label], header).get(label) == name


@pytest.mark.parametrize(
    ("label", "header"),
    [
        ("PRESIDENT BIDEN", "Remarks by President Biden and Jill Biden at a Dinner"),
        ("PRESIDENT TRUMP", "Remarks by President Trump and First Lady Melania Trump"),
        ("SECRETARY AUSTIN", "Secretary Antony Blinken and Secretary Austin\nOn Steve Austin Day"),
        ("MR. KENNEDY", "Remarks at the John F. Kennedy Center"),
        ("MS. WASHINGTON", "Briefing at George Washington University"),
        ("MR. FORD", "Remarks by President Biden Aboard the USS Gerald Ford"),
        ("MR. FLOYD", "Verdict in the Murder of George Floyd"),
        ("MS. LEWIS", "Remarks on the Passing of Congressman John Lewis"),
        ("MR. BIDEN", "Hunter Biden Investigation: Press Briefing"),
        ("MR. SMITH", "Interview with Will Smith’s lawyer"),
        ("JUDGE JACKSON", "Nomination of Judge Ketanji Brown Jackson"),
        ("MS. YORK", "Remarks in New York"),
        ("MR. MORGAN", "Remarks at JP Morgan"),
        ("MR. CHASE", "Chevy Chase, Maryland"),
        ("MR. PRICE", "Gas Price Update"),
        ("MS. GREEN", "Announcing the Clean Green Economy"),
        ("MR. LEE", "Remarks at Fort Lee"),
        ("SENATOR MCCAIN", "The John McCain Institute"),
        ("DR. KING", "Remarks on Martin Luther King Jr. Day"),
    ],
)
def test_who_does_not_speak_in_the_header_names_nobody(label: str, header: str) -> None:
    assert people([label], header) == {}


def test_two_labels_of_different_titles_do_not_share_a_name() -> None:
    assert people(["PRESIDENT TRUMP", "MRS. TRUMP"], "Dinner with Melania Trump") == {}


def test_people_of_the_front_matter_speak() -> None:
    front = "---\ntitle: New York\nspeakers: [Ann Lee]\n---\n"
    found = transcript(f"{front}MS. LEE: Hi.\n\nMS. YORK: Hi.\n\nMS. LEE: So.\n")
    assert found.names == {"MS. LEE": "Ann Lee"}


def test_mr_and_ms_are_not_the_same_person() -> None:
    assert people(["MR. SMITH", "MS. SMITH"], "By Ann Smith") == {}


def test_misprints_are_told_from_people() -> None:
    labels = Counter({"MS. PSAKI": 9, "QMS. PSAKI": 1, "S. PSAKI": 2, "Speaker 1": 5, "Speaker 2": 4, "MOERATOR": 1})
    assert mistyped(labels) == {"QMS. PSAKI": "MS. PSAKI", "S. PSAKI": "MS. PSAKI", "MOERATOR": "MODERATOR"}
