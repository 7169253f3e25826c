"""What an address of a page asks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.filters import Filters
from web.pages.asked import asked


def test_fields_become_filters() -> None:
    wanted = asked(
        "/archive", {"q": " steel  pier ", "speaker": "Varley", "since": "2024-02-01", "collection": "", "page": "3"}
    )
    assert wanted.filters == Filters(speakers=("Varley",), since="2024-02-01")
    assert (wanted.q, wanted.page, wanted.narrowed, wanted.wrong) == ("steel pier", 3, True, ())


def test_what_is_no_date_is_left_out_and_said() -> None:
    wanted = asked("/archive", {"since": "yesterday", "until": "2024-02-30"})
    assert wanted.filters == Filters()
    assert len(wanted.wrong) == 2
    assert "yesterday" in wanted.wrong[0]


def test_a_time_that_ends_before_it_begins_is_left_open_and_said() -> None:
    wanted = asked("/archive", {"since": "2024-02-02", "until": "2024-02-01"})
    assert wanted.filters == Filters(since="2024-02-02")
    assert wanted.wrong == ("since: 2024-02-02 is later than 2024-02-01, until when was asked for",)


def test_an_address_changes_what_it_is_told_and_begins_anew() -> None:
    wanted = asked("/archive", {"speaker": "Edith Varley & Sons", "page": "4"})
    assert wanted.address(page=5) == "/archive?speaker=Edith+Varley+%26+Sons&page=5"
    assert wanted.address(speaker="") == "/archive"
    assert wanted.address(order="oldest") == "/archive?speaker=Edith+Varley+%26+Sons&order=oldest"


@given(st.dictionaries(st.sampled_from(("q", "speaker", "since", "until", "page", "order")), st.text()))
def test_any_parameters_are_taken(parameters: dict[str, str]) -> None:
    wanted = asked("/archive", parameters)
    assert wanted.page >= 1
    assert wanted.address(page=2).startswith("/archive?")
