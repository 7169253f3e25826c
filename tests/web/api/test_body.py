"""Bodies that are made to be hard to read: each is refused by the place where it is not as it must be."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar, post
from litestar.exceptions import ValidationException
from litestar.params import JSONBody
from litestar.testing import TestClient
from msgspec import Struct

from web.api.body import LARGE, Body, decoded, read_aside

PARTS = st.lists(st.one_of(st.text("abc", min_size=1, max_size=3), st.integers(0, 3)), max_size=20)


def field(body: bytes) -> str:
    """The one that is named where `body` is refused."""
    with pytest.raises(ValidationException) as refused:
        decoded(body, dict[str, Any])
    extra = refused.value.extra
    assert isinstance(extra, list)
    return str(extra[0]["key"])


@given(st.text("abc", min_size=1), PARTS)
def test_what_is_no_text_is_named_by_where_it_stands(name: str, parts: list[str | int]) -> None:
    written, value = name, "\0"
    for part in parts:
        written += f".{part}" if isinstance(part, str) else f"[{part}]"
    document: Any = value
    for part in reversed(parts):
        document = {"before": "", part: document} if isinstance(part, str) else [*[""] * part, document, "\0"]
    assert field(json.dumps({"fine": ["a", {"b": "c"}], name: document}).encode()) == written


def test_as_deep_as_it_can_be_read_it_is_named() -> None:
    assert field(b'{"a": ' + b"[" * 500 + b'"\\u0000"' + b"]" * 500 + b"}") == "a" + "[0]" * 500


def test_one_name_twice_among_very_many_is_found() -> None:
    """Each held against each other, they would take minutes."""
    many = b",".join(b'"%x": 0' % number for number in range(200_000))
    assert field(b'{"a": {' + many + b', "last": 0, "last": 1}}') == "last"


class Text(Struct):
    """Knows by whom it was read."""

    text: str

    def __post_init__(self) -> None:
        self.__class__.read_by = threading.get_ident()

    read_by = 0


@post("/", status_code=200, dto=Body)
async def is_read_here(data: JSONBody[Text]) -> dict[str, bool]:
    return {data.text[:3]: Text.read_by == threading.get_ident()}


def test_a_large_body_is_read_aside_and_refused_as_a_small_one_is() -> None:
    with TestClient(Litestar([is_read_here], before_request=read_aside)) as client:
        assert client.post("/", json={"text": "small"}).json() == {"sma": True}
        assert client.post("/", json={"text": "large" * LARGE}).json() == {"lar": False}
        for length in (1, LARGE):
            assert client.post("/", json={"text": ["a" * length]}).status_code == 400
            assert client.post("/", content=b"a" * length).status_code == 415
