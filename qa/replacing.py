"""A part of a question put in the place of another of its kind: person for person, time for time, topic for topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.store import Voice
from index.text.dates import dates
from index.transcript import Span
from qa.antecedents import people, speaks
from qa.frame import Frame

_ABOUT = re.compile(r"(?:about|on|regarding|concerning|of)\s+(?=\S)", re.IGNORECASE)
_AT = re.compile(r"(?P<prep>in|at|near|for|from|off|along)\s+\S", re.IGNORECASE)
_WHEN = re.compile(r"(?:(?:in|on|during|since|before|after|until|by|for|of|at)\s+)?(?:the\s+)?", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:in|on|during|since|before|after|until|by)\s+(?:the\s+)?$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FOR = re.compile(r"\b(?:for|of)\s+", re.IGNORECASE)


def replaced(frame: Frame, part: str, voices: Sequence[Voice]) -> str | None:
    """The question with `part` in its place; None where it has no place."""
    if (time := _as_time(frame, part)) is not None:
        return time
    if (person := _person(part, voices)) is not None:
        return _as_person(frame, person)
    about = _ABOUT.match(part)
    if about and frame.topic is not None:
        return frame.put(frame.topic, part[about.end() :])
    if at := _AT.match(part):
        return _as_place(frame, part, at["prep"].lower())
    return None if about else _as_topic(frame, part)


def _as_time(frame: Frame, part: str) -> str | None:
    if part in ("May", "March"):  # alone they might be no months
        part = f"in {part}"
    named = [one for one in dates(part) if _WHEN.fullmatch(part, 0, one.span.start) and one.span.end == len(part)]
    if not named:
        return None
    words = part[named[0].span.start :]
    time = frame.time()
    if time is None:
        told = part if not _FOR.match(part) and named[0].span.start else f"in {words}"
        if frame.said is None:
            return f"{told[:1].upper()}{told[1:]}, {frame.text[:1].lower()}{frame.text[1:]}"
        return f"{frame.text[: frame.said]} {told[:1].lower()}{told[1:]}{frame.text[frame.said :]}"
    year = _YEAR.search(frame.text, time.start, time.end)
    if year and named[0].year is None and named[0].relative is None:
        words = f"{words} {year.group()}"
    prep = _WHEN.match(part)
    before = _BEFORE.search(frame.text[: time.start])
    if before and prep and prep.end() and not _FOR.match(part):
        return frame.put(Span(before.start(), time.end), prep.group().lower() + words.removeprefix(prep.group()))
    return frame.put(time, words)


def _person(part: str, voices: Sequence[Voice]) -> str | None:
    """Whom `part` names who speaks in the record, where it names one and nothing else of weight."""
    named = people(part, voices)
    if len(named) != 1 or named[0].end != len(part) or not speaks(part[named[0].start :], voices):
        return None
    before = _BESIDE_A_PERSON.fullmatch(part, 0, named[0].start)
    return (before["the"] or "") + part[named[0].start :] if before else None


_BESIDE_A_PERSON = re.compile(
    r"(?:(?:by|from|for|with)\s+)?(?P<the>the\s+)?(?:(?:her|his|their)\s+)?(?:[a-z]+\s+)?", re.IGNORECASE
)


def _as_person(frame: Frame, person: str) -> str | None:
    if frame.asked:
        if frame.topic is not None and any(frame.topic.overlaps(one) for one in frame.known):
            return None
        first = frame.asked[0].start
        before = re.search(r"\bthe\s+$", frame.text[:first], re.IGNORECASE)
        return frame.put(Span(before.start() if before else first, frame.asked[-1].end), person)
    if len(frame.known) == 1 and frame.text[frame.known[0].start].isupper():
        return frame.put(frame.known[0], person)
    return None if len(frame.known) > 1 else f"{frame.text}, according to {person}"


def _as_place(frame: Frame, part: str, prep: str) -> str | None:
    here = ("in", "at", "near") if prep in ("in", "at", "near") else (prep,)
    place = frame.place(here)
    if place is not None:
        return frame.put(place, part)
    if frame.topic is not None:
        return f"{frame.text[: frame.topic.end]} {part}{frame.text[frame.topic.end :]}"
    return f"{frame.text} {part}"


def _as_topic(frame: Frame, part: str) -> str | None:
    if frame.topic is not None:
        return frame.put(frame.topic, part)
    thing = frame.subject() or frame.thing()
    return frame.put(thing, part) if thing is not None else None
