"""The catalogue's answers about transcripts, their versions, voices and passages at one generation."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, json

from index.errors import StoreError
from index.store.nouns import Facts, StoredPassage, Summary, Voice
from index.transcript import Outside, Speaker, Transcript, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Read = TypeVar("Read")


class Version(Struct, frozen=True):
    """A transcript as it is at some generations; `transcript` is the number that all its versions share."""

    version: int
    transcript: int
    digest: str
    form: str
    summary: Summary


class Fields(Struct, frozen=True, omit_defaults=True):
    """What a transcript holds besides its turns, as the catalogue keeps it."""

    title: str | None = None
    date: str | None = None
    collection: str | None = None
    source: str | None = None
    media: str | None = None
    language: str | None = None
    speakers: tuple[Speaker, ...] = ()
    outside: tuple[Outside, ...] = ()


_VERSION = "SELECT version, transcript, digest, form, summary FROM versions"
_summary = json.Decoder(Summary)
_fields = json.Decoder(Fields)
_marks = json.Decoder(tuple[tuple[int, float], ...])


def generation(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT max(generation) FROM generations").fetchone()[0])


def oldest(connection: sqlite3.Connection) -> int:
    """The first generation that is still whole: what was removed before it has been erased."""
    return int(connection.execute("SELECT min(generation) FROM generations").fetchone()[0])


def words_folder(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT folder FROM words").fetchone()[0])


def model(connection: sqlite3.Connection, at: int) -> tuple[bytes, bytes] | None:
    """Identity and settings, as JSON, that made the vectors live at generation `at`."""
    found: tuple[bytes, bytes] | None = connection.execute(
        "SELECT identity, settings FROM models WHERE added <= ? ORDER BY added DESC LIMIT 1", [at]
    ).fetchone()
    return found


def holds_anything(connection: sqlite3.Connection) -> bool:
    """Whether any transcript stands now."""
    return connection.execute("SELECT 1 FROM versions WHERE removed IS NULL LIMIT 1").fetchone() is not None


def versions(connection: sqlite3.Connection, at: int, known: Mapping[int, Version]) -> list[Version]:
    """Everything live at generation `at`, in no order; those `known` are not decoded again."""
    live = connection.execute(f"{_VERSION} WHERE added <= ? AND (removed IS NULL OR removed > ?)", [at, at])
    return [known.get(row[0]) or _version(row) for row in live]


def current(connection: sqlite3.Connection, id: str) -> Version | None:
    """The version of transcript `id` that stands now."""
    found = connection.execute(
        f"{_VERSION} WHERE removed IS NULL AND transcript = (SELECT transcript FROM transcripts WHERE id = ?)", [id]
    ).fetchone()
    return _version(found) if found else None


def saying(connection: sqlite3.Connection, digest: str) -> str | None:
    """The id of the transcript that says the same now."""
    found = connection.execute(
        "SELECT id FROM versions JOIN transcripts USING (transcript) WHERE digest = ? AND removed IS NULL", [digest]
    ).fetchone()
    return str(found[0]) if found else None


def _version(row: tuple[int, int, str, str, bytes]) -> Version:
    return Version(row[0], row[1], row[2], row[3], _summary.decode(row[4]))


def transcript(connection: sqlite3.Connection, version: int) -> Transcript:
    """The transcript as it was stored, turn for turn."""
    found = connection.execute(
        "SELECT id, fields FROM versions JOIN transcripts USING (transcript) WHERE version = ?", [version]
    ).fetchone()
    if found is None:
        raise gone()
    fields = _fields.decode(found[1])
    turns = connection.execute(
        'SELECT text, label, speaker, start, "end", marks FROM turns JOIN voices USING (voice) '
        "WHERE version = ? ORDER BY number",
        [version],
    )
    return Transcript(
        id=found[0],
        turns=tuple(_turn(*row) for row in turns),
        **{name: getattr(fields, name) for name in fields.__struct_fields__},
    )


def _turn(
    text: str, label: str | None, speaker: str | None, start: float | None, end: float | None, marks: bytes
) -> Turn:
    return Turn(text, label, speaker, start, end, _marks.decode(marks))


def original(connection: sqlite3.Connection, version: int) -> bytes:
    """The file's own bytes."""
    found = connection.execute(
        "SELECT bytes FROM versions JOIN originals ON originals.digest = original WHERE version = ?", [version]
    ).fetchone()
    if found is None:
        raise gone()
    return bytes(found[0])


def facts(connection: sqlite3.Connection, version: int) -> Facts:
    """How the file was read."""
    found = connection.execute("SELECT facts FROM versions WHERE version = ?", [version]).fetchone()
    if found is None:
        raise gone()
    return json.decode(found[0], type=Facts)


def voices(connection: sqlite3.Connection) -> dict[int, tuple[str | None, str | None, str | None]]:
    """Every voice ever heard: label, speaker, name by number."""
    return {row[0]: row[1:] for row in connection.execute("SELECT voice, label, speaker, name FROM voices")}


def turn_voices(connection: sqlite3.Connection, version: int) -> list[int]:
    """The voice of each turn, 0 where it says nothing."""
    found = connection.execute(
        "SELECT iif(words > 0, voice, 0) FROM turns WHERE version = ? ORDER BY number", [version]
    )
    return [row[0] for row in found]


_HEARD = """
SELECT label, speaker, name, count(DISTINCT version), count(*), sum(words)
FROM versions JOIN turns USING (version) JOIN voices USING (voice)
WHERE added <= ? AND (removed IS NULL OR removed > ?) AND label IS NOT NULL
GROUP BY voice ORDER BY sum(words) DESC, label, name
"""


def voices_heard(connection: sqlite3.Connection, at: int) -> list[Voice]:
    """The labelled voices of generation `at`, the most heard first."""
    return [Voice(*row) for row in connection.execute(_HEARD, [at, at])]


_CONTENTS = (
    'SELECT passage, id, start, "end", text, pieces, sentences, tokens, spans '
    "FROM contents JOIN passages USING (passage) JOIN transcripts USING (transcript) "
    "WHERE passage IN (SELECT value FROM json_each(?))"
)


def passages(connection: sqlite3.Connection, ids: Sequence[int]) -> list[StoredPassage]:
    """In the order given."""
    from index.store.packing import unpack_passage, unpack_spans, unpack_tokens

    stored = {}
    for row in connection.execute(_CONTENTS, [json.encode(ids)]):
        spans = unpack_spans(row[8])
        tokens = unpack_tokens(row[7], len(spans))
        stored[row[0]] = StoredPassage(row[0], row[1], unpack_passage(*row[2:7]), tokens, spans)
    return _in_order(stored, ids)


_TOKENS = "SELECT passage, tokens, length(spans) / ? FROM contents WHERE passage IN (SELECT value FROM json_each(?))"


def tokens(connection: sqlite3.Connection, ids: Sequence[int]) -> list[NDArray[np.int8]]:
    """The token vectors of passages alone, in the order given: most of what is ranked is not read any further."""
    from index.store.packing import SPAN, unpack_tokens

    found = connection.execute(_TOKENS, [SPAN, json.encode(ids)])
    return _in_order({id: unpack_tokens(blob, count) for id, blob, count in found}, ids)


def _in_order(found: Mapping[int, Read], ids: Sequence[int]) -> list[Read]:
    if len(found) < len(set(ids)):
        raise gone()
    return [found[id] for id in ids]


def gone() -> StoreError:
    return StoreError("the archive has changed since this was looked up; ask again")
