"""Results of the tools as text, for assistants that read no data: passages, verdicts, a stretch of a transcript."""

from __future__ import annotations

from collections.abc import Iterable

from index.hit import Hit
from index.text.difference import Run
from qa.checked import Checked, Checks
from web.api.search import Hits
from web.mcp.excerpt import Excerpt
from web.pages.wording import clock
from web.plain import line, searched, sources, who


def hits_text(found: Hits) -> str:
    """The passages with who speaks in them, then how much was searched."""
    passages = [_hit(number, one) for number, one in enumerate(found.hits, 1)] or ["Nothing found."]
    return "\n\n".join([*passages, f"Searched: {searched(found.searched)}."])


def checks_text(checks: Checks, base: str) -> str:
    """Each verdict with its reason and the places of the record it stands on."""
    return "\n\n".join(_checked(one, base) for one in checks.sentences) or "Nothing to check."


def excerpt_text(given: Excerpt) -> str:
    """The turns, and how to go on."""
    about = given.transcript
    names = {speaker.label: speaker.name for speaker in about.speakers}
    head = f"{line(about.title or about.id)}, {about.date or 'undated'} (id {about.id})"
    turns = [
        f"{who(turn.label, turn.speaker, names.get(turn.label or ''))}{_at(turn.start)}: {line(turn.text)}"
        for turn in given.turns
    ]
    place = f"Characters {given.start_char}–{given.end_char} of {given.length}"
    foot = f"{place}. There is more: go on with from_char {given.next_char}." if given.next_char else f"{place}."
    return "\n\n".join([head, *turns, foot])


def _hit(number: int, hit: Hit) -> str:
    place = f"{hit.transcript_id}, characters {hit.start_char}–{hit.end_char}{_at(hit.start)}"
    turns = [
        f"{who(turn.label, turn.speaker)}: "
        + line(hit.text[turn.start_char - hit.start_char : turn.end_char - hit.start_char])
        for turn in hit.turns
    ]
    return "\n".join([f"{number}. {line(hit.title or hit.transcript_id)}, {hit.date or 'undated'} ({place})", *turns])


def _checked(one: Checked, base: str) -> str:
    written = f"“{line(one.text)}”"
    parts = [f"{one.verdict.upper().replace('_', ' ')}: {written}", line(one.detail)]
    if one.difference:
        parts.append(
            f"The record's words, [-what is missing-] and [+what was put in+] marked: {_marked(one.difference)}"
        )
    return "\n".join(filter(None, [*parts, sources(one.citations, base)]))


def _marked(runs: Iterable[Run]) -> str:
    forms = {"kept": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return " ".join(forms[run.kind].format(line(run.text)) for run in runs)


def _at(seconds: float | None) -> str:
    return "" if seconds is None else f" [{clock(seconds)}]"
