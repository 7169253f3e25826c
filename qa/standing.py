"""Standing: whether words that stand in the record stand there for what a sentence makes of them.

In: a sentence that somebody wrote and a place of the record. Out: whether a few words quoted are said there of what
the sentence is about; whether only a question holds them; and the sentence as it is held against the record where
it has an institution speak, which is nobody's label there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from index.store import Voice
from index.text.mentions import mentions
from index.text.names import is_institution, is_title
from index.text.quoted import Quotation
from index.text.reporting import PRONOUNS, QUESTIONERS, Attribution, attributions, outside_quotations
from qa.citing import whole
from qa.gate import Evidence, Stretch, attribution, bearing, names
from qa.gate.denied import only_supposed
from qa.gate.words import is_past
from qa.speakers import people_meant

MOST_FEW = 3
"""Words of a quotation up to which it may stand anywhere, said of anything."""

BORNE = 0.7
"""Share of a sentence's words that must stand where nobody has said what it rests on; an answer's model has."""

_WORD = re.compile(r"\w+")


def sentence_of(stretch: Stretch) -> Stretch:
    """The whole of the sentences in which it stands."""
    return structs.replace(stretch, span=whole(stretch.transcript, stretch.span))


def is_short(quotation: Quotation) -> bool:
    return len(_WORD.findall(quotation.text)) <= MOST_FEW


def is_about(written: str, stretch: Stretch) -> bool:
    """Whether what `written` says around its quotations is spoken of in the sentence of `stretch` or the one before."""
    around, there = _around(written), Evidence((sentence_of(stretch).wider(),))
    return bearing.share(around, there) >= BORNE and names.fault(around, there) is None


def _around(written: str) -> str:
    """`written` without its quotations, and with a plain verb for whatever somebody does with them."""
    around = outside_quotations(written)
    for verb in {one.verb for one in attributions(written)} - {":", "—"}:
        around = re.sub(rf"\b{re.escape(verb)}\b", "said", around)
    return around


def strange_act(written: str, cited: Evidence) -> str | None:
    """The verb right after a name of `written`, other than of saying so, of which `cited` has no form, or only after
    an "if" that `written` has not."""
    by = [one.span for one in attributions(written) if one.outer]
    for one in mentions(written):
        if any(map(one.span.overlaps, by)):
            continue
        found = _ACT.match(written, one.span.end)
        if found is None or not (is_past(found["verb"]) or found["object"]):
            continue
        supposed = only_supposed(found["verb"], cited.texts) and not only_supposed(found["verb"], (written,))
        if supposed or bearing.share(found["verb"], cited) == 0:
            return found["verb"]
    return None


_ACT = re.compile(
    r"\s+(?:(?:has|have|had|is|are|was|were|will|would|also|already|now|then|even)\s+)*(?P<verb>[a-z]{3,}(?<!ly))"
    r"(?P<object>(?<=s)\s+(?:to|that|the|an?|its|their|his|her)\b)?"
)


def is_asked(stretch: Stretch) -> bool:
    """Whether whoever asks, and is not named, says it."""
    return stretch.label is not None and stretch.turn.speaker is None


def tells_of_asking(written: str) -> bool:
    """Whether `written` itself has it that somebody asks, or a reporter says it."""
    asking = any(not QUESTIONERS.isdisjoint(one.who.lower().split()) for one in attributions(written))
    return asking or attribution.tells_of_a_question(written)


def as_the_record_says(written: str, voices: Sequence[Voice]) -> tuple[str, str | None]:
    """`written`, with "the record" for an institution that it has speak and that is the label of nobody among
    `voices`, and that institution."""
    speaks = next((one for one in attributions(written) if one.outer and _is_institution(one, voices)), None)
    if speaks is None:
        return written, None
    the = "The record" if speaks.who.startswith("The ") else "the record" if speaks.who.startswith("the ") else "record"
    return written[: speaks.span.start] + the + written[speaks.span.end :], speaks.who


def _is_institution(one: Attribution, voices: Sequence[Voice]) -> bool:
    words = one.who.removeprefix("The ").removeprefix("the ").split()
    if one.who.lower() in PRONOUNS or any(map(is_title, words)):
        return False
    body = is_institution(words[-1]) or words[-1].casefold() in _BODIES or _ACRONYM.fullmatch(words[-1]) is not None
    return body and not people_meant((one.who,), voices)


_ACRONYM = re.compile(r"[A-Z]{2,6}")
_BODIES = frozenset(
    """
    agency assembly association authority bank board bureau bundestag cabinet chamber committee commission commons
    company congress council court department embassy firm foundation fund government hall house institute kremlin
    lords ministry office organisation organization palace parliament party pentagon police senate street union
    university administration army military navy treasury reserve
    """.split()
)
