"""Front matter: what people write is taken as printed, and nothing in it ends a reading."""

from __future__ import annotations

import pytest

from index.reading.front_matter import FrontMatter, front_matter
from index.transcript import Speaker


def of(fields: str) -> FrontMatter:
    found = front_matter(f"---\n{fields}\n---\nMS. ADLER: We begin.\n")
    assert found is not None
    return found


def test_values_are_taken_as_printed_and_absent_ones_are_absent() -> None:
    found = of("title: 1984\ndate: 2019-11-14T23:30:00-05:00\nlanguage: no\nsource: null\nmedia: ~\nspeakers: [~, Bo]")
    assert (found.title, found.date, found.language) == ("1984", "2019-11-14", "no")
    assert (found.source, found.media, found.people, found.warnings) == (None, None, ("Bo",), ())
    assert of("title: T\nspeakers:\n  MR. BO: Ib Bo\n  MS. X:").speakers == (Speaker("MR. BO", "Ib Bo"),)


@pytest.mark.parametrize(
    "field",
    ["when: !!timestamp foo", 'n: !!int ""', "n: !!bool x", "n: !!float x", "n: !!binary é", "n: !!python/name:a.b c"],
)
def test_a_tag_that_its_value_belies_is_not_looked_at(field: str) -> None:
    assert of(f"title: Talk\n{field}").title == "Talk"


@pytest.mark.parametrize("field", [r'title: "\UFFFFFFFF"', "title: [", "title: *nothing", "a: &a [*a]", "? [a]\n: b"])
def test_what_the_yaml_library_fails_on_is_a_warning(field: str) -> None:
    (warning,) = of(field).warnings
    assert "is no YAML and was left out" in warning


def test_half_a_character_is_left_out_with_a_warning_and_two_halves_are_one() -> None:
    found = of('title: "\\ud800"\nsource: "\\udfff"\nmedia: "\\ud83d\\ude00"\nspeakers: ["\\ud800", Bo]')
    assert (found.title, found.source, found.media, found.people) == (None, None, "\U0001f600", ("Bo",))
    assert [warning[:7] for warning in found.warnings] == ["line 2:", "line 3:", "line 5:"]
    assert of('title: Talk\nspeakers: {"\\ud800": "Bo", "MR. A": "\\ud800"}').speakers == ()


def test_lists_of_lists_that_would_fill_the_memory_are_not_printed() -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    found = of("\n".join([*bomb, "date: *a8", "title: *a8", "speakers: *a8"]))
    assert (found.title, found.people, found.warnings) == (None, (), ("the front matter's date is no date",))
