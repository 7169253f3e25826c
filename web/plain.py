"""An answer and its sources as plain text, for programs that show nothing else.

What would steer a display is shown as a mark, and white space is folded; the words themselves stay
as they are. `base` is the address of the server, so that a source can be opened from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from qa.answer import Answer, Citation, Preceding, Searched, Sentence
from web.pages.wording import clock, harmless, several

_SOURCES = "\n\nSources:\n\n"
_NOTE = "\n\nNote: "
_NO_ANSWER = "No answer in the record. "


def sentence_text(sentence: Sentence) -> str:
    """A sentence and the numbers of its sources: `The bridge is closed. [1][2]`."""
    return f"{line(sentence.text)} {''.join(f'[{number}]' for number in sentence.citations)}"


def answer_text(answer: Answer, base: str) -> str:
    """The sentences, then what stands under them."""
    return " ".join(map(sentence_text, answer.sentences)) + under(answer, base)


def under(answer: Answer, base: str) -> str:
    """Notes and sources; where there is no answer, why not, what comes nearest and how much was searched."""
    if answer.abstention is None:
        notes = "".join(f"{_NOTE}{line(note)}" for note in answer.notes)
        return f"{notes}{_SOURCES}{sources(answer.citations, base)}"
    parts = [f"{_NO_ANSWER}{line(answer.abstention.message)}"]
    if answer.abstention.nearest:
        parts += ["Nearest to it, though no answer:", sources(answer.abstention.nearest, base)]
    return "\n\n".join([*parts, f"Searched: {searched(answer.searched)}."])


def answered(text: str) -> str:
    """The sentences alone of what `answer_text` gave; nothing where that was no answer, whatever came nearest."""
    return "" if text.startswith(_NO_ANSWER) else text.partition(_SOURCES)[0].partition(_NOTE)[0]


def sources(citations: Iterable[Citation], base: str) -> str:
    """Of each its number, who said it, where and when, word for word, its address, and where that comes from."""
    return "\n\n".join(source(citation, base) for citation in citations)


def source(citation: Citation, base: str) -> str:
    """`[1] MAYOR QUILL (Ada M. Quill), Town Council, 2024-03-03, 1:02:03: “…”`, the question before it, the address,
    and where the transcript comes from, a line each."""
    place = [
        who(citation.label, citation.speaker, citation.name),
        line(citation.title or citation.transcript_id),
        citation.date or "undated",
        clock(citation.start),
    ]
    said = f"[{citation.number}] {', '.join(filter(None, place))}: “{line(citation.quote)}”"
    asked = _asked(citation.asked) if citation.asked else None
    comes = f"from {line(citation.source)}" if citation.source else None
    return "\n".join(filter(None, [said, asked, urljoin(base, citation.url), comes]))


def _asked(question: Preceding) -> str:
    return f"after {line(question.label or 'an unnamed voice')}: “{line(question.text)}”"


def who(label: str | None, speaker: str | None, name: str | None = None) -> str:
    """The label as printed with the name behind it; whoever the record does not name is called so."""
    if not label:
        return "speaker not named"
    if speaker is None:
        return f"{line(label)} (not named)"
    return f"{line(label)} ({line(name)})" if name and name != label else line(label)


def searched(scope: Searched) -> str:
    """`78 passages of 10 transcripts, 2023-03-14 to 2025-05-12`."""
    parts = [f"{several(scope.passages, 'passage')} of {several(scope.transcripts, 'transcript')}"]
    if scope.since:
        parts.append(scope.since if scope.since == scope.until else f"{scope.since} to {scope.until}")
    if scope.undated:
        parts.append(f"{several(scope.undated, 'undated transcript')} left out")
    return ", ".join(parts)


def line(text: str) -> str:
    """`text` on one line, harmless to show."""
    return harmless(" ".join(text.split()))
