"""Negation: nothing is negated that the record affirms, nor affirmed that it negates.

In: the sentence and its evidence. Out: a fault, or None. Word by word: each negation of the
sentence must find a negation of the record over the words that both share, and a negation of the
record over most of what a clause takes from it must be taken along. Where the two share no word
under a negation, any negation of the record will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from index.text.polarity import Negation, Polar, Polarity, may_negate, polarity
from index.text.reporting import SAYING
from index.text.sentences import is_question
from qa.gate.evidence import Evidence
from qa.gate.fault import Fault
from qa.gate.kin import kin
from qa.gate.otherwise import done_before, doubles, is_sooner, limits, says_so
from qa.gate.verbatim import is_verbatim, without_asides
from qa.gate.words import is_content, stem


class _Read(Struct, frozen=True):
    """The polarity of a text by stems: where each stands negated, affirmed or either, and in which clauses."""

    polarity: Polarity
    affirmed: frozenset[str]
    negated: frozenset[str]
    beside: frozenset[str]
    """What stands in one part of a clause with a negation."""
    denied: frozenset[str]
    """What words such as "unvaccinated" deny, and `plain` what stands affirmed: words, no stems."""
    plain: frozenset[str]
    decided: frozenset[str]
    """Verbs before "not to": "agreed not to sign"."""
    asks: bool
    """Whether it is a question."""


def fault(text: str, evidence: Evidence) -> Fault | None:
    """What `text` negates and `evidence` affirms, or the other way."""
    if is_verbatim(text, evidence):
        return None
    if before := done_before(text, evidence.texts):
        called_first = Fault("negation", f"the cited words call it the first time, not “{before}”")
    else:
        called_first = None
    words = [without_asides(one) for one in evidence.texts]
    if not any(map(may_negate, (text, *words))):
        return called_first
    draft, record = _read(text), [_read(one) for one in words]
    for negation in draft.polarity.negations:
        if not _is_borne_out(negation, draft, record) and not says_so(text, negation.at, evidence.texts):
            return Fault("negation", f"the cited words do not negate what “{negation.text}” negates")
    if called_first:
        return called_first
    if limited := limits(text, evidence.texts):
        return Fault("negation", f"the cited words say that it is not “{limited}”")
    if (doubled := doubles(text, evidence.texts)) and any(one.polarity.negations for one in record):
        return Fault("negation", f"the cited words negate once what “{doubled}” negates twice")
    if is_sooner(text, evidence.texts):
        return Fault("negation", "the cited words have it wait for what it is said to come before")
    turned = _turned(draft, record)
    if turned:
        return Fault("negation", turned)
    for one in record:
        for negation in one.polarity.negations:
            if not negation.soft and _is_left_out(negation, one, draft, record):
                return Fault("negation", f"the cited words negate it (“{negation.text}”)")
    return None


@lru_cache(maxsize=2_000)
def _read(text: str) -> _Read:
    read = polarity(text)
    affirmed, negated, beside = set(), set(), set()
    negative = {negation.part for negation in read.negations if not negation.soft}
    put_otherwise = {at for negation in read.negations if negation.soft for at in negation.reach}
    acts = {negation.text for negation in read.negations}
    for at, word in enumerate((*read.words, *read.bases)):
        if _tells(word):
            stemmed = stem(word.text)
            if word.either or not word.negated:
                affirmed.add(stemmed)
            if word.either or word.negated or at in put_otherwise:
                negated.add(stemmed)
            if word.part in negative and word.reached < 2 and word.text not in acts:
                beside.add(stemmed)
    denied = frozenset(word.text for word in read.bases if word.negated and _tells(word))
    plain = frozenset(word.text for word in read.words if word.either or not word.negated)
    sides = frozenset(affirmed), frozenset(negated), frozenset(beside)
    return _Read(read, *sides, denied, plain, _decided(text), is_question(text))


_RAISING = frozenset(
    map(stem, "think believe expect want seem appear suppose feel plan intend hope wish like see get go take".split())
)
"""Verbs whose negation may as well stand on what follows them."""
_NOT_TO = re.compile(r"\b([^\W\d_]+)\s+(?:not|never)\s+to\s", re.IGNORECASE)


def _decided(text: str) -> frozenset[str]:
    verbs = (found[1].lower() for found in _NOT_TO.finditer(text))
    return frozenset(stem(verb) for verb in verbs if is_content(verb)) - _RAISING


_SAYING = frozenset("say says said saying tell tells told telling ask asks asked asking".split())


def _tells(word: Polar) -> bool:
    return word.tells or (word.text not in _SAYING and is_content(word.text))


def _reached(negation: Negation, read: _Read) -> set[str]:
    """The stems that `negation` reaches and that stand negated under it."""
    words = (read.polarity.words[at] for at in negation.reach)
    return {stem(word.text) for word in words if word.negated and _tells(word)}


def _is_borne_out(negation: Negation, draft: _Read, record: list[_Read]) -> bool:
    if negation.soft:
        return True
    held = frozenset().union(*(one.affirmed | one.negated for one in record))
    shared = _reached(negation, draft) & held
    passed_on = any(one.polarity.answers_no for one in record) and shared.isdisjoint(_PASSING_ON)
    if len(shared) > 1 or (shared and not passed_on):
        negated = frozenset().union(*(one.negated for one in record))
        beside = frozenset().union(*(one.beside for one in record))
        decided = frozenset().union(*(one.decided for one in record))
        affirmed = frozenset().union(*(one.affirmed for one in record))
        if _is_of_this(negation, draft, record, negated - affirmed) or _is_of_what_was_asked(negation, draft, record):
            return True
        if _is_only_affirmed(negation, draft, affirmed, negated | (beside - decided)):
            return False
        if not shared & negated and negation.text not in _OF_A_NOUN:
            return shared <= beside and not negated.isdisjoint(_around(negation, draft))
        return 2 * len(shared & (negated | beside)) >= len(shared)
    if passed_on or any(one.polarity.negations for one in record):
        return True
    return stem(negation.text) in held


def _is_only_affirmed(negation: Negation, draft: _Read, affirmed: frozenset[str], negated: frozenset[str]) -> bool:
    """Whether what it negates first, its verb, is told in the record, and not under or beside a negation."""
    words = (draft.polarity.words[at] for at in negation.reach)
    first = next((stem(word.text) for word in words if word.negated and _tells(word)), "")
    return negation.text not in _OF_A_NOUN and first in affirmed - negated and first not in _RAISING


_PASSING_ON = frozenset(map(stem, "refer defer leave point".split()))
"""What passes a question on; a draft that negates this is about it, and not about what was asked."""


def _is_of_this(negation: Negation, draft: _Read, record: list[_Read], negated: frozenset[str]) -> bool:
    """Whether the record negates the verb of a "this" or "it", for which the draft puts what that is."""
    words = (draft.polarity.words[at] for at in negation.reach)
    first = next((stem(word.text) for word in words if word.negated and _tells(word)), "")
    if first not in negated or (negation.text in _OF_A_NOUN and first not in _OF_MIND):
        return False
    return any(
        first in _reached(other, one) and any(one.polarity.words[at].text in _POINTING for at in other.reach[1:])
        for one in record
        for other in one.polarity.negations
    )


def _is_of_what_was_asked(negation: Negation, draft: _Read, record: list[_Read]) -> bool:
    """Whether an answer that repeats nothing of what is negated denies it ("there should not be that suggestion"),
    or, where the draft denies that anything was said, passes on it ("I can't make an assessment of that")."""
    told = [one for one in record if not one.asks]
    reached = _reached(negation, draft)
    if len(told) == len(record) or not reached.isdisjoint(frozenset().union(*(one.affirmed for one in told))):
        return False
    silent = _is_of_telling(negation, draft)
    return any(
        silent == _is_of_telling(other, one)
        and (
            silent
            or not reached.isdisjoint(_reached(other, one))
            or any(one.polarity.words[at].text in _POINTING for at in other.reach)
        )
        for one in told
        for other in one.polarity.negations
    )


def _is_of_telling(negation: Negation, read: _Read) -> bool:
    words = [read.polarity.words[at].text for at in negation.reach[:8]]
    return negation.text.startswith("declin") or any(word in SAYING or stem(word) in _TELLING for word in words)


_TELLING = frozenset(
    map(stem, "assess assessment know comment confirm speculate predict elaborate detail discuss disclose get".split())
)
_OF_MIND = frozenset(map(stem, "reason evidence plan intention need indication sign proof doubt interest".split()))
"""Nouns that carry the negation of what follows them: "no reason to think that it has changed"."""
_POINTING = frozenset("this that it these those them".split())
_OF_A_NOUN = frozenset("no none nobody nothing neither nor noone without absent".split())
"""Negations of who or what, which a record may put before its verb."""


def _turned(draft: _Read, record: list[_Read]) -> str | None:
    """A word that one of the two has with "un" or the like, and the other only without."""
    plain = frozenset().union(*(one.plain for one in record))
    negated = frozenset().union(*(one.negated for one in record))
    affirmed = frozenset().union(*(one.affirmed for one in record))
    for verb in draft.decided:
        if verb in negated - affirmed:
            return f"the cited words negate “{verb}” itself"
    for word in draft.denied:
        if word in plain and stem(word) not in negated:
            return f"the cited words do not deny “{word}”"
    for one in record:
        for word in one.denied:
            if word in draft.plain and stem(word) not in draft.negated and word not in plain:
                return f"the cited words deny “{word}”"
    return None


def _is_left_out(negation: Negation, read: _Read, draft: _Read, record: list[_Read]) -> bool:
    """Whether `draft` takes over, affirmed, what `negation` negates."""
    everywhere = frozenset().union(*(one.affirmed for one in record))
    taken_along = draft.negated - (draft.affirmed & set(map(stem, draft.denied & read.denied)))
    only_negated = _reached(negation, read) - everywhere - taken_along
    if not only_negated:
        return False
    held = frozenset().union(*(one.affirmed | one.negated for one in record))
    for clause in _clauses(draft):
        taken = {word for word in clause if not kin(word).isdisjoint(held)}
        turned = {word for word in only_negated if not kin(word).isdisjoint(clause)}
        whole = 3 * len(turned) >= 2 * len(only_negated)
        if not turned:
            continue
        if whole and len(turned) > 1:
            return True
        most = whole or 2 * len(turned) >= len(taken) or len(turned) > 2
        if most and not _is_accounted_for(negation, read, draft):
            return True
    return False


def _is_accounted_for(negation: Negation, read: _Read, draft: _Read) -> bool:
    """Whether a negation of `draft` is about what `negation` is about, and no other more so, or is unlike all."""
    around = {one: _around(one, read) for one in read.polarity.negations}
    for other in draft.polarity.negations:
        if _is_undone(other, draft):
            continue
        near = _around(other, draft)
        best = max(len(near & words) for words in around.values())
        if len(near & around[negation]) == best:
            return True
    return not _reached(negation, read).isdisjoint(map(stem, draft.denied - read.denied))


def _is_undone(negation: Negation, read: _Read) -> bool:
    """Whether what it reaches, but for another negation, is affirmed by that."""
    acts = {one.text for one in read.polarity.negations}
    words = [read.polarity.words[at] for at in negation.reach]
    told = [word for word in words if _tells(word) and word.text not in acts]
    return bool(told) and not any(word.negated for word in told)


def _around(negation: Negation, read: _Read) -> set[str]:
    clause = {stem(word.text) for word in read.polarity.words if word.clause == negation.clause and _tells(word)}
    return clause | _reached(negation, read)


def _clauses(read: _Read) -> Iterator[set[str]]:
    """The stems of each clause without a negation."""
    negative = {negation.clause for negation in read.polarity.negations if not negation.soft}
    # What two negations affirm is affirmed: "did not dispute that a reserve is a cost".
    clauses: dict[int, set[str]] = {}
    for word in read.polarity.words:
        if (word.clause not in negative or (word.reached and not word.negated)) and _tells(word):
            clauses.setdefault(word.clause, set()).add(stem(word.text))
    yield from clauses.values()
