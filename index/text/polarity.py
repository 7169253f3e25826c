"""Polarity: which words of a text stand under a negation.

In: a text. Out: its words by clause, each negated, affirmed or either, with the negations. English
rules: a negation reaches from itself to the end of its clause; "denied" and "without" negate
what follows them and undo a "not" before them; "not only" and "no doubt" negate nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from index.text.function_words import FUNCTION_WORDS, is_ordinary
from index.text.repairs import BREAKS, WORD, without_repairs
from index.text.reporting import SAYING


class Polar(Struct, frozen=True, gc=False):
    """A word, small. `reached`: by how many negations; an odd number negates it. `either`: it may be read both ways.
    `part`: of its clause, which "that" parts. `tells`: a small word that says something where it stands, as in
    "it is over"."""

    text: str
    reached: int
    either: bool
    clause: int
    part: int
    tells: bool = False

    @property
    def negated(self) -> bool:
        return self.reached % 2 == 1


class Negation(Struct, frozen=True, gc=False):
    """A negation: its word, its clause, whether it is a word of degree or act that may be put otherwise (`soft`),
    the words that it reaches, as indices into `Polarity.words`, and the character `at` which it stands."""

    text: str
    clause: int
    part: int
    soft: bool
    reach: tuple[int, ...]
    at: int


class Polarity(Struct, frozen=True):
    """The words of a text and its negations, in order. `bases`: what words such as "unvaccinated" deny.
    `answers_no`: it says no to what it does not repeat, or passes a question on."""

    words: tuple[Polar, ...]
    bases: tuple[Polar, ...]
    negations: tuple[Negation, ...]
    answers_no: bool


_TOKEN = re.compile(
    r"(?P<word>(?:\d[.,](?=\d)|[^\W_])+(?:['’\-‑][^\W_]+)*)"
    r"|(?!(?<=\b[A-Z])\.(?:[A-Z]\b|\s+[a-z])|(?:(?<=\b[DM]r)|(?<=\bMs)|(?<=\bMrs))\.)"  # of "U.S. troops", "Dr. Fauci"
    r"(?P<mark>--|[,;:.!?()\[\]“”\"—–…])"
)

_PURE = frozenset(
    """
    not never no none nobody nothing neither nor cannot nowhere hardly rarely seldom scarcely barely noone ain't
    """.split()
)
_ACTS = re.compile(
    r"(?:den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|without|hesitat(?:e|es|ed|ing)|"
    r"lack(?:s|ed|ing)?|unlikely|unable|unwilling|impossible|refut(?:e|es|ed|ing)|disput(?:es|ed|ing)|"
    r"disavow(?:s|ed)?|negat(?:e|es|ed))"
)
_WITH_TO = re.compile(r"(?:fail(?:s|ed|ing|ure)?|declin(?:e|es|ed|ing)|neglect(?:s|ed)?)")
_DOUBTS = re.compile(r"(?:dispute|doubt(?:s|ed|ing)?|question(?:s|ed|ing)?|contest(?:s|ed|ing)?|challenge(?:s|d)?)")
_COMPLEMENTS = frozenset("that whether it this those these what".split())
"""Words before what is disputed or doubted; so the verb is none of the nouns of its form."""
_LEADING_ON = _COMPLEMENTS | {"to"}
_BEFORE_NOUNS = frozenset(
    "no the a any some little without in of beyond this that her his their my our its raise raised have has had".split()
)
_SOFT = re.compile(
    r"(?:prevent|avoid|cancel|cancell|block|oppos|forbid|forbade|ban|scrap|abandon|rebuff|withhold|withheld|few)"
    r"(?:s|es|ed|e|ing|ned|ning|ped|ping|led|ling)?"
)
_NO_NEGATION = re.compile(
    r"(?:(?:is|are|was|were)n['’]t (?:only|just|merely|simply|solely)|"
    r"(?:(?:is|are|was|were)n['’]t|not) (?:(?:an?|the|this|that) )?(?:\w+ ){0,2}"
    r"(?:only|just|merely|simply|solely) about|"
    r"not (?:only|just|merely|simply|solely|least|to mention|surprising\w*|unlike|because)|"
    r"not (?:(?:so|too|that|very) )?long ago|"
    r"no (?:doubt|question|matter|wonder|less|later|sooner|fewer|more than|better|secret)|"
    r"nothing (?:but|short)|(?:can['’]?not|can['’]t|couldn['’]t) (?:wait|help|overstate|emphasize|stress|thank)|"
    r"(?:whether or|if|why|or) not|no\.? \d|none other|nor less|never mind|neither here)\b"
)
_BEFORE_NOT = re.compile(r"(?:whether or|if|why|or)\s$")
_BREAKS_TO = frozenset(
    """
    the a an this that these those we they he she it i there you will is are was were has have had would can could our
    their his her then also
    """.split()
)
_QUESTIONS = frozenset("how what whether why".split())
_MARKS = frozenset('.!?;:()[]—–“”"…')
_REFERS = re.compile(
    r"\b(?:refer (?:you|them|that|this|folks)|get back to you|(?:leave|defer) (?:it|that|this)?\s*to|"
    r"point you to|too early|"
    r"ahead of (?:the|that|any|what)|let (?:them|him|her|the \w+) speak)"
)
_TURNED = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|can|should)n['’]t\b[^?.!]*\?", re.IGNORECASE
)
_BASES = {
    "false": "true", "untrue": "true", "incorrect": "correct", "inaccurate": "accurate", "illegal": "legal",
    "irresponsible": "responsible", "inappropriate": "appropriate", "insufficient": "sufficient", "invalid": "valid",
    "ineffective": "effective", "impossible": "possible", "disagree": "agree", "disagrees": "agrees",
    "disagreed": "agreed",
    "disapprove": "approve", "disapproved": "approved", "inadequate": "adequate", "incomplete": "complete",
    "indirect": "direct", "independent": "dependent", "nonpublic": "public", "dishonest": "honest",
    "inconsistent": "consistent", "inactive": "active", "ineligible": "eligible", "irrelevant": "relevant",
}  # fmt: skip


_OBJECTS = re.compile(r"objections?|opposition|resistance|object(?:s|ed|ing)?")
_OF_A_SUM = re.compile(r"\b(?:\d[\d.,]*|million|billion|thousand|hundred|points?)\s+(?:\w+\s+)?\Z", re.I)


@lru_cache(maxsize=2_000)
def polarity(text: str) -> Polarity:
    """The words of `text` under their negations."""
    reader = _Reader()
    text = without_repairs(text)
    tokens = [(token.group().lower(), token.lastgroup, token.start()) for token in _TOKEN.finditer(text)]
    after = [*(token for token, *_ in tokens[1:]), ""]
    for (token, sort, at), following in zip(tokens, after):
        if sort == "mark":
            reader.mark(token, following)
        else:
            reader.word(token.replace("’", "'").replace("‑", "-"), following, text, at)
    answers_no = re.match(
        r"\W*(?:(?:well|so|oh|and|again|look),?\s+)?(?:no|nope|not at all|never)\b(?!\s+\w)", text, re.I
    )
    return reader.read(bool(answers_no) or _REFERS.search(text.lower()) is not None, _TURNED.match(text) is not None)


def may_negate(text: str) -> bool:
    """Whether any word of `text` may negate or deny something; without one `polarity` finds no negation and no base."""
    return any(map(_may_negate, WORD.findall(text.lower())))


@lru_cache(maxsize=20_000)
def _may_negate(word: str) -> bool:
    word = word.replace("’", "'").replace("‑", "-")
    forms = (_ACTS, _WITH_TO, _DOUBTS, _SOFT, _BEGIN_PAIRS)
    return word in _PURE or word.endswith("n't") or any(form.fullmatch(word) for form in forms) or bool(_base(word))


_BEGIN_PAIRS = re.compile(r"yet|absent|rather|instead|far|free|short|rul(?:e|es|ed|ing)")
"""Words that negate with what follows them."""
_NOTHING = frozenset("no nobody nothing none never".split())
_SUBJECTS = frozenset("i you we they he she it there".split())


_PARTICLES = frozenset("over up off out on in back away down through done here there".split())
_STILL = frozenset("not yet still now already all fully far from never almost nearly".split())
_DETERMINERS = frozenset("the a an this these those he she it they we i you his her their our its my your".split())
_TURNING = frozenset.union(
    BREAKS, _DETERMINERS, _SUBJECTS, "and yet or that which why to how until till unless than".split()
)
"""Words that may end a clause, part it, or turn a negation."""
_ALTERING = frozenset("add change amend alter correct revise update".split())
_FORMS_OF_BE = frozenset(
    """
    is are was were be been am isn't aren't wasn't weren't it's that's he's she's they're we're i'm you're there's
    """.split()
)
_ENDS = frozenset(",.—–;") | {"--", ""}
_PAIRS = frozenset([("rather", "than"), ("instead", "of"), ("far", "from"), ("free", "of"), ("short", "of")])


@lru_cache(maxsize=20_000)
def _manner(word: str, following: str) -> Literal["pure", "act", "soft"] | None:
    """How a word negates, if it does."""
    if word in _PURE or word.endswith("n't"):
        return "pure"
    if _ACTS.fullmatch(word) or (_WITH_TO.fullmatch(word) and following in ("to", "comment")):
        return "act"
    if (word, following) in _PAIRS or (following == "out" and word in ("rule", "ruled", "rules", "ruling")):
        return "act"
    return "soft" if _SOFT.fullmatch(word) else None


def _begins_anew(word: str) -> bool:
    """Whether a clause begins with `word` after "and"."""
    return word in _BREAKS_TO or word in _PURE or word.endswith(("n't", "n’t"))


class _Heard(Struct, gc=False):
    word: str
    clause: int
    part: int
    reached: int
    sentence: int = 0
    tells: bool = False


class _Negating(Struct, gc=False):
    word: str
    clause: int
    part: int
    soft: bool
    at: int
    reach: list[int] = []


class _Reader:
    """Reads a text word by word; the negations that reach the next word are open."""

    def __init__(self) -> None:
        self._words: list[_Heard] = []
        self._negations: list[_Negating] = []
        self._open: list[tuple[int, bool]] = []
        """Which negations reach the next word, and whether each is a pure one."""
        self._clause = 0
        self._part = 0
        self._sentence = 0
        self._conditional = False
        self._until: set[int] = set()
        self._complement = False

    def mark(self, mark: str, following: str) -> None:
        if mark == "," and following == "even":
            return  # "unable to help, even in winter"
        if mark == "," and self._open and self._reaches_nothing(self._open[-1][0]):
            return  # "not, as we said, closed"
        if mark in '“"':
            return
        if mark == "," and following in _QUESTIONS and self._open and self._asks(self._open[-1][0]):
            return  # "we don't know what will come, how well it will do"
        self._close()
        self._sentence += mark in ".!?"

    def word(self, word: str, following: str, text: str, at: int) -> None:
        if word in _TURNING and self._turns(word, following):
            return
        reached = 0
        for negation, _ in self._open:
            self._negations[negation].reach.append(len(self._words))
            reached += not self._negations[negation].soft
        tells = word in _PARTICLES and self._is_said_of_it(following)
        self._words.append(_Heard(word, self._clause, self._part, reached, self._sentence, tells))
        self._negate(word, following, text, at)

    def _turns(self, word: str, following: str) -> bool:
        """What a small word does to the clause and its negations; whether it is no word of the next clause."""
        if word == "because" and self._open and self._is_of_cause(self._open[-1][0]):
            return True  # "and none because a boat broke down"
        if word == "and" and self._open and self._goes_on(following):
            self._close()
            return True
        if word == "as" and following == "to":
            return False  # "no declarations as to intentions"
        if word in _DETERMINERS and self._open and self._has_its_noun(self._open[-1][0]):
            self._close()
        if word in BREAKS or (word in ("and", "yet", "or") and _begins_anew(following)):
            self._close()
            self._conditional = word in ("if", "when", "unless", "since")
            return True
        if self._conditional and word in _SUBJECTS and self._open and self._negations[self._open[0][0]].reach:
            self._close()
        if word in ("that", "which") and self._open and self._alters_nothing(self._open[-1][0]):
            self._close()  # "nothing to add to her statement that it is open"
        if word == "that":
            self._part += 1
        if word in ("that", "why", "to", "how"):
            self._complement = True
        if word in ("until", "till", "unless"):
            self._until.add(self._clause)
        if word == "than" and self._open and self._is_of_degree(self._open[0][0]):
            self._until.add(self._clause)  # "no one is keener than she"
        return False

    def _is_subject(self, negation: int) -> bool:
        """Whether it negates a gerund of which a form of "be" now says something."""
        reach = self._negations[negation].reach
        return len(reach) > 1 and self._words[reach[0]].word.endswith("ing") and self._words[-1].word in _FORMS_OF_BE

    def _is_of_degree(self, negation: int) -> bool:
        """Whether a comparison with it praises, so that it may be told without: not "nobody under less than 10"."""
        before = self._words[-1].word if self._words else ""
        reach = self._negations[negation].reach
        first = self._words[reach[0]].word if reach else ""
        of_figures = before in ("more", "less", "fewer") and self._negations[negation].word != "never"
        of_a_noun = self._negations[negation].word == "no" and first.endswith("er") and not self._is_there(reach[0])
        return self._negations[negation].word in _NOTHING and not of_figures and not of_a_noun

    def _is_there(self, at: int) -> bool:
        """Whether "there" stands before the negation before the word at `at`: "there is no greater joy than"."""
        return any(one.word.startswith("there") for one in self._words[max(0, at - 4) : at])

    def _asks(self, negation: int) -> bool:
        """Whether it reaches a question that goes on: "not known what …"."""
        return any(self._words[at].word.split("'")[0] in _QUESTIONS for at in self._negations[negation].reach)

    def _is_of_cause(self, negation: int) -> bool:
        return self._negations[negation].word in _NOTHING and self._reaches_nothing(negation)

    def _has_its_noun(self, negation: int) -> bool:
        """Whether another noun begins after that of "instead of": "instead of a share the town gets a sum"."""
        pair = self._negations[negation].word in ("rather", "instead")
        return pair and not self._reaches_nothing(negation) and self._words[-1].word not in FUNCTION_WORDS

    def _alters_nothing(self, negation: int) -> bool:
        """Whether it is "nothing to change in", so that what is not changed stands as it was said."""
        reached = [self._words[at].word for at in self._negations[negation].reach]
        begins = self._negations[negation].word == "nothing" and reached[:1] == ["to"]
        return begins and len(reached) > 3 and reached[1] in _ALTERING and reached[2] in ("to", "in", "on", "about")

    def _goes_on(self, following: str) -> bool:
        """Whether a verb after "and" is none of those a noun's negation reaches: "rather than a share and said"."""
        of_noun = self._negations[self._open[-1][0]].word in ("rather", "instead")
        said = following in SAYING and following.endswith(("ed", "said", "told", "says"))
        return said or (of_noun and following.endswith("ed"))

    def _is_said_of_it(self, following: str) -> bool:
        """Whether a small word is all that is said of its subject: "is over", "isn't yet back"."""
        before = (one.word for one in reversed(self._words[-3:]) if one.word not in _STILL)
        return next(before, "") in _FORMS_OF_BE and (
            following in _MARKS | _ENDS | _PARTICLES or following in BREAKS | {"and", "or"}
        )

    def _negate(self, word: str, following: str, text: str, at: int) -> None:
        manner = _manner(word, following)
        if manner is None and following not in _LEADING_ON and word != "absent":
            return
        if word == "short" and _OF_A_SUM.search(text, max(0, at - 40), at):
            return  # "8 million jobs short of": a difference
        if manner == "soft" and word.startswith("oppos") and self._open:
            manner = "act"  # "do not oppose"
        if following == "to" and self._open and _OBJECTS.fullmatch(word):
            manner = "act"  # "no objection to"
        if manner == "pure":
            self._negate_purely(word, following, text, at)
        elif manner is None:
            still_to = word == "yet" and following == "to"
            if still_to or self._doubts(word, following) or (word == "absent" and self._is_preposition(following)):
                self._begin(word, at, soft=False, pure=False)
        elif not (word == "few" and text[max(0, at - 2) : at].lower() == "a "):
            self._begin(word, at, soft=manner == "soft", pure=False)

    def _doubts(self, word: str, following: str) -> bool:
        """Whether it is a verb that negates what follows: "did not dispute that", not "the question whether"."""
        before = self._words[-2].word if len(self._words) > 1 else ""
        return following in _COMPLEMENTS and before not in _BEFORE_NOUNS and _DOUBTS.fullmatch(word) is not None

    def _is_preposition(self, following: str) -> bool:
        """Absent a vote, that is without one; not "was absent"."""
        before = self._words[-2].word if len(self._words) > 1 else ""
        return following not in _ENDS | {"from"} and before not in _FORMS_OF_BE | _STILL | {"the", "an"}

    def _negate_purely(self, word: str, following: str, text: str, at: int) -> None:
        ends = following in _ENDS
        if ends and (word == "no" or (word == "not" and any(one.word == "answer" for one in self._words))):
            self._answer_no(at)
            return
        if _NO_NEGATION.match(text[at : at + 60].lower()):
            return
        if word == "not" and _BEFORE_NOT.search(text[max(0, at - 12) : at].lower()):
            return
        verbal = word == "not" or word.endswith("n't")
        if verbal and self._open and self._is_subject(self._open[-1][0]):
            self._close()  # "not speaking is not a refusal"
        again = [negation for negation, is_pure in self._open if is_pure]
        if again and not self._complement and (not verbal or self._reaches_nothing(again[0])):
            return  # "neither … nor", "not … no" are one
        self._begin(word, at, soft=False, pure=True)

    def _begin(self, word: str, at: int, *, soft: bool, pure: bool) -> None:
        self._negations.append(_Negating(word, self._clause, self._part, soft, at))
        self._open.append((len(self._negations) - 1, pure))
        self._complement = False

    def _reaches_nothing(self, negation: int) -> bool:
        reached = (self._words[at].word for at in self._negations[negation].reach)
        return all(word in FUNCTION_WORDS or word in SAYING for word in reached)

    def _answer_no(self, at: int) -> None:
        """ "On the funding, the answer is no": all of its sentence so far is negated."""
        said = [at for at, one in enumerate(self._words) if one.sentence == self._sentence]
        if len(said) < 3 or not {one.word for one in self._words[-4:]} & {"is", "was", "answer", "be"}:
            return
        for one in said:
            self._words[one].reached += 1
        self._negations.append(_Negating("no", self._clause, self._part, False, at, said))

    def _close(self) -> None:
        self._clause += 1
        self._part += 1
        self._conditional = False
        self._open = []
        self._complement = False

    def read(self, answers_no: bool, turned: bool) -> Polarity:
        negative = {one.clause for one in self._negations}
        words, bases = [], []
        for one in self._words:
            either = turned or (one.clause in self._until and one.clause in negative)
            words.append(Polar(one.word, one.reached, either, one.clause, one.part, one.tells))
            base = _base(one.word)
            if base:
                bases.append(Polar(base, one.reached + 1, either, one.clause, one.part))
        negations = (
            Negation(
                one.word,
                one.clause,
                one.part,
                one.soft or turned or one.clause in self._until,
                tuple(one.reach),
                one.at,
            )
            for one in self._negations
        )
        return Polarity(tuple(words), tuple(bases), tuple(negations), answers_no)


@lru_cache(maxsize=20_000)
def _base(word: str) -> str | None:
    """What a word such as "unvaccinated" or "false" denies."""
    if word in _BASES:
        return _BASES[word]
    if word.endswith("-free") and len(word) > 8:
        return word[:-5]  # "tariff-free"
    if word.startswith("non-"):
        return word[4:]
    rest = word[2:].lstrip("-")
    return rest if word.startswith("un") and len(rest) > 4 and is_ordinary(rest) else None
