"""SubRip (SRT): numbered cues; there is no specification, so it is read as players read it.

The number may be missing; a comma or a full stop stands before the thousandths; a blank line
inside a cue does not end it, nor need one stand above the next number; text on the time line is
the cue's. A cue whose time line is broken is left outside and reported.
"""

from __future__ import annotations

import html
import re

from msgspec import Struct, field

from index.errors import Unreadable
from index.reading.captions import Cue, CueLine, utterances
from index.reading.file import File
from index.reading.reading import Reading
from index.reading.utterances import reading_of
from index.reading.webvtt import beside, cue_lines
from index.transcript import Outside

FORMAT = "srt"

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMINGS = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}(?=\s|$)")
_NUMBER = re.compile(r"\s*\d+\s*")
_MARKUP = re.compile(
    r"</?(?:i|b|u|s|font|c|ruby|rt|lang)(?:[ \t.][^<>\n]{0,200})?/?>|\{\\[^{}\n]{0,100}\}",
    re.IGNORECASE,
)
_VOICE = re.compile(r"</?v(?:[ \t.][^<>\n]{0,200})?>", re.IGNORECASE)
_SAMPLE = 1 << 14


class _Block(Struct):
    line: int
    lines: list[str] = field(default_factory=list)


def recognises(file: File) -> bool:
    """A time line among the first three lines; the extension is enough to expect one."""
    head = [line for line in file.text[:_SAMPLE].split("\n") if line.strip()][:3]
    return any(_TIMINGS.match(line) for line in head) or file.suffix == ".srt"


def read(file: File) -> Reading:
    """Raises Unreadable where not one cue can be read, NotATranscript where no cue says a word."""
    cues: list[Cue] = []
    outside: list[Outside] = []
    warnings: list[str] = []
    for block in _blocks(file.text):
        timings = _TIMINGS.match(block.lines[0])
        payload = "\n".join(block.lines[1:]).strip("\n")
        if timings:
            groups = timings.groups()
            said = "\n".join([beside(block.lines[0][timings.end() :]), payload])
            cues.append(Cue(block.line, _seconds(groups[:4]), _seconds(groups[4:]), _lines(said)))
        elif "-->" in block.lines[0]:
            warnings.append(f"line {block.line}: the cue is left out, its time line is broken: {block.lines[0][:80]}")
            if payload:
                outside.append(Outside(payload, f"line {block.line + 1}"))
        else:
            warnings.append(f"line {block.line}: text without a time line is left out")
            outside.append(Outside("\n".join(block.lines).strip(), f"line {block.line}"))
    if not cues:
        raise Unreadable("an SRT file without one cue: no line like 00:00:01,000 --> 00:00:02,500", 1)
    spoken, about = utterances(cues)
    return reading_of(file, FORMAT, spoken, outside=outside, warnings=[*warnings, *about])


def _blocks(text: str) -> list[_Block]:
    """Each time line with the lines below it; text with a number above it, but no time, is a block of its own."""
    lines = text.split("\n")
    blocks: list[_Block] = []
    blank = True
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else ""
        number = _NUMBER.fullmatch(line) is not None
        counts = number and (blank or "-->" in after) and _next_number(blocks, lines, at)
        begins = "-->" in line or (counts and after.strip() != "") or (not blocks and line.strip() != "")
        if number and "-->" in after and (blank or counts):
            pass
        elif begins:
            blocks.append(_Block(at + 1, [line]))
        elif blocks:
            blocks[-1].lines.append(line)
        blank = not line.strip()
    return blocks


def _next_number(blocks: list[_Block], lines: list[str], at: int) -> bool:
    """Whether the number on line `at` goes on counting from the number above the last time line."""
    above = lines[blocks[-1].line - 2].strip() if blocks and blocks[-1].line >= 2 else ""
    own = lines[at].strip()
    return above.isdecimal() and len(above) < 10 and len(own) < 10 and int(own) == int(above) + 1


def _seconds(stamp: tuple[str | None, ...]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in stamp[:3])
    return hours * 3600 + minutes * 60 + seconds + int((stamp[3] or "0").ljust(3, "0")) / 1000


def _lines(payload: str) -> tuple[CueLine, ...]:
    """The lines of a cue's text without mark-up; WebVTT's voices are understood where they were left in."""
    bare = _MARKUP.sub("", payload)
    if _VOICE.search(bare):
        return cue_lines(bare)
    return tuple(CueLine(text) for line in bare.split("\n") if (text := _unescaped(line).strip()))


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text and ";" in text else text
