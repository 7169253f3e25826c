"""A whole question with pronouns as a follow-up: "What did he say about Syria?", "When was it built?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.store import Voice
from index.text.function_words import FUNCTION_WORDS
from index.text.names import surname
from index.transcript import Span
from qa.antecedents import speaks
from qa.frame import AUX, Frame
from qa.leaning import ENDS, WHAT_ABOUT, WHOLE, Leaning
from qa.speakers import ADVERB, SAYING, mentions

_PERSON = re.compile(r"\b(?P<who>he|she|him|his|her|they|them|their)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?P<it>it|its|they|them|their)\b", re.IGNORECASE)
_PERSONISH = re.compile(
    r"\b(?:who(?!m)|whose|anybody|anyone|somebody|someone|everybody|everyone|nobody|president|presidents?['’]s|mayor|minister|"
    r"secretary|senator|governor|general|doctor|nurse|teacher|student|child|children|man|men|woman|women|boy|girl|mother|"
    r"father|driver|owner|officer|officials?|soldiers?|people|workers?|players?|reporters?|journalists?|king|queen|pope|"
    r"leaders?|captain|chief|director|witness(?:es)?|parents|families|veterans|migrants|americans|patrons)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?:the|an?|this|that|these|those|any|his|her|its|their)\s+[a-z]+|(?<!^)\b[A-ZÀ-Þ][\w-]+")
_OWNERS = frozenset(("its", "their"))
_WH_NOUN = re.compile(rf"(?:which|what|whose|(?P<many>how\s+many))\s+(?!{AUX}\b|else\b)\w+", re.IGNORECASE)
_EXPLETIVE = re.compile(
    rf"\b(?:it\s+(?:\w+\s+){{0,3}}(?:to\s+\w+|that\b|true\b|possible\b|likely\b|clear\b)|{AUX}\s+it\s+(?:take|took|cost|be|mean)\w*\s+to\b|"
    r"(?:is|was|be)\s+it\s+(?:\w+\s+){1,3}(?:to|that|when|if)\b)",
    re.IGNORECASE,
)
_FREE_THAT = re.compile(
    r"\b(?:that|this|those|these)\b(?=[\s?!.]*$|\s+(?:is|was|were|are|costs?|happen(?:ed|s)?|mean(?:s|t)?|take|took|works?|"
    r"be|true|will|would|has|had|really|ever|again)\b)",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(
    rf"(?:^|\b(?:{AUX}|about|of|on|for|with|to|by|when|how|why|after|before|say|said|explain|mean|than))\s*$",
    re.IGNORECASE,
)
_THERE = re.compile(  # no existential one
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?<!\bwere )(?<!\bthat )(?<!^)\bthere\b"
    r"(?!\s+(?:is|are|was|were|be|been|will|would|needs?|seems?|has|have|a|an|any|no)\b)",
    re.IGNORECASE,
)
_THEN = re.compile(r"(?<=\w )then\b", re.IGNORECASE)
_NO_TOPIC = re.compile(
    rf"(?P<asked>what(?:\s+else)?\s+(?:did|does|has|have)\s+.+?\s+{ADVERB}(?:{SAYING}))"
    rf"(?P<rest>(?:\s+then|\s+(?:in|on|during|since|before|after)\s+.*)?){ENDS}",
    re.IGNORECASE,
)
_SAID_THAT = re.compile(
    rf"(?P<asked>{AUX}\s+.+?\s+{ADVERB}(?:{SAYING}))\s+(?:that|so|this|it)(?P<rest>\s+(?:in|on|during|since|before|after)\s.+)",
    re.IGNORECASE,
)
_SEVERAL_SENTENCES = re.compile(r"[?!]\W+\w|\w{4}\.\W+[A-Z]")
_UNCERTAIN = re.compile(
    rf"(?:is|was)\s+(?:that|this|it)\s+(?:true|right|so|correct|all|it){ENDS}|are\s+you\b", re.IGNORECASE
)
_POSSESSIVE = re.compile(
    r"\s+(?!(?:in|on|at|to|for|about|and|or|but|from|with|by|when|why|how|that|then|there|again|as|what)\b)\w"
)


def whole(leaning: Leaning) -> str | None:
    """The question with its pronouns named; None where it is no whole question, or has none that can be told."""
    if not WHOLE.match(leaning.text) or WHAT_ABOUT.match(leaning.text) or _UNCERTAIN.match(leaning.text):
        return None
    text = leaning.text
    if _SEVERAL_SENTENCES.search(text):  # they are each other's context
        return text if leaning.joined else None
    named = _person(text, leaning)
    if named is None:
        return None
    text = _time(_place(named, leaning), leaning)
    text = _with_topic(_thing(text, leaning) or text, leaning)
    return text if text != leaning.text or leaning.joined else None


def _person(text: str, leaning: Leaning) -> str | None:
    """`text` with its personal pronoun named; None where it has one that can't be told."""
    found = _PERSON.search(text)
    if not found:
        return text
    before, who = text[: found.start()], found["who"].lower()
    bound = _PERSONISH.search(before)
    only_asks = bound and who in ("him", "her") and bound.group().lower() == "who"
    if _names_anybody(before, leaning.voices) or (bound and not only_asks):
        return text
    if who in ("they", "them", "their"):
        return text
    person = leaning.person(who)
    if person is None:
        return None
    person = person if surname(person) else f"the {person}"  # a bare office
    owns = who == "his" or (who == "her" and _POSSESSIVE.match(text, found.end()))
    return before + (f"{person}'s" if owns else person) + text[found.end() :]


def _names_anybody(text: str, voices: Sequence[Voice]) -> bool:
    """Whether `text` names anybody."""
    return next(iter(mentions(text, voices)), None) is not None


def _thing(text: str, leaning: Leaning) -> str | None:
    """`text` with "it", "they" or "that" named; None where it has one that can't be told."""
    frame = leaning.frame
    meant = frame.thing()
    thing = frame.text[meant.start : meant.end] if meant else None
    found = _FREE_THAT.search(text)
    if found and _BEFORE_THAT.search(text[: found.start()]):
        return text[: found.start()] + thing + text[found.end() :] if thing else None
    found = _IT.search(text)
    if not found or _EXPLETIVE.search(text) or _is_bound(text[: found.start()], found["it"].lower(), leaning):
        return text
    word = found["it"].lower()
    several = word in ("they", "them", "their")
    speaks = several and re.match(rf"\s+{ADVERB}(?:{SAYING})\b", text[found.end() :], re.IGNORECASE)
    agrees = thing is not None and (several == is_several(thing) or (several and _may_be_several(thing, meant, frame)))
    if thing is None or not agrees or (speaks and thing.islower()):
        return _of_people(text, found, leaning) if several else None
    owns = "'" if thing.endswith("s") else "'s"
    return text[: found.start()] + thing + (owns if word in _OWNERS else "") + text[found.end() :]


def _of_people(text: str, found: re.Match[str], leaning: Leaning) -> str | None:
    """ "They" as the people asked last, where they are several."""
    frame = leaning.frame
    if len(frame.asked) < 2 or found["it"].lower() != "they":
        return None
    people = frame.text[frame.asked[0].start : frame.asked[-1].end]
    return text[: found.start()] + people + text[found.end() :]


def _is_bound(before: str, word: str, leaning: Leaning) -> bool:
    """Whether what stands before a pronoun holds something it may mean."""
    noun = _WH_NOUN.match(before)
    if noun and (word not in ("it", "its") or not noun["many"]):
        return True
    if word in _OWNERS and any(one not in FUNCTION_WORDS for one in before.lower().split()):
        return True
    named = [Span(*one.span()) for one in _THING.finditer(before)]
    voices = leaning.voices
    people = [one for one in mentions(before, voices) if speaks(before[one.start : one.end], voices)]
    return any(not any(one.overlaps(person) for person in people) for one in named)


def is_several(thing: str) -> bool:
    """Whether a thing so named is more than one."""
    return bool(re.search(r"(?<![su])s$|children$|people$|men$", thing.split()[-1].lower())) if thing.split() else False


def _may_be_several(thing: str, meant: Span | None, frame: Frame) -> bool:
    if " and " in thing:
        return True
    head = thing.split()[-1]
    if head.islower() and head not in _BODIES:  # nobody means an attack by "they"
        return False
    return meant is not None and not thing.islower() and frame.acts(meant)


_BODIES = frozenset(
    """
    administration government cabinet council committee commission board team company firm business department agency
    ministry bureau office authority police army navy military force crew staff family union party court jury
    group band club bank hospital university school church press media campaign coalition alliance delegation public
    city town county state parliament congress senate task-force taskforce cartel militia gang
    """.split()
)
"""Nouns of one thing that is several people."""


def _place(text: str, leaning: Leaning) -> str:
    found = _THERE.search(text)
    place = leaning.frame.place(("in", "at", "near"))
    if not found or not place:
        return text
    return text[: found.start()] + leaning.frame.text[place.start : place.end] + text[found.end() :]


def _time(text: str, leaning: Leaning) -> str:
    found, time = _THEN.search(text), leaning.frame.time()
    if not found or not time:
        return text
    words = leaning.frame.text[time.start : time.end]
    before = re.search(r"\b(?:in|on|during)\s+(?:the\s+)?$", leaning.frame.text[: time.start])
    return text[: found.start()] + (before.group() if before else "in ") + words + text[found.end() :]


def _with_topic(text: str, leaning: Leaning) -> str:
    """A question for somebody's words, or when they were said, that says not about what, with the topic of the last."""
    found, topic = _NO_TOPIC.fullmatch(text), leaning.frame.topic
    if topic is not None and (said := _SAID_THAT.fullmatch(text)) and _names_anybody(said["asked"], leaning.voices):
        return f"{said['asked']} anything about {leaning.frame.text[topic.start : topic.end]}{said['rest']}"
    if not found or topic is None or not _names_anybody(found["asked"], leaning.voices):
        return text
    return f"{found['asked']}{found['rest'].rstrip('?!. ')} about {leaning.frame.text[topic.start : topic.end]}"
