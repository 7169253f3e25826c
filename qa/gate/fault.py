"""A fault: why a drafted sentence is not borne out by what it cites."""

from __future__ import annotations

from msgspec import Struct

from qa.answer import DropReason


class Fault(Struct, frozen=True):
    """`reason` is one of API's drop reasons; `detail` names, in a line, what the record does not hold."""

    reason: DropReason
    detail: str
