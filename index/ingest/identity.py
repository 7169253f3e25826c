"""Ids: the one a transcript gives, else one made from where it comes from, always the same one.

Made ids keep to `[A-Za-z0-9._-]{1,200}`. What can't be said in those characters is told apart by
a few digits of a hash, so that two places in a collection never share an id, nor do the collections
`a` and `a/b`. A collection without a slash stands for a folder of its name: `b.txt` in the collection
`a` has the id that `a/b.txt` has in none.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from index.transcript import Transcript

_LONGEST = 200
_HASH = 10
_CLEAN = re.compile(r"[A-Za-z0-9._]+(?:-[A-Za-z0-9._]+)*(?:/[A-Za-z0-9._]+(?:-[A-Za-z0-9._]+)*)*")


def id_of(transcript: Transcript, collection: str | None, relative: str | None) -> str:
    """The given id; else from the source; else from collection and `relative` path; else from the digest."""
    if transcript.id:
        return transcript.id
    if transcript.source:
        return _made(re.sub(r"^[a-z]+://", "", transcript.source).rstrip("/") or transcript.source)
    if relative and collection and "/" in collection:
        return _hashed(f"{collection}\0{relative}")
    if relative:
        return _made(f"{collection}/{relative}" if collection else relative)
    return transcript.digest.removeprefix("sha256:")[:32]


def _made(place: str) -> str:
    """`a/b-c.txt` becomes `a--b-c.txt`; anything that this can't say one to one gets a hash."""
    if _CLEAN.fullmatch(place):
        plain = place.replace("/", "--")
        if len(plain) <= _LONGEST:
            return plain
    return _hashed(place)


def _hashed(place: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFKD", place) if not unicodedata.combining(c))
    plain = re.sub(r"[^A-Za-z0-9._]+", "-", folded).strip("-.")
    digits = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    return f"{plain[: _LONGEST - _HASH - 1]}-{digits}".lstrip("-")
