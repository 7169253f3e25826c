"""The extractive answerer: points at the sentences of the record that answer, or declines. No model, no network."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from math import exp

from msgspec import Struct

from index.ranking import distinct
from qa.answer import Style
from qa.errors import UnknownModel
from qa.models.model import Declined, Request, Said, Sure, Wrote
from qa.models.settings import ModelSettings
from qa.models.weighing import Candidate, Features, Weights, candidates, ruled_out
from qa.question import Exchange
from qa.threads import in_thread


class ExtractiveSettings(Struct, frozen=True):
    """How sentences are weighed (`weights`), and how sure the best must be (`sureness` at least `sure`).

    A higher bar declines more and answers less; docs/quality.md has the figures it was chosen by.
    Up to `longest` sentences are given, none of which weighs `close` less than the best. Where
    less than `about` of the question, or of a name in it, is borne out anywhere near, the record is
    not about it.
    """

    weights: Weights = Weights(
        own=3.95, near=1.98, wide=3.26, late=2.07, behind=0.94, holds=1.64, lacks=-1.64, counts=1.0, evades=-1.39
    )
    sureness: Weights = Weights(
        constant=-4.23, own=2.29, own_rare=1.91, late=0.31, behind=1.23, similarity=0.83, words=0.55
    )
    sure: float = 0.25
    close: float = 1.5
    longest: int = 4
    about: float = 0.5


class Extractive:
    """The default model: needs nothing but the record."""

    id = "extractive"
    style: Style = "quotes"
    styles: tuple[Style, ...] = ("quotes",)
    streams = False
    offline = True
    computes = True

    def __init__(self, settings: ExtractiveSettings = ExtractiveSettings()) -> None:
        self._settings = settings

    async def reply(self, request: Request) -> AsyncGenerator[Said, None]:
        """The numbers of the best sentences, best first."""
        weighed = await in_thread(candidates, request.asked, request.found, request.shown, self._settings.weights)
        yield Sure(self._sureness(weighed))
        declined = self._declined(weighed)
        if declined:
            yield declined
            return
        for one in self._chosen(weighed):
            passage, sentence = one.sentence.number
            yield Wrote(f"[{passage}.{sentence}]\n")

    async def rewrite(self, question: str, history: Sequence[Exchange]) -> str | None:  # noqa: ARG002 (the protocol's)
        """None: it has no words of its own."""
        return None

    def _declined(self, weighed: Sequence[Candidate]) -> Declined | None:
        """Why the best of `weighed` is no answer, or None where it is one."""
        if not weighed:
            return _NOTHING
        best = weighed[0].features
        if self._is_sure(best):
            return None
        if best.wide < self._settings.about or best.names < self._settings.about:
            return _NOTHING
        return _NO_SUCH_FACT if best.lacks else _NOT_BORNE_OUT

    def _sureness(self, weighed: Sequence[Candidate]) -> float:
        """The chance, as it was fitted, that the best of `weighed` answers."""
        best = weighed[0].features if weighed else None
        return 0.0 if best is None or ruled_out(best) else 1 / (1 + exp(-self._settings.sureness.of(best)))

    def _is_sure(self, features: Features) -> bool:
        return not ruled_out(features) and self._settings.sureness.of(features) >= self._settings.sure

    def _chosen(self, weighed: Sequence[Candidate]) -> list[Candidate]:
        """The best, and what comes close to it and says something else."""
        least = weighed[0].weight - self._settings.close
        close = [one for one in weighed if one.weight >= least and self._is_sure(one.features)]
        return _as_said([close[at] for at in distinct([one.sentence.text for one in close], self._settings.longest)])


def _as_said(chosen: Sequence[Candidate]) -> list[Candidate]:
    """`chosen`, but of two that follow each other here and in one turn the one first that was said first."""
    ordered = list(chosen)
    for at in range(1, len(ordered)):
        if _is_next(ordered[at], ordered[at - 1]):
            ordered[at - 1 : at + 1] = ordered[at], ordered[at - 1]
    return ordered


def _is_next(one: Candidate, other: Candidate) -> bool:
    """Whether `other` is the sentence after `one` in its turn."""
    (passage, sentence), (same, following) = one.sentence.number, other.sentence.number
    return passage == same and one.sentence.turn == other.sentence.turn and following == sentence + 1


_NOTHING = Declined("nothing_relevant", "Nothing was found that bears on this question.")
_NO_SUCH_FACT = Declined("unsupported", "What was found speaks of this, but does not state the kind of fact asked for.")
_NOT_BORNE_OUT = Declined("unsupported", "What was found comes near this question, but does not bear out an answer.")


def load(name: str, settings: ModelSettings) -> Extractive:  # noqa: ARG001 (a provider's signature)
    """The one there is; UnknownModel where another is named."""
    if name:
        raise UnknownModel(f"extractive has no models to choose among, and {name!r} is asked for")
    return Extractive()


def needs(settings: ModelSettings) -> list[str]:  # noqa: ARG001 (a provider's signature)
    """Nothing."""
    return []
