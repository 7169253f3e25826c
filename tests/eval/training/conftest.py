"""A made-up town's meeting and briefing, and an encoder of a few weights that knows their words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel

from eval.training.tuning.encoder import Encoder
from eval.training.tuning.meeting import Meeting, Query, Said, Topic
from eval.training.tuning.sources import Sources, gathered
from index.transcript import Transcript, Turn

MATTERS = ["bridge", "harbour", "budget", "school", "river", "market", "tunnel", "library", "stadium", "hospital"]
FILLING = "we had it looked at by those who know and they say that it can be done before the winter comes to the town"


def said(matter: str, times: int = 6) -> str:
    return " ".join(f"The {matter} is what I mean , and {FILLING} . The {matter} costs a lot ." for _ in range(times))


def transcripts() -> Iterator[tuple[Transcript, Meeting | None]]:
    turns = tuple(Said(f"Speaker {at % 3}", said(matter)) for at, matter in enumerate(MATTERS))
    queries = tuple(
        Query(f"What was said of the {matter} ?", f"They agreed that the {matter} costs a lot .", ((str(at), str(at)),))
        for at, matter in enumerate(MATTERS)
    )
    topics = tuple(Topic(f"The {matter} and its costs", ((str(at), str(at)),)) for at, matter in enumerate(MATTERS))
    meeting = Meeting(turns, topics, queries)
    yield meeting.transcript(), meeting
    told: list[Turn] = []
    for matter in MATTERS:
        told.append(Turn(f"Could you tell us what the town means to do about the {matter} this year?", "Q", "Q"))
        told.append(Turn(said(matter), "MS. OAKES", "MS. OAKES"))
    yield Transcript(turns=tuple(told)), None


@pytest.fixture(scope="session")
def matters() -> list[str]:
    """What the town talks of."""
    return MATTERS


@pytest.fixture(scope="session")
def found() -> Sources:
    return gathered(transcripts(), lambda given: [len(text.split()) for text in given])


@pytest.fixture
def encoder(found: Sources) -> Encoder:
    known = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"]
    known += sorted({word for cut in found.cuts for word in cut.text.lower().replace(":", " ").split()})
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(known)}, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), Whitespace()
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(known),
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=300,
    )
    return Encoder(BertModel(config, add_pooling_layer=False), tokenizer, torch.randn(16, 8) / 4)
