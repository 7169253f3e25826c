"""Page furniture: lines of a page that are nobody's speech, and what a header states.

Time lines (`12:54 P.M. EST`), the site's and the tool's lines, rules; and above the speech the
title and the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from index.reading import dates

_ZONE = r"(?:\s*\(?(?:[A-Z]{2,5}|(?:[Ee]astern|[Cc]entral|[Mm]ountain|[Pp]acific|[Ll]ocal)(?:\s+[Tt]ime)?)\)?)?"
_TIME_LINE = re.compile(
    rf"[\W_]{{0,8}}(?:(?:END|BEGIN|START)(?:ED|S)?\b[\W_]{{0,80}})?"
    rf"\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\s{{0,4}}[AP]\.?\s?M\.?{_ZONE}[\W_]{{0,8}}"
)
_LABEL_BEHIND = re.compile(r"[A-Z][A-Z.'’ -]{1,60}:\s")
_SITE = re.compile(
    r"join (?:the|our)\b.{0,80}(?:mailing list|newsletter|community)|"
    r"(?:subscribe|sign up|follow us|share this)\b"
    r"(?:(?:\W+\w+){0,2}[^\w.!?]*$|.{0,60}\b(?:newsletters?|e-?mails?|mailing list|inbox|updates|alerts|podcast|"
    r"channel|feed|article|story|page|post|episode|twitter|facebook|instagram|youtube|linkedin|spotify)\b)|"
    r"transcribed by\b|transcript (?:by|provided by|powered by)\b|(?:©|\(c\)|copyright)\s|all rights reserved|"
    r"to view the\b.{0,60}\bvisit\b|you can view the slides\b|privacy policy|back to top|"
    r"related (?:articles|stories|posts)|"
    r"(?:make a )?(?:charitable )?donat(?:e|ion)\b|advertisement$|print this page|skip to (?:main )?content|"
    r"[-–—*_#\s\[]{0,20}(?:END|end of [\w ]{1,40})\W*$|"
    r"https?://\S+$|(?:[-–—*_#=~]\s*){2,}$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y)\b")
_ROLE_LINE = re.compile(r"[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,4},\s+\S.{2,120}")
_FIELD = re.compile(
    r"(?:participants|speakers|present|attendees|hosted by|host|guests?|date|time|location|place|summary|keywords)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"via \w+|(?:aboard|en route)\b.{0,80}|.{0,60}\b(?:room|lawn|house|hall|office|hotel|airport|center|centre)",
    re.IGNORECASE,
)


def is_time_line(line: str) -> bool:
    """`12:54 P.M. EST`, `END  1:12 P.M.`: when the speech began or ended, said by nobody."""
    return len(line) < 120 and _TIME_LINE.fullmatch(line.strip()) is not None


def says_end(line: str) -> bool:
    """Whether a time line says in words that it is when the speech ended."""
    return re.match(r"[\W_]*END", line) is not None


def apart(line: str) -> list[str]:
    """`line`, or its two halves where a label stands right behind a time line; nothing for a blank one."""
    found = _TIME_LINE.match(line[:120])
    if found and _LABEL_BEHIND.match(line, found.end()):
        return [line[: found.end()].strip(), line[found.end() :]]
    return [line] if line else []


def is_site_line(text: str) -> bool:
    """A line of the page or the tool around a transcript, not of its speech."""
    found = len(text) < 400 and _SITE.match(text.strip().lstrip("\\*_ ")) is not None
    return found and _FIRST_PERSON.search(text) is None


def is_furniture(text: str) -> bool:
    """A time line, a zone on a line of its own, or a line of the page."""
    return is_time_line(text) or is_site_line(text) or re.fullmatch(r"[A-Z]{1,3}T", text) is not None


class Header(Struct, frozen=True):
    """What the lines above the speech state."""

    title: str | None = None
    date: str | None = None


def header(paragraphs: Sequence[str], headings: Sequence[str] = ()) -> Header:
    """Title and date of the paragraphs above the speech; `headings` are those marked as such."""
    lines = [line.strip() for paragraph in paragraphs for line in paragraph.split("\n")]
    found = {iso for line in lines if (iso := dates.alone(line) or (dates.stated(line) if len(line) < 60 else None))}
    date = found.pop() if len(found) == 1 else None
    if headings:
        return Header(headings[0], date)
    return Header(_title(paragraphs), date)


def _title(paragraphs: Sequence[str]) -> str | None:
    """The paragraph right above the names and dates of the header, else its last."""
    kept: list[str] = []
    for paragraph in paragraphs:
        lines = [line.strip() for line in paragraph.split("\n")]
        facts = next((at for at, line in enumerate(lines) if _states_facts(line, bool(kept) or at > 0)), None)
        title = lines[:facts]
        if title and not (is_site_line(title[0]) or title[0].endswith("!") or _PLACE.fullmatch(title[0])):
            text = " ".join(" ".join(title).split())
            if 3 <= len(text) <= 300:
                kept.append(text)
        if facts is not None:
            break
    return kept[-1] if kept else None


def _states_facts(line: str, titled: bool) -> bool:
    """A date, a time, a field (`Participants: …`), and under a title a person with a role."""
    if dates.alone(line) or is_time_line(line) or _FIELD.match(line):
        return True
    return titled and (_ROLE_LINE.fullmatch(line) is not None or (len(line) < 60 and dates.stated(line) is not None))
