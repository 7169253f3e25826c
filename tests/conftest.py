"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy with other things makes no test fail.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real transcripts used in development; not part of the project."""
    folder = Path(os.environ.get("ONRECORD_DEVELOPMENT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real transcripts are not at {folder} (ONRECORD_DEVELOPMENT_DATA says where)")
    return folder
