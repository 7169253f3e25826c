"""Whether a phrase of a question says when or where the words it wants were spoken.

"What did Psaki say *in March 2021* about gas?" and "*At the hearing*, what did Oakes say?" do; "the
jobs report *of March 2021*" and "Who won *in 2020*?" do not: they place what is spoken of. In: a
question, where the phrase stands, and the speakers whose words are wanted. Where both readings are
open it says no: a filter that was not asked for hides the answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from index.transcript import Span
from qa.speakers import ADVERB, SAYING, UTTERANCE

_SPEAKING = rf"(?:{SAYING}|speak|spoke|spoken|talk(?:ed)?|discuss(?:ed)?|address(?:ed)?)"
_SUBJECT = r"(?P<subject>[^?;:]{1,60}?)"
_CLAUSES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:did|does|do|has|have|had)\s+{_SUBJECT}\s+{ADVERB}{_SPEAKING}\b",
        rf"\b(?:what|everything|all|whatever|how\s+\w+(?:\s+\w+)?)\s+{_SUBJECT}\s+{ADVERB}{_SPEAKING}\b",
        rf"^{_SUBJECT}['’]s?\s+(?:\w{{1,20}}\s+)?{UTTERANCE}\b",
        rf"\b(?:was|were|is|are)\s+{_SUBJECT}['’]s?\s+(?:\w{{1,20}}\s+)?{UTTERANCE}\b",
    )
]
_ANYBODY = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwho\s+(?:else\s+|first\s+)?{ADVERB}{_SPEAKING}\b",
        r"\b(?:was|were|been|is)\s+(?:\w{1,20}ly\s+|(?:first|ever|also)\s+)?"
        r"(?:said|asked|told|discussed|mentioned|stated|talked\s+about|spoken\s+about)\b",
    )
]
_SOMEBODY = re.compile(
    r"(?:(?:the|an?|any|senior)\s+)*(?:(?:administration|government|health|town|city|press|public)\s+)*(?:he|she|they|we|you|"
    r"any(?:one|body)|some(?:one|body)|(?:officials?|experts?|reporters?|witness(?:es)?|speakers?|administration|"
    r"candidates?|panelists?|guests?|hosts?|moderators?|secretary|spokes\w+)(?:\s+else)?)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"[\s,]*(?:(?:anything|something|back|out|publicly|again|here|there)\s+)?"
    r"(?:(?:(?:to|with)\s+)?(?:reporters|the\s+press|us|journalists)[\s,]+)?",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\W*(?:(?:and|but|so|back)\s+)?", re.IGNORECASE)
_ENDS = re.compile(r"\W*")
_CLAUSE_WORDS = frozenset(
    """
    that which who whom whose what when where why how whether if because since while after before until would will
    could should can may might must shall is are was were be been being has have had did do does get gets got went
    goes go began begin begins happened happen happens took take takes came come comes left made make makes fell rose
    won lost cost paid pay ran run died became to than
    """.split()
)
_EVENTS = frozenset(
    """
    election elections attack attacks summit collapse invasion assassination storm hurricane shooting campaign riot
    withdrawal evacuation crash strike strikes airstrike bombing explosion outbreak flood fire visit trip vote speech
    decision ruling deal agreement launch killing murder death deaths damage arrest inauguration olympics games game
    forecast figures data numbers report reports rate rates target targets goal goals deadline plan plans budget
    closure sale purchase fall meeting call conference debate hearing incident accident coup protest protests
    insurrection pullout drawdown shutdown
    """.split()
)
_NOUNS_IN_ING = frozenset(
    "spending funding housing building training testing hearing housing meaning manufacturing masking banking "
    "drilling mining policing parking voting lending hiring farming fishing bathing crossing boring borings king "
    "anything everything nothing something thing string spring wing ring beijing".split()
)
_DETERMINERS = frozenset("the a an his her their its this that these those my our your no".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Placing:
    """The part of a question that asks for words, against which phrases are held."""

    def __init__(self, text: str, speakers: Sequence[str] = (), bodies: Collection[str] = ()) -> None:
        """`speakers`: whose words are asked for. `bodies`: in small letters, whom titles name as speaking.

        `asked_until` is where the verb of saying ends; None where nobody's words are asked for.
        """
        self._text = text
        self.asked_until = _end_of_asking(text, speakers, bodies)

    def asks_for_words(self) -> bool:
        """Whether the question asks for anybody's words at all."""
        return self.asked_until is not None

    def begins_with(self, phrase: Span) -> bool:
        """Whether `phrase` stands at the head of the question."""
        return _BEGINS.fullmatch(self._text, 0, phrase.start) is not None

    def adjoins(self, phrase: Span, others: Sequence[Span] = ()) -> bool:
        """Whether `phrase` stands right behind the verb of saying, or with only `others` between."""
        if self.asked_until is None or phrase.start < self.asked_until:
            return False
        between = list(self._text[self.asked_until : phrase.start])
        for one in others:
            for at in range(max(one.start, self.asked_until), min(one.end, phrase.start)):
                between[at - self.asked_until] = " "
        return _GAP.fullmatch("".join(between)) is not None

    def closes(self, phrase: Span, others: Sequence[Span] = ()) -> bool:
        """Whether `phrase` stands at the end, behind a verb of saying and a plain topic that is itself no event."""
        if self.asked_until is None or phrase.start < self.asked_until:
            return False
        after = [phrase, *(one for one in others if one.start >= phrase.end)]
        if any(not _ENDS.fullmatch(self._text, one.end, other.start) for one, other in pairwise(sorted(after))):
            return False
        if not _ENDS.fullmatch(self._text, max(after).end):
            return False
        return _is_plain(self._text[self.asked_until : phrase.start])


def _end_of_asking(text: str, speakers: Sequence[str], bodies: Collection[str]) -> int | None:
    """Where the verb that asks for words ends; None where nobody who speaks in the record is asked."""
    ends = [found.end() for pattern in _ANYBODY for found in [pattern.search(text)] if found]
    for pattern in _CLAUSES:
        found = pattern.search(text)
        if found and (speakers or _speaks(found["subject"], bodies)):
            ends.append(found.end())
    for name in speakers:
        found = re.search(rf"\baccording\s+to\s+(?:the\s+)?{re.escape(name)}\b", text, re.IGNORECASE)
        ends += [found.end()] if found else []
    return min(ends, default=None)


def _speaks(subject: str, bodies: Collection[str]) -> bool:
    plain = " ".join(subject.casefold().removeprefix("the ").split())
    return _SOMEBODY.fullmatch(subject.strip()) is not None or plain in bodies


def _is_plain(topic: str) -> bool:
    """Whether a topic is one noun with what belongs to it: nothing in it can have happened at a time of its own."""
    before = ""
    for found in _WORD.finditer(topic):
        word = found.group()
        folded, behind = word.casefold(), before
        before = folded
        if folded in _EVENTS or (folded in _CLAUSE_WORDS and behind not in _DETERMINERS):
            return False
        if word.islower() and folded.endswith("ing") and folded not in _NOUNS_IN_ING:
            return False
        if word.islower() and folded.endswith("ed") and len(folded) > 4:
            return False
    return True
