"""Which voice a name as asked means."""

from __future__ import annotations

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from index.text.names import bears, given, meant, surname


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
        ("Homeland Security Secretary Mayorkas", "SECRETARY MAYORKAS", None),
        ("Sec. Mayorkas", "SECRETARY MAYORKAS", None),
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
        ("Mr. Johnson", "MS. JOHNSON", None),
        ("Johnson & Johnson Company", "MS. JOHNSON", None),
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
    assert given("Michael R. Pompeo") == ("michael", "r")


def test_a_label_without_a_name_is_held_against_the_names_it_has_elsewhere() -> None:
    voices = [("MS. PSAKI", "Jen Psaki"), ("MS. PSAKI", None), ("Q", None), (None, None)]
    assert meant(["Psaki"], voices) == [True, True, False, False]
    assert meant(["Jen Psaki"], voices) == [True, True, False, False]
    assert meant(["Kate Psaki"], voices) == [False, False, False, False]


def test_a_given_name_that_the_record_never_states_is_nobodys() -> None:
    voices = [("MS. JOHNSON", None), ("PRIME MINISTER JOHNSON", None), ("Nell Ashby", None)]
    assert meant(["Boris Johnson"], voices) == [False, False, False]
    assert meant(["Johnson"], voices) == [True, True, False]
    assert meant(["Mr. Johnson"], voices) == [False, True, False]
    assert meant(["Nell Ashby"], voices) == [False, False, True]
    assert meant(["Ashby"], voices) == [False, False, True]


SAID = st.sampled_from(
    "Psaki; MS. PSAKI; Jen Psaki; Jennifer Psaki; Boris Johnson; MR. JOHNSON; Johnson; Ms. Johnson; Q; ; "
    "THE MODERATOR; the  moderator; Moderator; Secretary; SECRETARY POMPEO; Mike Pompeo; Ursula von der Leyen".split(
        "; "
    )
)


@given_by(st.lists(SAID), st.lists(st.tuples(st.none() | SAID, st.none() | SAID)))
def test_of_many_that_are_asked_for_any_suffices(asked: list[str], voices: list[tuple[str | None, str | None]]) -> None:
    """Thousands are not held against each voice one by one, and yet none is missed."""
    each = [meant([one], voices) for one in asked]
    assert meant(asked, voices) == [any(of_voice) for of_voice in zip(*each, strict=True)] if asked else True
    for one, found in zip(asked, each, strict=True):
        for (label, name), is_meant in zip(voices, found, strict=True):
            if label and name:
                assert is_meant == bears(one, label, name)
