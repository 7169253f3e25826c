"""What can go wrong between a file and a ranked passage.

    OnrecordError
    ├── ReadingError            a file is not stored
    │   ├── NotATranscript      skipped: it holds no transcript (a licence, an image, a README)
    │   ├── UnsupportedFormat   failed: a format that is not read yet (PDF, DOCX, HTML)
    │   └── Unreadable          failed: a known format that can't be read; says where and why
    ├── InvalidTranscript       a transcript whose fields contradict each other
    ├── ModelError              the embedding model is missing or is not the one expected
    └── StoreError              the data folder
        ├── StoreBusy           another process is writing
        ├── NewerFormat         written by a newer version
        ├── ModelMismatch       made by another embedding model or other passage settings
        └── UnknownTranscript   no transcript with that id

Every message says what, where and what to do, and can be shown to a user as it is.
"""


class OnrecordError(Exception):
    """Base of every error a user can be shown."""


class ReadingError(OnrecordError):
    """A file is not stored; `reason` says why, `line` (1-based) where, if it has a place."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.reason = reason
        self.line = line


class NotATranscript(ReadingError):
    """The file holds no transcript: it is skipped."""


class UnsupportedFormat(ReadingError):
    """The file's format is known but not read yet: it has failed."""


class Unreadable(ReadingError):
    """The file claims a known format and can't be read as it: it has failed."""


class InvalidTranscript(OnrecordError):
    """The fields of a transcript contradict each other or are out of bounds."""


class ModelError(OnrecordError):
    """The embedding model can't be used."""


class StoreError(OnrecordError):
    """The data folder can't be used as asked."""


class StoreBusy(StoreError):
    """Another process holds the writer's lock."""


class NewerFormat(StoreError):
    """The data folder was written by a newer version of Onrecord."""


class ModelMismatch(StoreError):
    """The index was made by another embedding model or with other passage settings."""


class UnknownTranscript(StoreError):
    """The archive holds no transcript with that id."""
