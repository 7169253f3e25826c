"""Notes: what the reader of an answer should know of how its question was searched, in words.

In: the question as understood, the filters, and what was found. Out: sentences, none where there is
nothing to say. They change nothing of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.filters import Filters
from index.search import Found
from index.store import View
from index.text.language import is_asked_in_english, is_english
from qa.abstaining import listed, unknown_beside_known
from qa.question import Understood
from qa.speakers import people_meant


def notes(asked: Understood, given: Filters, filters: Filters, found: Found, view: View) -> tuple[str, ...]:
    """Of a question in another language than what was found; of those asked for who never speak, beside some who do;
    of times told from the moment of asking; of a speaker it names beside another who was `given` as a filter.
    """
    return tuple(_notes(asked, given, filters, found, view))


def _notes(asked: Understood, given: Filters, filters: Filters, found: Found, view: View) -> Iterator[str]:
    if not is_asked_in_english(asked.text) and _is_in_english(found, view):
        yield _ACROSS
    if unknown := unknown_beside_known(filters.speakers, view.voices()):
        yield unknown
    if others := _others(asked, given, view):
        yield (
            f"The question asks for the words of {listed(others)}, but by the filter only what "
            f"{listed(given.speakers)} says was searched."
        )
    yield from asked.notes


def _others(asked: Understood, given: Filters, view: View) -> list[str]:
    """Whom the question asks for and the filter that was given leaves out."""
    if not given.speakers:
        return []
    voices = view.voices()
    kept = people_meant(given.speakers, voices)
    return [one for one in asked.speakers if not any(voice in kept for voice in people_meant([one], voices))]


_ACROSS = (
    "The question is not in English, and the transcripts are: across languages little is found, so ask in English to "
    "search them well."
)


def _is_in_english(found: Found, view: View) -> bool:
    """Whether most of the passages found are English."""
    read = [(one.stored.passage.text, view.transcript(one.stored.transcript_id).language) for one in found.passages]
    return 2 * sum(is_english(text, language) for text, language in read) > len(read)
