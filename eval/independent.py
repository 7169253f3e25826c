"""An independent checker: an answer held against the record by other means than the gate's.

It shares no code with qa/gate and knows it only by what DESIGN promises of an answer: what it
faults, one of the two has wrong. Words, numbers and dates are compared as plain sets, so it can
say that something stands nowhere in what is cited, but not that it stands there in another sense.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from index.transcript import Transcript
from qa.answer import Answer, Citation, Sentence


class Record(Protocol):
    """Where transcripts are looked up; a View of the store is one."""

    def transcript(self, id: str) -> Transcript: ...


def faults(answer: Answer, record: Record) -> list[str]:
    """What of `answer` does not hold, one line each; empty where all of it does."""
    found = [*_of_whole(answer)]
    nearest = answer.abstention.nearest if answer.abstention else ()
    for citation in (*answer.citations, *nearest):
        transcript = record.transcript(citation.transcript_id)
        found += [f"citation {citation.number}: {fault}" for fault in _of_citation(citation, transcript, answer)]
    cited = {citation.number: citation for citation in answer.citations}
    for place, sentence in enumerate(answer.sentences, 1):
        found += [f"sentence {place}: {fault}: {sentence.text}" for fault in _of_sentence(sentence, cited, answer)]
    return found


def _of_whole(answer: Answer) -> Iterator[str]:
    markers = ("".join(f"[{number}]" for number in sentence.citations) for sentence in answer.sentences)
    if answer.text != " ".join(f"{one.text} {marker}" for one, marker in zip(answer.sentences, markers)):
        yield "its text is not its sentences with their numbers"
    if [one.number for one in answer.citations] != list(range(1, len(answer.citations) + 1)):
        yield "its citations are not numbered one by one"
    if {one.number for one in answer.citations} != {number for one in answer.sentences for number in one.citations}:
        yield "its citations are not those that its sentences name"
    if (answer.status == "answered") != bool(answer.sentences) or bool(answer.sentences) == bool(answer.abstention):
        yield "it is neither answered nor abstained"
    shown = {_plain(one.text) for one in answer.sentences}
    for dropped in answer.dropped:
        text = _plain(_MARKER.sub("", dropped.text))
        if text and text not in shown and f" {text} " in f" {_plain(answer.text)} ":
            yield f"a dropped sentence is shown: {dropped.text}"


def _of_citation(citation: Citation, transcript: Transcript, answer: Answer) -> Iterator[str]:
    turn = next(
        (
            turn
            for turn, span in zip(transcript.turns, transcript.spans)
            if span.start <= citation.start_char < citation.end_char <= span.end
        ),
        None,
    )
    if turn is None or transcript.text[citation.start_char : citation.end_char] != citation.quote:
        yield f"no turn holds the quote where it is said to stand: {citation.quote}"
        return
    says = (citation.label, citation.speaker, citation.name, citation.title, citation.date, citation.collection)
    names = [one.name for one in transcript.speakers if one.label == turn.label]
    name = names[0] if names else None
    if says != (turn.label, turn.speaker, name, transcript.title, transcript.date, transcript.collection):
        yield f"the record says otherwise than {says}"
    if citation.transcript_digest != transcript.digest:
        yield "the digest is another's"
    if not (citation.before in turn.text and citation.after in turn.text):
        yield "what stands beside it is not in its turn"
    yield from _of_filters(citation, answer)


def _of_filters(citation: Citation, answer: Answer) -> Iterator[str]:
    """The filters given, and what the question was recognised to ask for."""
    given, recognised = answer.filters, answer.recognised
    for ids in (given.transcripts, recognised.transcripts):
        if ids and citation.transcript_id not in ids:
            yield f"transcript {citation.transcript_id} was not asked for"
    if given.collections and citation.collection not in given.collections:
        yield f"collection {citation.collection} was not asked for"
    voice = _words(f"{citation.label} {citation.name}")
    for speakers in (given.speakers, recognised.speakers):
        if speakers and not any(_words(asked.split()[-1]) <= voice for asked in speakers):
            yield f"{citation.label} was not asked for, but {speakers}"
    for since, until in ((given.since, given.until), (recognised.since, recognised.until)):
        if (since and (citation.date or "") < since) or (until and (citation.date or "9999") > until):
            yield f"the date {citation.date} is outside {since} to {until}"


def _of_sentence(sentence: Sentence, cited: dict[int, Citation], answer: Answer) -> Iterator[str]:
    if not sentence.citations or not set(sentence.citations) <= set(cited):
        yield "it cites what is not there"
        return
    citations = [cited[number] for number in sentence.citations]
    verbatim = sentence.kind == "quote" or answer.style == "quotes"
    if verbatim and _plain(sentence.text) != _plain(" ".join(one.quote for one in citations)):
        yield "it is not what it quotes"
    if not verbatim:
        for rule in _RULES:
            yield from rule(sentence, citations)


def _of_quotations(sentence: Sentence, citations: Sequence[Citation]) -> Iterator[str]:
    """Every direct quotation stands in one of the quotes."""
    quotes = [_plain(one.quote) for one in citations]
    for quotation in _QUOTATION.findall(sentence.text):
        parts = [_plain(part).strip(" ,.;:!?") for part in re.split(r"\[?(?:…|\.{3})\]?", quotation)]
        if not all(any(part in quote for quote in quotes) for part in parts):
            yield f"“{quotation}” is not in what it cites"


def _of_numbers(sentence: Sentence, citations: Sequence[Citation]) -> Iterator[str]:
    """Every number stands in the quotes; one of a date may stand in the record's date or title instead."""
    known = {value for one in citations for value in numbers(one.quote)}
    known |= {value for one in citations for value in numbers(f"{one.title} {one.label} {one.name}")}
    days = [date.fromisoformat(one.date) for one in citations if one.date and len(one.date) == len("2024-01-01")]
    text = sentence.text
    for day in days:
        for written in _written(day):
            text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", " ", text, flags=re.IGNORECASE)
    for value in sorted(numbers(text) - known):
        yield f"{value:g} is not in what it cites"


def _of_names(sentence: Sentence, citations: Sequence[Citation]) -> Iterator[str]:
    """Every word with a capital but the first stands in the quotes or in what the record says about them."""
    known: set[str] = set()
    for one in citations:
        known |= _words(f"{one.quote} {one.label} {one.name} {one.title}")
        if one.date and len(one.date) == len("2024-01-01"):
            known |= _words(" ".join(_written(date.fromisoformat(one.date))))
    for word in _CAPITAL.findall(_BULLET.sub("", sentence.text)):
        if not _words(word) <= known | _ALWAYS:
            yield f"{word} is not in what it cites"


def _of_speakers(sentence: Sentence, citations: Sequence[Citation]) -> Iterator[str]:
    """Who is said to have said it speaks in a quote, or, where that is only reported, is named in one."""
    for name in _SAID.findall(sentence.text):
        where = [f"{one.label} {one.name}" for one in citations]
        where += [one.quote for one in citations if sentence.kind == "reported"]
        if not any(_words(name) <= _words(one) for one in where):
            yield f"{name} does not say what it cites"


_RULES: tuple[Callable[[Sentence, Sequence[Citation]], Iterator[str]], ...] = (
    _of_quotations,
    _of_numbers,
    _of_names,
    _of_speakers,
)


def numbers(text: str) -> set[float]:
    """The values of all numbers in `text`, in digits or words: "4.2 million", "three hundred", "12th".

    One is no number: it stands for too much else.
    """
    text = _A_SCALE.sub("one ", text.replace(",", "").replace("-", " ").lower())
    values: set[float] = set()
    whole, part = 0.0, 0.0
    running = False
    for digits, word in _NUMBER.findall(text):
        scale = _SCALES.get(word)
        small = float(digits) if digits else _SMALL.get(word)
        if scale and running:
            part *= scale
            if scale >= 1_000:
                whole, part = whole + part, 0.0
        elif small is not None and running and not digits and part % _above(small) == 0:
            part += small
        elif small is not None:
            if running:
                values.add(whole + part)
            whole, part, running = 0.0, small, True
        elif word != "and" and running:
            values.add(whole + part)
            whole, part, running = 0.0, 0.0, False
    return (values | ({whole + part} if running else set())) - {1.0}


def _above(small: float) -> float:
    """The least power of ten above `small`: "seven" may follow "sixty", and nothing that ends in ones."""
    return 10.0 if small < 10 else 100.0


def _written(day: date) -> list[str]:
    """The ways `day` may be written, longest first; its year and month alone too."""
    month, number, year = day.strftime("%B"), day.day, day.year
    days = [f"{month} {number}{end}" for end in ("", "st", "nd", "rd", "th")]
    days += [f"{number} {month}", f"{day:%b}. {number}", f"{day:%b} {number}"]
    wholes = [f"{one}{between}{year}" for one in days for between in (", ", " ")]
    return [*wholes, day.isoformat(), *days, f"{month} {year}", f"{month}, {year}", month, f"{day:%A}", str(year)]


def _plain(text: str) -> str:
    """`text` in lower case, its white space and typography folded."""
    return " ".join(text.translate(_TYPOGRAPHY).lower().split())


def _words(text: str) -> set[str]:
    """The words of `text`, without possessives and the stops of abbreviations."""
    return {word.removesuffix("'s").replace(".", "") for word in _WORD.findall(_plain(text))}


_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})
_MARKER = re.compile(r"\[[\d.,; –-]+\]")
_QUOTATION = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_WORD = re.compile(r"\w+(?:[.']\w+)*")
_CAPITAL = re.compile(r"(?<![.!?:] )(?<!^)(?<![\w.'’\"“])[A-Z][\w.'’-]*\w")
_SAID = re.compile(
    r"\b(?!He |She |They |It |I |We |You )([A-Z]\w+(?:-[A-Z]\w+)?) "
    r"(?:said|says|stated|announced|added|argued|claimed|told)\b"
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:st|nd|rd|th)?|([^\W\d]+)")
_BULLET = re.compile(r"^\W*[-•*]\s+")
_ALWAYS = {"i"}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
_A_SCALE = re.compile(r"\ban? (?=hundred|thousand|million|billion|trillion)")
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: float(value) for value, word in enumerate(f"{_UNITS} eighteen nineteen".split(), 1)}
_SMALL |= {word: 10.0 * value for value, word in enumerate(_TENS.split(), 2)}
