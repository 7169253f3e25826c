"""`onrecord check`: what is printed, what programs read, how it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

CHECKED = "kind text start_char end_char verdict detail difference citations otherwise fault"
TRUE = "Oakes said: “The renewal of the bridge costs 42 million crowns.”"


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(text: str | bytes) -> str:
        file = tmp_path / "article.txt"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(file)

    return write


def test_a_text_that_holds_ends_well(stored: Any, written: Any) -> None:
    done = stored("check", written(TRUE))
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[:4] == [
        "held: “The renewal of the bridge costs 42 million crowns.”",
        "    word for word, said by MR. OAKES (Ruben Oakes)",
        "    “The renewal of the bridge costs 42 million crowns.” [1]",
        "        MR. OAKES (Ruben Oakes), 2024-02-06",
    ]
    assert done.out.splitlines()[-1] == "1 held."


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (TRUE.replace("42", "24"), "altered"),
        (TRUE.replace("Oakes", "Peter Smith"), "misattributed"),
        ("Oakes said: “The ferry is blue and has two funnels.”", "not_found"),
        ("The renewal of the bridge costs 24 million crowns.", "not_found"),
    ],
)
def test_a_text_that_does_not_hold_ends_with_three(stored: Any, written: Any, text: str, verdict: str) -> None:
    done = stored("check", written(text), "--json")
    assert (done.status, done.err) == (3, "")
    (one,) = done.document["sentences"]
    assert set(one) == set(CHECKED.split())
    assert one["verdict"] == verdict
    assert text[one["start_char"] : one["end_char"]] == one["text"]


def test_the_difference_is_shown_word_by_word(stored: Any, written: Any) -> None:
    assert "costs {-42-} {+24+} million" in stored("check", written(TRUE.replace("42", "24"))).out


def test_a_filter_binds(stored: Any, written: Any) -> None:
    assert stored("check", written(TRUE), "--since", "2025-01-01").status == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "text: it is empty"), (b"caf\xe9", "no UTF-8"), (b"word " * 5000, "25,000 characters are too many")],
)
def test_a_file_that_can_t_be_checked_is_wrong_usage(stored: Any, written: Any, content: bytes, told: str) -> None:
    done = stored("check", written(content))
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_a_file_that_is_not_there_is_named(stored: Any, tmp_path: Path) -> None:
    done = stored("check", str(tmp_path / "absent.txt"))
    assert done.status == 2
    assert "absent.txt" in done.err
