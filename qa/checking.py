"""Checking: a text that somebody wrote, held against the record sentence by sentence, by the gate that answers pass.

In: a text and the part of the archive to hold it against. Out: a verdict on each quotation and
each other sentence, with the places of the record. A quotation is looked for wherever it may
stand; for a sentence the nearest passages are found, and it is held only where the gate bears it
out by some of their sentences. That a sentence is not found says nothing of its truth.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from typing import Literal

from msgspec import Struct, structs

from index.filters import Filters
from index.ranking import best_matches, late_interaction
from index.search import Found, Search
from index.store import Scope, View
from index.text.difference import Run, difference
from index.text.language import is_english
from index.text.prose import written_sentences
from index.text.quoted import Quotation, quoted
from index.text.reporting import PRONOUNS, QUESTIONERS, Attribution, attributions
from index.transcript import Span
from qa.answer import Citation, DropReason
from qa.bounds import checked_filters, checked_text
from qa.citing import cite
from qa.errors import QuestionRefused
from qa.gate import Evidence, Fault, Refused, Stretch, Verified, attribution, bearing, borne_out, dates, evidence
from qa.gate.denied import left_outside
from qa.gate.leaning import leans
from qa.gate.words import content_stems
from qa.shown import Number, ShownPassage, show
from qa.speakers import people_meant
from qa.standing import (
    BORNE,
    as_the_record_says,
    is_about,
    is_asked,
    is_short,
    sentence_of,
    strange_act,
    tells_of_asking,
)
from qa.tracing import exactly, nearest

LONGEST_TEXT = 20_000
"""Characters of a text to check."""

Judgement = Literal["held", "altered", "misattributed", "not_found", "not_checked"]


class Checked(Struct, frozen=True, kw_only=True):
    """A quotation or a sentence of the text given, at `start_char` to `end_char` of it, and the verdict on it.

    `citations`: what bears it out; the true words of an altered quotation; who really said a
    misattributed one; what comes nearest to a sentence that differs in a number, a date or a name.
    `difference`: of an altered quotation against the true words, run by run.
    """

    kind: Literal["quotation", "sentence"]
    text: str
    start_char: int
    end_char: int
    verdict: Judgement
    detail: str
    difference: tuple[Run, ...] | None = None
    citations: tuple[Citation, ...] = ()


class Checks(Struct, frozen=True):
    """The verdicts in the order of the text."""

    sentences: tuple[Checked, ...]


class Checker:
    """Holds texts against one archive. Safe for concurrent texts."""

    def __init__(self, search: Search) -> None:
        self._search = search

    async def check(self, text: str, filters: Filters = Filters()) -> Checks:
        """The verdicts on `text`; QuestionRefused where it or `filters` are out of bounds."""
        checked_text("text", text, LONGEST_TEXT)
        checked_filters(filters)
        if not text.strip():
            raise QuestionRefused("text: it is empty; give the sentences that are to be checked")
        check, spans = await asyncio.to_thread(self._begun, text, filters)
        checked: list[Checked] = []
        for span in spans:  # each by itself, so that others come between, and who leaves is not worked for
            checked += await asyncio.to_thread(check.sentence, span)
        return Checks(tuple(checked))

    def _begun(self, text: str, filters: Filters) -> tuple[_Check, Sequence[Span]]:
        return _Check(self._search, self._search.view(), filters, text), written_sentences(text)


class _Check:
    """One text against one generation of the archive."""

    def __init__(self, search: Search, view: View, filters: Filters, text: str) -> None:
        self._search = search
        self._view = view
        self._filters = filters
        self._scope: Scope = view.scope(filters)
        self._voices = people_meant(filters.speakers, view.voices()) if filters.speakers else None
        self._text = text
        self._everybody = view.voices()
        self._known: dict[tuple[str, Filters], list[Stretch]] = {}
        self._weighed: dict[str, tuple[int, list[Checked]]] = {}

    def sentence(self, span: Span) -> list[Checked]:
        """The verdicts on a sentence; one that is written again is not weighed again."""
        written = self._text[span.start : span.end]
        if written not in self._weighed:
            self._weighed[written] = span.start, list(self._verdicts(span))
        at, verdicts = self._weighed[written]
        by = span.start - at
        return [structs.replace(one, start_char=one.start_char + by, end_char=one.end_char + by) for one in verdicts]

    def _verdicts(self, span: Span) -> Iterator[Checked]:
        """On the quotations of a sentence; on the sentence itself if they hold and it says more."""
        written = self._text[span.start : span.end]
        quotations = quoted(written)
        places: list[list[Stretch]] = []
        for quotation in quotations:
            verdict, rightly = self._quotation(written, quotation, span.start)
            yield verdict
            places.append(rightly)
        if not quotations:
            yield self._statement(span)
        elif all(places):
            yield from self._around(span, places, _introduces(written, quotations) <= _INTRODUCTION)

    def _quotation(self, written: str, quotation: Quotation, at: int) -> tuple[Checked, list[Stretch]]:
        """The verdict, and where it stands as the sentence gives it."""
        span = quotation.span.moved(at)
        found = self._places(quotation.text, self._filters)
        if not found:
            return self._unheld(written, quotation.text, span), []
        given, _ = as_the_record_says(written, self._everybody)
        who = attribution.misgiven(given, found[0])
        rightly = [stretch for stretch in found if attribution.misgiven(given, stretch) is None]
        if who and not rightly and not self._filters.speakers:  # of what many say not every place is found at once
            theirs = self._places(quotation.text, structs.replace(self._filters, speakers=(who,)))
            rightly = [stretch for stretch in theirs if attribution.misgiven(given, stretch) is None]
        if not rightly:
            cited = found[:_MOST_PLACES]
            detail = f"word for word in the record, but said by {_voices(cited)} and not by “{who}”"
            return self._verdict(span, "misattributed", detail, cited, "quotation"), []
        return self._standing(written, given, quotation, span, rightly)

    def _standing(
        self, written: str, given: str, quotation: Quotation, span: Span, places: Sequence[Stretch]
    ) -> tuple[Checked, list[Stretch]]:
        """The verdict on words that stand in `places`, said by whom the sentence has say them: do they stand there for
        what it makes of them?"""
        meant = [one for one in places if not is_short(quotation) or is_about(given, one)]
        if not meant:
            cited = [sentence_of(one) for one in places[:_MOST_PLACES]]
            detail = f"these words stand in the record, said of something else: {_told_by(cited[0])}"
            return self._verdict(span, "not_found", detail, cited, "quotation"), []
        unsaid = [left_outside(written, quotation, one.transcript, one.span) for one in meant]
        held = [one for one, word in zip(meant, unsaid) if word is None]
        if is_short(quotation) and len(held) < len(meant):  # words that are denied elsewhere are held for no likeness
            held = [one for one in held if isinstance(borne_out(given, Evidence((sentence_of(one),))), Verified)]
        if not held:
            place, word = next((one, word) for one, word in zip(meant, unsaid) if word)
            denying = sentence_of(place)
            does = "the record says it only under a condition" if word.lower() in _OPEN else "the record denies it"
            detail = f"{does} (“{word}”) where this stands: {_told_by(denying)}"
            runs = difference(quotation.text, denying.text)
            return self._verdict(span, "altered", detail, [denying], "quotation", runs), []
        named = held if tells_of_asking(written) else [one for one in held if not is_asked(one)]
        rightly = named or held
        cited = rightly[:_MOST_PLACES]
        if not named and _introduces(written, [quotation]):
            detail = f"only {_asked_by(cited[0])}: {_told_by(sentence_of(cited[0]))}"
            return self._verdict(span, "not_found", detail, cited, "quotation"), []
        more = f", in {len(rightly)} places" if len(rightly) > 1 else ""
        by = _asked_by(cited[0]) if all(map(is_asked, cited)) else f"said by {_voices(cited)}"
        return self._verdict(span, "held", f"word for word, {by}{more}", cited, "quotation"), rightly

    def _places(self, quotation: str, filters: Filters) -> list[Stretch]:
        """Where it stands in what `filters` leave and may be cited; a text may have one quotation many times."""
        known = self._known.get((quotation, filters))
        if known is None:
            scope = self._scope if filters == self._filters else self._view.scope(filters)
            known = [one for one in exactly(quotation, self._view, scope) if self._may_be_cited(one)]
            self._known[quotation, filters] = known
        return known

    def _unheld(self, written: str, quotation: str, span: Span) -> Checked:
        """The verdict on what stands nowhere: the nearest words, of whom the sentence names if they are theirs too."""
        alike = [one for one in nearest(quotation, self._view, self._scope) if self._may_be_cited(one)]
        if not alike:
            detail = "these words stand nowhere in what was searched"
            return self._verdict(span, "not_found", detail, kind="quotation")
        near = min(alike, key=lambda one: attribution.misgiven(written, one) is not None)
        who = attribution.misgiven(written, near)
        detail = f"not word for word; the record has “{near.text}”, said by {_voice(near)}"
        detail += f" and not by “{who}”" if who else ""
        return self._verdict(span, "altered", detail, [near], "quotation", difference(quotation, near.text))

    def _around(self, span: Span, places: Sequence[Sequence[Stretch]], introduces: bool) -> Iterator[Checked]:
        """A sentence whose quotations hold: is the rest of it borne out where they stand? Where it only `introduces`
        them there is nothing to tell unless it does so wrongly."""
        first: tuple[Refused, Evidence] | None = None
        given, _ = as_the_record_says(self._text[span.start : span.end], self._everybody)
        for chosen in islice(product(*places), max(1, _MOST_TRIED // len(places))):
            for cited in (Evidence(chosen), Evidence(tuple(map(sentence_of, chosen)))):
                verdict = borne_out(given, cited)
                if isinstance(verdict, Verified):
                    if not introduces:
                        yield self._verdict(span, "held", "borne out where the quotation stands", verdict.stretches)
                    return
                first = first or (verdict, cited)
        if first and not (introduces and first[0].fault.reason == "not_entailed"):
            yield self._refused(span, *first)

    def _statement(self, span: Span) -> Checked:
        written = self._text[span.start : span.end]
        if why := _not_checked(written):
            return self._verdict(span, "not_checked", why)
        given, institution = as_the_record_says(written, self._everybody)
        first: tuple[Refused, Evidence] | None = None
        asked: Verified | None = None
        for cited in self._nearby(given):
            verdict = _held_by(given, cited)
            if isinstance(verdict, Verified):
                if tells_of_asking(written) or not all(map(is_asked, verdict.stretches)):
                    return self._held(span, verdict, institution)
                asked = asked or verdict
            elif first is None or _telling(verdict, given, cited) > _telling(first[0], given, first[1]):
                first = verdict, cited
        if asked:
            detail = f"only {_asked_by(asked.stretches[0])}: {_told_by(asked.stretches[0])}"
            return self._verdict(span, "not_found", detail, asked.stretches)
        if first is None:
            return self._verdict(span, "not_found", "nothing in what was searched is near it")
        if first[0].fault.reason == "wrong_speaker" and (theirs := self._theirs(given)):
            return self._held(span, theirs)
        return self._refused(span, *first)

    def _held(self, span: Span, verdict: Verified, institution: str | None = None) -> Checked:
        """Held; where the sentence has `institution` say it, with whose words they are."""
        by = _voices(verdict.stretches)
        detail = f"borne out by what {by} said"
        if institution:
            detail = f"the record says so in the words of {by}; whether they speak for “{institution}” it does not tell"
        return self._verdict(span, "held", detail, verdict.stretches)

    def _nearby(self, written: str) -> Iterator[Evidence]:
        """What may bear out a sentence. Where it has somebody say something, what is near to that alone too, for a name
        leads to whoever speaks of its bearer."""
        yield from self._near(written, self._filters)
        if who := _sayer(written):
            yield from self._near(_told(written, who), self._filters)

    def _near(self, text: str, filters: Filters) -> Iterator[Evidence]:
        found = self._search.find(text, filters, _PASSAGES, self._view)
        yield from _candidates(found, self._shown(found))

    def _theirs(self, written: str) -> Verified | None:
        """The verdict by the words of whom a sentence has say something, which others may have said as well."""
        who = _sayer(written)
        if who is None or self._filters.speakers:
            return None
        near = self._near(_told(written, who), structs.replace(self._filters, speakers=(who.who,)))
        return next((one for cited in near if isinstance(one := _held_by(written, cited), Verified)), None)

    def _refused(self, span: Span, refused: Refused, cited: Evidence) -> Checked:
        reason, detail = refused.fault.reason, refused.fault.detail
        written, _ = as_the_record_says(self._text[span.start : span.end], self._everybody)
        if not _telling(refused, written, cited):
            return self._verdict(span, "not_found", f"not borne out by what was searched: {detail}")
        is_anothers = reason == "wrong_speaker" and _is_said(written, cited)
        verdict: Judgement = "misattributed" if is_anothers else "not_found"
        said = reason.replace("_", " ")
        if _contradicts(refused, written, cited):
            said = f"the record says otherwise: “{' '.join(cited.texts)}”, said by {_voices(cited.stretches)}"
        return self._verdict(span, verdict, f"{said}: {detail}", cited.stretches)

    def _shown(self, found: Found) -> list[ShownPassage]:
        transcripts = [self._view.transcript(one.stored.transcript_id) for one in found.passages]
        return show(found.passages, transcripts, self._voices)

    def _may_be_cited(self, stretch: Stretch) -> bool:
        return self._voices is None or any(
            (stretch.label, stretch.name) == (voice.label, voice.name) for voice in self._voices
        )

    def _verdict(
        self,
        span: Span,
        verdict: Judgement,
        detail: str,
        stretches: Sequence[Stretch] = (),
        kind: Literal["quotation", "sentence"] = "sentence",
        runs: tuple[Run, ...] | None = None,
    ) -> Checked:
        return Checked(
            kind=kind,
            text=self._text[span.start : span.end],
            start_char=span.start,
            end_char=span.end,
            verdict=verdict,
            detail=detail,
            difference=runs,
            citations=tuple(
                cite(self._view, one.transcript_id, one.span, one.passage_id, number)
                for number, one in enumerate(stretches, 1)
            ),
        )


_PASSAGES = 10
_MOST_PLACES = 5
"""Places that are cited for a quotation that stands in many."""

_MOST_TRIED = 60
"""Places of a sentence's quotations that are tried for the rest of it."""

_SINGLE = 6
_PAIRED = 3
_TELLING: dict[DropReason, int] = {
    "name_not_in_source": 1,
    "number_not_in_source": 2,
    "date_not_in_source": 2,
    "negation": 2,
    "wrong_speaker": 3,
}
"""Faults beside which the record's own words tell a reader something, the more telling the higher."""


_FEWEST_COMMON = 3
_PART_COMMON = 0.4
"""Words in common with the record's, or their share of the record's, from which the two are about one thing."""

_CONTRADICTING: frozenset[DropReason] = frozenset(("number_not_in_source", "date_not_in_source", "negation"))
"""Faults by which words that otherwise say the same say something else."""


def _telling(refused: Refused, written: str, cited: Evidence) -> int:
    """How much the fault tells a reader; nothing where the words cited ask, or are about something else."""
    asks = all(_asks(one) for one in cited.texts)
    common, said = _common(written, cited)
    about = common >= _FEWEST_COMMON or common >= _PART_COMMON * said
    return 0 if asks or not about or bearing.fault(written, cited) else _TELLING.get(refused.fault.reason, 0)


def _common(written: str, cited: Evidence) -> tuple[int, int]:
    """How many words that carry meaning a sentence shares with the record's, and how many the record's has."""
    said = content_stems(" ".join(cited.texts))
    return len(said & content_stems(written)), len(said)


def _contradicts(refused: Refused, written: str, cited: Evidence) -> bool:
    """Whether the record's words say the same but for a number, a date or a negation, and not much besides."""
    common, said = _common(written, cited)
    same = bearing.share(written, cited) >= _SAME and common >= said / 2
    return same and refused.fault.reason in _CONTRADICTING


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’) ").endswith("?")


_SAME = 0.75
"""Share of a sentence's content from which another's words say the same."""


def _is_said(written: str, cited: Evidence) -> bool:
    """Whether somebody who is named says it, rather than asks it or speaks of something like it."""
    named = [one for one in cited.stretches if one.turn.speaker is not None]
    says = any(not _asks(one.text) for one in named)
    return says and bearing.share(written, cited) >= _SAME and not dates.fault(written, cited)


_INTRODUCTION = 3
"""Words around quotations up to which a sentence says no more than whose they are."""


def _introduces(written: str, quotations: Sequence[Quotation]) -> int:
    """Words of a sentence outside its quotations."""
    outside = list(written)
    for quotation in quotations:
        outside[quotation.span.start : quotation.span.end] = " " * len(quotation.span)
    return len(_WORD.findall("".join(outside)))


def _sayer(written: str) -> Attribution | None:
    """Whom a sentence has say what it tells, where it names them."""
    return next((one for one in attributions(written) if one.outer and one.who.lower() not in PRONOUNS), None)


def _told(written: str, who: Attribution) -> str:
    """A sentence without `who` says it."""
    return f"{written[: who.span.start]} {written[who.span.end :]}"


def _not_checked(written: str) -> str | None:
    """Why a sentence without quotations is not held against the record; None where it is."""
    if _asks(written):
        return "a question says nothing that could be held against the record"
    if not is_english(written):
        return "in this language only quotations are checked"
    if len(_WORD.findall(written)) < _FEWEST_WORDS:
        return "too short to be held against the record"
    if leans(written) and len(content_stems(written)) < _FEWEST_LEANING:
        return "it leans on the sentence before it, and says too little by itself"
    return None


_FEWEST_WORDS = 3
_FEWEST_LEANING = 3
"""Words that carry meaning in a sentence about "it" or "them", without which anything may bear it out."""
_WORD = re.compile(r"\w+")


def _held_by(written: str, cited: Evidence) -> Verified | Refused:
    """The gate's verdict, but that more of the words must stand in what is cited."""
    verdict = borne_out(written, cited)
    if isinstance(verdict, Verified) and verdict.kind != "quote" and bearing.share(written, cited) < BORNE:
        return Refused(written, Fault("not_entailed", "too few of its words stand in what comes nearest"))
    if isinstance(verdict, Verified) and verdict.kind != "quote" and (act := strange_act(written, cited)):
        return Refused(written, Fault("not_entailed", f"what comes nearest does not say “{act}”"))
    return verdict


def _candidates(found: Found, shown: Sequence[ShownPassage]) -> Iterator[Evidence]:
    """What may bear out the sentence that `found` was found for, the likeliest first: single sentences, those beside
    each other, then the best together; never of two turns, where one may be of another thing or another's."""
    best = _nearest_sentences(found, shown)[:_SINGLE]
    for number in best:
        yield evidence(shown, [number])
    for passage, sentence in best[:_PAIRED]:
        beside = [(passage, at) for at in (sentence - 1, sentence, sentence + 1)]
        there = [one for one in beside if 1 <= one[1] <= len(shown[passage - 1].sentences)]
        turn = _turn(shown, (passage, sentence))
        yield evidence(shown, [one for one in there if _turn(shown, one) == turn])
    for pair in combinations(best[:_PAIRED], 2):
        if _turn(shown, pair[0]) == _turn(shown, pair[1]):
            yield evidence(shown, pair)


def _turn(shown: Sequence[ShownPassage], number: Number) -> tuple[str, int]:
    passage, sentence = number
    return shown[passage - 1].ranked.stored.transcript_id, shown[passage - 1].sentences[sentence - 1].turn


def _nearest_sentences(found: Found, shown: Sequence[ShownPassage]) -> list[Number]:
    """The numbers of the sentences shown, the one that is most like what was looked for first."""
    if found.question is None:
        return []
    sentences = [(passage, sentence) for passage in shown for sentence in passage.sentences]
    tokens = [passage.ranked.stored.tokens[sentence.rows] for passage, sentence in sentences]
    late = late_interaction(found.question, best_matches(found.question, tokens))
    return [sentences[at][1].number for at in (-late).argsort(kind="stable")]


_OPEN = frozenset(("if", "unless", "whether"))
"""Words after which nothing is said to be so."""


def _told_by(stretch: Stretch) -> str:
    return f"“{stretch.text}”, {_asked_by(stretch) if is_asked(stretch) else f'said by {_voice(stretch)}'}"


def _asked_by(stretch: Stretch) -> str:
    """Who asks it, of whom the record has no name."""
    who = "a reporter" if (stretch.label or "").lower() in _QUESTIONS else "somebody who is not named"
    return f"asked by {who} ({stretch.label})"


_QUESTIONS = QUESTIONERS | {"q", "question"}


def _voices(stretches: Sequence[Stretch]) -> str:
    return ", ".join(dict.fromkeys(_voice(one) for one in stretches))


def _voice(stretch: Stretch) -> str:
    if stretch.label is None:
        return "an unnamed voice"
    return f"{stretch.label} ({stretch.name})" if stretch.name else stretch.label
