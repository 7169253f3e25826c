"""A question that leaves out what it counts, or of what: "How many of them were children?", "How many were killed?".

It stands as a sentence, and yet is of the matter of the question before it, which it takes along: its
topic, or what was counted there, with place and time. One that names anything of its own is none.
"""

from __future__ import annotations

import re

from index.text.dates import dates
from qa.frame import AUX, Frame
from qa.leaning import Leaning
from qa.pronouns import is_several

_OF_THEM = re.compile(
    r"(?P<many>how\s+many|how\s+much|which|any|(?:is|are|was|were|did|have|has)\s+(?:any|all|most|some|none))"
    r"\s+of\s+(?P<them>them|those|these)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_MANY_WERE = re.compile(rf"(?P<many>how\s+many)\s+(?P<rest>{AUX}\s+(?!there\b).*)", re.IGNORECASE)
_COUNTS = re.compile(
    r"how\s+(?:many|much)\b|(?:was|were|is|are)\s+any(?:one|body)\b|who\s+(?:was|were)\b", re.IGNORECASE
)
_OWN = re.compile(
    r"(?<=\s)[A-ZÀ-Þ]|\d|\b(?:the|an?|this|that|these|those|such|my|your|his|her|its|our|their|he|she|it|they|them|him|we|you|i|"
    r"in|at|on|of|for|from|by|with|about|to|near|per|than|as|under|over|during|since|before|after|until|into)\b"
)
_MOST_WORDS = 6
_COUNTED = re.compile(
    rf"how\s+(?:many|much)\s+(?P<noun>(?:(?!{AUX}\b)[\w'’-]+\s+){{1,4}}?)(?P<did>(?:{AUX}|died|drowned|came|left|fled|lost|got)\s+.+)",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\s+(?:in|at|on|of|from|for|to|with|by|near|over|who|that)\s.*")
_DO = re.compile(r"(?:did|does|do)\s", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:(?:the|an?|this|that|these|those|his|her|its|their|all)\b|[A-ZÀ-Þ])")


def elliptical(leaning: Leaning) -> str | None:
    """The question with what it leaves out; None where it leaves out nothing, or that can't be told."""
    text = leaning.text.rstrip("?!. ")
    found = _OF_THEM.fullmatch(text)
    if not found and len(text.split()) <= _MOST_WORDS:
        found = _MANY_WERE.fullmatch(text)
    if found and (those := _those(leaning.frame)):
        return f"{found['many']} of {those} {found['rest'].strip()}"
    if not found and (not _COUNTS.match(text) or len(text.split()) > _MOST_WORDS or _OWN.search(text) or dates(text)):
        return None
    matter = _matter(leaning.frame)
    return f"{text}, regarding {matter}" if matter else None


def _those(frame: Frame) -> str | None:
    """Those who were counted, or the topic where it is several."""
    if counted := _counted(frame):
        return f"the {counted}"
    thing = frame.topic or frame.thing()
    words = frame.text[thing.start : thing.end] if thing else ""
    if not is_several(_OF_WHAT.sub("", words)):
        return None
    return words if _DETERMINED.match(words) else f"the {words}"


def _counted(frame: Frame) -> str | None:
    """What it asks the number of: "people that were evacuated from Kabul"."""
    counted = _COUNTED.fullmatch(frame.text)
    if frame.topic is not None or not counted or _DO.match(counted["did"]):
        return None
    return f"{counted['noun'].strip()} that {counted['did']}"


def _matter(frame: Frame) -> str | None:
    """What the question is of, with its time."""
    if counted := _counted(frame):
        return counted
    thing = frame.topic or frame.thing()
    if thing is None:
        return None
    words = frame.text[thing.start : thing.end]
    time = frame.time()
    if time is None or time.overlaps(thing):
        return words
    before = re.search(r"\b(?:in|on|during|since|before|after|until)\s+(?:the\s+)?$", frame.text[: time.start])
    return f"{words} {before.group() if before else 'in '}{frame.text[time.start : time.end]}"
