"""A file's bytes as text: decoded once, its line ends made one, with a note of what was unsure."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from functools import cached_property
from pathlib import PurePath

import msgspec
from charset_normalizer import from_bytes

from index.errors import NotATranscript, Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
"""Bytes from which an unmarked encoding is told."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LINE_END = re.compile("\r\n?")
_JSON = re.compile(r"""\s*(?:\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\})|\[\s*\{\s*["}])""")
_LIST = re.compile(r"\s*\[")
"""How a JSON list begins, and a text whose first words stand in brackets."""


class File(msgspec.Struct, frozen=True, dict=True):
    """The name is a hint only; `text` has `\\n` for every line end and no byte order mark."""

    name: str
    text: str
    encoding: str
    warnings: tuple[str, ...] = ()

    @cached_property
    def suffix(self) -> str:
        """The extension in lower case, with its dot."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def is_json(self) -> bool:
        """By its looks or its extension; what a text may begin with too must be JSON to its end."""
        if _JSON.match(self.text) or (self.suffix == ".json" and self.text.strip()):
            return True
        if _LIST.match(self.text):
            with suppress(NotATranscript, Unreadable):
                return isinstance(self.json, list)
        return False

    @cached_property
    def json(self) -> object:
        """The JSON document the file holds. Raises Unreadable where it is none, with the line."""
        try:
            return msgspec.json.decode(self.text.encode())
        except RecursionError:
            raise Unreadable("the JSON is nested too deeply") from None
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            if "trailing characters" in str(error):
                raise NotATranscript("several JSON documents in one file (JSON Lines)") from None
            at = re.search(r"byte (\d+)", str(error))
            before = self.text.encode(errors="replace")[: int(at.group(1))] if at else b""
            raise Unreadable(f"the JSON is broken: {error}", before.count(b"\n") + 1) from None


def opened(data: bytes, name: str) -> File:
    """`data` as text. Raises NotATranscript where it is empty or no text at all."""
    text, encoding, warnings = _decoded(data)
    text = _LINE_END.sub("\n", text)
    if not text.strip("\0 \t\n\ufeff\xa0"):
        raise NotATranscript("the file is empty")
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > len(sample) // 10:
        raise NotATranscript("a binary file, not text")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        warnings = (*warnings, f"line {line}: NUL characters, shown as \ufffd")
        text = text.replace("\0", "\ufffd")
    return File(name, text, encoding, warnings)


def _decoded(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            broken = "\ufffd" in text and "\ufffd".encode(encoding) not in data
            return text, encoding, ("some bytes are broken, shown as \ufffd",) if broken else ()
    wide = _wide(data)
    if wide:
        with suppress(UnicodeDecodeError):
            return data.decode(wide), wide, ()
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        return _guessed(data, error.start)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _guessed(data: bytes, at: int) -> tuple[str, str, tuple[str, ...]]:
    """`data`, whose byte `at` is no UTF-8, by the encoding its surroundings speak for."""
    if _nearly_utf8(data):
        return data.decode("utf-8", errors="replace"), "utf-8", ("some bytes are broken, shown as \ufffd",)
    best = from_bytes(data[max(0, at - _SAMPLE // 2) : at + _SAMPLE // 2]).best()
    for encoding in (best.encoding if best else "cp1252", "cp1252"):
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding), encoding, (f"not UTF-8: read as {encoding}, which is a guess",)
    return data.decode("latin-1"), "latin-1", ("not UTF-8: read as latin-1, which is a guess",)


def _nearly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 100 < sum(1 for character in text if ord(character) > 127)
