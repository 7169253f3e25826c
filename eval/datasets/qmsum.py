"""QMSum (Zhong et al. 2021): meetings, and questions about what was said of something in one of them.

In: the folder that holds `train`, `val`, …, each with a JSON file a meeting, as published. Out: the *specific*
queries, each asked of its own meeting, for outside it makes no sense; the general ones ("summarize the whole
meeting") have no place that answers. Gold spans are wide, half of them 22 turns or more. The published
mark-up (`{vocalsound}`) is taken out; the spaces before full stops are as published. `kind` is the corpus
that the meeting is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from eval.datasets.dataset import Asked, Dataset, Evidence
from eval.datasets.errors import DatasetError
from eval.datasets.standing import spoken
from index.filters import Filters
from index.reading import canonical
from index.transcript import Transcript

_MARKUP = re.compile(r"\{[a-z]+\}\s?")
_CORPORA = (
    ("academic", re.compile("B")),
    ("product", re.compile("ES|IS|TS")),
    ("committee", re.compile("covid|education")),
)
"""ICSI's research groups, AMI's made-up product teams, committees of the Welsh and the Canadian parliament."""


class _Turn(Struct):
    speaker: str
    content: str


class _Query(Struct):
    query: str
    answer: str
    relevant_text_span: list[tuple[str, str]]


class _Meeting(Struct):
    specific_query_list: list[_Query]
    meeting_transcripts: list[_Turn]


def train(path: Path) -> Dataset:
    """The meetings to tune on."""
    return _load(path / "train")


def val(path: Path) -> Dataset:
    """Those that are only reported."""
    return _load(path / "val")


def _load(path: Path) -> Dataset:
    files = sorted(path.glob("*.json"))
    if not files:
        raise DatasetError(path, "there is no meeting (*.json) in it")
    transcripts: list[Transcript] = []
    asked: list[Asked] = []
    for file in files:
        try:
            meeting = msgspec.json.decode(file.read_bytes(), type=_Meeting)
        except msgspec.DecodeError as error:
            raise DatasetError(file, str(error)) from None
        transcript = _transcript(meeting, file.stem)
        transcripts.append(transcript)
        asked += _asked(meeting, transcript, file)
    return Dataset(name=f"qmsum-{path.name}", transcripts=tuple(transcripts), asked=tuple(asked))


def _transcript(meeting: _Meeting, id: str) -> Transcript:
    turns = [{"label": one.speaker, "text": _MARKUP.sub("", one.content)} for one in meeting.meeting_transcripts]
    return canonical.decode({"id": id, "title": id, "turns": turns})


def _asked(meeting: _Meeting, transcript: Transcript, file: Path) -> Iterator[Asked]:
    id = str(transcript.id)
    kind = next((name for name, named in _CORPORA if named.match(id)), None)
    for number, one in enumerate(meeting.specific_query_list, 1):
        try:
            spans = [spoken(transcript, int(first), int(last)) for first, last in one.relevant_text_span]
        except (LookupError, ValueError) as error:
            raise DatasetError(file, f"query {number}: {error}") from None
        yield Asked(
            id=f"{id}.{number}",
            question=one.query,
            filters=Filters(transcripts=(id,)),
            answers=(one.answer,),
            evidence=(tuple(Evidence(id, span.start, span.end) for span in spans),),
            kind=kind,
        )
