"""WebVTT, after the W3C's "WebVTT: The Web Video Text Tracks Format", section 6 (parsing).

Read as the specification reads it, with three differences, so that no word is lost unseen: a cue
whose time line is broken, text on a time line, and text without one, are left outside and
reported; what is no tag of the specification (`5 < 6`, `<inaudible>`) is text, SRT's `<font>` and
`<s>` excepted; a voice without a closing tag ends with its cue.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from index.errors import Unreadable
from index.reading import dates
from index.reading.captions import Cue, CueLine, utterances
from index.reading.file import File
from index.reading.reading import Reading
from index.reading.utterances import reading_of
from index.transcript import Mark, Outside

FORMAT = "webvtt"

_SIGNATURE = re.compile(r"\ufeff?WEBVTT(?=[ \t\n]|\Z)")
_STAMP = r"(?:(\d{2,9}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMINGS = re.compile(rf"[ \t\f]*{_STAMP}[ \t\f]*-->[ \t\f]*{_STAMP}(?=[ \t\f]|$)")
_SETTINGS = re.compile(
    r"(?:\s*(?:[XY][12]:\s*\d+|(?:vertical|line|position|size|align|region|[ADLST]):\S+)(?=\s|$))*", re.IGNORECASE
)
_FIELD = re.compile(r"(?P<name>language|title|date)\s*[:=]\s*(?P<value>\S.*)", re.IGNORECASE)
_TAG = re.compile(
    rf"<(?P<stamp>{_STAMP})>"
    r"|</(?:\s[^<>]{0,200})?>|<(?P<close>/)?(?P<name>c|i|b|u|v|ruby|rt|lang|font|s)(?P<classes>\.[^\s<>]{0,200})?"
    r"(?:[ \t\n](?P<annotation>[^<>]{0,500}))?/?>",
    re.IGNORECASE,
)


class _Block(Struct, frozen=True):
    line: int
    lines: list[str]


def recognises(file: File) -> bool:
    """The signature; without it, an extension is enough to expect it."""
    return _SIGNATURE.match(file.text) is not None or (file.suffix == ".vtt" and "-->" not in file.text)


def read(file: File) -> Reading:
    """Raises Unreadable where there is no signature or not one cue, NotATranscript where no cue says a word."""
    if not _SIGNATURE.match(file.text):
        raise Unreadable("a WebVTT file begins with the line WEBVTT", 1)
    header, *blocks = _blocks(file.text)
    stated = _stated(header, blocks)
    printed = _header_text(header)
    outside = [Outside(printed, "line 1")] if printed else []
    cues: list[Cue] = []
    warnings: list[str] = []
    first_bad: int | None = None
    for block in blocks:
        cue, left_out, warning = _read_block(block)
        if cue:
            cues.append(cue)
        if left_out:
            outside.append(left_out)
        if warning:
            first_bad = first_bad or block.line
            warnings.append(warning)
    if not cues and first_bad:
        raise Unreadable("not one cue can be read; the first one has a broken time line or none", first_bad)
    spoken, about = utterances(cues)
    return reading_of(
        file,
        FORMAT,
        spoken,
        title=stated.get("title"),
        date=dates.of_field(stated.get("date")) or dates.stated(printed),
        language=stated.get("language"),
        outside=outside,
        warnings=[*warnings, *about],
    )


def _blocks(text: str) -> Iterator[_Block]:
    """The header, then each block; a line with `-->` begins a new one, with or without an empty line before it."""
    block = _Block(1, [])
    timed = False
    for number, line in enumerate(text.split("\n"), 1):
        arrow = "-->" in line and number > 1
        if not line or (arrow and (timed or (block.line == 1 and block.lines))):
            if block.lines or block.line == 1:
                yield block
            block, timed = _Block(number + (not line), []), False
            if not line:
                continue
        if arrow and len(block.lines) > 1:
            # Only an identifier may stand above a time line.
            yield block
            block = _Block(number, [])
        timed = timed or arrow
        block.lines.append(line)
    if block.lines:
        yield block


def _header_text(header: _Block) -> str:
    return "\n".join(header.lines).removeprefix("\ufeff").removeprefix("WEBVTT").strip(" \t\n-")


def _stated(header: _Block, blocks: Sequence[_Block]) -> dict[str, str]:
    """What the header and the notes above the first cue say of the recording: `Language: en`, `Title: …`."""
    notes = takewhile(lambda block: not any("-->" in line for line in block.lines[:2]), blocks)
    lines = [line for block in (header, *notes) for line in block.lines]
    found = [match for line in lines if (match := _FIELD.fullmatch(line.removeprefix("NOTE").strip()))]
    return {match["name"].lower(): match["value"].strip() for match in reversed(found)}


def _read_block(block: _Block) -> tuple[Cue | None, Outside | None, str | None]:
    first = block.lines[0]
    at = next((n for n, line in enumerate(block.lines[:2]) if "-->" in line), None)
    if at is not None:
        timings = _TIMINGS.match(block.lines[at])
        payload = block.lines[at + 1 :]
        line = block.line + at
        if timings:
            groups = timings.groups()
            cue = Cue(line, _seconds(groups[:4]), _seconds(groups[4:]), cue_lines("\n".join(payload)))
            extra = beside(block.lines[at][timings.end() :])
            if extra:
                return cue, Outside(extra, f"line {line}"), f"line {line}: text on the time line is left out"
            return cue, None, None
        left_out = Outside("\n".join(payload), f"line {line + 1}") if payload else None
        return None, left_out, f"line {line}: the cue is left out, its time line is broken: {block.lines[at][:80]}"
    if re.match(r"NOTE(?:[ \t]|$)", first):
        note = "\n".join([first[4:].strip(), *block.lines[1:]]).strip()
        return None, Outside(note, f"line {block.line}") if note else None, None
    if re.fullmatch(r"(?:STYLE|REGION)[ \t]*", first):
        return None, None, None
    text = "\n".join(block.lines)
    if not text.strip() or text.strip().isdecimal():
        return None, None, None
    return None, Outside(text, f"line {block.line}"), f"line {block.line}: text without a time line is left out"


def beside(rest: str) -> str:
    """The text behind the second stamp of a time line, without the settings or coordinates of the cue."""
    return _SETTINGS.sub("", rest, count=1).strip()


def _seconds(stamp: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in stamp)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def cue_lines(payload: str) -> tuple[CueLine, ...]:
    """The lines of a cue's text without its mark-up, cut where the voice changes."""
    lines: list[CueLine] = []
    pieces, marks = list[str](), list[Mark]()
    length, at = 0, 0
    voice: str | None = None
    for found in [*_TAG.finditer(payload), None]:
        for n, printed in enumerate(payload[at : found.start() if found else None].split("\n")):
            if n:
                lines += _line(pieces, marks, voice)
                pieces, marks, length = [], [], 0
            pieces.append(_unescaped(printed))
            length += len(pieces[-1])
        if found is None:
            break
        at = found.end()
        if found["stamp"]:
            marks.append((length, _seconds(found.groups()[1:5])))
        elif found["name"] in ("v", "V"):
            lines += _line(pieces, marks, voice)
            pieces, marks, length = [], [], 0
            voice = None if found["close"] else " ".join(_unescaped(found["annotation"] or "").split()) or None
    lines += _line(pieces, marks, voice)
    return tuple(lines)


def _line(pieces: list[str], marks: list[Mark], voice: str | None) -> list[CueLine]:
    """What stands before a line end or a change of voice; nothing where that is blank."""
    text = "".join(pieces)
    bare = text.strip()
    begins = len(text) - len(text.lstrip())
    kept = [(max(0, at - begins), second) for at, second in marks if at - begins < len(bare)]
    return [CueLine(bare, voice, tuple(kept))] if bare else []


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text
