"""No text lost, none invented, no change of speaker hidden: what is written in each format is read back."""

from __future__ import annotations

import json
import string
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading import read
from index.reading.markup import plain

Spoken = list[tuple[str, list[str]]]
"""Labels and the paragraphs said under each."""

words = st.sampled_from(
    "the minister said that 5,000 people of San José were there, and won’t go home — why? “No,” he said; I’m sure it "
    "is 3.5 percent (Laughter.) [the] U.S. Well, day: night".split()
)
paragraphs = st.lists(words, min_size=1, max_size=25).map(lambda chosen: "So " + " ".join(chosen) + ".")
labels = st.sampled_from(["MS. PSAKI", "MR. McDONOUGH", "SECRETARY GENERAL STOLTENBERG", "DR. NUNEZ-SMITH", "AIDE"])


@st.composite
def conversations(draw: st.DrawFn, most: int = 3) -> Spoken:
    said: Spoken = []
    for label in draw(st.lists(labels, min_size=2, max_size=8)):
        if not said or said[-1][0] != label:
            said.append((label, draw(st.lists(paragraphs, min_size=1, max_size=most))))
    return said


def as_text(said: Spoken) -> str:
    return "\n\n".join(
        "\n\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in [f"{label}: {first}", *rest])
        for label, [first, *rest] in said
    )


def as_markdown(said: Spoken) -> str:
    escaped = [(f"**{label}", [p.replace("[", "\\[").replace("]", "\\]") for p in ps]) for label, ps in said]
    return "---\ntitle: A hearing\n---\n\n" + "\n\n".join(
        "\n\n".join([f"{label}:** {first}", *rest]) for label, [first, *rest] in escaped
    )


def as_webvtt(said: Spoken) -> str:
    cues = [f"<v {label}>{p.replace('&', '&amp;')}</v>" for label, ps in said for p in ps]
    return "WEBVTT\n\n" + "\n\n".join(f"00:{at:02}.000 --> 00:{at:02}.900\n{cue}" for at, cue in enumerate(cues))


def as_srt(said: Spoken) -> str:
    cues = [f"{label}: {p}" if first else p for label, ps in said for first, p in zip([True] + [False] * 9, ps)]
    # A dash at the head of a line would say that another voice begins: no line is broken before one.
    wrapped = [textwrap.fill(cue.replace(" —", "\0—"), 40, break_on_hyphens=False).replace("\0", " ") for cue in cues]
    return "\n\n".join(
        f"{at + 1}\n00:00:{at:02},000 --> 00:00:{at:02},900\n{cue}" for at, cue in enumerate(wrapped)
    )


def as_whisperx(said: Spoken) -> str:
    segments = [{"start": 1.0, "end": 2.0, "text": f" {p}", "speaker": label} for label, ps in said for p in ps]
    return json.dumps({"segments": segments, "language": "en"})


def as_podcast(said: Spoken) -> str:
    segments = [{"startTime": 1, "body": p, "speaker": label} for label, ps in said for p in ps]
    return json.dumps({"version": "1.0.0", "segments": segments})


@pytest.mark.parametrize(
    ("write", "name", "between"),
    [
        (as_text, "a.txt", "\n\n"),
        (as_markdown, "a.md", "\n\n"),
        (as_webvtt, "a.vtt", " "),
        (as_srt, "a.srt", " "),
        (as_whisperx, "a.json", " "),
        (as_podcast, "a.json", " "),
    ],
)
@given(said=conversations(), line_end=st.sampled_from(["\n", "\r\n", "\r"]), bom=st.booleans())
def test_what_is_written_is_read(
    write: Callable[[Spoken], str], name: str, between: str, said: Spoken, line_end: str, bom: bool
) -> None:
    printed = write(said) if name == "a.json" else write(said).replace("\n", line_end)
    transcript = read(printed.encode("utf-8-sig" if bom else "utf-8"), name).transcript
    assert [(turn.label, turn.text) for turn in transcript.turns] == [(label, between.join(ps)) for label, ps in said]
    for turn, span in zip(transcript.turns, transcript.spans):
        assert transcript.text[span.start : span.end] == turn.text
        assert all(0 <= at < len(turn.text) for at, _ in turn.marks)
        assert [at for at, _ in turn.marks] == sorted(at for at, _ in turn.marks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    printed = "MÜLLER: Grüße aus Köln, schöne Grüße.\n\nMS. PSAKI: “Danke” — schön.\n\nMÜLLER: Bitte.\n" * 20
    reading = read(printed.encode(encoding), "a.txt")
    assert reading.transcript.turns[0].text == "Grüße aus Köln, schöne Grüße."
    assert reading.transcript.turns[1].text == "“Danke” — schön."
    assert len(reading.transcript.turns) == 60


@given(st.lists(words, min_size=1, max_size=30).map(" ".join))
def test_words_without_mark_up_stay_as_they_are(paragraph: str) -> None:
    assert plain(paragraph) == paragraph


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_an_escaped_paragraph_comes_back(paragraph: str) -> None:
    assert plain("".join("\\" + c if c in string.punctuation else c for c in paragraph)) == paragraph
