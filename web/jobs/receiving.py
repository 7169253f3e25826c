"""The files of one request, from the socket to the disk as they arrive.

In: the pieces of a body of `multipart/form-data` (RFC 7578), of bounded length. Out: the files, kept,
and the fields beside them. No file is ever whole in memory. One that is too large is read to its
end and thrown away, so that who sends it hears why.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from litestar.exceptions import ClientException, HTTPException, ValidationException
from msgspec import Struct
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from web.jobs.spool import Spool, explained

MOST_FILES = 1000
"""Of one request."""

_LONGEST_FIELD = 1000
"""Bytes of a field beside the files."""

_FIELDS = ("collection", "format")


class TooLarge(HTTPException):
    """More bytes than are taken."""

    status_code = 413


class Upload(Struct, frozen=True):
    """A file called `name`, kept at `kept`; `refused` says why it is not even tried."""

    name: str
    kept: Path
    refused: str | None = None


class Received(Struct):
    """What a request brought."""

    uploads: list[Upload]
    fields: dict[str, str]

    def erase(self) -> None:
        for upload in self.uploads:
            with suppress(OSError):
                upload.kept.unlink()


async def receive_form(body: AsyncIterator[bytes], boundary: str, spool: Spool, largest: int) -> Received:
    """The files and fields in `body`. 400 where it is broken, 413 where it is too large; StoreError."""
    form = _Form(spool, largest)
    try:
        with PushMultipartParser(boundary) as parser:
            async for piece in body:
                if piece:
                    for event in parser.parse(piece):
                        form.take(event)
    except MultipartError as error:
        form.erase()
        # The first argument is in words, one after it would be an exception.
        raise ClientException(f"the body is no multipart/form-data: {error.args[0]}") from None
    except BaseException:
        form.erase()
        raise
    return form.received


async def receive_whole(body: AsyncIterator[bytes], spool: Spool) -> Path:
    """The body as one file. StoreError."""
    file = _File(spool, None)
    try:
        async for piece in body:
            file.add(piece)
        file.close()
    except BaseException:
        file.erase()
        raise
    return file.path


class _File:
    """A file on its way to the disk."""

    def __init__(self, spool: Spool, largest: int | None) -> None:
        self.path = spool.new()
        self.size = 0
        self._largest = largest or sys.maxsize
        with explained():
            self._file: BinaryIO = self.path.open("xb")

    @property
    def refused(self) -> str | None:
        """Why it is not even tried."""
        if self.size <= self._largest:
            return None
        return (
            f"it holds {_megabytes(self.size)}, and no transcript of more than {_megabytes(self._largest)} is read; "
            "split it"
        )

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size <= self._largest:
            with explained():
                self._file.write(piece)

    def close(self) -> None:
        with explained():
            self._file.close()

    def erase(self) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self.path.unlink()


class _Form:
    """The events of the parser, one after another."""

    def __init__(self, spool: Spool, largest: int) -> None:
        self.received = Received([], {})
        self._spool = spool
        self._largest = largest
        self._name = ""
        self._file: _File | None = None
        self._field: bytearray | None = None

    def take(self, event: MultipartSegment | bytearray | bytes | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        elif self._file is not None:
            self._file.add(bytes(event))
        elif self._field is not None:
            self._field += event
            if len(self._field) > _LONGEST_FIELD:
                raise _refused(self._name, f"it has more than {_LONGEST_FIELD:,} bytes")

    def erase(self) -> None:
        if self._file is not None:
            self._file.erase()
        self.received.erase()

    def _begin(self, part: MultipartSegment) -> None:
        self._file = self._field = None
        name = part.name or ""
        if name in _FIELDS:
            if name in self.received.fields:
                raise _refused(name, "it is given twice")
            self._name, self._field = name, bytearray()
        elif name != "file":
            raise _refused(name or "body", "there is no such field; there are: file, collection, format")
        elif part.filename is None:
            raise _refused(name, "it has no file name; it tells how the transcript is called here")
        elif len(self.received.uploads) == MOST_FILES:
            raise TooLarge(f"one request brings at most {MOST_FILES:,} files; send the others in another")
        elif part.filename:
            self._name, self._file = part.filename, _File(self._spool, self._largest)

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self.received.uploads.append(Upload(self._name, self._file.path, self._file.refused))
        elif self._field is not None:
            self.received.fields[self._name] = self._field.decode("utf-8", "replace")
        self._file = self._field = None


def _refused(field: str, why: str) -> ValidationException:
    return ValidationException(f"{field}: {why}", extra=[{"key": field, "message": why}])


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.3g} MB"
