"""Which English words say nothing by themselves, and which are ordinary and so no names.

In: a word. Out: whether it is a function word (the closed classes of a grammar), or an ordinary
one: a word that transcripts print small. The ordinary ones were counted over the permissive
texts (`python -m eval.training.ordinary_words`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FUNCTION_WORDS = frozenset(
    """
    a about above across after again against ago all almost alone along already also although always am amid among an
    and another any anybody anyone anything anyway are aren't around as at away back be because been before being
    below beside besides between beyond both but by can can't cannot could couldn't despite did didn't do does doesn't
    doing don't done down during each either else enough even ever every everybody everyone everything except few
    first for from further had hadn't has hasn't have haven't having he he's her here here's hers herself him himself
    his how however i i'd i'll i'm i've if in indeed inside instead into is isn't it it's its itself just last later
    least less let let's like likely many may maybe me meanwhile might mine more moreover most much must my myself
    near nearly neither never nevertheless next no nobody none nor not nothing now of off often on once one ones only
    onto or other others otherwise ought our ours ourselves out outside over own per perhaps please quite rather really
    same several shall she she's should shouldn't since so some somebody someone something sometimes soon still such
    than that that's the their theirs them themselves then there there's therefore these they they're they've this
    those though through throughout thus till to today together tomorrow tonight too toward towards two under unless
    until unto up upon us very via was wasn't we we'd we'll we're we've were weren't what what's whatever when whenever
    where whereas whereby wherever whether which whichever while who who's whoever whole whom whose why will with
    within without won't would wouldn't yeah yes yesterday yet you you'd you'll you're you've your yours yourself
    yourselves ll re ve d s t m
    """.split()
)
"""The closed classes: articles, pronouns, prepositions, conjunctions, auxiliaries, bare adverbs."""

CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec
    """.split()
)
"""Days and months."""


def is_ordinary(word: str) -> bool:
    """Whether `word`, in any case, is one that is printed small."""
    small = word.lower().replace("’", "'")
    return small in FUNCTION_WORDS or small in _ordinary() or bool(_FORMED.fullmatch(small))


_FORMED = re.compile(r"[a-z]{4,}(?:ness|ments?|ations?|ingly|ability|fully|ously)")
"""Words formed from others, which no list has all of: "joblessness", "interdictions"."""


@cache
def _ordinary() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "ordinary_words.txt").read_text("utf-8").split())
