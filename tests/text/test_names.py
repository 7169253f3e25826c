"""Which voice a name as asked means."""

from __future__ import annotations

import pytest

from index.text.names import bears, given, surname


@pytest.mark.parametrize(
    ("asked", "label", "name"),
    [
        ("Pompeo", "SECRETARY POMPEO", "Michael R. Pompeo"),
        ("pompeo", "SECRETARY POMPEO", None),
        ("Secretary Pompeo", "SECRETARY POMPEO", None),
        ("Mike Pompeo", "SECRETARY POMPEO", "Michael R. Pompeo"),
        ("Michael R. Pompeo", "SECRETARY POMPEO", "Michael R. Pompeo"),
        ("Jens Stoltenberg", "SECRETARY GENERAL STOLTENBERG", None),
        ("Karine Jean-Pierre", "MS. JEAN-PIERRE", None),
        ("Ursula von der Leyen", "PRESIDENT VON DER LEYEN", None),
        ("Moderator", "MODERATOR", None),
        ("Martin Luther King", "DR. KING", None),
        ("Moïse", "PRESIDENT MOISE", None),
        ("the  moderator", "THE MODERATOR", None),
    ],
)
def test_finds_the_voice(asked: str, label: str, name: str | None) -> None:
    assert bears(asked, label, name)


@pytest.mark.parametrize(
    ("asked", "label", "name"),
    [
        ("Hillary Clinton", "PRESIDENT CLINTON", "Bill Clinton"),
        ("Stoltenberg", "SECRETARY POMPEO", "Michael R. Pompeo"),
        ("Secretary", "SECRETARY POMPEO", None),
        ("Mike", "SECRETARY POMPEO", "Michael R. Pompeo"),
        ("", "MS. PSAKI", None),
        ("George Bush", "MR. BUSH", "Jeb Bush"),
        ("King", "KING CHARLES", None),
    ],
)
def test_leaves_others_alone(asked: str, label: str, name: str | None) -> None:
    assert not bears(asked, label, name)


def test_an_ambiguous_surname_means_all_who_bear_it() -> None:
    assert bears("Clinton", "PRESIDENT CLINTON", "Bill Clinton")
    assert bears("Clinton", "SECRETARY CLINTON", "Hillary Clinton")


def test_surname_keeps_its_particles_and_drops_titles_and_suffixes() -> None:
    assert surname("President Ursula von der Leyen") == "von der leyen"
    assert surname("Dr. Martin L. King, Jr.") == "king"
    assert surname("SECRETARY GENERAL") is None
    assert given("Michael R. Pompeo") == ["michael", "r"]
