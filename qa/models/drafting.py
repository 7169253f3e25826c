"""Drafting: what a model writes, as it comes, made into pieces of a draft.

In: pieces of text, cut anywhere. Out: text up to the last whole marker, so that a sentence which
is still being written, or never will be, is not taken for one; `NO ANSWER` recognised; the
thoughts some models write before they answer left out. It reads no markers: the gate does.
"""

from __future__ import annotations

import re

from prompts import NO_ANSWER


class Drafting:
    """One reply. How it was cut into pieces makes no difference to what comes out."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False
        self.declined = False
        """That the reply is NO ANSWER."""
        self.wrote = False
        """That something was given out."""

    def add(self, text: str) -> str:
        """What may be given out now that `text` has come; often nothing."""
        self._held += text
        if self.declined or not self._begins():
            return ""
        last = max((marker.end() for marker in _MARKER.finditer(self._held)), default=0)
        return self._give(last)

    def end(self, cut: bool = False) -> str:
        """The rest, when the reply is over; nothing of a sentence that was `cut`."""
        if not self._begun:
            self._held = _THOUGHTS.sub("", self._held)
            self._begun = True
            self.declined = _UNANSWERED.match(self._held) is not None
        declines = _DECLINES.search(self._held)
        if declines:
            self.declined = self.declined or not self.wrote
            self._held = self._held[: declines.start()]
        if cut or self.declined:
            self._held = ""
        return self._give(len(self._held))

    def _begins(self) -> bool:
        """Whether it is clear by now what the reply begins with; thoughts are taken off it."""
        if self._begun:
            return True
        thinks = _THINKS.match(self._held)
        if thinks:
            over = self._held.find(_THOUGHT, thinks.end())
            if over < 0:
                return False
            self._held = self._held[over + len(_THOUGHT) :]
            return self._begins()
        begins = self._held.lstrip(_BEFORE)
        if len(begins) < _LONGEST:
            return False
        self._begun = True
        self.declined = _UNANSWERED.match(self._held) is not None
        return not self.declined

    def _give(self, length: int) -> str:
        given, self._held = self._held[:length], self._held[length:]
        self.wrote = self.wrote or bool(given.strip())
        return given


_THOUGHT = "</think>"
_THINKS = re.compile(r"\s*<think>")
_THOUGHTS = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
_BEFORE = " \t\r\n*_`\"'“‘#>-"
_LONGEST = max(len(NO_ANSWER), len("<think>")) + 1
_WORDS = r"[ _]".join(NO_ANSWER.split())
_UNANSWERED = re.compile(rf"[{re.escape(_BEFORE)}]*{_WORDS}\b")
_DECLINES = re.compile(rf"\b{_WORDS}\b")
_MARKER = re.compile(r"\[\s*\d+\.\d+[^\[\]]{0,200}\]")
"""A marker as wide as the gate may read it: `[3.2]`, `[3.2, 4.1]`, `[3.2–3.4]`."""
