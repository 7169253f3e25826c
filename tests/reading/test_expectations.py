"""The readers against the hand-made expectations; `score.py` beside this prints the figures."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("score", Path(__file__).parent / "score.py")
assert _spec is not None
assert _spec.loader is not None
score = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score)


@pytest.mark.parametrize("path", score.EXPECTATIONS, ids=lambda path: path.stem)
def test_every_expectation_is_met(path: Path, data: Path) -> None:
    assert [what for what, met in score.checks(json.loads(path.read_text()), data) if not met] == []
