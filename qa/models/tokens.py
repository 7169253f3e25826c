"""Tokens: how long a text is to a model.

tiktoken counts for the models it knows, if its vocabulary is on this machine already: it fetches
one without a time limit otherwise, so it is never asked to. Everything else is estimated, on the
safe side.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

log = logging.getLogger(__name__)


def estimated(text: str) -> int:
    """No fewer tokens than a small vocabulary gives `text`, whatever its language; English has two thirds of it."""
    pieces = sum(1 for _ in _PIECE.finditer(text)) + sum(1 for _ in _BEYOND_ASCII.finditer(text))
    return ceil(pieces * _SAFETY)


def counted(model: str, text: str) -> int | None:
    """The tokens of `text` to `model`; None where tiktoken can't count them here."""
    known = encoding(model)
    # encode_ordinary, as a transcript may well say "<|endoftext|>", which encode refuses.
    return len(known.encode_ordinary(text)) if known else None


@cache
def say_estimated(model: str) -> None:
    """Says in the log, once a model, that its tokens are estimated."""
    log.info("%s: no vocabulary to count its tokens with; they are estimated, on the safe side", model)


@cache
def encoding(model: str) -> Encoding | None:
    """tiktoken's encoding of `model`, with or without its maker before it; None where it is not to be had here."""
    import tiktoken
    from tiktoken.model import encoding_name_for_model

    try:
        name = encoding_name_for_model(model.rpartition("/")[2])
    except KeyError:
        return None
    return tiktoken.get_encoding(name) if is_here(name, os.environ) else None


def is_here(encoding: str, environment: Mapping[str, str]) -> bool:
    """Whether tiktoken finds the vocabulary of `encoding` whole in its cache folder, and so fetches nothing."""
    vocabulary = VOCABULARIES.get(encoding)
    folder = environment.get("TIKTOKEN_CACHE_DIR", environment.get("DATA_GYM_CACHE_DIR"))
    if vocabulary is None or folder == "":
        return False
    address, digest = vocabulary
    file = Path(folder or Path(tempfile.gettempdir(), "data-gym-cache"), hashlib.sha1(address.encode()).hexdigest())
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        return False


_PIECE = re.compile(r"[A-Za-z]{1,3}|[^\sA-Za-z]|\n")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SAFETY = 1.1
"""A token for three letters, for each digit and each sign, two for a letter that is not English, and a tenth more."""

_O200K = (
    "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
)
VOCABULARIES = {
    "o200k_base": _O200K,
    "o200k_harmony": _O200K,
    "cl100k_base": (
        "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}
"""Where tiktoken fetches each vocabulary from, which names the file in its cache, and the SHA-256 it must have."""
