"""The gate: a draft and what was shown in, the sentences that the record bears out and those it does not, out."""

from qa.gate.draft import Drafted
from qa.gate.evidence import Evidence, Stretch, evidence
from qa.gate.fault import Fault
from qa.gate.gate import Gate, Tally
from qa.gate.judging import Refused, Verdict, Verified, borne_out
from qa.gate.mending import mended

__all__ = [
    "Drafted",
    "Evidence",
    "Fault",
    "Gate",
    "Refused",
    "Stretch",
    "Tally",
    "Verdict",
    "Verified",
    "borne_out",
    "evidence",
    "mended",
]
