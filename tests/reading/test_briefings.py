"""All 540 briefings: whose words are whose, and nothing of the page among them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from index.reading import read
from index.reading.reading import Reading

Readings = dict[str, Reading]


@pytest.fixture(scope="module")
def readings(data: Path) -> Readings:
    files = sorted((data / "briefings").glob("202?/*.md"))
    return {path.name: read(path.read_bytes(), path.name) for path in files}


def test_three_are_the_same_text_as_another(readings: Readings) -> None:
    digests = Counter(reading.transcript.digest for reading in readings.values())
    assert (len(readings), len(digests)) == (540, 537)
    twice = {name[:10] for name, reading in readings.items() if digests[reading.transcript.digest] == 2}
    assert twice == {"2022-04-11", "2022-05-06", "2022-05-11"}


def test_only_labels_are_taken_for_labels(readings: Readings) -> None:
    labels = Counter(turn.label for reading in readings.values() for turn in reading.transcript.turns)
    odd = {label for label in labels if label and not re.fullmatch(r"[A-Z][A-Z.:’ -]*", label)}
    assert odd == {"Moderator", "Mr. ZIENTS"}
    assert labels[None] == 1
    assert labels["MS. PSAKI"] > 17_600
    assert labels["Q"] > 22_900


def test_no_label_is_left_in_the_speech(readings: Readings) -> None:
    label = re.compile(r"(?:^|\n\n)(?:Q\b(?!&)|[A-Z][A-Z.’ -]{1,40}:\s)|\b(?:M[RS]|DR)\. [A-Z’-]{3,}:")
    found = [
        (name, match.group())
        for name, reading in readings.items()
        for turn in reading.transcript.turns
        if (match := label.search(turn.text))
    ]
    assert found == []


def test_no_time_line_is_speech(readings: Readings) -> None:
    time = re.compile(r"(?:^|\n\n)\W*(?:END\W*)?\d{1,2}:\d{2}\s*[AP]\.?M\.?(?:\s*[A-Z]{2,4})?\W*(?:\n\n|$)")
    found = [name for name, r in readings.items() for turn in r.transcript.turns if time.search(turn.text)]
    assert found == []
    times = [o for r in readings.values() for o in r.transcript.outside if re.search(r"\d:\d\d\s*[AP]\.?M", o.text)]
    assert len(times) > 1000


def test_every_one_has_a_title_and_a_date(readings: Readings) -> None:
    assert all(reading.transcript.title and reading.transcript.date for reading in readings.values())


def test_a_name_is_one_the_file_gives(readings: Readings) -> None:
    for reading in readings.values():
        stated = " ".join([reading.transcript.title or "", *(entry.text for entry in reading.transcript.outside)])
        for name in reading.transcript.names.values():
            assert name in " ".join(stated.split())
