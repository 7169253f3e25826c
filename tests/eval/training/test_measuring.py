"""What a state of the encoder gives on a dataset, worked out on a few passages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from msgspec import structs

from eval.datasets import Asked, Dataset, Evidence
from eval.training.tuning.encoder import Encoder
from eval.training.tuning.fields import narrowed
from eval.training.tuning.hidden import Hidden
from eval.training.tuning.losses import late_scores
from eval.training.tuning.measuring import field, measured
from eval.training.tuning.sources import Sources
from index.filters import Filters
from index.transcript import Transcript, Turn


def town(id: str, matters: list[str]) -> Transcript:
    words = " and ".join(["so it is said by all of them in the town"] * 12)
    return Transcript(id=id, turns=tuple(Turn(f"{matter} {words}", "MS. OAKES", "MS. OAKES") for matter in matters))


def asked(matter: str, transcript: Transcript, turn: int, within: bool) -> Asked:
    span = transcript.spans[turn]
    gold = Evidence(str(transcript.id), span.start, span.end)
    filters = Filters(transcripts=(str(transcript.id),)) if within else Filters()
    return Asked(id=f"{matter} {within}", question=matter, filters=filters, evidence=((gold,),))


def test_what_the_words_find_is_measured_and_a_question_within_a_transcript_finds_nothing_outside(
    encoder: Encoder, matters: list[str], tmp_path: Path
) -> None:
    one, other = town("one", matters[:5]), town("other", matters[5:])
    questions = (asked(matters[1], one, 1, True), asked(matters[7], other, 2, False), asked(matters[7], one, 3, True))
    given = field(Dataset(name="town", transcripts=(one, other), asked=questions), encoder.count)
    hidden = Hidden(tmp_path, encoder, fast=False)
    hidden.prepare(given.all_texts)
    fusion, late = measured(given, hidden, np.ones(1000, np.float32), (0.0, 0.7))
    assert len(given.texts) == 10
    assert fusion.shape == late.shape == (3, 3)
    # Five passages of some 150 words are shown whole, so all that can be found is found.
    assert fusion[:, 1].tolist() == late[:, 1].tolist() == [1.0, 1.0, 1.0]
    assert fusion[0].tolist() == [1.0, 1.0, 1.0]
    assert fusion[1, 0] > 0.1
    # No passage of the one transcript is about what only the other speaks of, yet there alone it is looked for.
    assert fusion[2, 0] >= 0.2


def test_late_interaction_ranks_by_the_scores_that_are_trained(
    encoder: Encoder, found: Sources, matters: list[str], tmp_path: Path
) -> None:
    transcript = Transcript(id="briefing", turns=found.each[1].transcript.turns)
    questions = tuple(asked(matter, transcript, 2 * at + 1, True) for at, matter in enumerate(matters))
    given = field(Dataset(name="briefing", transcripts=(transcript,), asked=questions), encoder.count)
    hidden = Hidden(tmp_path, encoder, fast=False)
    hidden.prepare(given.all_texts)
    (table,) = measured(given, hidden, np.ones(1000, np.float32), (1.0,))
    encoded = hidden.encoded([one.question for one in questions])
    passages = hidden.encoded(given.texts)
    stored = structs.replace(passages, tokens=torch.round(passages.tokens * 127) / 127)
    scores = late_scores(encoded, stored, encoded.spoken.float()).detach().numpy()
    for row, question, own in zip(table, questions, scores):
        gold = question.evidence[0][0]
        right = [one.place.start < gold.end and gold.start < one.place.end for one in given.shown]
        rank = 1 + sum(own > max(own[right]))
        assert row[0] == (1 / rank if rank <= 10 else 0)


def test_a_part_of_a_set_is_of_whole_transcripts_and_always_the_same(matters: list[str]) -> None:
    towns = [town(f"town-{at}", matters) for at in range(8)]
    questions = tuple(asked(matter, each, at, True) for each in towns for at, matter in enumerate(matters))
    whole = Dataset(name="towns", transcripts=tuple(towns), asked=questions)
    part = narrowed(whole, 25)
    assert len(part.transcripts) == 3
    assert len(part.asked) == 30
    kept = {one.id for one in part.transcripts}
    assert all(one.filters.transcripts[0] in kept for one in part.asked)
    turned = Dataset(name="towns", transcripts=tuple(reversed(towns)), asked=tuple(reversed(questions)))
    assert {one.id for one in narrowed(turned, 25).transcripts} == kept
