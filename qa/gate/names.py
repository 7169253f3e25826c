"""Names: every name in a drafted sentence stands in the words it cites or in the record's data about them.

In: the sentence and its evidence. Out: a fault, or None. The data are the speaker's label, the
name behind it and the transcript's title. A name of several words must be one name there: "Jen
Fauci" is not made of Jen Psaki and Anthony Fauci.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from index.text.countries import of_one_place
from index.text.function_words import is_ordinary
from index.text.mentions import CONNECTORS, Mention, Word, folded, mentions, words_of
from index.text.names import is_courtesy, is_title, same_given
from qa.gate.evidence import Evidence, Stretch
from qa.gate.fault import Fault
from qa.gate.verbatim import is_verbatim


class _Names(Struct, frozen=True):
    """What a text holds: its words, those with capitals, its names as sets of words, acronyms, words printed small."""

    words: frozenset[str]
    capitals: frozenset[str]
    units: tuple[frozenset[str], ...]
    acronyms: frozenset[str]
    small: frozenset[str]
    sequence: tuple[Word, ...]


def fault(text: str, evidence: Evidence) -> Fault | None:
    """The first name in `text` that `evidence` does not hold."""
    if is_verbatim(text, evidence):
        return None
    voices = [_voice(one.label or "", one.name or "") for one in evidence.stretches]
    strange = [one for one in mentions(text) if not _is_office(text, one) and not _is_voice(text, one, voices)]
    if not strange:
        return None
    held = _held(evidence)
    written_out = _written_out(text, held) | _unions(text, held)
    for mention in strange:
        for word in mention.words:
            if word.span.start not in written_out and not _stands(word, held) and not _titles(word, mention, evidence):
                return Fault("name_not_in_source", f"the name “{word.text}” does not stand in the cited words")
        for one, other in _pairs(text, mention):
            if {one.span.start, other.span.start} <= written_out:
                continue
            if not _together(one, other, held):
                name = text[one.span.start : other.span.end]
                return Fault("name_not_in_source", f"the cited words know nobody and nothing called “{name}”")
        wrong = _given_before(text, mention, held) or _wrong_title(mention, held)
        if wrong:
            return Fault("name_not_in_source", f"the name “{wrong}” does not stand in the cited words")
    return None


def _titles(word: Word, mention: Mention, evidence: Evidence) -> bool:
    """Whether it is a title that the same transcript somewhere gives to the name after it: "Mayor Varley"."""
    last = mention.words[-1].text
    if not is_title(word.text) or word is mention.words[-1]:
        return False
    titled = re.compile(rf"\b{re.escape(word.text)}\s+(?:[\w'’.-]+\s+){{0,2}}{re.escape(last)}\b", re.IGNORECASE)
    records = {id(one.transcript): one.transcript for one in evidence.stretches}.values()
    return any(titled.search(text) for one in records for text in (one.text, *(part.text for part in one.outside)))


def _is_office(text: str, mention: Mention) -> bool:
    """Whether it is "the President" and names nobody."""
    return text[: mention.span.start].lower().endswith("the ") and all(is_title(word.text) for word in mention.words)


def _held(evidence: Evidence) -> _Names:
    sources = [_names(text) for text in evidence.texts]
    for data in dict.fromkeys(_data(stretch) for stretch in evidence.stretches):
        sources.append(_data_names(*data))
    if len(sources) == 1:
        return sources[0]
    return _Names(
        frozenset().union(*(one.words for one in sources)),
        frozenset().union(*(one.capitals for one in sources)),
        tuple(unit for one in sources for unit in one.units),
        frozenset().union(*(one.acronyms for one in sources)),
        frozenset().union(*(one.small for one in sources)),
        tuple(word for one in sources for word in one.sequence),
    )


def _data(stretch: Stretch) -> tuple[str, str, str]:
    return stretch.label or "", stretch.name or "", stretch.transcript.title or ""


@lru_cache(maxsize=4_000)
def _data_names(label: str, name: str, title: str) -> _Names:
    """Label and name are one voice's; the title's names are names like any text's."""
    voice = _voice(label, name)
    titled = _names(title)
    return _Names(
        titled.words | voice,
        titled.capitals | voice,
        (*titled.units, voice),
        titled.acronyms,
        titled.small,
        titled.sequence,
    )


@lru_cache(maxsize=4_000)
def _voice(label: str, name: str) -> frozenset[str]:
    return frozenset(part for word in words_of(f"{label} {name}") for part in _parts(word.folded))


def _is_voice(text: str, mention: Mention, voices: Sequence[frozenset[str]]) -> bool:
    """Whether it is made of the words of one voice's label and name, and none leads it that may be a given name."""
    if _LEAD.search(text, max(0, mention.span.start - 12), mention.span.start):
        return False
    return any(all(word.folded in voice for word in mention.words) for voice in voices)


@lru_cache(maxsize=2_000)
def _names(text: str) -> _Names:
    sequence = words_of(text)
    capitals: set[str] = set()
    small: set[str] = set()
    acronyms: set[str] = set()
    for word in sequence:
        (capitals if word.capital else small).update(_parts(word.folded))
        if word.capital and _is_acronym(word.text) and len(word.folded) > 1:
            acronyms.add(word.folded.replace("&", ""))
    runs = list(_runs(text))
    runs += _appositions(text, runs)
    units = (frozenset(part for word in run for part in _parts(word.folded)) for run in runs)
    return _Names(
        words=frozenset(capitals | small),
        capitals=frozenset(capitals | _joined_up(sequence)),
        units=tuple(units),
        acronyms=frozenset(acronyms),
        small=frozenset(small),
        sequence=sequence,
    )


def _joined_up(sequence: Sequence[Word]) -> frozenset[str]:
    """ "United Kingdom" as one word, for the tables of countries."""
    beside = itertools.pairwise(sequence)
    return frozenset(one.folded + other.folded for one, other in beside if one.text in ("United", "European"))


def _unions(text: str, held: _Names) -> set[int]:
    """Where in `text` the words of "United States" stand, if the record has that country by another name."""
    found: set[int] = set()
    sequence = words_of(text)
    for one, other in itertools.pairwise(sequence):
        if one.text in ("United", "European") and other.capital:
            name = one.folded + other.folded
            if any(of_one_place(name, known) for known in held.capitals):
                found |= {one.span.start, other.span.start}
    return found


def _runs(text: str) -> Iterator[list[Word]]:
    """The names of the record, with the words that begin its sentences: "Young" may be one."""
    run: list[Word] = []
    end = 0
    for word in words_of(text):
        beside = not text[end : word.span.start].strip(" \u00a0\n")
        if run and not (beside and (word.capital or word.text in _WITHIN)):
            yield run
            run = []
        if word.capital:
            run.append(word)
        end = word.span.end
    if run:
        yield run


def _appositions(text: str, runs: Sequence[list[Word]]) -> list[list[Word]]:
    """Whom an office beside it names: "CIA Director, William Burns,". A bare title may as well be another person."""
    found = []
    for one, other in itertools.pairwise(runs):
        if text[one[-1].span.end : other[0].span.start] in (", ", ", the "):
            office, person = (one, other) if is_title(one[-1].text) else (other, one)
            titled = is_title(office[-1].text) and not all(is_title(word.text) for word in office)
            if titled and not any(is_title(word.text) for word in person):
                found.append([*one, *other])
    return found


_WITHIN = CONNECTORS - {"and", "in", "on"}


def _is_acronym(word: str) -> bool:
    return word[:1].isupper() and re.sub(r"['’]s$|[.s]", "", word).isupper()


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """A word and, where hyphens join several, each."""
    parts = re.split(r"[-&]", word)
    return (word, *parts) if len(parts) > 1 else (word,)


def _stands(word: Word, held: _Names) -> bool:
    if is_courtesy(word.text):
        return True
    if _known(word.folded, held):
        return True
    pieces = re.split(r"[-‑]", word.text)
    if len(pieces) > 1:
        return all(
            not any(c.isupper() for c in piece) or _known(folded(piece), held) or piece.isdigit() for piece in pieces
        )
    return _is_acronym(word.text) and len(word.folded) > 1 and _abbreviates(word.folded, held.sequence)


def _known(word: str, held: _Names) -> bool:
    if word in held.words or _singular(word) in held.words or word + "s" in held.words:
        return True
    if is_title(word):
        return not _TITLE_FORMS.get(word, frozenset()).isdisjoint(held.words)
    return any(of_one_place(word, other) or _short_form(word, other) for other in held.capitals) or any(
        other in held.words for other in _ACROSS.get(word, ())
    )


_ACROSS = {
    "covid-19": ("covid",),
    "covid": ("covid-19",),
    "congress": ("congressional", "congressionally"),
    "parliament": ("parliamentary",),
    "constitution": ("constitutional", "constitutionally"),
}
"""Words by which a name is told too, in any case."""
_FORMS = """
    senator sen; representative rep congressman congresswoman; governor gov; secretary sec; general gen; professor prof
"""
_TITLE_FORMS = {one: frozenset(forms.split()) for forms in _FORMS.split(";") for one in forms.split()}


def _short_form(one: str, other: str) -> bool:
    return len(one) > 1 and len(other) > 1 and same_given(one, other)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def _abbreviates(acronym: str, sequence: Sequence[Word]) -> bool:
    """Whether words with capitals, one after another, begin with the letters of `acronym`."""
    acronym = acronym.replace("&", "")
    acronym = _singular(acronym) if len(acronym) > 3 else acronym
    size = len(acronym)
    for letters in (_without_connectors(sequence), sequence):
        for first in range(len(letters) - size + 1):
            run = letters[first : first + size]
            if run[0].capital and run[-1].capital and "".join(word.folded[:1] for word in run) == acronym:
                return True
    return False


def _without_connectors(sequence: Sequence[Word]) -> list[Word]:
    return [word for word in sequence if word.text.lower() not in CONNECTORS]


def _written_out(text: str, held: _Names) -> set[int]:
    """Where in `text` the words stand that write out an acronym of the record."""
    found: set[int] = set()
    if not held.acronyms:
        return found
    letters = _without_connectors(words_of(text))
    for acronym in held.acronyms:
        for first in range(len(letters) - len(acronym) + 1):
            run = letters[first : first + len(acronym)]
            if run[0].folded[0] != acronym[0] or len(run) < 2 or not all(word.capital for word in run):
                continue
            if "".join(word.folded[:1] for word in run) == acronym:
                found.update(word.span.start for word in run)
                following = letters[first + len(acronym) : first + len(acronym) + 1]
                if following and text[run[-1].span.end : following[0].span.start].split() == ["and"]:
                    found.add(following[0].span.start)  # "Centers for Disease Control and Prevention" is CDC
                if first and letters[first - 1].folded == "department":
                    found.add(letters[first - 1].span.start)
    return found


def _pairs(text: str, mention: Mention) -> Iterable[tuple[Word, Word]]:
    """The words of a name that stand side by side, titles and what they are of left out."""
    of_a_title = False
    for one, other in zip(mention.words, mention.words[1:]):
        between = text[one.span.end : other.span.start].split()
        if between:
            of_a_title = is_title(one.text)
            if _HEADS.fullmatch(one.text) and not is_title(one.text):
                yield one, other
        elif not of_a_title and not is_title(one.text) and not is_title(other.text):
            yield one, other
        else:
            of_a_title = False


_HEADS = re.compile(
    r"Departments?|Ministry|University|Bank|Institutes?|Bureau|Office|Court|Board|Council|Republic|House"
)


def _together(one: Word, other: Word, held: _Names) -> bool:
    """Whether both belong to one name of the record; what describes it ("Russian", "administration") need not."""
    if other.folded in held.small or (one.folded in held.small and is_ordinary(one.folded)):
        return True
    if any(of_one_place(one.folded, known) and one.folded not in held.words for known in held.capitals):
        return True
    return any(_in_unit(one, unit) and _in_unit(other, unit) for unit in held.units)


def _in_unit(word: Word, unit: frozenset[str]) -> bool:
    parts = _parts(word.folded)
    return any(part in unit or _singular(part) in unit for part in parts) or any(
        _short_form(word.folded, known) or of_one_place(word.folded, known) for known in unit
    )


def _wrong_title(mention: Mention, held: _Names) -> str | None:
    """A title before somebody whom the record gives another, and never this one."""
    last = mention.words[-1].folded
    for one, other in zip(mention.words, mention.words[1:]):
        if not is_title(one.text) or is_courtesy(one.text) or is_title(other.text):
            continue
        if other.span.start - one.span.end > 1:  # "Secretary of Energy": an office, and no one's name
            continue
        bearing = [unit for unit in held.units if other.folded in unit or last in unit]
        titled = [unit for unit in bearing if any(is_title(word) and not is_courtesy(word) for word in unit)]
        forms = {one.folded} | _TITLE_FORMS.get(one.folded, frozenset())
        if titled and not any(forms & unit for unit in bearing):
            return f"{one.text} {other.text}"
        if bearing and not any(forms & unit for unit in bearing) and any(forms & unit for unit in held.units):
            return f"{one.text} {other.text}"
    return None


def _given_before(text: str, mention: Mention, held: _Names) -> str | None:
    """A word that begins the sentence before a surname and is no part of that person's name."""
    first = mention.words[0]
    before = [word for word in words_of(text) if word.span.end <= first.span.start][-1:]
    if not before or not before[0].capital or not before[0].begins:
        return None
    lead = before[0]
    if text[lead.span.end : first.span.start].strip() or lead.folded in held.words or is_title(lead.text):
        return None
    given_like = len(_SAME_AS.get(lead.folded, ())) > 0 and not is_title(first.text) and first.folded in held.capitals
    return lead.text if given_like else None


_SAME_AS: dict[str, str] = {
    name: name for name in "mark grant bill rob rich pat sue dawn joy hope grace drew frank jack guy will".split()
}
_LEAD = re.compile(rf"\b(?:{'|'.join(_SAME_AS)})\s+\Z", re.IGNORECASE)
