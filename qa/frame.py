"""The frame of a question: whom it asks, about what, where and when; and how another is made of it.

In: a question that stands alone. Out: where its parts stand, and questions with one of them
replaced. English wording by rules; what can't be told apart is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.store import Voice
from index.text.dates import dates
from index.transcript import Span
from qa.antecedents import people, speaks
from qa.placing import Placing
from qa.speakers import speakers_asked

AUX = (
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|"
    r"(?:did|does|do|is|are|was|were|has|have|had|would|could|should)n['’]t|won['’]t|can['’]t)"
)
_ADVERB = re.compile(rf"(?:when|where|why|how)\s+(?P<rest>{AUX}\s.*)", re.IGNORECASE)
_WHAT = re.compile(rf"what\s+(?P<rest>{AUX}\s.*)", re.IGNORECASE)
_OF_NOUN = re.compile(
    rf"(?P<which>which|what|how\s+many|how\s+much)\s+(?P<noun>.+?)\s+(?P<aux>{AUX})\s+(?P<rest>.*)", re.IGNORECASE
)
_NOUN_DID = re.compile(r"(?P<which>which|what|how\s+many)\s+(?P<rest>\w+\s.*)", re.IGNORECASE)
_WHO_AUX = re.compile(rf"who\s+(?P<aux>{AUX})\s+(?P<rest>.*)", re.IGNORECASE)
_WHO = re.compile(r"who\s+(?P<rest>.*)", re.IGNORECASE)
_POLAR = re.compile(rf"{AUX}\s.*", re.IGNORECASE)
_MUCH = re.compile(r"how\s+(?:much|many)", re.IGNORECASE)

_TOPIC = re.compile(r"\b(?:about|regarding|concerning)\s+(?P<topic>\S.*)", re.IGNORECASE)
_TOPIC_ON = re.compile(r"\s+(?:on|of)\s+(?P<topic>\S.*)", re.IGNORECASE)
_NOT_TOPIC = re.compile(
    r",?\s*\baccording\s+to\b.*|\s+(?:in|at|on|during|since|before|after|until|between|from)\s*$", re.IGNORECASE
)
_NAME = r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:(?:of|the|for|and)\s+)?[A-ZÀ-Þ0-9][\w'’.-]*){0,6}"
_THING = re.compile(
    rf"\b(?:the\s+(?:[a-z]+\s+)?{_NAME}(?:\s+[a-z]+(?=\s*$))?|the\s+(?:old|new|first|last)\s+\w+\s+\w+|the\s+\w+|{_NAME})"
)
_PLACED = re.compile(
    rf"\b(?P<prep>(?i:in|at|near|off|along|for|from))\s+(?:the\s+)?(?:(?:[a-z]+\s+)?{_NAME}(?:,\s+{_NAME})?|[a-z]+\s+(?:hearing|briefing|"
    r"debate|meeting|interview|conference)|\w+)"
)
_PREPOSITIONS = re.compile(
    r"\s+(?:in|at|on|near|from|for|by|with|to|according|about|over|under|during|since)\s.*", re.IGNORECASE
)
_OF_PLACES = re.compile(r"\b(?:the|in|at|near|from|on|to|for|of|off)\s+$", re.IGNORECASE)
_DOES = re.compile(rf"(?:(?!{AUX}\b)\S+\s+)*(?:did|does|do)\b", re.IGNORECASE)
_DENIABLE = re.compile(r"^why\s+(did|does|is|are|was|were|has|have|had|would|could|should)\b", re.IGNORECASE)
_IS = re.compile(r"(?:(?:when|where|why|how)\s+)?(?P<aux>is|are|was|were)\s+(?P<rest>.*)", re.IGNORECASE)
_DONE = re.compile(r"(?P<subject>.+?)\s+(?P<done>\w+(?:ed|en|wn|lt|ld|nt|ght)\b.*)")


class Frame:
    """One question, taken apart."""

    def __init__(self, question: str, voices: Sequence[Voice]) -> None:
        self.text = question.strip().rstrip("?!. ")
        self._voices = voices
        self.people = people(self.text, voices)
        named = speakers_asked(self.text, voices)
        self.asked = [one for one in self.people if _is_named(self._at(one), named)]
        self.known = [one for one in self.people if one in self.asked or speaks(self._at(one), voices)]
        self.times = [one.span for one in dates(self.text)]
        self.said = Placing(self.text, named).asked_until
        self.topic = self._topic()

    def _at(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def names(self, spans: Sequence[Span]) -> list[str]:
        """The words of `spans`."""
        return [self._at(one) for one in spans]

    def strangers(self) -> list[str]:
        """Those it names who look like people and do not speak in the record."""
        found = [one for one in self.people if one not in self.known]
        return [self._at(one) for one in found if not _OF_PLACES.search(self.text[: one.start])]

    def _topic(self) -> Span | None:
        found = _TOPIC.search(self.text) or (_TOPIC_ON.match(self.text, self.said) if self.said is not None else None)
        if not found:
            return None
        end = min([found.end("topic"), *(one.start for one in self.times if one.start > found.start("topic"))])
        topic = _NOT_TOPIC.sub("", self.text[found.start("topic") : end]).rstrip(" ,")
        return Span(found.start("topic"), found.start("topic") + len(topic)) if topic else None

    def thing(self) -> Span | None:
        """What it is about: the topic of speaking, else what is counted, object, subject or the only thing named."""
        if self.topic is not None:
            return self.topic
        noun = _OF_NOUN.fullmatch(self.text)
        if noun and _MUCH.match(noun["which"]) and noun["aux"].lower() not in ("did", "does", "do"):
            return Span(*noun.span("noun"))
        return self._object() or self.subject() or self._only_thing()

    def acts(self, span: Span) -> bool:
        """Whether what stands there may be a body of people: the topic, or the subject of something done."""
        return span == self.topic or (span == self.subject() and _DOES.match(self.text) is not None)

    def subject(self) -> Span | None:
        """The subject behind the first auxiliary: "When was *the old depot* sold", "did *the ferry* carry"."""
        parts = self._parts()
        return parts[0] if parts and not any(parts[0].overlaps(one) for one in self.known) else None

    def _object(self) -> Span | None:
        """The object, where the verb before it can be told: "did the council buy *the old depot*"."""
        parts = self._parts()
        if not parts or parts[1] is None or any(one.overlaps(parts[1]) for one in self.known):
            return None
        return parts[1]

    def _parts(self) -> tuple[Span, Span | None] | None:
        """Subject and object behind the first auxiliary, without what prepositions add."""
        found = _AFTER_AUX.search(self.text)
        words = list(re.finditer(r"\S+", _PREPOSITIONS.sub("", found["rest"]))) if found else []
        if not found or len(words) < 2 or words[0].group().lower() in _NO_SUBJECT:
            return None
        verb = next((at for at in range(1, len(words) - 1) if _begins_an_object(words, at)), None)
        last = words[(len(words) - 1 if verb is None else verb) - 1]
        if last.end() > _LONGEST_NOUN or (verb is None and len(words) > _MOST_WORDS):
            return None
        start = found.start("rest")
        if _WHAT_IS.match(self.text):  # no verb but the auxiliary
            return Span(start, start + words[-1].end()), None
        subject = Span(start, start + last.end())
        return subject, None if verb is None else Span(start + words[verb + 1].start(), start + words[-1].end())

    def _only_thing(self) -> Span | None:
        found = [Span(*one.span()) for one in _THING.finditer(self.text) if one.start() > 0]
        found = [one for one in found if not any(one.overlaps(other) for other in (*self.known, *self.times))]
        return found[0] if len(found) == 1 else None

    def place(self, prepositions: Sequence[str] = ()) -> Span | None:
        """The last place it names, with its preposition, which is one of those given if any are."""
        found = [one for one in _PLACED.finditer(self.text) if not prepositions or one["prep"].lower() in prepositions]
        spans = [Span(*one.span()) for one in found if not any(Span(*one.span()).overlaps(time) for time in self.times)]
        return spans[-1] if spans else None

    def time(self) -> Span | None:
        """The last time it names, without a preposition."""
        return self.times[-1] if self.times else None

    def put(self, span: Span, words: str) -> str:
        """The question with `words` where `span` stands."""
        return self.text[: span.start] + words + self.text[span.end :]

    def why_not(self) -> str | None:
        """The reason for what is not so."""
        asked = self.asking("why")
        if not asked:
            return None
        denied = _DENIABLE.sub(r"Why \1n't", asked)
        return denied if denied != asked else None

    def asking(self, word: str) -> str | None:
        """Another thing of the same matter: its reason ("why"), its moment ("when") and so on."""
        if found := _OF_NOUN.fullmatch(self.text):
            return _of_noun(word, found)
        if found := _ADVERB.fullmatch(self.text):
            return f"{word} {found['rest']}"
        if found := _WHAT.fullmatch(self.text):
            if self.said is not None and _TOLD.match(found["rest"]) and not _MUCH.match(word):
                return f"{word} {self.text[found.start('rest') : self.said]} that{self.text[self.said :]}"
            return f"{word} {found['rest']}"
        if found := _WHO_AUX.fullmatch(self.text):
            return f"{word} {found['aux']} somebody {found['rest']}"
        if found := _WHO.fullmatch(self.text):
            return f"{word} was it that somebody {found['rest']}"
        if found := _NOUN_DID.fullmatch(self.text):
            return f"{word} was it that {'the ' if found['which'].lower() == 'which' else ''}{found['rest']}"
        return f"{word} {_lowered(self.text)}" if _POLAR.fullmatch(self.text) else None

    def who_said(self) -> str | None:
        """Who said what it asks or presumes."""
        claim = re.search(r"\b(?:say|said|says|saying|claim\w*|promised?)\s+that\s+(?P<claim>.+)", self.text)
        if claim:
            return f"Who said that {claim['claim']}"
        if self.said is not None:
            return f"Who said something about {self._at(self.topic)}" if self.topic else None
        return f"Who said {_lowered(self.text)}"

    def else_(self, word: str) -> str | None:
        """Who or what else."""
        if word == "what":
            found = _WHAT.fullmatch(self.text)
            return f"What else {found['rest']}" if found else None
        if _WHO.fullmatch(self.text):
            return re.sub(r"^who(?:\s+else)?\s+", "Who else ", self.text, flags=re.IGNORECASE)
        said = self.who_said() if self.said is not None else None
        return said.replace("Who said", "Who else said", 1) if said else None

    def statement(self) -> str | None:
        """What it presumes, as a clause: "the bridge was closed"."""
        found = _IS.fullmatch(self.text)
        done = _DONE.fullmatch(found["rest"]) if found else None
        return f"{done['subject']} {found['aux'].lower()} {done['done']}" if found and done else None


_TOLD = re.compile(r"(?:did|does|do|has|have|had)\b", re.IGNORECASE)
_WHAT_IS = re.compile(r"(?:what|who)\s+(?:is|are|was|were)\s+(?!.*(?:ed|called)$)", re.IGNORECASE)
_AFTER_AUX = re.compile(rf"^(?:.*?\s)??{AUX}\s+(?P<rest>.*)$", re.IGNORECASE)
_MOST_WORDS = 7
_LONGEST_NOUN = 60
_DETERMINERS = frozenset("the a an its his her their this that".split())


def _begins_an_object(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether `at` stands a verb: a small word with a determiner or a capital behind it."""
    word, behind = words[at].group(), words[at + 1].group()
    small = word.islower() and word not in _DETERMINERS and word not in ("of", "and", "for", "the")
    return small and (behind.lower() in _DETERMINERS or behind[0].isupper())


_NO_SUBJECT = frozenset("there it he she they you we i that this not".split())


def _is_named(mention: str, named: Sequence[str]) -> bool:
    return mention in named or any(name.casefold().startswith(mention.casefold() + " ") for name in named)


def _of_noun(word: str, found: re.Match[str]) -> str | None:
    noun = f"the {found['noun']}" if found["which"].lower() == "which" else found["noun"]
    if _MUCH.match(word):
        return None
    if found["aux"].lower() in ("did", "does", "do"):
        return f"{word} {found['aux']} {found['rest']} {noun}"
    return f"{word} {found['aux']} {noun} {found['rest']}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
