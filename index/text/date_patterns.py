"""What the readers of date words share: the patterns of months, days and years, and the small words before them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from index.text.dated import Dated, Part
from index.text.numeral_items import ORDINALS, SMALL, TENS
from index.transcript import Span

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?|sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
YEAR = r"(?:(?:1[5-9]|20)[0-9][0-9])"
DAY_WORD = "|".join(
    [f"{tens}[ -](?:{'|'.join(list(ORDINALS)[:9])})" for tens in ("twenty", "thirty")]
    + sorted((word for word, value in ORDINALS.items() if value <= 30), key=len, reverse=True)
)
DAY = rf"(?:[0-3]?[0-9](?:st|nd|rd|th)?\b|(?:{DAY_WORD})\b)"
ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
SPELLED = (
    rf"(?:(?:nineteen|twenty)[\s-]+(?:(?:oh|o)[\s-]+(?:{ONES})|{TEENS}|(?:{'|'.join(TENS)})(?:[\s-]+(?:{ONES})\b)?)"
    rf"|two\s+thousand\s+(?:and\s+)?(?:{TEENS}|{ONES}))"
)
UNITS = r"(?:days?|nights?|weeks?|weekends?|months?|quarters?|years?|decades?|centur(?:y|ies))"
HOURS = r"(?:morning|afternoon|evening|night)"
NO_SCALE = r"(?!\s?-?\s?(?:%|percent|per\s+cent|hundred|thousand|million|billion|trillion))"
OF_THIS_YEAR = r"(?P<of_year>(?:of\s+)?(?:this|last|next|that|the\s+same|the\s+previous|the\s+following)\s+year)\b"


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$£€.,/])(?<![0-9]-)(?:{pattern})", re.IGNORECASE)


PART = re.compile(
    r"\b(?:(?P<word>early|earlier|mid|middle|late|later|first\s+half|second\s+half)(?:[\s-]+(?:in|of))?"
    r"|(?P<edge>beginning|start|end|close|first\s+six\s+months(?=\s+of)|(?:second|last)\s+six\s+months(?=\s+of))(?:[\s-]+of)?)(?:\s+the)?[\s-]+\Z",
    re.IGNORECASE,
)
_PARTS: dict[str, Part] = {
    "early": "early", "earlier": "early", "beginning": "early", "start": "early", "first": "early",
    "mid": "mid", "middle": "mid",
    "late": "late", "last": "late", "later": "late", "end": "late", "close": "late", "second": "late",
}  # fmt: skip


def with_part(text: str, dated: Dated) -> Dated:
    """With "early", "the middle of" or "late" before it."""
    found = PART.search(text, max(0, dated.span.start - 24), dated.span.start)
    if found is None:
        return dated
    return replace(
        dated,
        span=Span(found.start(), dated.span.end),
        part=_PARTS[(found["word"] or found["edge"]).lower().split()[0]],
    )


_WHICH = {
    "this": 0,
    "that": 0,
    "same": 0,
    "last": -1,
    "past": -1,
    "previous": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
}


def which_of(word: str | None) -> int | None:
    """0 for this, -1 for last, 1 for next."""
    return None if word is None else _WHICH.get(re.sub(r"\Aof\s+|\s+year\Z", "", word.lower()).split()[-1])


def full_year(year: str) -> int:
    """'21 is 2021, '85 is 1985."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)


def spelled_year(words: str) -> int:
    values = SMALL | TENS | {"oh": 0, "o": 0}
    parts = [values[word] for word in re.split(r"[\s-]+", words.lower()) if word in values]
    return 2000 + sum(parts[1:]) if "thousand" in words.lower() else parts[0] * 100 + sum(parts[1:])


def day_number(words: str) -> int:
    if words[0].isdigit():
        return int(re.sub(r"\D", "", words))
    return sum((ORDINALS | TENS).get(word, 0) for word in re.split(r"[\s-]+", words.lower()))
