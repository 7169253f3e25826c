"""The tiny embedder keeps the protocol to the letter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.tiny import TinyEmbedder
from index.errors import ModelError

texts = st.lists(st.text(max_size=60), max_size=5)


@given(texts)
def test_one_for_each_text_in_order_and_always_the_same(given: list[str]) -> None:
    embedder = TinyEmbedder()
    for text, made, again in zip(given, embedder.passages(given), TinyEmbedder().passages(given), strict=True):
        assert (made.vector == again.vector).all()
        assert (made.tokens == again.tokens).all()
        assert np.linalg.norm(made.vector) == pytest.approx(1, abs=1e-5)
        assert (made.vector.shape, made.tokens.shape) == ((32,), (embedder.count([text])[0], 8))
        assert (made.vector == embedder.question(text).vector).all()
        assert "".join(text[start:end] for start, end in made.spans) == "".join(text.split())


def test_beyond_the_limit_is_an_error_for_a_passage_and_cut_off_for_a_question() -> None:
    long = "word " * 255
    with pytest.raises(ModelError, match="255"):
        list(TinyEmbedder().passages([long]))
    assert len(TinyEmbedder().question(long).tokens) == 254


def test_texts_that_share_words_lie_nearer() -> None:
    near, far = (TinyEmbedder().question(text).vector for text in ("the red bridge", "a council of nine"))
    asked = TinyEmbedder().question("the red bridge again").vector
    assert asked @ near > asked @ far + 0.2
