"""Language: whether a text is English, whose rules for numbers, names and negation are the ones there are.

In: a text, and what its file states. Out: yes or no, by the share of English function words; too
short a text to tell is taken for what the file states, else for English. A question is short, and
told by the words that questions are made of.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FUNCTION_WORDS = frozenset(
    """a an and are as at be because been but by can could did do does for from had has have he her his how i if in is
    it its me my no not of on or our she so some than that the their them then there they this to us was we were what
    when where which who why will with would you your about all any into just more most much need now only other out
    over said should up very also after before""".split()
)
_OTHER_WORDS = frozenset(
    """der die das und ist nicht ein eine einen den dem des mit für auf von zu im wir sie ich es dass wird werden haben
    hat sind auch nach bei aus wie oder aber le la les des est une un et que qui dans pour pas sur avec nous vous ils
    elle sont du au ce cette el los las una y en por con para se su del al lo como más pero il lo gli che di da per non
    sono della con het een van en dat niet zijn op te voor met og det er som til på att och för inte jag""".split()
) - _FUNCTION_WORDS
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = "’“”—–…‘\u00a0"
"""What English text has beside ASCII."""
_ASCII_WORD = re.compile(r"[a-z]+")
_BEYOND_LATIN = re.compile("[^\0-\u024f]+")
LOOKED_AT = 1_200
"""Characters of a text that are looked at."""
_ENOUGH = 6
"""Words of either kind that must be seen before the words count more than what the file states."""


@lru_cache(maxsize=2_000)
def is_english(text: str, stated: str | None = None) -> bool:
    """Whether `text` is English; `stated` is the language its file states (`en`, `de-AT`), if any."""
    looked_at = text[:LOOKED_AT]
    if not looked_at.isascii():
        for mark in _MARKS:
            looked_at = looked_at.replace(mark, " ")
    if looked_at.isascii():
        words = _ASCII_WORD.findall(looked_at.lower())
    else:
        words = " ".join(_WORD.findall(looked_at)).lower().split()
        letters = "".join(words)
        if 2 * sum(map(len, _BEYOND_LATIN.findall(letters))) > len(letters):
            return False
    english = sum(map(_FUNCTION_WORDS.__contains__, words))
    other = sum(map(_OTHER_WORDS.__contains__, words))
    if english + other >= _ENOUGH:
        return english > other
    return other <= english + 1 if stated is None else stated.lower().split("-")[0].startswith("en")


_ASKING = frozenset(
    """
    wer wen wem wessen wann wo woher wohin warum wieso weshalb wie welche welcher welches welchen wieviel wurde hat
    hatte haben ist sind war waren wird werden über sagte gesagt viele viel gibt kostet nicht auch zum zur bei aus nach
    qui que quoi quand où pourquoi comment combien quel quelle quels quelles est ce qu quoi dit dire sur pour dans avec
    était ont été sont les des aux
    qué quién quiénes cuándo dónde cómo cuánto cuánta cuántos cuántas cuál cuáles por dijo dicho sobre fue están está
    hay con para los las
    chi cosa quando dove perché come quanto quanta quanti quante quale quali detto della sulla sul sulle gli nel
    quem onde porquê porque quais disse foi são com uma os
    wat wie wanneer waar waarom hoe hoeveel welke zei gezegd werd zijn het een voor niet van
    vad vem när var varför hur vilken vilket sade sagt hvad hvem hvornår hvor hvorfor hvordan hvilken sagde hva hvilket
    sier och och att på om är med för
    co kto kiedy gdzie dlaczego jak ile jaki jaka powiedział powiedziała jest się na
    """.split()
) | _OTHER_WORDS
_PARTICLES = frozenset("van von de der den del della di da du la le el al den des dos das do und y e i".split())
"""Words that stand in names too, and alone tell nothing."""


def is_asked_in_english(question: str) -> bool:
    """Whether a question is English; one of which nothing tells is."""
    found = _WORD.findall(question.lower())
    letters = "".join(found)
    if 2 * sum(map(len, _BEYOND_LATIN.findall(letters))) > len(letters):
        return False
    english = sum(word in _ENGLISH_ALONE for word in found)
    other = [word for word in found if word in _FOREIGN_ALONE]
    return len(other) <= max(1, english) or _PARTICLES.issuperset(other)


_ENGLISH_ASKING = frozenset("did does said say says whom whose why how much many was tell who what when where".split())
_ENGLISH_ALONE = (_FUNCTION_WORDS | _ENGLISH_ASKING) - _ASKING
_FOREIGN_ALONE = _ASKING - _FUNCTION_WORDS - _ENGLISH_ASKING
