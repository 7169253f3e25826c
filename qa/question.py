"""A question as understood: the kind of fact it asks for, and whose words it wants.

In: the question and the voices of the archive. Out: `Understood`. A person becomes a filter only
where the question asks for that person's words ("What did Pompeo say about …"), never as a
topic. Rules over English wording; a question they don't know is asked as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from index.store import Voice
from index.text.names import bears, surname
from qa.kinds import Asks, asked_kind


class Understood(Struct, frozen=True):
    """`text` as asked; `asks` the kind of fact; `speakers` whose words are wanted, as the question names
    them or, for a role, as the record labels them.

    `voices` are the voices of the archive that those names mean; empty beside a name: nobody of
    that name speaks there. `wants_speaker`: the speaker of the right words is the answer ("Who said …").
    """

    text: str
    asks: Asks
    speakers: tuple[str, ...]
    voices: tuple[Voice, ...]
    wants_speaker: bool
    surnames: frozenset[str]
    """Of everybody who speaks in the archive, lower case."""


def understand(text: str, voices: Sequence[Voice], recognise: bool = True) -> Understood:
    """`text` against the `voices` of the archive; with `recognise` off no speaker is looked for."""
    asked = _speaker_asked(text, voices) if recognise else ()
    meant = tuple(voice for voice in voices if any(bears(name, voice.label, voice.name) for name in asked))
    return Understood(
        text=text,
        asks=asked_kind(text),
        speakers=asked,
        voices=meant,
        wants_speaker=bool(_WHO_SAID.search(text)),
        surnames=_surnames(voices),
    )


_SAYING = "|".join(
    r"""
    say says said saying tell tells told telling think thinks thought den(?:y|ies|ied) put\sit gave give[sn]?
    criticiz\w+ point(?:s|ed)?\sout characteri[sz]e[sd]? respon[ds]e admit(?:s|ted)? refer(?:s|red)?
    express(?:es|ed)? (?:state|argue|announce|describe|believe|promise|acknowledge|estimate|quote|cite)[sd]?
    (?:attribute|compare|urge|praise|name|note|pledge|advise)[sd]?
    (?:claim|mention|explain|call|warn|predict|confirm|insist|suggest|report|reveal|remark|answer|respond)(?:s|ed)?
    (?:recommend|defend|comment|complain|liken)(?:s|ed)?
    """.split()
)
_SAYING = f"(?:{_SAYING})"
_TITLED = r"(?:(?:dr|mr|mrs|ms|sen|rep|gov|gen|adm|sec|st|prof)\.?\s+)?"
_CAPITAL = r"[A-ZÀ-Þ][\w'’.-]*"
_CAPITAL_NAME = (
    rf"(?P<name>(?:the\s+)?(?i:{_TITLED}){_CAPITAL}(?:\s+(?:(?:von|van|de|der|la|bin|al)\s+)*{_CAPITAL}){{0,5}})"
)
_ADVERB = r"(?:\w+ly\s+|ever\s+|also\s+|have\s+|has\s+|had\s+)?"
_ASKED_OF = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Aa]ccording to {_CAPITAL_NAME}",
        rf"\b(?:did|does|do|has|have|had|would)\s+{_CAPITAL_NAME}(?:,[^,]+,)?\s+{_ADVERB}{_SAYING}\b",
        rf"\b{_CAPITAL_NAME}\s+{_ADVERB}{_SAYING}\b",
        rf"\b(?:by|from)\s+{_CAPITAL_NAME}['’]s\s+(?:account|estimate|words|telling)",
        rf"\b{_CAPITAL_NAME}['’]s?\s+(?:position|views?|opinion|answer|response|explanation|reaction|words|argument)\b",
    )
)
_ASKED_OF_ANY_CASE = re.compile(
    rf"\b(?:(?:what|how|when|why|where|who)\b.*?\b)?(?:did|does|has|according to)\s+(?P<name>[\w'’. -]{{2,40}}?)"
    rf"(?:\s+(?:\w+ly\s+)?{_SAYING}\b|[?,.]|$)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|was|are|were|be|been|being)\s+$", re.IGNORECASE)
"""Before a name: it is spoken of, and does not speak ("Was Pompeo quoted?")."""

_BEFORE_A_NAME = re.compile(
    r"^(?:(?:the|did|does|do|has|have|had|was|is|what|when|how|why|where|and|but|so)\s+)+", re.IGNORECASE
)


def _surnames(voices: Sequence[Voice]) -> frozenset[str]:
    known = (surname(voice.name or voice.label) for voice in voices if voice.speaker)
    return frozenset(one for one in known if one)


def _speaker_asked(text: str, voices: Sequence[Voice]) -> tuple[str, ...]:
    """The name of the person whose words `text` asks for, as it stands there; for a role, the labels that print it."""
    for pattern in _ASKED_OF:
        for found in pattern.finditer(text):
            name = _BEFORE_A_NAME.sub("", found["name"]).rstrip(".,'’ ")
            owner = text.startswith(("'", "’"), found.end("name"))
            if _is_person(name, voices) and (owner or not _PASSIVE.search(text[: found.end("name") - len(name)])):
                return (name,)
    for found in _ASKED_OF_ANY_CASE.finditer(text):
        name = _BEFORE_A_NAME.sub("", found["name"].strip())
        if any(bears(name, voice.label, voice.name) for voice in voices if voice.speaker):
            return (name,)
        if in_role := _in_role(name, voices):
            return in_role
    return ()


_MOST_IN_A_ROLE = 3
"""People whom a role may mean and still be taken as one."""


def _in_role(role: str, voices: Sequence[Voice]) -> tuple[str, ...]:
    """The labels that print `role` before a name ("the mayor": MAYOR VARLEY), unless too many people hold it."""
    opening = f"{role.casefold()} "
    labels = tuple(voice.label for voice in voices if voice.speaker and voice.label.casefold().startswith(opening))
    people = {surname(label) for label in labels}
    return labels if surname(role) is None and len(people) <= _MOST_IN_A_ROLE else ()


_NOT_PEOPLE = re.compile(
    r"\b(?:House|Department|Congress|Senate|Court|Committee|Administration|Agency|Bank|United|States|Union|Nations|Council|"
    r"Commission|Ministry|Government|Board|Office|Bureau|Party|Republicans?|Democrats?|Pentagon|Kremlin|Coalition|NATO|CDC|"
    r"FDA|FBI|CIA|NIH|EPA|EU|UN|WHO|Americans?|Russia|China|Ukraine|Iran|Israel|Biden administration|Press)\b"
)


def _is_person(name: str, voices: Sequence[Voice]) -> bool:
    """A voice of the archive, or a name of two words that is not an institution's."""
    if any(voice.speaker and bears(name, voice.label, voice.name) for voice in voices):
        return True
    return len(name.split()) >= 2 and surname(name) is not None and not _NOT_PEOPLE.search(name)


_WHO_SAID = re.compile(rf"^\W*(?:who|which (?:\w+ )?\w+)\b\s+(?:first\s+)?{_ADVERB}{_SAYING}\b", re.IGNORECASE)
