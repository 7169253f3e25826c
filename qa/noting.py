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
from qa.abstaining import unknown_beside_known


def notes(question: str, filters: Filters, found: Found, view: View) -> tuple[str, ...]:
    """Of a question in another language than what was found; of those asked for who never speak, beside some who do."""
    return tuple(_notes(question, filters, found, view))


def _notes(question: str, filters: Filters, found: Found, view: View) -> Iterator[str]:
    if not is_asked_in_english(question) and _is_in_english(found, view):
        yield _ACROSS
    if unknown := unknown_beside_known(filters.speakers, view.voices()):
        yield unknown


_ACROSS = (
    "The question is not in English, and the transcripts are: across languages little is found, so ask in English to "
    "search them well."
)


def _is_in_english(found: Found, view: View) -> bool:
    """Whether most of the passages found are English."""
    read = [(one.stored.passage.text, view.transcript(one.stored.transcript_id).language) for one in found.passages]
    return 2 * sum(is_english(text, language) for text, language in read) > len(read)
