"""A bare word as a follow-up: "Why?", "When was that?", "Who else?", "Did he say why?"."""

from __future__ import annotations

import re

from qa.antecedents import one_of
from qa.leaning import ENDS, Leaning
from qa.speakers import ADVERB, SAYING

_BARE = re.compile(
    r"(?P<word>why|when|where|how\s+(?:much|many|often|long)|how)(?:\s+so|\s+come)?"
    rf"(?:\s+(?:is|was|did)\s+(?:that|it|this)(?:\s+happen)?)?{ENDS}",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(rf"why\s+not{ENDS}", re.IGNORECASE)
_BARE_SAYING = re.compile(
    r"(?P<word>why|when|where)\s+(?:did|does|has)\s+(?P<who>he|she|they)\s+"
    rf"{ADVERB}(?:{SAYING})\s*(?:that|so|this|it)?{ENDS}",
    re.IGNORECASE,
)
_DID_SAY = re.compile(
    rf"(?:did|does|has)\s+(?P<who>he|she|they)\s+{ADVERB}(?:{SAYING})\s+(?P<word>why|when|where){ENDS}", re.IGNORECASE
)
_WHO_SAID = re.compile(rf"who\s+(?:said|says|claimed|told\s+(?:us|you))\s+(?:that|so|this|it){ENDS}", re.IGNORECASE)
_ELSE = re.compile(rf"(?:(?P<word>who|what)\s+else|anything\s+else|anyone\s+else){ENDS}", re.IGNORECASE)
_MORE = re.compile(rf"(?:tell\s+me\s+more|more|go\s+on|more\s+details?){ENDS}", re.IGNORECASE)
_WHO_DID_THAT = re.compile(
    rf"who\s+(?P<did>decided|knew|ordered|arranged|announced)\s+(?:that|this|it){ENDS}", re.IGNORECASE
)


def bare(leaning: Leaning) -> str | None:
    """The last question, asked for what the bare word says; None where it is none or that can't be told."""
    text, frame = leaning.text, leaning.frame
    if _WHY_NOT.fullmatch(text):
        return frame.why_not()
    if found := _BARE.fullmatch(text):
        return frame.asking(found["word"])
    if found := _BARE_SAYING.fullmatch(text) or _DID_SAY.fullmatch(text):
        asked = frame.names(frame.asked or frame.people[:1])
        return frame.asking(found["word"]) if one_of(found["who"], [asked], leaning.voices) else None
    if _WHO_SAID.fullmatch(text):
        return frame.who_said()
    if found := _ELSE.fullmatch(text):
        return frame.else_((found["word"] or ("who" if "one" in text.lower() else "what")).lower())
    if _MORE.fullmatch(text) and frame.topic:
        return f"Tell me more about {frame.text[frame.topic.start : frame.topic.end]}"
    if (found := _WHO_DID_THAT.fullmatch(text)) and (statement := frame.statement()):
        return f"Who {found['did']} that {statement}"
    return None
