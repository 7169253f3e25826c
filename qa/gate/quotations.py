"""quotations: in preparation."""

from __future__ import annotations

from qa.gate.evidence import Evidence
from qa.gate.fault import Fault


def fault(text: str, evidence: Evidence) -> Fault | None:
    """Nothing yet."""
    return None
