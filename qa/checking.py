"""Checking: a text that somebody wrote, held against the record sentence by sentence, by the gate that answers pass.

In: a text and the part of the archive to hold it against. Out: a verdict on each quotation and
each other sentence, with the places of the record. A quotation is looked for wherever it may
stand; for a sentence the nearest passages are found, and it is held only where the gate bears it
out by some of their sentences. That a sentence is not found says nothing of its truth.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Literal

from msgspec import structs

from index.filters import Filters
from index.search import Found, Search
from index.store import Scope, View
from index.text.difference import Run, difference
from index.text.prose import written_sentences
from index.text.quoted import Quotation, quoted
from index.transcript import Span
from qa.bounds import checked_filters, checked_text
from qa.checked import Checked, Checks, Judgement
from qa.citing import cite
from qa.errors import QuestionRefused
from qa.gate import Evidence, Fault, Refused, Stretch, Verified, attribution, bearing, borne_out
from qa.gate.denied import CONDITIONS, left_outside
from qa.nearby import candidates
from qa.refusals import contradicts, is_said, telling
from qa.shown import ShownPassage, show
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
from qa.voiced import asked_by, told_by, voice, voices
from qa.written import not_checked, sayer, without, words_around

LONGEST_TEXT = 20_000
"""Characters of a text to check."""

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
            yield from self._around(span, places, words_around(written, quotations) <= _INTRODUCTION)

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
            detail = f"word for word in the record, but said by {voices(cited)} and not by “{who}”"
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
            detail = f"these words stand in the record, said of something else: {told_by(cited[0])}"
            return self._verdict(span, "not_found", detail, cited, "quotation"), []
        unsaid = [left_outside(written, quotation, one.transcript, one.span) for one in meant]
        held = [one for one, word in zip(meant, unsaid) if word is None]
        if is_short(quotation) and len(held) < len(meant):  # words that are denied elsewhere are held for no likeness
            held = [one for one in held if isinstance(borne_out(given, Evidence((sentence_of(one),))), Verified)]
        if not held:
            place, word = next((one, word) for one, word in zip(meant, unsaid) if word)
            denying = sentence_of(place)
            does = "the record says it only under a condition" if word.lower() in CONDITIONS else "the record denies it"
            detail = f"{does} (“{word}”) where this stands: {told_by(denying)}"
            runs = difference(quotation.text, denying.text)
            return self._verdict(span, "altered", detail, [denying], "quotation", runs), []
        named = held if tells_of_asking(written) else [one for one in held if not is_asked(one)]
        rightly = named or held
        cited = rightly[:_MOST_PLACES]
        if not named and words_around(written, [quotation]):
            detail = f"only {asked_by(cited[0])}: {told_by(sentence_of(cited[0]))}"
            return self._verdict(span, "not_found", detail, cited, "quotation"), []
        more = f", in {len(rightly)} places" if len(rightly) > 1 else ""
        by = asked_by(cited[0]) if all(map(is_asked, cited)) else f"said by {voices(cited)}"
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
        detail = f"not word for word; the record has “{near.text}”, said by {voice(near)}"
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
        if why := not_checked(written):
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
            elif first is None or telling(verdict, given, cited) > telling(first[0], given, first[1]):
                first = verdict, cited
        if asked:
            detail = f"only {asked_by(asked.stretches[0])}: {told_by(asked.stretches[0])}"
            return self._verdict(span, "not_found", detail, asked.stretches)
        if first is None:
            return self._verdict(span, "not_found", "nothing in what was searched is near it")
        if first[0].fault.reason == "wrong_speaker" and (theirs := self._theirs(given)):
            return self._held(span, theirs)
        return self._refused(span, *first)

    def _held(self, span: Span, verdict: Verified, institution: str | None = None) -> Checked:
        """Held; where the sentence has `institution` say it, with whose words they are."""
        by = voices(verdict.stretches)
        detail = f"borne out by what {by} said"
        if institution:
            detail = f"the record says so in the words of {by}; whether they speak for “{institution}” it does not tell"
        return self._verdict(span, "held", detail, verdict.stretches)

    def _nearby(self, written: str) -> Iterator[Evidence]:
        """What may bear out a sentence. Where it has somebody say something, what is near to that alone too, for a name
        leads to whoever speaks of its bearer."""
        yield from self._near(written, self._filters)
        if who := sayer(written):
            yield from self._near(without(written, who), self._filters)

    def _near(self, text: str, filters: Filters) -> Iterator[Evidence]:
        found = self._search.find(text, filters, _PASSAGES, self._view)
        yield from candidates(found, self._shown(found))

    def _theirs(self, written: str) -> Verified | None:
        """The verdict by the words of whom a sentence has say something, which others may have said as well."""
        who = sayer(written)
        if who is None or self._filters.speakers:
            return None
        near = self._near(without(written, who), structs.replace(self._filters, speakers=(who.who,)))
        return next((one for cited in near if isinstance(one := _held_by(written, cited), Verified)), None)

    def _refused(self, span: Span, refused: Refused, cited: Evidence) -> Checked:
        reason, detail = refused.fault.reason, refused.fault.detail
        written, _ = as_the_record_says(self._text[span.start : span.end], self._everybody)
        if not telling(refused, written, cited):
            return self._verdict(span, "not_found", f"not borne out by what was searched: {detail}")
        is_anothers = reason == "wrong_speaker" and is_said(written, cited)
        verdict: Judgement = "misattributed" if is_anothers else "not_found"
        otherwise = contradicts(refused, written, cited)
        said = reason.replace("_", " ")
        if otherwise:
            said = f"the record says otherwise: “{' '.join(cited.texts)}”, said by {voices(cited.stretches)}"
        checked = self._verdict(span, verdict, f"{said}: {detail}", cited.stretches)
        return structs.replace(checked, otherwise=otherwise, fault=detail)

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

_INTRODUCTION = 3
"""Words around quotations up to which a sentence says no more than whose they are."""


def _held_by(written: str, cited: Evidence) -> Verified | Refused:
    """The gate's verdict, but that more of the words must stand in what is cited."""
    verdict = borne_out(written, cited)
    if isinstance(verdict, Verified) and verdict.kind != "quote" and bearing.share(written, cited) < BORNE:
        return Refused(written, Fault("not_entailed", "too few of its words stand in what comes nearest"))
    if isinstance(verdict, Verified) and verdict.kind != "quote" and (act := strange_act(written, cited)):
        return Refused(written, Fault("not_entailed", f"what comes nearest does not say “{act}”"))
    return verdict
