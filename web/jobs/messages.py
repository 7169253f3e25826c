"""What the server and the process that writes say to each other: JSON, one message a line.

The server sends requests; of each it is told, under the request's own number, how far it is, and in
the end Done or Failed.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from index.reading.report import Report
from web.jobs.job import Outcome


class StoreFile(Struct, frozen=True, tag="file", omit_defaults=True):
    """Read the uploaded file kept at `kept`, called `name`, and store it.

    `taken`: by the ids of the transcripts that came together with it, the names of their files; it
    replaces none of them.
    """

    number: int
    kept: str
    name: str
    collection: str | None = None
    format: str | None = None
    taken: dict[str, str] = {}


class StorePosted(Struct, frozen=True, tag="posted"):
    """Store the transcript whose JSON form is kept at `kept`."""

    number: int
    kept: str


class Remove(Struct, frozen=True, tag="remove"):
    """Take the transcript `id` out of the archive."""

    number: int
    id: str


Request = StoreFile | StorePosted | Remove


class Reading(Struct, frozen=True, tag="reading"):
    """A file is being read."""

    number: int


class Embedding(Struct, frozen=True, tag="embedding"):
    """`done` of `of` passages are embedded."""

    number: int
    done: int
    of: int


class Done(Struct, frozen=True, tag="done", omit_defaults=True):
    """`transcript` holds the words; `outcome` is None where one was removed, or was to be and is not there."""

    number: int
    transcript: str
    outcome: Outcome | None = None
    report: Report | None = None


class Failed(Struct, frozen=True, tag="failed"):
    """Why not: `kind` names the class of the `error` (index.errors), "" if it is none of those."""

    number: int
    error: str
    kind: str = ""


Progress = Reading | Embedding
Ending = Done | Failed
Event = Progress | Ending

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def line(message: Request | Event) -> bytes:
    return _encoder.encode(message) + b"\n"


def request(line: bytes) -> Request:
    return _requests.decode(line)


def event(line: bytes) -> Event:
    return _events.decode(line)
