"""An exported model run by ONNX Runtime: the embedder of everyday use. No torch here.

One session serves every caller: each run takes one core and holds no lock, so a question never
waits for an archive that is being embedded. Passages run on several threads, a small batch of
texts of like length on each, which on two cores is faster than one batch across both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding

from index.embedding.embedder import Embedded, EmbeddedQuestion, EmbedderIdentity, Floats
from index.embedding.late import LateInteraction
from index.embedding.prepared import Prepared
from index.embedding.tokens import hold_to_limit, open_tokenizer

WINDOW = 256
"""Texts that are sorted by length together; it bounds the memory."""

BATCH = 512
"""Tokens of one run, padding included: more is slower, for intermediate results then leave the core's cache."""


class OnnxEmbedder:
    """`late` is None for a model without token vectors; `threads` are used for passages."""

    def __init__(self, model: Prepared, late: LateInteraction | None, threads: int) -> None:
        self._facts = model.facts
        self._idf = None if late is None else late.idf
        self._tokenizer = open_tokenizer(model)
        self._session = _session(model)
        self._outputs = ["vector"] if late is None else ["vector", "tokens"]
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="embedding")

    @property
    def identity(self) -> EmbedderIdentity:
        return self._facts.identity

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""
        return [len(found.ids) for found in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        """One for each text, in order; a text beyond the limit is a ModelError, never cut off."""
        for at in range(0, len(texts), WINDOW):
            yield from self._window(texts[at : at + WINDOW])

    def question(self, text: str) -> EmbeddedQuestion:
        """The question as a point to search from; beyond the limit its first tokens count."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        encoding.truncate(self.identity.limit)
        encoding = self._tokenizer.post_process(encoding)
        vectors, tokens = self._run([encoding])
        spoken = _spoken(encoding)
        ids = np.asarray(encoding.ids)[spoken]
        weights = np.ones(len(ids), np.float32) if self._idf is None else self._idf[ids].astype(np.float32)
        return EmbeddedQuestion(vectors[0], tokens[0, spoken], weights, _spans(encoding, spoken))

    def _window(self, texts: Sequence[str]) -> Iterator[Embedded]:
        encodings = self._tokenizer.encode_batch(texts)
        hold_to_limit(max(len(found.ids) for found in encodings) - self._facts.specials, self.identity)
        running = [(batch, self._pool.submit(self._embedded, batch, encodings)) for batch in _batches(encodings)]
        try:
            done = {at: one for batch, future in running for at, one in zip(batch, future.result())}
        finally:
            for _, future in running:
                future.cancel()
        yield from (done[at] for at in range(len(encodings)))

    def _embedded(self, batch: Sequence[int], encodings: Sequence[Encoding]) -> list[Embedded]:
        chosen = [encodings[at] for at in batch]
        vectors, tokens = self._run(chosen)
        whole = np.rint(tokens * 127).astype(np.int8)
        found = []
        for row, encoding in enumerate(chosen):
            spoken = _spoken(encoding)
            found.append(Embedded(vectors[row].copy(), whole[row, spoken], _spans(encoding, spoken)))
        return found

    def _run(self, encodings: Sequence[Encoding]) -> tuple[Floats, Floats]:
        """Vectors [n, dimension] and token vectors [n, longest, token_dimension] of texts, special tokens included."""
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.full((len(encodings), longest), self._facts.pad, np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        found = self._session.run(self._outputs, {"input_ids": ids, "attention_mask": mask})
        return found[0], found[1] if len(found) > 1 else np.zeros((*ids.shape, 0), np.float32)


def _session(model: Prepared) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(model.model), options, providers=["CPUExecutionProvider"])
    except Exception as failed:  # its errors share no base but Exception
        raise model.damaged(failed) from failed


def _batches(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """Indices of texts, the longest first, in groups of at most `BATCH` tokens with their padding."""
    order = sorted(range(len(encodings)), key=lambda at: -len(encodings[at].ids))
    while order:
        size = max(1, BATCH // len(encodings[order[0]].ids))
        yield order[:size]
        order = order[size:]


def _spoken(encoding: Encoding) -> NDArray[np.intp]:
    """Where the text's own tokens stand among those of `encoding`."""
    return np.flatnonzero(np.asarray(encoding.special_tokens_mask) == 0)


def _spans(encoding: Encoding, spoken: NDArray[np.intp]) -> NDArray[np.int32]:
    return np.asarray(encoding.offsets, np.int32).reshape(-1, 2)[spoken]
