"""Text of the record made harmless to show: what steers a display is shown as a mark instead.

In: any text. Out: a text of as many code points, so that every offset stays what it was. Control
characters become their pictures (`␛`); what turns the order of letters about, and what no page
can carry, becomes `�`. Escaping for HTML is the templates' affair.
"""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400
_DELETE = 0x7F


def harmless(text: str) -> str:
    """`text` with a mark for each character that steers; line feeds and tabs stay."""
    return _STEERING.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < ord(" "):
        return chr(_PICTURES + code)
    return "␡" if code == _DELETE else "�"
