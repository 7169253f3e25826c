"""Judging: one sentence and what it cites in, the verdict out: borne out by the record, or the first fault found.

The rules stand in modules of their own; here are their order, and what may be shown beside the
sentences cited so that a name or a date can be seen to stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from index.text.language import LOOKED_AT, is_english
from qa.answer import Kind
from qa.gate import addresses, attribution, bearing, dates, names, negation, numbers, planted, quotations
from qa.gate.carrying import readings
from qa.gate.evidence import Evidence, Stretch
from qa.gate.fault import Fault
from qa.gate.leaning import leans
from qa.gate.verbatim import is_verbatim, is_whole_told

_WIDEST = 2
"""Sentences before a cited one that may be shown with it, where a name or a date stands only there."""

Rule = Callable[[str, Evidence], Fault | None]

_OF_THE_WORDS: tuple[Rule, ...] = (
    quotations.fault,
    addresses.fault,
    numbers.fault,
    negation.fault,
    bearing.fault,
)
"""Held against the cited sentences alone; what somebody is said to have said in the record's own sentences is not."""

_OF_THE_SURROUNDINGS: tuple[Rule, ...] = (dates.fault, names.fault)
"""What these miss may stand just before, and is then shown too."""


class Verified(Struct, frozen=True, eq=False):
    """A sentence of the answer and the stretches of the record it stands on."""

    text: str
    kind: Kind
    stretches: tuple[Stretch, ...]


class Refused(Struct, frozen=True, eq=False):
    """A drafted sentence that may not be shown."""

    text: str
    fault: Fault


Verdict = Verified | Refused


def borne_out(text: str, cited: Evidence, entailed: bool | None = None, before: str | None = None) -> Verdict:
    """The verdict on a sentence of prose that rests on `cited`.

    `entailed` is what an entailment model says of it, if one was asked; `before` the sentence before it,
    which tells whom a pronoun speaks for.
    """
    if planted_words := planted.fault(cited):
        return Refused(text, planted_words)
    if is_verbatim(text, cited):
        return Verified(text, "quote", cited.stretches)
    if not _has_rules(text, cited):
        if _names_and_quotes(text, cited):
            return Verified(text, "quote", cited.stretches)
        return Refused(text, Fault("not_entailed", "in this language only the record's own words are shown"))
    return _stated(text, cited, entailed, before)


def as_quoted(cited: Evidence, last: Verdict | None) -> Verified:
    """The record's own words; what leans is shown with the sentence before it, unless that was just shown."""
    wider = cited.wider() if leans(cited.stretches[0].text) else cited
    whole = cited if _has_shown(last, wider.stretches[0]) else wider
    return Verified(" ".join(whole.texts), "quote", whole.stretches)


def _has_shown(last: Verdict | None, stretch: Stretch) -> bool:
    """Whether the sentence before has shown where `stretch` begins."""
    return isinstance(last, Verified) and any(
        one.transcript is stretch.transcript and one.span.start <= stretch.span.start < one.span.end
        for one in last.stretches
    )


def _has_rules(text: str, cited: Evidence) -> bool:
    transcripts = {id(one.transcript): one.transcript for one in cited.stretches}.values()
    return is_english(text) and all(is_english(one.text[:LOOKED_AT], one.language) for one in transcripts)


def _names_and_quotes(text: str, cited: Evidence) -> bool:
    """Whether it is nothing but quotations that hold and who says them: `Annegret Solms: „…“`, `„…“, sagte Solms`."""
    quoted = quotations.quoted(text)
    edges = [0, *(edge for one in quoted for edge in (one.span.start, one.span.end)), len(text)]
    around = {word for start, end in zip(edges[::2], edges[1::2]) for word in _WORD.findall(text[start:end].casefold())}
    voices = {(one.label, one.name) for one in cited.stretches}
    called = " ".join(part or "" for part in next(iter(voices))).casefold() if len(voices) == 1 else ""
    introduced = around - _INTRODUCING
    return bool(quoted) and introduced <= set(_WORD.findall(called)) and not quotations.fault(text, cited)


_WORD = re.compile(r"\w+")
_INTRODUCING = frozenset(
    """
    sagte sagt sagten so erklärte erklärt meinte meint betonte fügte hinzu laut herr frau
    dit dise déclaré déclare selon monsieur madame m mme a ajouté ajoute
    dijo dice según afirmó señaló señor señora sr sra ha detto dice secondo signor signora ha dichiarato
    zei zegt aldus volgens meneer mevrouw disse diz segundo afirmou senhor senhora sade säger enligt
    """.split()
)
"""Words of other languages that introduce a quotation and say nothing more."""


def _stated(text: str, cited: Evidence, entailed: bool | None, before: str | None) -> Verdict:
    for rule in () if is_whole_told(text, cited) else _OF_THE_WORDS:
        if fault := rule(text, cited):
            return Refused(text, fault)
    misgiven = [attribution.fault(reading, cited) for reading in readings(text, before)]
    if misgiven[0] and all(misgiven):
        return Refused(text, misgiven[0])
    if entailed is False:
        return Refused(text, Fault("not_entailed", "the entailment model does not find it in what it cites"))
    whole = cited
    for rule in _OF_THE_SURROUNDINGS:
        found = _widened(rule, text, whole)
        if isinstance(found, Fault):
            return Refused(text, found)
        whole = found
    if whole is not cited and (planted_words := planted.fault(whole)):
        return Refused(text, planted_words)
    return Verified(text, attribution.kind(text, whole), whole.stretches)


def _widened(rule: Rule, text: str, cited: Evidence) -> Evidence | Fault:
    """`cited` with as many sentences before as `rule` needs to be content, else its fault."""
    fault = rule(text, cited)
    if fault is None:
        return cited
    for _ in range(_WIDEST):
        cited = cited.wider()
        if rule(text, cited) is None:
            return cited
    return fault


