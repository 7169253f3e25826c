"""Hedges: how a number is held, "more than" or "nearly", and which of them another bears out."""

from __future__ import annotations

import re
from typing import Literal

from index.transcript import Span

Hedge = Literal["", "about", "nearly", "over", "least", "under", "most", "from", "to", "during"]
"""How a number is held: `least` "at least 70", `most` "up to 70", `from` and `to` the ends of a range,
`during` "over 70 days", which is "more than" or "in the course of"."""
_BEARS: dict[Hedge, tuple[Hedge, ...]] = {
    "": ("", "about", "over", "least", "from", "during"),
    "about": ("", "about", "over", "least", "nearly", "from", "to", "during"),
    "nearly": ("nearly",),
    "over": ("over", "during"),
    "least": ("", "least", "over", "from", "during"),
    "under": ("under", "nearly"),
    "most": ("most", "to"),
    "from": ("", "from", "least"),
    "to": ("", "to", "most"),
    "during": ("", "during", "over"),
}


def hedge_holds(stated: Hedge, found: Hedge) -> bool:
    """Whether what is held as `found` may be told as `stated`.

    A number told without a hedge says that there were so many, whether or not there were more: "more than 70"
    bears out "70", but "nearly 70", "less than 70" and "up to 70" don't. A hedge may be left out so, or
    weakened, never added or turned: 70 is neither "more than 70" nor "up to 70".
    """
    return found in _BEARS[stated]


_BEFORE = re.compile(
    r"(?:\A|[^\w])(?:"
    r"(?P<most>(?:no|not)\s+(?:more|greater|higher|longer|larger|faster|later|older|farther|further|heavier|bigger)\s+than|at\s+(?:the\s+)?most|up\s+to|(?:as|so)\s+(?:many|much|high|far|long|large)\s+as|"
    r"(?:an?\s+)?maximum(?:\s+of)?|not\s+exceeding|capped\s+at)"
    r"|(?P<least>(?:no|not)\s+(?:less|fewer|lower)\s+than|at\s+(?:the\s+very\s+)?least|(?:an?\s+)?minimum(?:\s+of)?|as\s+(?:few|little|low)\s+as)"
    r"|(?P<nearly>nearly|almost|approaching|just\s+(?:under|below|short\s+of)|close\s+(?:to|on|upon)|closer\s+to|(?:slightly|a\s+little)\s+(?:under|less\s+than|fewer\s+than)|shy\s+of)"
    r"|(?P<over>(?:more|greater|higher|larger|longer|better|bigger|faster|later|older|farther|further|heavier|taller|deeper)\s+than|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|(?:in\s+)?excess\s+of|upwards?\s+of|north\s+of|"
    r"(?:just|well|slightly|a\s+little|way)\s+over|topp(?:ed|ing)|beyond)"
    r"|(?P<under>(?:less|fewer|lower|smaller|shorter|slower|younger|lighter|earlier)\s+than|under|below|short\s+of|south\s+of)"
    r"|(?P<during>over)"
    r"|(?P<about>about|around|roughly|approximately|some|circa|approx\.?|an\s+estimated|estimated|or\s+so|more\s+or\s+less|in\s+the\s+(?:range|order|neighbou?rhood)\s+of|on\s+the\s+order\s+of)"
    r")\s+(?:(?:an?|the|another|age|ages|some|only|just|about|around)\s+)*\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:(?P<over>\+|[\s-]plus\b)"
    r"|,?\s+(?:(?:or|and)\s+(?:(?P<least>more|greater|older|over|above|up|higher|longer|better)|(?P<most>less|fewer|under|younger|below|lower|down))\b(?!\s+(?:than|to)\b)"
    r"|at\s+(?:(?P<at_least>least)|(?P<at_most>most))\b|(?P<about>or\s+so|more\s+or\s+less|or\s+thereabouts)\b)|-?(?P<ish>ish|odd)\b)",
    re.IGNORECASE,
)
_HEDGES: dict[str, Hedge] = {
    "most": "most", "least": "least", "nearly": "nearly", "over": "over", "under": "under", "during": "during",
    "about": "about", "at_least": "least", "at_most": "most", "ish": "about",
}  # fmt: skip
_HEDGE_WORD = re.compile(
    r"\b(?:than|most|to|as|maximum|of|exceed\w*|capped|least|minimum|nearly|almost|approaching|close|closer|under|below|over|above|"
    r"beyond|"
    r"surpass\w*|topp\w+|about|around|roughly|approximately|some|circa|approx|estimated|so|less|at)\b"
)


def hedge_at(text: str, span: Span) -> Hedge:
    """The hedge around the number that stands at `span`."""
    after = _AFTER.match(text, span.end)
    if after:
        return _HEDGES[after.lastgroup or "about"]
    before = text[max(0, span.start - 40) : span.start]
    if not _HEDGE_WORD.search(before.lower()):
        return ""
    found = _BEFORE.search(before)
    if found is None:
        return ""
    hedge = _HEDGES[found.lastgroup or "about"]
    if _NO_HEDGE[hedge].search(before, 0, found.end(found.lastgroup or "about")):
        return ""
    if hedge == "during" and before.lower().endswith(" the ") and _QUARREL.search(before, 0, found.end("during")):
        return ""  # "disputes over the 232 actions"
    if hedge == "during" and not _LAPSE.search(text, span.start, span.end):
        return "over"
    return hedge


_UP_TO = re.compile(
    r"\b(?:go|goes|going|gone|went|come|comes|came|coming|move[sd]?|moving|rise|rises|rose|risen|rising|climb\w*|bring\w*|"
    r"brought)(?:\s+(?:it|them|that|this))?\s+up\s+to\Z",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"\bover\s+and\s+above\Z|(?:\A|[.,;:!?(–—]\s*)(?:and\s+)?beyond\Z"
    r"|(?:%|\b(?:percent|per\s+cent|points?|pct|times|degrees?|dollars?|euros?))\s+(?:(?:higher|lower|more|less|fewer|greater)\s+than|above|below|over|under)\Z",
    re.IGNORECASE,
)
_QUARREL = re.compile(
    r"\b(?:disput|disagree|quarrel|row|fight|clash|battl|conflict|argu|debat|talk|negotiat|concern|worr|lawsuit|case)\w*"
    r"\s+over\Z",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?!)")
_NO_HEDGE = dict.fromkeys(_BEARS, _NEVER) | {
    "most": _UP_TO, "over": _BESIDES, "under": _BESIDES, "during": _BESIDES,
}  # fmt: skip
"""What holds no number: "goes up to 70", "over and above the 70", "41 percent above the 70 of May"."""


_LAPSE = re.compile(
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|nights?|centur(?:y|ies))\Z", re.IGNORECASE
)
