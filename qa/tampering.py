"""Tampering: what a saved answer says of itself that its own quotes do not bear out.

In: an answer. Out: what is wrong with it, in words: a sentence that is not what its citations quote, one that cites
nothing or what the answer has not, a text that is not that of the sentences. In *quotes* a sentence is its
citations' quotes; in prose, where a model words it, only its figures and quotations are asked for. Nothing is looked
up: whether the quotes are the record's is another question (`receipts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.transcript import Speaker, Transcript, Turn
from qa.answer import Answer, Citation, Sentence, with_markers
from qa.gate import Evidence, Stretch, numbers, quotations

_LONGEST_SHOWN = 200
"""Characters of a sentence in what is said of it."""


def problems(answer: Answer) -> tuple[str, ...]:
    """What does not fit in `answer`, in its order; nothing where it is as it was given."""
    cited = {one.number: one for one in answer.citations}
    found = []
    for place, sentence in enumerate(answer.sentences, 1):
        if wrong := _wrong(sentence, cited, answer.style == "quotes"):
            found.append(f"sentence {place}, “{_cut(sentence.text)}”, {wrong}")
    if _words(answer.text) != _words(with_markers(answer.sentences)):
        found.append("the text is not that of the sentences and their citations")
    return tuple(found)


def _wrong(sentence: Sentence, cited: dict[int, Citation], in_quotes: bool) -> str | None:
    if not sentence.citations:
        return "cites nothing"
    absent = [number for number in sentence.citations if number not in cited]
    if absent:
        return f"cites [{absent[0]}], which the answer does not have"
    quotes = [cited[number] for number in sentence.citations]
    if in_quotes:
        is_quoted = _words(sentence.text) == _words(" ".join(one.quote for one in quotes))
        return None if is_quoted else "is not what its citations quote"
    evidence = Evidence(tuple(_stretches(quotes)))
    fault = numbers.fault(sentence.text, evidence) or quotations.fault(sentence.text, evidence)
    return f"is not borne out by what its citations quote: {fault.detail}" if fault else None


def _stretches(quotes: Sequence[Citation]) -> Iterator[Stretch]:
    """The quotes as a record of their own."""
    for one in quotes:
        voices = (Speaker(one.label, one.name),) if one.label else ()
        turns = (Turn(one.quote, one.label, one.speaker),)
        alone = Transcript(turns=turns, title=one.title, date=one.date, speakers=voices)
        yield Stretch(one.transcript_id, alone, alone.spans[0], one.passage_id)


def _words(text: str) -> list[str]:
    return text.split()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
