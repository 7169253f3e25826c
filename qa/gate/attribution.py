"""Attribution: "Pompeo said …" cites Pompeo's own words, and a question is nobody's statement.

In: the sentence and its evidence. Out: a fault, or None; and whether the sentence gives somebody's
account of another's words. Who speaks is the label and the name behind it; an office ("the
mayor") must stand in them or, beside the surname, in the transcript's title or header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from index.text.mentions import folded, mentions, words_of
from index.text.names import bears, ends_in_title, is_courtesy, is_title, surname
from index.text.reporting import OFFICIALS, PRONOUNS, QUESTIONERS, Attribution, attributions, outside_quotations
from qa.gate import names
from qa.gate.evidence import Evidence, Stretch
from qa.gate.fault import Fault
from qa.gate.verbatim import is_verbatim
from qa.gate.words import content_stems, stem

_I_DO = re.compile(r"\bI\s+(?:(?:do|would|also|really|certainly|fully|just|did|can)\s+){0,2}([a-z]+)\b")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Ww]e|[Ww]e['’](?:re|ve|d|ll)|[Oo]ur|[Oo]urs|[Mm]y|[Mm]ine|[Mm]yself|[Oo]urselves|me|us|Us|Me)\b"
)
_NUMERAL = re.compile(r"(?:[A-Z][\w'’]*|Section|Part|type)\s+$")


def fault(text: str, evidence: Evidence) -> Fault | None:
    """Why what `text` gives somebody as saying is not theirs, as far as the record tells."""
    if is_verbatim(text, evidence):
        return None
    own = _voice_of_the_record(text)
    if own:
        return Fault("not_entailed", f"“{own}” outside quotation marks is no reader's and no writer's word")
    outer = [one for one in attributions(text) if one.outer]
    named = [one for one in outer if one.who.lower() not in PRONOUNS]
    for one in named:
        others = _others(one, named, evidence, text)
        wrong = _wrongly_given(one, text, _given_to(one, others, text), evidence, alone=not others)
        if wrong:
            return Fault("wrong_speaker", wrong)
    for one in attributions(text):
        if not one.outer and one.who.lower() not in PRONOUNS and _is_the_speakers(one, evidence):
            return Fault("not_entailed", f"of “{one.who}” the cited words do not say “{one.verb}”, but of who speaks")
    absent = _absent_subject(text, evidence)
    if absent:
        return Fault("wrong_speaker", f"the cited words are not those of “{absent}”, nor do they speak of them")
    if _asks_only(evidence) and not tells_of_a_question(text):
        reason: Literal["wrong_speaker", "not_entailed"] = "wrong_speaker" if outer else "not_entailed"
        return Fault(reason, "the cited words ask it and do not say it")
    return None


def _is_the_speakers(one: Attribution, evidence: Evidence) -> bool:
    """Whether the verb of `one` is in the record only what the speaker, who is another, does: "I expect …"."""
    verb = stem(one.verb)
    if any(_speaks(one, stretch) for stretch in evidence.stretches):
        return False
    own = [found for text in evidence.texts for found in _I_DO.findall(text) if stem(found) == verb]
    all_there = [word for text in evidence.texts for word in _SMALL.findall(text) if stem(word) == verb]
    return bool(own) and len(own) == len(all_there)


_SMALL = re.compile(r"\b[a-z]+\b")


def misgiven(text: str, stretch: Stretch) -> str | None:
    """The one to whom `text` gives what is quoted of `stretch`, where nobody that it has speak can be its voice."""
    named = [one for one in attributions(text) if one.who.lower() not in PRONOUNS]
    if any(_speaks(one, stretch) or (one.manner in ("did", "thought") and _tells_of(one, stretch)) for one in named):
        return None
    return named[0].who if named else _absent_subject(text, Evidence((stretch,)))


def _absent_subject(text: str, evidence: Evidence) -> str | None:
    """The person with whom `text` begins, where that is a voice heard elsewhere in the record, not spoken of here."""
    first = next(iter(mentions(text)), None)
    last = surname(text[first.span.start : first.span.end]) if first else None
    if first is None or last is None or not all(map(is_title, text[: first.span.start].split())):
        return None
    who = text[first.span.start : first.span.end]
    if any(last.split()[-1] in _spoken(stretch.text) for stretch in evidence.stretches):
        return None
    if any(bears(who, stretch.label or "", stretch.name) for stretch in evidence.stretches):
        return None
    others = (one for stretch in evidence.stretches for one in stretch.transcript.speakers)
    return who if any(bears(who, one.label, one.name) for one in others) else None


@lru_cache(maxsize=2_000)
def _spoken(text: str) -> frozenset[str]:
    return frozenset(part for word in words_of(text) for part in (word.folded, *word.folded.split("-")))


def kind(text: str, evidence: Evidence) -> Literal["statement", "reported"]:
    """*reported*: `text` gives somebody's account of what another said."""
    for one in attributions(text):
        inner = not one.outer and one.manner in ("said", "asked") and one.who.lower() not in PRONOUNS
        if inner and not any(_speaks(one, stretch) for stretch in evidence.stretches):
            return "reported"
    return "statement"


def _voice_of_the_record(text: str) -> str | None:
    prose = outside_quotations(text)
    for found in _FIRST_PERSON.finditer(prose):
        if found.group() != "I" or not _NUMERAL.search(prose[: found.start()]):
            return found.group()
    return None


_APART = re.compile(r";\s+|,?\s+(?:while|whereas|although|though|but)\s+", re.IGNORECASE)
_BETWEEN_VOICES = re.compile(_APART.pattern + r"|,?\s+and\s+", re.IGNORECASE)


def _voices_named(text: str, evidence: Evidence) -> dict[int, frozenset[str | None]]:
    """Where `text` names those who speak the cited words, and the labels of the voices each name may mean."""
    found = {}
    for one in mentions(text):
        who = text[one.span.start : one.span.end]
        labels = frozenset(it.label for it in evidence.stretches if bears(who, it.label or "", it.name))
        if labels:
            found[one.span.start] = labels
    return found


def _others(one: Attribution, named: Sequence[Attribution], evidence: Evidence, text: str) -> list[int]:
    """Where `text` names a voice that is not `one`'s."""
    own = {stretch.label for stretch in evidence.stretches if _speaks(one, stretch)}
    voices = _voices_named(text, evidence)
    places = {other.span.start for other in named if other != one and other.span.start not in voices}
    return sorted(places | {at for at, labels in voices.items() if at != one.span.start and not labels & own})


def _given_to(one: Attribution, others: Sequence[int], text: str) -> str:
    """The part of `text` that is given to `one`: what clauses part from the places where `others` are named."""
    apart = _BETWEEN_VOICES if others else _APART
    cuts = [found.span() for found in apart.finditer(text)]
    former = max((at for at in others if at < one.span.start), default=-1)
    latter = min((at for at in others if at > one.span.start), default=len(text))
    before = [end for start, end in cuts if former < start and end <= one.span.start]
    after = [start for start, end in cuts if one.span.end <= start and end <= latter]
    if not others:
        return text[max(before, default=0) : min(after, default=len(text))]
    begins = min(before, default=0) if former >= 0 else 0
    ends = max(after, default=len(text)) if latter < len(text) else len(text)
    return text[begins:ends]


def _wrongly_given(one: Attribution, text: str, part: str, evidence: Evidence, *, alone: bool) -> str | None:
    """What is wrong with giving `part` of `text` to `one`; None where nothing is."""
    theirs = [stretch for stretch in evidence.stretches if _speaks(one, stretch)]
    if not theirs:
        if one.manner in ("did", "thought") and any(_tells_of(one, stretch) for stretch in evidence.stretches):
            return None
        return f"the cited words are not said by “{one.who}” but by {_voices(evidence.stretches)}"
    asking = [stretch for stretch in evidence.stretches if stretch not in theirs and _asks(stretch)]
    given = [part, text] if alone else [part]
    if asking and any(_only_asked(words, asking, theirs) for words in given):
        return f"what “{one.who}” is given as saying is only asked"
    others = [stretch for stretch in evidence.stretches if stretch not in theirs and not _asks(stretch)]
    if others and any(_carry(words, others) > _carry(words, theirs) for words in given):
        return f"what “{one.who}” is given as saying is said by {_voices(others)}"
    return None


_TAKES_UP = re.compile(
    r"\W*(?:well,?\s+)?(?:yes|no|yeah|yep|nope|right|correct|absolutely|sure|certainly|of course|exactly|not|"
    r"that['’]s (?:right|correct|true)|"
    r"(?:it|they|we|he|she|i|there) (?:will|is|are|am|do|does|did|has|have|was|were|can|would)\b(?! refer))",
    re.IGNORECASE,
)


def _only_asked(text: str, asking: Sequence[Stretch], theirs: Sequence[Stretch]) -> bool:
    """Whether the content stands in the question, and the answer neither holds it nor takes it up."""
    if tells_of_a_question(text) or any(_TAKES_UP.match(stretch.text) for stretch in theirs):
        return False
    answered = frozenset().union(*(content_stems(stretch.text) for stretch in theirs))
    asked = frozenset().union(*(content_stems(stretch.text) for stretch in asking)) - answered
    said = content_stems(text)
    return len(said & asked) >= max(3, 2 * len(said & answered))


def _voices(stretches: Sequence[Stretch]) -> str:
    names = dict.fromkeys(stretch.name or stretch.label or "nobody who is named" for stretch in stretches)
    return " and ".join(names) or "nobody"


def _carry(text: str, stretches: Sequence[Stretch]) -> int:
    """How many of the content words of `text` stand in `stretches`."""
    held = frozenset().union(*(content_stems(stretch.text) for stretch in stretches))
    return len(content_stems(text) & held)


def _speaks(one: Attribution, stretch: Stretch) -> bool:
    label, name = stretch.label, stretch.name
    if one.role:
        role = frozenset(_role_words(one.who))
        is_anothers = any(role <= set(_words(other.label)) for other in stretch.transcript.speakers)
        if is_anothers and (label is None or not role <= set(_words(label))):
            return False
        return _fits(_role_words(one.who), label, name, stretch.turn.speaker is not None, _header(stretch))
    if label is None or stretch.turn.speaker is None:
        return False
    return _holds_office(one.who, label, name, stretch) if ends_in_title(one.who) else bears(one.who, label, name)


def _holds_office(office: str, label: str, name: str | None, stretch: Stretch) -> bool:
    """Whether the label prints the whole of an office ("Treasury Secretary"), or the header beside the surname."""
    words = [word for word in _words(office) if word != "the"]
    last = surname(name or label)
    return set(words) <= set(_words(label)) or (
        last is not None and _beside(" ".join(words), last, _header(stretch))
    )


def _tells_of(one: Attribution, stretch: Stretch) -> bool:
    """Whether the stretch itself speaks of `one`, so that it may tell what they did or thought."""
    who = surname(one.who) if not one.role else _role_words(one.who)[-1]
    if (who or folded(one.who.split()[-1])) in _spoken(stretch.text):
        return True
    return not one.role and names.fault(one.who, Evidence((stretch,))) is None  # "HHS", written out


def _role_words(who: str) -> tuple[str, ...]:
    words = tuple(folded(word) for word in who.split())
    return tuple(word for word in words if word not in ("the", "a", "an")) or words


@lru_cache(maxsize=20_000)
def _fits(role: tuple[str, ...], label: str | None, name: str | None, known: bool, header: str) -> bool:
    """Whether an office or the like may be the voice's."""
    head = _singular(role[role.index("of") - 1] if "of" in role[1:] else role[-1])
    if head in QUESTIONERS:
        return not known or label is None or any(word in QUESTIONERS for word in _words(label))
    if label is None or not known:
        return False
    voice = {_singular(word) for word in _words(f"{label} {name or ''}")}
    if head in voice or _ALIKE.get(head, head) in voice:
        return True
    if head in OFFICIALS or {head, _ALIKE.get(head, head)} & OFFICIALS:
        return True
    if any(is_title(word) and not is_courtesy(word) for word in _words(label)):
        return False
    last = surname(name or label)
    return last is not None and _beside(head, last, header)


_ALIKE = {
    "representative": "rep",
    "senator": "sen",
    "governor": "gov",
    "doctor": "dr",
    "councilor": "councillor",
    "chairman": "chair",
    "chairwoman": "chair",
}


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in re.findall(r"[^\W_]+", text))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def _beside(head: str, last: str, header: str) -> bool:
    """Whether the header puts the office beside the surname: "Press Secretary Jen Psaki", "Edith Varley, Mayor"."""
    name = re.escape(last).replace(r"\ ", r"\s+")
    head = re.escape(head).replace(r"\ ", r"\s+")
    before = rf"\b{head}\b(?:\s+(?!and\b)[\w.'’-]+){{0,6}}?\s+{name}\b"
    after = rf"\b{name}(?:,\s*|\s+\(|\s+[–—-]\s+)(?:(?!and\b)[\w.'’-]+\s+){{0,5}}?{head}\b"
    listed = rf"\b{head}s:[^;\n]*\b{name}\b"
    return any(re.search(form, header, re.IGNORECASE) for form in (before, after, listed))


def _header(stretch: Stretch) -> str:
    transcript = stretch.transcript
    return "\n".join([transcript.title or "", *(one.text[:600] for one in transcript.outside[:8])])


_QUESTION_END = re.compile(r"\?[\"”’')\]]*$")
_TAG = re.compile(
    r",\s*(?:right|correct|okay|ok|no|yes|huh|(?:is|are|was|were|do|does|did|has|have|will|would|can|could)(?:n['’]t)?\s+\w+)\?\W*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+")


def _asks(stretch: Stretch) -> bool:
    return stretch.label is not None and stretch.turn.speaker is None


def _asks_only(evidence: Evidence) -> bool:
    """Whether every sentence cited is a question."""
    return all(_is_question(text) for text in evidence.texts)


@lru_cache(maxsize=2_000)
def _is_question(text: str) -> bool:
    parts = [part for part in _ENDS.split(text.strip()) if re.search(r"\w", part)]
    return bool(parts) and all(_QUESTION_END.search(part) and not _TAG.search(part) for part in parts)


_OF_A_QUESTION = re.compile(
    r"\?|\b(?:ask(?:s|ed|ing)?|question(?:s|ed|ing)?|wonder(?:s|ed|ing)?|inquir\w+|pressed|queried|"
    r"wanted to know|raised)\b",
    re.IGNORECASE,
)


def tells_of_a_question(text: str) -> bool:
    """Whether `text` says that something is asked."""
    return _OF_A_QUESTION.search(text) is not None
