"""Evidence written by hand, and hostile text for every rule."""

from __future__ import annotations

from hypothesis import strategies as st

from index.transcript import Outside, Speaker, Transcript, Turn
from qa.gate.evidence import Evidence, Stretch

PSAKI, FAUCI = ("MS. PSAKI", "Jen Psaki"), ("DR. FAUCI", None)
PRESIDENT, REPORTER, UNNAMED = ("THE PRESIDENT", None), ("Q", None), (None, None)
MAYOR, MINISTER = ("MAYOR VARLEY", "Edith Varley"), ("MINISTER RENHOLT", "Tomas Renholt")

Voice = tuple[str | None, str | None]


def said(*turns: tuple[Voice, str], title: str | None = None, header: str = "") -> Evidence:
    """Evidence of whole turns of one transcript, each by a voice: label and name."""
    transcript = Transcript(
        turns=tuple(Turn(text, label, None if label == "Q" else label) for (label, _), text in turns),
        title=title,
        speakers=tuple(Speaker(label, name) for label, name in dict(turns) if label),
        outside=(Outside(header, "before the speech"),) if header else (),
    )
    return Evidence(tuple(Stretch("t", transcript, span, 1) for span in transcript.spans))


HOSTILE = st.text(max_size=120) | st.lists(
    st.sampled_from(
        ["Psaki", "said", "not", "no", "U.S.", "“", "”", '"', "'", "the", "President", "CDC", ",", ".", "-", "’s",
         "and", "according to", "Q", "unvaccinated", "more", "less", ":", "(", "…", "\u2060", "COVID-19", "\n\n",
         "ruled out", "?"]
    )
).map(" ".join)  # fmt: skip
