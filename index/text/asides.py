"""Asides: stage directions and editors' insertions inside a turn; shown, but nobody's speech.

In: a turn's text. Out: their spans. `(Laughter.)`, `(inaudible)`, `[crosstalk]`, `[sic]`. A
parenthesis that is neither a known direction nor printed as one (capital first, full stop
last) is left as speech, for some tools print spoken parentheses.
"""

from __future__ import annotations

import re

from index.transcript import Span

_DIRECTION = (
    r"laugh\w*|applau\w*|inaudible|indiscernible|unintelligible|cross[- ]?talk\w*|overtalk\w*|pause\w*|silence|"
    r"music|cheer\w*|cough\w*|sigh\w*|chuckl\w*|sneez\w*|gestur\w*|indicat\w*|boo\w*|whisper\w*|shout\w*|"
    r"phonetic|ph|sic|off[- ]mic\w*|no (?:audible )?response|through (?:an )?interpreter|as (?:interpreted|delivered|"
    r"translated|prepared)|in \w+|speaks? in \w+|speaking \w+|technical \w+|video \w+|audio \w+|break|recess|gavel\w*"
)
_ASIDE = re.compile(
    rf"\[[^\[\]\n]{{1,200}}\]"
    rf"|\((?i:{_DIRECTION})\b[^()\n]{{0,80}}\)"
    rf"|\([A-Z][^()\n]{{1,120}}\.\)"
    rf"|♪[^♪\n]{{0,200}}♪?"
)
_REMARK = re.compile(rf"[(♪]|\[(?i:{_DIRECTION})\b|\[[^\]]*\.\]")


def asides(text: str) -> list[Span]:
    """The spans of `text` that are nobody's speech, ascending and apart."""
    return [Span(*found.span()) for found in _ASIDE.finditer(text)]


def is_remark(aside: str) -> bool:
    """Whether it is a remark about the speech, not a word put into it (`[the] President`)."""
    return bool(_REMARK.match(aside))
