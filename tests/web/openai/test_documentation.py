"""The programs in docs/protocols.md run, against a server over the samples."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Server

DOCS = Path(__file__).resolve().parents[3] / "docs" / "protocols.md"
PROGRAMS = re.findall(r"^```python\n(.+?)^```", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("program", PROGRAMS, ids=["openai", "mcp"])
def test_a_program_of_the_documentation_prints_an_answer_with_its_sources(server: Server, program: str) -> None:
    here = program.replace("http://127.0.0.1:8000/", server.url)
    ran = subprocess.run([sys.executable, "-c", here], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert "\nSources:\n\n[1] " in ran.stdout
