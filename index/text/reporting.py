"""Reporting: who is said to have said what, in a sentence about somebody's words.

In: a sentence. Out: its attributions ("Pompeo said", "according to the mayor", `Pompeo: "…"`), in
order, each with the words that name the speaker and the place of what is said in the sentence.
Words inside quotation marks attribute nothing. Rules over English wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from index.text.function_words import CALENDAR, FUNCTION_WORDS, is_ordinary
from index.text.mentions import CONNECTORS, folded
from index.text.names import is_title
from index.text.quoted import quoted
from index.transcript import Span

Manner = Literal["said", "asked", "did", "thought"]
"""*said*: what only that person's own words bear out. *asked*: likewise, a question. *did*: an act done with words,
which others may tell of ("announced"). *thought*: a mind, likewise."""


class Attribution(Struct, frozen=True):
    """`who` names the speaker, `verb` what the speaker did, `outer` whether the sentence itself vouches for it.

    An inner one stands in somebody's account: in "Psaki said the president had agreed and told
    Congress so" the president's is. `role` where `who` is an office or the like and no name.
    """

    who: str
    span: Span
    verb: str
    manner: Manner
    role: bool
    outer: bool


_FORMS: dict[Manner, str] = {
    "said": """
        say says said tell tells told state states stated argue argues argued explain explains explained note notes
        noted add adds added stress stresses stressed emphasize emphasizes emphasized emphasise emphasises emphasised
        claim claims claimed insist insists insisted confirm confirms confirmed deny denies denied warn warns warned
        acknowledge acknowledges acknowledged admit admits admitted remark remarks remarked respond responds responded
        reply replies replied answer answers answered reiterate reiterates reiterated contend contends contended
        maintain maintains maintained assert asserts asserted mention mentions mentioned conclude concludes concluded
        declare declares declared recount recounts recounted observe observes observed quip quips quipped joke jokes
        joked testify testifies testified concede concedes conceded clarify clarifies clarified recall recalls
        recalled cautioned cautions caution underscore underscores underscored underlined underline specified specify
        specifies affirm affirms affirmed elaborated elaborate countered counters put comment commented comments guess
        guesses guessed pointed points point remind reminds reminded inform informs informed assure assures assured
        relay relays relayed apologize apologizes apologized apologise apologised swore swears
    """,
    "asked": "ask asks asked wonder wonders wondered inquire inquires inquired",
    "did": """
        announce announces announced promise promises promised pledge pledges pledged propose proposes proposed
        recommend recommends recommended urge urges urged call calls called report reports reported describe describes
        described predict predicts predicted suggest suggests suggested cite cites cited agree agrees agreed praise
        praises praised criticize criticizes criticized criticise criticised thank thanks thanked estimate estimates
        estimated compare compares compared reveal reveals revealed disclose disclosed discloses vow vows vowed
        condemn condemns condemned express expresses expressed indicate indicates indicated signal signals signaled
        outline outlines outlined hint hints hinted complain complains complained voice voiced voices welcome welcomes
        welcomed dismiss dismisses dismissed defend defends defended detail details detailed lament laments lamented
        congratulate congratulates congratulated quote quotes quoted mock mocks mocked invite invites invited
    """,
    "thought": """
        believe believes believed think thinks thought expect expects expected hope hopes hoped want wants wanted feel
        feels felt support supports supported oppose opposes opposed
    """,
}
_MANNER: dict[str, Manner] = {form: manner for manner, forms in _FORMS.items() for form in forms.split()}
SAYING = frozenset(form for form, manner in _MANNER.items() if manner in ("said", "asked")) - {
    "deny",
    "denies",
    "denied",
}
"""Forms of verbs of saying."""

_VERB = re.compile(r"\b[a-z]{3,13}\b")
_ANY_ACT = re.compile(r"[a-z]{3,13}ed that\b")

_BESIDE_A_VERB = frozenset(
    """
    also have has had then later further again once ever never not did does do would will could can should might may
    first only still since simply just didn't doesn't hasn't hadn't wouldn't won't in turn went on to declined refused
    failed was able sought continued proceeded
    """.split()
)
_INSERTION = re.compile(r",[^,]{1,90},?\s*$")
_TO_DO = re.compile(
    r" (?:(?!(?:whether|if|how|what|who|why|when|where|which|about|that)\b)[A-Za-z][\w'’.-]* ){0,5}?"
    r"(?:(?:not )?to (?!know\b)[a-z]|that (?:nobody|no|the|they|all|every|people|[A-Z]))"
)
"""After "asked", so that it is a request, and no question."""
_TO_COME = re.compile(r"\b(?:will|would)\s+(?:also\s+|then\s+)?\Z")
"""Before what somebody has not said yet, so that only others can tell of it."""
_PASSIVE = re.compile(
    r"\b(?:is|was|are|were|be|been|being|get|got)\s+(?:\w{2,20}ly\s+|also\s+|then\s+|not\s+)*$", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:according to|(?:said|stated|confirmed|noted|explained|described|put|told|given|made|announced|reported|"
    r"quoted|mentioned|expressed|acknowledged|cited)\s+by|"
    r"in the (?:words|view|opinion|telling|account|estimation|eyes) of|per)\s+",
    re.IGNORECASE,
)
_IN_MIND = re.compile(r"\b(?:view|opinion|estimation|eyes)\b")
_HAS_BY = re.compile(r"\b(?:according to|by|(?:words|view|opinion|telling|account|estimation|eyes) of|per)\s")
_OWN = re.compile(
    r"(?:(?<=\w)['’]s?)\s+(?:\w{1,20}\s+)?(?:words|telling|account|(?:(?P<mind>view|opinion)|answer|response|reply|explanation|argument)"
    r"(?=,| (?:is|was)\b| that\b))"
)
_OWN_NOUNS = tuple("words telling account view opinion answer response reply explanation argument".split())
_COLON = re.compile(r"^\W{0,3}(?P<who>[^:“\"]{2,80}?):\s*[“\"]")
_TO_SOMEBODY = re.compile(r"\b(?:to|told|tells|asked|asks|assured|reminded|informed)\s+(?:the\s+)?\Z")
"""What stands before whoever is spoken to: "A reporter put it to Psaki: …"."""
_SIGNED = re.compile(r"\W{0,3}“\s*”[.,]?\s*(?:[—–]|--?|\()\s*")
_SIGNED_ENDS = re.compile(r"(?:,[^“”]{0,80})?\W*\Z")
_PUT = re.compile(r" it(?! (?:together|in|on|into|out|up|down|off|away|back|aside|through|to(?! [A-Z]))\b)")
_NOBODY = frozenset(
    "record transcript it this that there which headline text summary passage answer source sources".split()
)
PRONOUNS = frozenset("he she they".split())
"""Those that may speak, small."""
_INSIDE = CONNECTORS - {"and", "in", "on", "for"}

QUESTIONERS = frozenset(
    "reporter reporters journalist journalists questioner questioners correspondent correspondents".split()
)
"""Whom a record lets ask without a name."""

OFFICIALS = frozenset(
    "official officials speaker speakers spokesperson spokesman spokeswoman spokespeople administration team briefer "
    "briefers person interviewee guest panelist participant".split()
)
"""Words that fit whoever speaks for somebody."""

_OTHERS = frozenset(
    """
    engineer expert experts scientist scientists economist economists critic critics lawmaker lawmakers democrat
    democrats republican republicans doctor doctors witness witnesses delegate delegates analyst analysts lawyer
    lawyers opponent opponents resident residents soldier farmer farmers teacher teachers union council company
    committee agency government department ministry police board court army military firm reporters investigator
    investigators researcher researchers caller ministers senators governors mayors secretaries candidate candidates
    skipper ferryman editor author professor principal owner driver captain citizen citizens aide aides
    """.split()
)
_TO_THE_LEFT = re.compile(r"[^\W_]+(?:[.'’\-‑\u2060_]+[^\W_]+)*\.?")


@lru_cache(maxsize=2_000)
def attributions(text: str) -> tuple[Attribution, ...]:
    """The attributions of `text` to a name or a role, by where their speakers stand."""
    masked = _masked(text, "“", "”")
    found = sorted(_found(masked, text), key=lambda one: one.span.start)
    distinct = {one.span.start: one for one in reversed(found)}
    return tuple(_outer_first([distinct[start] for start in sorted(distinct)], masked))


def outside_quotations(text: str) -> str:
    """`text` with spaces for what stands in quotation marks."""
    return _masked(text, " ", " ")


@lru_cache(maxsize=2_000)
def _masked(text: str, opening: str, closing: str) -> str:
    """`text` with spaces for what is quoted, and these for the marks around it."""
    quotations = quoted(text)
    if not quotations:
        return text
    written = list(text)
    for one in quotations:
        written[one.span.start : one.span.end] = " " * len(one.span)
        for at, mark in ((one.span.start - 1, opening), (one.span.end, closing)):
            if 0 <= at < len(written):
                written[at] = mark
    return "".join(written)


def _found(masked: str, text: str) -> Iterator[Attribution]:
    for verb in _VERB.finditer(masked):
        said = verb.group()
        manner = _MANNER.get(said)
        if manner is None and said.endswith("ed") and _ANY_ACT.match(masked, verb.start()):
            manner = "did"
        if manner is None or _has_no_subject(masked, verb.start()):
            continue
        if _PASSIVE.search(masked[max(0, verb.start() - 30) : verb.start()]):
            continue
        if (verb.group() == "put" and not _PUT.match(masked, verb.end())) or (
            verb.group().startswith("point") and not masked.startswith(" out", verb.end())
        ):
            continue
        if manner == "asked" and _TO_DO.match(masked, verb.end()):
            manner = "did"
        if manner == "said" and _TO_COME.search(masked, max(0, verb.start() - 20), verb.start()):
            manner = "did"
        after = _subject_after(masked, verb)
        inverted = after is not None and _ENDS_THERE.match(masked, after.end)
        who = after if inverted else _subject_before(masked, verb.start()) or after
        if who and not masked[: who.end].endswith(("'s", "’s")):  # "Marrow's report runs …"
            yield _attribution(masked, who, verb.group(), manner)
    for by in _BY.finditer(masked) if _HAS_BY.search(masked.lower()) else ():
        who = _phrase_from(masked, by.end())
        if who and not _FIGURES_OF.match(masked, who.end):
            told = by.group().strip().lower()
            yield _attribution(masked, who, told, "thought" if _IN_MIND.search(told) else "said")
    for own in _OWN.finditer(masked) if any(noun in masked for noun in _OWN_NOUNS) else ():
        who = _phrase_to(masked, own.start())
        if who:
            yield _attribution(masked, who, "own words", "thought" if own["mind"] else "said")
    signed = _SIGNED.match(masked) if "“" in masked else None
    if signed:
        who = _phrase_from(masked, signed.end())
        if who and _SIGNED_ENDS.match(masked, who.end):
            yield _attribution(masked, who, "—", "said")
    colon = _COLON.match(text) if ":" in text else None
    if colon:
        who = _phrase_to(text, colon.end("who"))
        if who and not _TO_SOMEBODY.search(text, 0, who.start):
            yield _attribution(text, who, ":", "said")


def _attribution(text: str, who: Span, verb: str, manner: Manner) -> Attribution:
    named = _POSSESSIVE.sub("", text[who.start : who.end])
    office = _OFFICE_OF.fullmatch(named) is not None
    return Attribution(named, who, verb, manner, office or not any(_is_name(word) for word in named.split()), True)


_FIGURES_OF = re.compile(
    r"(?:['’]s?)?\s+(?:\w+\s+)?(?:figures?|data|numbers?|reports?|statistics|estimates?|stud(?:y|ies)|surveys?|polls?|"
    r"counts?|guidelines?|guidance|rules?|analysis|projections?)\b"
)
"""What is no voice: "according to the latest FEMA figure"."""
_POSSESSIVE = re.compile(r"['’]s$")
_OFFICE_OF = re.compile(r"(?:[Tt]he\s+)?\w+\s+of\s+(?:the\s+)?\w+")


def _is_name(word: str) -> bool:
    small = folded(word)
    return any(c.isupper() for c in word) and not _is_role(small) and small not in FUNCTION_WORDS


_NO_SUBJECTS = FUNCTION_WORDS - _BESIDE_A_VERB - PRONOUNS - {"who"}


def _has_no_subject(text: str, verb: int) -> bool:
    """Whether the word before a verb is a small one that nobody is called by: "we want", "to say"."""
    before = text[max(0, verb - 16) : verb].lower().split(" ")[-2:-1]
    return bool(before) and before[0] in _NO_SUBJECTS and not before[0].endswith("ly")


def _subject_before(text: str, verb: int) -> Span | None:
    words = list(_TO_THE_LEFT.finditer(text, max(0, verb - 60), verb))
    while words and len(words) and _is_beside_a_verb(words[-1].group()):
        verb = words.pop().start()
    before = text[:verb].rstrip()
    who = None if before.endswith(",") else _phrase_to(text, len(before))
    if who or not before.endswith(","):
        return who
    inserted = _INSERTION.search(text, max(0, verb - 110), verb)  # "Psaki, the press secretary, said"
    return (_phrase_to(text, inserted.start()) if inserted else None) or _phrase_to(text, len(before))


def _is_beside_a_verb(word: str) -> bool:
    small = word.lower().replace("’", "'")
    return small in _BESIDE_A_VERB or (small.endswith("ly") and word[0].islower())


_ENDS_THERE = re.compile(r"\s*(?:[.,;:—–]|\Z)")
_INVERTED = re.compile(r"[,”\"?!—–-]\s*$")


def _subject_after(text: str, verb: re.Match[str]) -> Span | None:
    """ "…," said Psaki."""
    if not _INVERTED.search(text, max(0, verb.start() - 4), verb.start()) or not text.startswith(" ", verb.end()):
        return None
    return _phrase_from(text, verb.end() + 1)


def _phrase_to(text: str, end: int) -> Span | None:
    """The name or role that ends at `end`."""
    words = list(_TO_THE_LEFT.finditer(text, max(0, end - 100), end))
    if not words or text[words[-1].end() : end].strip(" ,\u00a0"):
        return None
    last = words[-1].group()
    small = folded(last)
    if small == "who" and len(words) > 1:
        return _phrase_to(text, words[-2].end())
    if last[0].isupper() and ((_is_name(last) and small not in CALENDAR) or is_title(last)):
        return _leftwards(text, words, _may_belong)
    if _is_role(small):
        role = _leftwards(text, words, _may_describe)
        of = _OF_THE.search(text, max(0, role.start - 16), role.start)
        person = _phrase_to(text, of.start()) if of else None  # "Gunnar Hale of the water board"
        return person if person and text[person.start].isupper() else role
    return Span(*words[-1].span()) if small in PRONOUNS else None


def _may_belong(word: str) -> bool:
    return word[:1].isupper() or word in _INSIDE or is_title(word)


def _may_describe(word: str) -> bool:
    return word[:1].isupper() or (word not in FUNCTION_WORDS and not word.endswith(("ed", "ing")))


_OF_THE = re.compile(r"\s(?:of|from|at|with)\s+(?:the\s+)?\Z")
_NO_HEADS = frozenset(
    "the first second under special vice assistant acting principal senior deputy press staff".split()
)


def _is_role(word: str) -> bool:
    if word in _NO_HEADS:
        return False
    return (is_title(word) or word in QUESTIONERS or word in OFFICIALS or word in _OTHERS) and word not in _NOBODY


def _leftwards(text: str, words: Sequence[re.Match[str]], belongs: Callable[[str], bool]) -> Span:
    first = len(words) - 1
    while first and len(words) - first < 7 and belongs(words[first - 1].group()):
        gap = text[words[first - 1].end() : words[first].start()]
        if gap.strip(" \u00a0") or folded(words[first - 1].group()) in CALENDAR:
            break
        first -= 1
    while first < len(words) - 1 and _opens(words[first].group(), words[first + 1].group()):
        first += 1
    return Span(words[first].start(), words[-1].end())


def _opens(word: str, following: str) -> bool:
    """Whether a word with a capital opens the sentence and is no part of the name after it."""
    small = folded(word)
    if is_title(word):
        return False
    return (
        small in FUNCTION_WORDS
        or word in CONNECTORS
        or (is_ordinary(small) and is_ordinary(folded(following)) is False and small.endswith(("ed", "ly", "ing")))
    )


def _phrase_from(text: str, start: int) -> Span | None:
    """The name or role that begins at `start`."""
    words = list(_TO_THE_LEFT.finditer(text, start, start + 110))
    taken: list[re.Match[str]] = []
    at = start
    for word in words:
        if text[at : word.start()].strip(" \u00a0") or (taken and taken[-1].group().endswith(("'s", "’s"))):
            break
        small = folded(word.group())
        capital = word.group()[0].isupper() and small not in CALENDAR
        if not taken and small in ("the", "a", "an", "one", "another"):
            at = word.end()
            continue
        if capital or is_title(word.group()) or (taken and word.group() in ("of", "de", "von", "van", "der")):
            taken.append(word)
        elif not any(_is_name(one.group()) for one in taken) and small not in FUNCTION_WORDS and len(taken) < 4:
            taken.append(word)
            if _is_role(small) and not _is_role_after(text, word.end()):
                break
        else:
            break
        at = word.end()
    while taken and taken[-1].group() in ("of", "de", "von", "van", "der"):
        taken.pop()
    if not taken or not any(_is_name(word.group()) or _is_role(folded(word.group())) for word in taken):
        return None
    return Span(taken[0].start(), taken[-1].end())


def _is_role_after(text: str, at: int) -> bool:
    """Whether another word of an office follows: "administration" before "official"."""
    following = _TO_THE_LEFT.match(text, at + 1)
    return following is not None and text[at : at + 1] == " " and _is_role(folded(following.group()))


_BESIDE = re.compile(
    r"(?:^|[,;:—–]\s*|\s)(?:and|but|while|whereas|although|though|yet|so|;)\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE
)
_INDIRECT = re.compile(r"\b(?:what|whether|how|who|whom|why|which)\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:that|when|after|before|since|because|if|where|until)\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE
)
_AS = re.compile(r"\bas\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE)


_INSERTED = re.compile(r"\w,\s+(?:according to|per)\s+(?:the\s+)?$")
_AFTER_COMMA = re.compile(r"[,”]\s*(?:the\s+|a\s+|an\s+)?$")


def _frames(one: Attribution, text: str, found: Sequence[Attribution]) -> bool:
    """Whether it says of the whole sentence whose account it is: "according to Psaki", "…, Psaki said, …"."""
    before, after = text[: one.span.start], text[one.span.end :]
    said_before = any(other.manner in ("said", "asked") and other.span.end <= one.span.start for other in found)
    if one.verb in ("according to", "per"):
        return not said_before or bool(_INSERTED.search(before)) or not after.strip(" .")
    if one.verb == "own words" or _AS.search(before):
        return not said_before
    if one.manner == "thought" or not _AFTER_COMMA.search(before):
        return False
    return _then(one.verb).match(text, one.span.end) is not None


@lru_cache(maxsize=1_000)
def _then(verb: str) -> re.Pattern[str]:
    """What follows a speaker who is put in: ", Psaki then said,"."""
    return re.compile(rf"\s+(?:\w+\s+){{0,2}}{re.escape(verb)}\s*(?:[,.]|$)")


def _stands_before(pattern: re.Pattern[str], text: str, one: Attribution) -> bool:
    return pattern.search(text, max(0, one.span.start - _NEAR), one.span.start) is not None


_NEAR = 40
"""Characters before a speaker in which what subordinates or joins the saying stands."""


def _outer_first(found: Sequence[Attribution], text: str) -> Iterator[Attribution]:
    """Each of `found`, with whether it stands in nobody's account."""
    framing = [one for one in found if _frames(one, text, found)]
    framing = [one for one in framing if one.verb in ("according to", "per")] or framing
    direct = [one for one in found if not _stands_before(_INDIRECT, text, one)]
    free = [one for one in direct if not _stands_before(_SUBORDINATE, text, one)]
    first = next(iter(framing or free or direct), None)
    for one in found:
        beside = one in free and not framing and _stands_before(_BESIDE, text, one)
        outer = one is first or one in framing or beside
        yield Attribution(one.who, one.span, one.verb, one.manner, one.role, outer)
