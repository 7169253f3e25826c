"""Words as the gate's rules compare them: stems of those that carry meaning, and which words are kin."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.function_words import CALENDAR, FUNCTION_WORDS
from qa.matching import stems

_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word; irregular forms go to their verb's."""
    small = word.lower().replace("’", "'")
    found = stems(_IRREGULAR.get(small, small))
    return min(found, default=small)


def is_past(word: str) -> bool:
    """Whether a word, small, is of a verb's past, as far as its form tells."""
    return word.endswith("ed") or _IRREGULAR.get(word, word) != word


@lru_cache(maxsize=20_000)
def is_content(word: str) -> bool:
    """Whether a word, small, says something by itself."""
    return word.replace("’", "'") not in _EMPTY and (len(word) > 1 or word.isdigit())


_EMPTY = FUNCTION_WORDS | CALENDAR


@lru_cache(maxsize=2_000)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of `text` that say something, in any form."""
    return frozenset(stem(word) for word in map(str.lower, _WORD.findall(text)) if is_content(word))


_IRREGULAR = {
    form: forms.split()[0]
    for forms in """
    go went gone goes going; buy bought; bring brought; think thought; say said; tell told; give gave given; take took
    taken; make made; get got gotten; know knew known; see saw seen; come came; become became; begin began begun;
    break broke broken; build built; choose chose chosen; do did done; draw drew drawn; drive drove driven; eat ate
    eaten; fall fell fallen; feel felt; fight fought; find found; fly flew flown; forget forgot forgotten; grow grew
    grown; hear heard; hold held; keep kept; lead led; leave left; lend lent; lose lost; mean meant; meet met; pay
    paid; rise rose risen; run ran; sell sold; send sent; shake shook shaken; show shown; sit sat; speak spoke spoken;
    spend spent; stand stood; steal stole stolen; strike struck; swear swore sworn; teach taught; throw threw thrown;
    understand understood; wear wore worn; win won; withdraw withdrew withdrawn; write wrote written; child children;
    man men; woman women; person people; foot feet; decision decide decided; sell sale; death die died dead; lose
    loss; arrive arrival; choose choice; grow growth; speak speech; proof prove; belief believe; life live lives;
    milligram milligrams mg; kilogram kilograms kg; kilometre kilometres kilometer kilometers km; litre litres liter
    liters; metre metres meter meters; tonne tonnes ton tons; percent percentage; good better best; bad worse worst;
    """.split(";")
    for form in forms.split()
}
