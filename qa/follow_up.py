"""Follow-ups: a question that leans on the ones before it, made to stand alone by rules.

In: the question, what was asked and answered before, the voices of the archive. Out: one question.
Three forms are known: a bare word ("Why?"), a part that takes another's place ("And Fauci?", "in
2022?") and a whole question with pronouns ("what did he say about Syria?"). Where what a question
leans on is not certain it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from index.store import Voice
from index.text.dates import dates
from index.text.function_words import FUNCTION_WORDS
from index.text.names import bears
from index.transcript import Span
from qa.antecedents import one_of
from qa.frame import AUX, Frame
from qa.replacing import replaced
from qa.speakers import ADVERB, SAYING, mentions, people_meant

_LOOKED_AT = 6
"""Exchanges of the history that are looked at, the last ones."""

_LONGEST = 2_000
"""Characters of a question."""


class Exchange(Struct, frozen=True):
    """A question asked before, and the text of its answer."""

    question: str
    answer: str


def follow_up(text: str, history: Sequence[Exchange], voices: Sequence[Voice]) -> str:
    """`text` made to stand alone; as it is where it does already, or where what it leans on is not certain."""
    past: list[Exchange] = []
    for exchange in history[-_LOOKED_AT:]:
        if exchange.question.strip():
            past.append(Exchange(_alone(exchange.question, past, voices), exchange.answer))
    return _alone(text, past, voices)


class _Leaning:
    """A question and what it may lean on."""

    def __init__(self, text: str, past: Sequence[Exchange], voices: Sequence[Voice]) -> None:
        self.joined = _JOINING.match(text) is not None
        self.text = _JOINING.sub("", text).strip()
        self.voices = voices
        self.frame = Frame(past[-1].question, voices)
        self._past = past

    def person(self, pronoun: str, besides: Sequence[str] = ()) -> str | None:
        """Whom `pronoun` means: of those asked last, then those named last, then those of earlier questions."""
        levels: list[list[str]] = []
        for exchange in reversed(self._past):
            frame = self.frame if exchange is self._past[-1] else Frame(exchange.question, self.voices)
            asked, known = frame.names(frame.asked), frame.names(frame.known)
            answered = _names(exchange.answer[:_LONGEST], self.voices)
            new = [name for name in answered if not any(bears(one, name, None) for one in known)]
            levels += [asked, new, known] if _WHO.match(frame.text) else [asked, known, answered]
            levels.append(frame.strangers())
        return one_of(pronoun, [[name for name in level if name not in besides] for level in levels], self.voices)


def _alone(text: str, past: Sequence[Exchange], voices: Sequence[Voice]) -> str:
    if not past or len(text) > _LONGEST:
        return text
    leaning = _Leaning(" ".join(text.split()), past, voices)
    for form in _FORMS:
        found = form(leaning)
        if found:
            alone = _finished(found)
            return alone if len(alone) <= _LONGEST else text
    return text


def _finished(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ?.!,")
    return f"{text[:1].upper()}{text[1:]}" + ("." if _TELL.match(text) else "?")


_JOINING = re.compile(r"^(?:(?:and|but|so|also|then|well|ok(?:ay)?|now)\b,?\s+)+(?!far\b|called\b)", re.IGNORECASE)
_TELL = re.compile(r"tell\b|list\b|show\b", re.IGNORECASE)
_WHO = re.compile(r"who\b|which\s+\w+\b", re.IGNORECASE)
_ENDS = r"[\s?!.]*$"


def _names(text: str, voices: Sequence[Voice]) -> list[str]:
    return list(dict.fromkeys(text[one.start : one.end] for one in sorted(mentions(text, voices))))


# A bare word.

_BARE = re.compile(
    r"(?P<word>why|when|where|how\s+(?:much|many|often|long)|how)(?:\s+so|\s+come)?"
    rf"(?:\s+(?:is|was|did)\s+(?:that|it|this)(?:\s+happen)?)?{_ENDS}",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(rf"why\s+not{_ENDS}", re.IGNORECASE)
_BARE_SAYING = re.compile(
    rf"(?P<word>why|when|where)\s+(?:did|does|has)\s+(?P<who>he|she|they)\s+{ADVERB}(?:{SAYING})\s*(?:that|so|this|it)?{_ENDS}",
    re.IGNORECASE,
)
_DID_SAY = re.compile(
    rf"(?:did|does|has)\s+(?P<who>he|she|they)\s+{ADVERB}(?:{SAYING})\s+(?P<word>why|when|where){_ENDS}", re.IGNORECASE
)
_WHO_SAID = re.compile(rf"who\s+(?:said|says|claimed|told\s+(?:us|you))\s+(?:that|so|this|it){_ENDS}", re.IGNORECASE)
_ELSE = re.compile(rf"(?:(?P<word>who|what)\s+else|anything\s+else|anyone\s+else){_ENDS}", re.IGNORECASE)
_MORE = re.compile(rf"(?:tell\s+me\s+more|more|go\s+on|more\s+details?){_ENDS}", re.IGNORECASE)
_WHO_DID_THAT = re.compile(rf"who\s+(?P<did>(?:decided|knew|ordered|arranged|announced))\s+(?:that|this|it){_ENDS}", re.IGNORECASE)


def _bare(leaning: _Leaning) -> str | None:
    text, frame = leaning.text, leaning.frame
    if _WHY_NOT.fullmatch(text):
        return frame.why_not()
    if found := _BARE.fullmatch(text):
        return frame.asking(found["word"])
    if found := _BARE_SAYING.fullmatch(text) or _DID_SAY.fullmatch(text):
        asked = frame.names(frame.asked or frame.people[:1])
        return frame.asking(found["word"]) if one_of(found["who"], [asked], leaning.voices) else None
    if _WHO_SAID.fullmatch(text):
        return frame.who_said()
    if found := _ELSE.fullmatch(text):
        return frame.else_((found["word"] or ("who" if "one" in text.lower() else "what")).lower())
    if _MORE.fullmatch(text) and frame.topic:
        return f"Tell me more about {frame.text[frame.topic.start : frame.topic.end]}"
    if (found := _WHO_DID_THAT.fullmatch(text)) and (statement := frame.statement()):
        return f"Who {found['did']} that {statement}"
    return None


# A part that takes another's place.

_WHAT_ABOUT = re.compile(
    r"(?:(?:what|how)\s+about|the\s+same\s+(?:question\s+)?(?:for|about|with|of)|same\s+(?:for|about|with))\s+", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"(?:what|when|where|why|how|who|whom|whose|which|{AUX}|tell|list|show|give|name|explain|to\s+whom)\b", re.IGNORECASE
)
_SAME_WORD = re.compile(r"(?P<word>how\s+(?:many|much)|when|where|who|why)\s+(?P<part>(?:in|at|on|for|during|near|about)\s+.*)", re.IGNORECASE)
_PERSONAL = frozenset("he him she her they them".split())
_MOST_WORDS = 10


def _part(leaning: _Leaning) -> str | None:
    text, frame = leaning.text, leaning.frame
    announced = _WHAT_ABOUT.match(text)
    part = text[announced.end() :] if announced else text
    same = _SAME_WORD.fullmatch(text)
    if same and frame.text.lower().startswith(same["word"].lower()) and not re.search(rf"\b{AUX}\b", same["part"]):
        part, announced = same["part"], same
    part = part.rstrip("?!. ")
    if not part or len(part.split()) > _MOST_WORDS or (not announced and _WHOLE.match(part)):
        return None
    if part.lower() in _PERSONAL:
        person = leaning.person(part, frame.names(frame.asked))
        return replaced(frame, person, leaning.voices) if person else None
    if not (leaning.joined or announced):
        alone = _names(part, leaning.voices) == [part] or any(len(one.span) >= len(part) - 7 for one in dates(part))
        if not alone or not text.endswith("?"):
            return None
    return replaced(frame, part, leaning.voices)


# A whole question.

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
    r"\b(?:that|this|those|these)\b(?=[\s?!.]*$|\s+(?:is|was|were|are|costs?|happen(?:ed|s)?|mean(?:s|t)?|take|took|works?|be|true|will|would|"
    r"has|had|really|ever|again)\b)",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(rf"(?:^|\b(?:{AUX}|about|of|on|for|with|to|by|when|how|why|after|before|say|said|explain|mean|than))\s*$", re.IGNORECASE)
_THERE = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?<!\bwere )(?<!\bthat )(?<!^)\bthere\b(?!\s+(?:is|are|was|were|be|been|will|would|a|an|any|no)\b)", re.IGNORECASE)
_THEN = re.compile(r"(?<=\w )then\b", re.IGNORECASE)
_NO_TOPIC = re.compile(
    rf"(?P<asked>what(?:\s+else)?\s+(?:did|does|has|have)\s+.+?\s+{ADVERB}(?:{SAYING}))(?P<rest>(?:\s+then|\s+(?:in|on|during|since|before|after)\s+.*)?){_ENDS}",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(rf"(?:is|was)\s+(?:that|this|it)\s+(?:true|right|so|correct|all|it){_ENDS}|are\s+you\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s+(?!(?:in|on|at|to|for|about|and|or|but|from|with|by|when|why|how|that|then|there|again|as|what)\b)\w")


def _whole(leaning: _Leaning) -> str | None:
    if not _WHOLE.match(leaning.text) or _WHAT_ABOUT.match(leaning.text) or _UNCERTAIN.match(leaning.text):
        return None
    text = leaning.text
    named = _person(text, leaning)
    if named is None:
        return None
    text = _time(_place(named, leaning), leaning)
    text = _with_topic(_thing(text, leaning) or text, leaning)
    return text if text != leaning.text or leaning.joined else None


def _person(text: str, leaning: _Leaning) -> str | None:
    """`text` with its personal pronoun named; None where it has one that can't be told."""
    found = _PERSON.search(text)
    if not found:
        return text
    before, who = text[: found.start()], found["who"].lower()
    bound = _PERSONISH.search(before)
    if mentions_any(before, leaning.voices) or (bound and not (who in ("him", "her") and bound.group().lower() == "who")):
        return text
    if who in ("they", "them", "their"):
        return text
    person = leaning.person(who)
    if person is None:
        return None
    owns = who == "his" or (who == "her" and _POSSESSIVE.match(text, found.end()))
    return before + (f"{person}'s" if owns else person) + text[found.end() :]


def mentions_any(text: str, voices: Sequence[Voice]) -> bool:
    """Whether `text` names anybody."""
    return next(iter(mentions(text, voices)), None) is not None


def _thing(text: str, leaning: _Leaning) -> str | None:
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
    if thing is None or (speaks and thing.islower()) or (several != _is_several(thing) and not (several and _may_be_several(thing))):
        return _of_people(text, found, leaning) if several else None
    owns = "'" if thing.endswith("s") else "'s"
    return text[: found.start()] + thing + (owns if word in _OWNERS else "") + text[found.end() :]


def _of_people(text: str, found: re.Match[str], leaning: _Leaning) -> str | None:
    """ "They" as the people asked last, where they are several."""
    frame = leaning.frame
    if len(frame.asked) < 2 or found["it"].lower() != "they":
        return None
    people = frame.text[frame.asked[0].start : frame.asked[-1].end]
    return text[: found.start()] + people + text[found.end() :]


def _is_bound(before: str, word: str, leaning: _Leaning) -> bool:
    """Whether what stands before a pronoun holds something it may mean."""
    noun = _WH_NOUN.match(before)
    if (noun and (word not in ("it", "its") or not noun["many"])) or (word in _OWNERS and any(one not in FUNCTION_WORDS for one in before.lower().split())):
        return True
    named = [Span(*one.span()) for one in _THING.finditer(before)]
    people = [one for one in mentions(before, leaning.voices) if people_meant([before[one.start : one.end]], leaning.voices)]
    return any(not any(one.overlaps(person) for person in people) for one in named)


def _is_several(thing: str) -> bool:
    return bool(re.search(r"(?<![su])s$|children$|people$|men$", thing.split()[-1].lower())) if thing.split() else False


def _may_be_several(thing: str) -> bool:
    return bool(re.search(r"\band\b|\b[A-Z]", thing))


def _place(text: str, leaning: _Leaning) -> str:
    found = _THERE.search(text)
    place = leaning.frame.place(("in", "at", "near"))
    if not found or not place:
        return text
    return text[: found.start()] + leaning.frame.text[place.start : place.end] + text[found.end() :]


def _time(text: str, leaning: _Leaning) -> str:
    found, time = _THEN.search(text), leaning.frame.time()
    if not found or not time:
        return text
    words = leaning.frame.text[time.start : time.end]
    before = re.search(r"\b(?:in|on|during)\s+(?:the\s+)?$", leaning.frame.text[: time.start])
    return text[: found.start()] + (before.group() if before else "in ") + words + text[found.end() :]


def _with_topic(text: str, leaning: _Leaning) -> str:
    """A question for somebody's words that says not about what, with the topic of the last one."""
    found, topic = _NO_TOPIC.fullmatch(text), leaning.frame.topic
    if not found or topic is None or not mentions_any(found["asked"], leaning.voices):
        return text
    return f"{found['asked']}{found['rest'].rstrip('?!. ')} about {leaning.frame.text[topic.start : topic.end]}"


_FORMS: tuple[Callable[[_Leaning], str | None], ...] = (_bare, _part, _whole)
