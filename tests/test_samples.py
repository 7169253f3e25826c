"""The sample transcripts are read as they were meant: format, date, who speaks, first and last words."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from index import reading
from index.errors import NotATranscript

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


class Meant(Struct, frozen=True):
    """What a sample holds; `voices` are labels with the name behind them, if the file states it."""

    format: str
    date: str | None
    turns: int
    voices: dict[str, str | None]
    first: str
    last: str


MEANT = {
    "2023-03-14-bridge-groundbreaking.txt": Meant(
        "text",
        "2023-03-14",
        3,
        {"MAYOR VARLEY": "Edith Varley", "MINISTER RENHOLT": "Tomas Renholt"},
        "Good morning, Harrowmere. Good morning, Minister.",
        "Mind the mud. Let us begin.",
    ),
    "2023-09-20-podcast-the-sarn-line.srt": Meant(
        "srt",
        "2023-09-20",
        39,
        {"Jonah Peake": None, "Mila Torvald": None, "Ilse Marrow": None},
        "Welcome to The Sarn Line, the podcast about everything that crosses, floats in or falls into our river.",
        "Mind the planks on your way out. Goodbye.",
    ),
    "2024-02-06-council-hearing.vtt": Meant(
        "webvtt",
        "2024-02-06",
        44,
        {"Hana Brandt": None, "Ruben Oakes": None, "Marcus Thule": None, "Petra Lindquist": None, "Ilse Marrow": None},
        "Good evening. It is six o'clock on Tuesday, the sixth of February 2024,",
        "It is freezing on Weir Street.",
    ),
    "2024-02-08-press-briefing.md": Meant(
        "markdown",
        "2024-02-08",
        33,
        {"MS. HALLAM": "Nora Hallam", "MR. OAKES": "Ruben Oakes"},
        "Good morning, everyone. Two announcements,",
        "Mind the ice on the steps.",
    ),
    "2024-05-14-ferry-working-group.json": Meant(
        "json-whisper",
        "2024-05-14",
        1,
        {},
        "So it's the fourteenth of May,",
        "Thank you, everybody.",
    ),
    "2024-07-18-water-board-whisperx.json": Meant(
        "json-whisperx",
        "2024-07-18",
        46,
        {f"SPEAKER_0{number}": None for number in range(4)},
        "Good afternoon. This is the board of the Harrowmere water company,",
        "The meeting is closed at four twenty-five.",
    ),
    "2024-07-23-pressekonferenz-lauenfurt.md": Meant(
        "markdown",
        "2024-07-23",
        14,
        {"OBERBÜRGERMEISTERIN SOLMS": "Annegret Solms", "HERR WESSLING": "Henrik Wessling"},
        "Guten Tag, meine Damen und Herren.",
        "Ich danke Ihnen.",
    ),
    "2024-10-02-ferry-interview_otter.txt": Meant(
        "text",
        "2024-10-02",
        36,
        {"Nell Ashby": None, "Osric Brannick": None},
        "All right, it's recording.",
        "Mind the step, it's wet.",
    ),
    "2025-03-19-assembly-committee.json": Meant(
        "json",
        "2025-03-19",
        28,
        {
            "MINISTER RENHOLT": "Tomas Renholt",
            "MS. LINDQUIST": "Petra Lindquist",
            "DELEGATE FERRARS": "Ottilie Ferrars",
            "DELEGATE OSTROM": "Bram Ostrom",
        },
        "Order, please.",
        "The hearing is closed.",
    ),
    "2025-05-12-mayoral-debate.txt": Meant(
        "text",
        "2025-05-12",
        41,
        {
            "HOLM": "Pia Holm",
            "ASHBY": "Nell Ashby",
            "VARLEY": "Edith Varley",
            "THULE": "Marcus Thule",
            "BRANDT": "Hana Brandt",
        },
        "Good evening from Saint Osyth's Hall.",
        "Good night.",
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_a_sample_is_read_as_it_was_meant(name: str) -> None:
    file, meant = SAMPLES / name, MEANT[name]
    read = reading.read(file.read_bytes(), name)
    transcript = read.transcript
    assert read.format == meant.format
    assert read.warnings == ()
    # Where the text states no date, its source has it in the file's name.
    assert transcript.date in (meant.date, None)
    assert len(transcript.turns) == meant.turns
    assert {speaker.label: speaker.name for speaker in transcript.speakers} == meant.voices
    assert transcript.turns[0].text.startswith(meant.first)
    assert transcript.turns[-1].text.endswith(meant.last)


def test_the_samples_are_those_and_say_that_they_are_invented() -> None:
    readme = (SAMPLES / "README.md").read_text()
    assert {file.name for file in SAMPLES.iterdir()} == {*MEANT, "README.md"}
    assert all(name in readme for name in MEANT)
    assert "invented" in readme
    with pytest.raises(NotATranscript):
        reading.read((SAMPLES / "README.md").read_bytes(), "README.md")
