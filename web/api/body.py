"""The body of a request: JSON, held to its type to the letter.

In: a request. Out: its body as the type that the call takes. Nothing is guessed: "3" is no number,
3.0 no whole one, a field that nobody knows, one that is given twice and text that is none are refused, each by its
name. Only what says that it is `application/json` is read, since that is what a foreign page
can't send.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec
from litestar import Request
from litestar.dto import AbstractDTO, DTOFieldDefinition
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator

T = TypeVar("T")

JSON = "application/json"

LONGEST = 500_000
"""Bytes of a body, unless a call takes longer ones."""


class NotJSON(HTTPException):
    """The request says that its body is something else, or does not say what it is."""

    status_code = 415

    def __init__(self, content_type: str) -> None:
        given = f"not {content_type!r}" if content_type else "and says so in its Content-Type"
        super().__init__(f"this call takes {JSON}, {given}")


class Body(AbstractDTO[Any]):
    """For a handler: `dto=Body`, whose `data` is then decoded by `decoded`."""

    def decode_bytes(self, value: bytes) -> Any:
        """`value` as the type of the handler's `data`; what `read_aside` read already is not read again."""
        if _READ in self.asgi_connection.state:
            return self.asgi_connection.state[_READ]
        content_type = self.asgi_connection.headers.get("content-type", "")
        if content_type.partition(";")[0].strip().lower() != JSON:
            raise NotJSON(content_type)
        field = self.asgi_connection.route_handler.parsed_data_field
        assert field is not None
        return decoded(value, field.annotation)

    @classmethod
    def create_for_field_definition(cls, *_: Any, **__: Any) -> None:
        """There is nothing to prepare."""

    @classmethod
    def create_openapi_schema(
        cls,
        field_definition: FieldDefinition,
        handler_id: str,  # noqa: ARG003 (Litestar's)
        schema_creator: SchemaCreator,
    ) -> Reference | Schema:
        """That of the type itself."""
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:  # noqa: ARG003 (Litestar's)
        """Not what a handler returns."""
        return False

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:  # noqa: ARG003 (Litestar's)
        """Never asked: the type is taken as it is."""
        return False

    @classmethod
    def generate_field_definitions(
        cls,
        model_type: type[Any],  # noqa: ARG003 (Litestar's)
    ) -> Generator[DTOFieldDefinition, None, None]:
        """None: the type is taken as it is."""
        yield from ()


_READ = "body_read"

LARGE = 50_000
"""Bytes of a body that may take more than a few milliseconds to read: everybody else waits for what is done here."""


async def read_aside(request: Request[Any, Any, Any]) -> None:
    """Before a request is handled: a large body that `Body` decodes is decoded in a thread."""
    if request.route_handler.resolve_data_dto() is Body:
        body = await request.body()
        if len(body) > LARGE:
            request.state[_READ] = await asyncio.to_thread(Body(request).decode_bytes, body)


def decoded(body: bytes, kind: type[T]) -> T:
    """`body` as a `kind`; ValidationException names the field that is not as it must be."""
    try:
        document = msgspec.json.decode(body, type=kind)
        # What is left is no larger than the type allows, fields apart that it lets pass unread.
        known = json.loads(body, object_pairs_hook=_once)
    except ValidationException:
        raise
    except msgspec.ValidationError as error:
        raise _refused(*_field(str(error))) from None
    except UnicodeDecodeError as error:
        raise _refused("", f"it is no UTF-8: {error.reason}") from None
    except RecursionError:
        raise _refused("", "it is nested too deeply") from None
    except (msgspec.DecodeError, ValueError) as error:
        raise _broken(body, str(error)) from None
    for place, text in _texts(known) if _ZERO in body else ():
        if "\0" in text:
            raise _refused(_written(place), "it holds a zero character, which is no text")
    return document


_ZERO = b"\\u0000"
_HALF = re.compile(r"[\ud800-\udfff]")
_LONGEST_SEARCHED = 100_000
"""Bytes of a body that nobody can read in which the field is looked for all the same."""


def _broken(body: bytes, why: str) -> ValidationException:
    """The reader has no words for half a character, and stops there as if the body were over."""
    if len(body) <= _LONGEST_SEARCHED:
        with suppress(ValueError, RecursionError):
            for place, text in _texts(json.loads(body)):
                if _HALF.search(text):
                    return _refused(_written(place), "it holds half a character, which is no text")
    return _refused("", f"it is no JSON: {why}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two values was meant is not for us to say."""
    document = dict(pairs)
    if len(document) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise _refused(next(name for name, times in counted.items() if times > 1), "it is given twice")
    return document


_Place: TypeAlias = "tuple[_Place, str] | None"
"""Where a value stands: the place of what it stands in, and its own part of it; None for the whole."""


def _texts(document: Any) -> Iterator[tuple[_Place, str]]:
    """Each text in `document`, and where it stands. However deep it is, a text costs no more than another."""
    left: list[tuple[_Place, Any]] = [(None, document)]
    while left:
        at, value = left.pop()
        if isinstance(value, str):
            yield at, value
        elif isinstance(value, dict):
            yield from ((at, name) for name in value)
            left.extend(((at, f".{name}"), within) for name, within in reversed(value.items()))
        elif isinstance(value, list):
            left.extend(((at, f"[{number}]"), value[number]) for number in reversed(range(len(value))))


def _written(place: _Place) -> str:
    """`place` as errors name it: `history[0].answer`."""
    parts: list[str] = []
    while place:
        place, part = place
        parts.append(part)
    return "".join(reversed(parts)).removeprefix(".")


_AT = re.compile(r" - at `\$\.?(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`$")
_MISSING = re.compile(r"Object missing required field `(.*)`$")


def _field(message: str) -> tuple[str, str]:
    """The field that msgspec's `message` speaks of, and what is wrong with it."""
    place = _AT.search(message)
    field, said = (place[1], message[: place.start()]) if place else ("", message)
    for pattern, meant in ((_UNKNOWN, "there is no such field"), (_MISSING, "it is missing")):
        if found := pattern.match(said):
            return f"{field}.{found[1]}" if field else found[1], meant
    return field, said.replace("`", "")


def _refused(field: str, why: str) -> ValidationException:
    return ValidationException(f"{field or 'the body'}: {why}", extra=[{"key": field or "body", "message": why}])
