"""Ids: given ones unchanged, made ones always the same and never shared."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from index.ingest import id_of
from index.transcript import Transcript, Turn

WORDS = (Turn("Some words.", "A", "A"),)

places = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300) | st.text(
    "ab-._/ é", min_size=1, max_size=8
)


def test_the_given_id_stands_then_source_then_path_then_digest() -> None:
    given = Transcript(turns=WORDS, id="My-id.1", source="https://example.org/a")
    assert id_of(given, "c", "x.txt") == "My-id.1"
    sourced = Transcript(turns=WORDS, source="https://example.org/talks/one/")
    assert id_of(sourced, "c", "x.txt") == "example.org--talks--one"
    plain = Transcript(turns=WORDS)
    assert id_of(plain, None, "2021/03/talk.txt") == "2021--03--talk.txt"
    assert id_of(plain, "hearings", "talk.txt") == "hearings--talk.txt"
    assert id_of(plain, None, None) == plain.digest.removeprefix("sha256:")[:32]


@given(places)
def test_made_ids_keep_to_the_allowed_characters(place: str) -> None:
    for transcript, relative in ((Transcript(turns=WORDS), place), (Transcript(turns=WORDS, source=place), None)):
        assert re.fullmatch(r"[A-Za-z0-9._-]{1,200}", id_of(transcript, None, relative))


@given(st.tuples(places, places), st.tuples(places, places))
def test_two_places_in_collections_with_slashes_never_share_an_id(one: tuple[str, str], other: tuple[str, str]) -> None:
    plain = Transcript(turns=WORDS)
    ids = [id_of(plain, f"{collection}/x", place) for collection, place in (one, other)]
    assert (ids[0] == ids[1]) == (one == other)


def test_a_collection_with_a_slash_and_a_folder_of_the_collection_above_do_not_share_an_id() -> None:
    plain = Transcript(turns=WORDS)
    places = (("a", "b/c.txt"), ("a/b", "c.txt"), ("a", "b/é"), ("a/b", "é"))
    ids = {id_of(plain, collection, place) for collection, place in places}
    assert len(ids) == 4
    assert "a--b--c.txt" in ids


@given(places, places)
def test_two_places_never_share_an_id(one: str, other: str) -> None:
    plain = Transcript(turns=WORDS)
    assert (id_of(plain, None, one) == id_of(plain, None, other)) == (one == other)
