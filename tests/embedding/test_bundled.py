"""The bundled model gives the vectors its own library gives, in order, within its limit."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import Embedder, identity_of
from index.embedding.late import late_interaction
from index.errors import ModelError

TEXTS = [
    "MS. PSAKI: Good evening, everyone.",
    "",
    "Q: And the 1,200 — are they “all” in Kabul? 🙂",
    "ÉLODIE: naïve façade, 北京, Straße",
    "word " * 254,
    *(f"SPEAKER {n}: " + "we will look at the budget again and " * n for n in range(1, 25)),
]

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def test_vectors_are_those_of_sentence_transformers(embedder: Embedder, reference: Any) -> None:
    ours = np.stack([one.vector for one in embedder.passages(TEXTS)])
    assert np.abs(ours - reference.encode(TEXTS, normalize_embeddings=True)).max() < 1e-4


def test_a_question_has_the_vector_of_sentence_transformers(embedder: Embedder, reference: Any) -> None:
    for text in TEXTS:
        wanted = reference.encode(text, normalize_embeddings=True)
        assert np.abs(embedder.question(text).vector - wanted).max() < 1e-4


def test_token_vectors_are_the_encoders_own_projected(embedder: Embedder, reference: Any) -> None:
    projection = late_interaction().projection
    for text, one in zip(TEXTS, embedder.passages(TEXTS)):
        features = reference.encode([text], output_value=None)[0]
        own = features["token_embeddings"].numpy()[1 : len(one.tokens) + 1] @ projection
        unit = own / np.linalg.norm(own, axis=1, keepdims=True)
        assert one.tokens.dtype == np.int8
        assert np.abs(one.tokens - unit * 127).max(initial=0) < 0.51
        assert np.abs(embedder.question(text).tokens - unit).max(initial=0) < 1e-4


def test_passages_come_in_the_order_given(embedder: Embedder) -> None:
    texts = [text for _ in range(12) for text in TEXTS]  # more than one window
    alone = {text: embedder.question(text).vector for text in TEXTS}
    found = list(embedder.passages(texts))
    assert len(found) == len(texts)
    for text, one in zip(texts, found):
        assert np.abs(one.vector - alone[text]).max() < 1e-5


@given(st.lists(anything, max_size=4))
@settings(max_examples=20, deadline=None)
def test_a_token_has_a_vector_and_a_place_in_the_text(embedder: Embedder, texts: list[str]) -> None:
    for text, count, one in zip(texts, embedder.count(texts), embedder.passages(texts)):
        assert one.tokens.shape == (count, 64)
        assert one.spans.shape == (count, 2)
        assert (one.spans[:, 0] <= one.spans[:, 1]).all()
        assert count == 0 or (one.spans.min() >= 0 and one.spans.max() <= len(text))


def test_spans_are_code_points(embedder: Embedder) -> None:
    text = "🙂 Élodie spoke."
    asked = embedder.question(text)
    assert [text[start:end] for start, end in asked.spans][1:] == ["Él", "od", "ie", "spoke", "."]
    assert len(asked.weights) == len(asked.tokens) == len(asked.spans)


def test_rare_words_weigh_more(embedder: Embedder) -> None:
    asked = embedder.question("the Kabul")
    assert asked.weights[0] < 0.1 < 3 < asked.weights[1]


def test_nothing_is_cut_off_a_passage(embedder: Embedder) -> None:
    limit = embedder.identity.limit
    assert embedder.count(["word " * limit, "word " * (limit + 1), "word " * 5000]) == [limit, limit + 1, 5000]
    assert len(next(iter(embedder.passages(["word " * limit]))).tokens) == limit
    with pytest.raises(ModelError, match="255 tokens is more than the 254"):
        list(embedder.passages(["short", "word " * (limit + 1)]))


def test_of_a_long_question_the_first_tokens_count(embedder: Embedder) -> None:
    limit = embedder.identity.limit
    long = embedder.question("word " * 20_000)
    assert np.abs(long.vector - embedder.question("word " * limit).vector).max() < 1e-6
    assert len(long.tokens) == limit


def test_questions_are_right_while_passages_are_embedded(embedder: Embedder) -> None:
    alone = [embedder.question(text).vector for text in TEXTS]
    running = embedder.passages(TEXTS * 4)
    first = next(running)
    with ThreadPoolExecutor(4) as pool:
        asked = pool.map(embedder.question, TEXTS * 3)
        rest = list(running)
    for wanted, got in zip(alone * 3, asked):
        assert np.abs(wanted - got.vector).max() < 1e-5
    assert len([first, *rest]) == len(TEXTS) * 4


def test_an_archive_left_half_embedded_leaves_the_embedder_usable(embedder: Embedder) -> None:
    started = embedder.passages(TEXTS * 4)
    next(started)
    del started
    assert len(list(embedder.passages(TEXTS))) == len(TEXTS)


def test_asking_imports_no_torch() -> None:
    program = """
import sys
from index.embedding import load_embedder
load_embedder().question("Who said that?")
print([name for name in ("torch", "transformers", "sentence_transformers", "onnx") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_identity_is_known_without_opening_the_model(embedder: Embedder) -> None:
    assert identity_of() == identity_of("sentence-transformers/all-MiniLM-L6-v2") == embedder.identity


def test_the_projection_keeps_lengths_and_weights_are_weights() -> None:
    late = late_interaction()
    assert np.allclose(late.projection.T @ late.projection, np.eye(64), atol=1e-5)
    assert late.idf.shape == (30522,)
    assert (late.idf >= 0).all()
