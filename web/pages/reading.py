"""A transcript as the pages show it: its turns with who speaks and when, cut where a place is to be marked.

In: a transcript and the places to mark. Out: turns of harmless text. The pieces of a turn, put
together, have as many code points as the turn, so a script can find any offset in them again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urldefrag

from msgspec import Struct

from index.store import Facts, Summary
from index.transcript import Outside, Span, Transcript
from web.pages.harmless import harmless
from web.pages.wording import web_address

AROUND = 1_500
"""Words before and after a marked place that are shown beside an answer."""

_RIGHT_TO_LEFT = frozenset("ar arc az-arab ckb dv fa he iw ku-arab ks nqo ps sd syr ug ur yi".split())
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
"""A language as HTML takes it (BCP 47)."""

_CHARACTERS_A_LINE = 68
_VIDEO = (".mp4", ".webm", ".m4v", ".mov", ".ogv")
_AUDIO = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".aac")


class Piece(Struct, frozen=True):
    """A stretch of a turn; `place` numbers the marked place that it belongs to, from 1, 0 where none."""

    text: str
    place: int


class ShownTurn(Struct, frozen=True, kw_only=True):
    """`named`: whether the label names somebody. `play`: the recording from the second at which the turn begins.
    `height`: lines it will take, roughly, as the power of two above."""

    number: int
    label: str | None
    named: bool
    name: str | None
    start_char: int
    end_char: int
    seconds: float | None
    play: str | None
    pieces: tuple[Piece, ...]
    height: int


class Recording(Struct, frozen=True):
    """Where the event can be heard or seen; `kind` is what plays it here, `page` where only its own page does."""

    address: str
    kind: str

    def at(self, seconds: float | None) -> str:
        """The address from a second on."""
        return self.address if seconds is None else f"{urldefrag(self.address).url}#t={seconds:g}"


class Shown(Struct, frozen=True, kw_only=True):
    """A transcript, or the turns of it around the marked places; `earlier` and `later` say that there are more.

    `language` as a browser takes it, None where the transcript gives none or gives it otherwise.
    """

    summary: Summary
    turns: tuple[ShownTurn, ...]
    places: tuple[Span, ...]
    earlier: bool
    later: bool
    direction: str
    language: str | None
    recording: Recording | None
    source: str | None
    outside: tuple[Outside, ...]
    warnings: tuple[str, ...]
    format: str | None


def shown(
    summary: Summary,
    transcript: Transcript,
    places: Sequence[Span] = (),
    facts: Facts | None = None,
    around: int | None = None,
) -> Shown:
    """All turns that say something, or with `around` those within so many words of the marked places."""
    first, last = 0, len(transcript.turns)
    if around is not None:
        first, last = _near(transcript, places, around)
    recording = _recording(transcript.media)
    return Shown(
        summary=summary,
        turns=tuple(_turn(transcript, at, places, recording) for at in range(first, last) if transcript.turns[at].text),
        places=tuple(places),
        earlier=first > 0,
        later=last < len(transcript.turns),
        direction=direction(transcript.language),
        language=transcript.language if _TAG.fullmatch(transcript.language or "") else None,
        recording=recording,
        source=web_address(transcript.source),
        outside=transcript.outside,
        warnings=facts.warnings if facts else (),
        format=facts.format if facts else None,
    )


def direction(language: str | None) -> str:
    """`rtl` for a language written from the right, else `auto`: the text itself decides."""
    tag = (language or "").lower()
    return "rtl" if tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT else "auto"


def _near(transcript: Transcript, places: Sequence[Span], around: int) -> tuple[int, int]:
    """The turns from the first marked place to the last, and as many beside them as `around` words make."""
    first = transcript.turn_at(places[0].start) if places else 0
    last = transcript.turn_at(max(places[-1].start, places[-1].end - 1)) if places else 0
    room = around
    while first > 0 and room > 0:
        first -= 1
        room -= len(transcript.turns[first].text.split())
    room = around
    while last + 1 < len(transcript.turns) and room > 0:
        last += 1
        room -= len(transcript.turns[last].text.split())
    return first, last + 1


def _turn(transcript: Transcript, at: int, places: Sequence[Span], recording: Recording | None) -> ShownTurn:
    turn, span = transcript.turns[at], transcript.spans[at]
    lines = len(turn.text) // _CHARACTERS_A_LINE + turn.text.count("\n") + 1
    return ShownTurn(
        number=at + 1,
        label=turn.label,
        named=turn.speaker is not None,
        name=transcript.names.get(turn.label) if turn.label else None,
        start_char=span.start,
        end_char=span.end,
        seconds=turn.start,
        play=recording.at(turn.start) if recording and turn.start is not None else None,
        pieces=tuple(_pieces(turn.text, span, places)),
        height=1 << (lines - 1).bit_length(),
    )


def _pieces(text: str, span: Span, places: Sequence[Span]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for number, place in enumerate(places, 1):
        start, end = max(place.start - span.start, at), min(place.end - span.start, len(text))
        if start >= end:
            continue
        if start > at:
            pieces.append(Piece(harmless(text[at:start]), 0))
        pieces.append(Piece(harmless(text[start:end]), number))
        at = end
    if at < len(text):
        pieces.append(Piece(harmless(text[at:]), 0))
    return pieces


def _recording(media: str | None) -> Recording | None:
    address = web_address(media)
    if address is None:
        return None
    path = address.partition("#")[0].partition("?")[0].lower()
    kind = "video" if path.endswith(_VIDEO) else "audio" if path.endswith(_AUDIO) else "page"
    return Recording(address, kind)
