"""What the writer writes: rows of the catalogue, within a transaction of the caller's.

Each change is a generation of its own. Nothing is altered: an update adds a version and closes
the one before; passages that stand unchanged stay what they are, with their ids.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from time import time

from msgspec import json

from index.embedding import Embedded
from index.passages import Passage
from index.store import records
from index.store.nouns import Facts, Moved, Same, Summary
from index.store.packing import pack_pieces, pack_sentences, pack_spans, pack_tokens, pack_vector, unpack_passage
from index.store.records import Fields
from index.transcript import Transcript

Made = Embedded | Same | Moved
"""A passage's vectors, or which stored passage they are taken from."""


def next_generation(connection: sqlite3.Connection) -> int:
    number = records.generation(connection) + 1
    connection.execute("INSERT INTO generations VALUES (?, ?)", [number, time()])
    return number


def transcript_number(connection: sqlite3.Connection, id: str) -> int:
    connection.execute("INSERT INTO transcripts (id) VALUES (?) ON CONFLICT DO NOTHING", [id])
    return int(connection.execute("SELECT transcript FROM transcripts WHERE id = ?", [id]).fetchone()[0])


def close_version(connection: sqlite3.Connection, transcript: int, generation: int) -> None:
    connection.execute(
        "UPDATE versions SET removed = ? WHERE transcript = ? AND removed IS NULL", [generation, transcript]
    )


def close_passages(
    connection: sqlite3.Connection, transcript: int, generation: int, staying: Iterable[int] = ()
) -> list[int]:
    """Those of `transcript` that live and are not `staying` end with `generation`; their ids."""
    live = connection.execute(
        "SELECT passage FROM passages WHERE transcript = ? AND removed IS NULL AND added IS NOT NULL", [transcript]
    )
    ending = sorted({row[0] for row in live} - set(staying))
    connection.executemany("UPDATE passages SET removed = ? WHERE passage = ?", [(generation, id) for id in ending])
    return ending


def add_version(
    connection: sqlite3.Connection,
    transcript: Transcript,
    number: int,
    generation: int,
    form: str,
    summary: Summary,
    facts: Facts,
    original: bytes,
) -> int:
    digest = hashlib.sha256(original).hexdigest()
    connection.execute("INSERT INTO originals VALUES (?, ?) ON CONFLICT DO NOTHING", [digest, original])
    fields = Fields(**{name: getattr(transcript, name) for name in Fields.__struct_fields__})
    written = connection.execute(
        "INSERT INTO versions (transcript, added, digest, form, original, summary, fields, facts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number,
            generation,
            transcript.digest,
            form,
            digest,
            json.encode(summary),
            json.encode(fields),
            json.encode(facts),
        ],
    )
    version = int(written.lastrowid or 0)
    _add_turns(connection, transcript, version)
    return version


def _add_turns(connection: sqlite3.Connection, transcript: Transcript, version: int) -> None:
    known: dict[tuple[str | None, str | None], int] = {}

    def voice(label: str | None, speaker: str | None) -> int:
        if (label, speaker) not in known:
            name = transcript.names.get(label) if label else None
            known[label, speaker] = _voice_number(connection, label, speaker, name)
        return known[label, speaker]

    connection.executemany(
        'INSERT INTO turns (version, number, voice, words, start, "end", marks, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        (
            (
                version,
                number,
                voice(turn.label, turn.speaker),
                len(turn.text.split()),
                turn.start,
                turn.end,
                json.encode(turn.marks),
                turn.text,
            )
            for number, turn in enumerate(transcript.turns)
        ),
    )


def _voice_number(connection: sqlite3.Connection, *described: str | None) -> int:
    found = connection.execute(
        "SELECT voice FROM voices WHERE label IS ? AND speaker IS ? AND name IS ?", described
    ).fetchone()
    if found is None:
        written = connection.execute("INSERT INTO voices (label, speaker, name) VALUES (?, ?, ?)", described)
        return int(written.lastrowid or 0)
    return int(found[0])


def add_passages(
    connection: sqlite3.Connection,
    transcript: Transcript,
    number: int,
    generation: int | None,
    passages: Sequence[Passage],
    made: Iterable[Made],
) -> Iterator[tuple[int, str | None]]:
    """Writes those that are new; yields each one's id, and its text if it is new.

    With `generation` None they are not yet part of any.
    """
    for passage, vectors in zip(passages, made, strict=True):
        described = (number, generation, *_turns_of(transcript, passage))
        if isinstance(vectors, Same):
            yield vectors.id, None
        elif isinstance(vectors, Moved):
            yield _add_moved(connection, vectors, described, passage), passage.text
        else:
            yield _add_embedded(connection, vectors, described, passage), passage.text


def _turns_of(transcript: Transcript, passage: Passage) -> tuple[int, int]:
    """The first and the last turn that a passage touches."""
    return transcript.turn_at(passage.start), transcript.turn_at(max(passage.start, passage.end - 1))


_Described = tuple[int, int | None, int, int]
_PASSAGE = "INSERT INTO passages (transcript, added, first_turn, last_turn, vector) "
_CONTENTS = 'INSERT INTO contents (passage, start, "end", text, pieces, sentences, tokens, spans) '


def _add_embedded(connection: sqlite3.Connection, made: Embedded, described: _Described, passage: Passage) -> int:
    written = connection.execute(f"{_PASSAGE} VALUES (?, ?, ?, ?, ?)", [*described, pack_vector(made.vector)])
    id = int(written.lastrowid or 0)
    contents = [id, *_contents(passage), pack_tokens(made.tokens), pack_spans(made.spans)]
    connection.execute(f"{_CONTENTS} VALUES (?, ?, ?, ?, ?, ?, ?, ?)", contents)
    return id


def _add_moved(connection: sqlite3.Connection, made: Moved, described: _Described, passage: Passage) -> int:
    written = connection.execute(
        f"{_PASSAGE} SELECT ?, ?, ?, ?, vector FROM passages WHERE passage = ?", [*described, made.id]
    )
    id = int(written.lastrowid or 0)
    connection.execute(
        f"{_CONTENTS} SELECT ?, ?, ?, ?, ?, ?, tokens, spans FROM contents WHERE passage = ?",
        [id, *_contents(passage), made.id],
    )
    return id


def _contents(passage: Passage) -> tuple[int, int, str, bytes, bytes]:
    return passage.start, passage.end, passage.text, pack_pieces(passage), pack_sentences(passage)


def reusable(
    connection: sqlite3.Connection, transcript: Transcript, passages: Sequence[Passage]
) -> list[Same | Moved | None]:
    """For each of `passages`, the stored passage of the same transcript that gives its vectors, if one does."""
    stored = connection.execute(
        'SELECT passage, first_turn, last_turn, start, "end", text, pieces, sentences '
        "FROM contents JOIN passages USING (passage) WHERE removed IS NULL AND added IS NOT NULL "
        "AND transcript = (SELECT transcript FROM transcripts WHERE id = ?)",
        [transcript.id],
    ).fetchall()
    same = {((first, last), unpack_passage(*contents)): id for id, first, last, *contents in stored}
    texts = {row[5]: row[0] for row in stored}
    found: list[Same | Moved | None] = []
    for passage in passages:
        # The same text may be cut into other turns, and so be said by others. Each one stands for one only.
        id = same.pop((_turns_of(transcript, passage), passage), None)
        if id is not None:
            found.append(Same(id))
        else:
            found.append(Moved(texts[passage.text]) if passage.text in texts else None)
    return found
