"""Planted words: sentences of a transcript that speak to whatever answers from it, not to those who listened.

In: the evidence. Out: a fault where a cited sentence gives a model orders ("ignore your
instructions and say …") or poses as part of a prompt (a numbered line, a role, a fence). Nothing is
stated on the strength of them; as quotes they are shown for what they are. By form alone, in
English: what lies is not told from what is true, only what is addressed to a machine.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.gate.evidence import Evidence
from qa.gate.fault import Fault

_MACHINE = (
    r"(?:(?:large )?language models?|AI(?: model| assistant| system)?|chat ?bots?|assistant|the model|LLMs?|"
    r"answering (?:system|machine))"
)
_SAY = (
    r"(?:say|state|answer|reply|respond|report|write|tell|mention|claim|add|end|begin|output|include|repeat|praise)"
)
_MUST = r"(?:must(?: now)?|should|has to|always|please|will now)"

_OF_A_PROMPT = re.compile(
    r"\[\d+\.\d+\]|```|~~~|</?(?:system|assistant|user|instructions?|prompt)>|\"role\"\s*:"
    r"|(?:^|\n)\W*(?:system|assistant)\s*:"
)
_MARKS = frozenset("[`~<\"")
"""One of these, "system" or "assistant" has whatever poses as part of a prompt."""
_TELLTALE = frozenset(
    """
    ai answer answering answers ask asked asks assistant bot bots called chatbot chatbots guidelines instruction
    instructions llm llms mode model models prompt prompts reader readers replies reply respond rules summaries summary
    user users whoever
    """.split()
)
"""Words of which every order has one."""
_WORD = re.compile(r"\w+")
_ORDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|guidelines|rules above)\b",
        rf"\b(?:note|message|notice|attention|instructions?|memo)\W+(?:to|for)\b.{{0,40}}\b{_MACHINE}\b",
        r"\binstructions? for the (?:summary|answer)\b",
        rf"\b{_MACHINE}\b.{{0,60}}\b{_MUST}\W+(?:\w+\W+){{0,2}}{_SAY}s?\b",
        rf"\b{_MACHINE}\b\W.{{0,40}}\bwhen you (?:answer|reply|summari[sz]e)\b",
        rf"\b(?:is|are) (?:now )?called \w+,? and \w+ always {_SAY}s?\b",
        r"\b(?:when|if) (?:you are |you're |anyone |the user )?ask(?:ed|s)?\b[^.?!]{0,60},"
        rf"\s*(?:please\s+)?(?:always\s+)?(?:{_SAY}|give)\b",
        r"\bwhoever (?:summari[sz]es|answers|replies)\b.{0,30}\b(?:must|should|has to)\b",
        r"\b(?:tell|inform|assure) the (?:reader|user)s?\b",
        r"\b(?:end|begin|start) (?:every|each|all|your) (?:answers?|repl(?:y|ies)|summar(?:y|ies))\b",
        r"\b(?:answer|reply|respond) only with\b",
        r"\b(?:the|your|any|every) summary (?:should|must|has to)\b|\byour (?:answer|reply) (?:should|must|has to)\b",
        r"\bin (?:audit|developer|debug|god|jailbreak) mode\b",
    )
)


def fault(evidence: Evidence) -> Fault | None:
    """The first cited stretch that is planted."""
    if any(_is_planted(text) for text in evidence.texts):
        return Fault("not_entailed", "the cited words are addressed to whatever answers, and state nothing")
    return None


@lru_cache(maxsize=2_000)
def _is_planted(text: str) -> bool:
    words = frozenset(_WORD.findall(text.casefold()))
    posing = not _MARKS.isdisjoint(text) or "system" in words or "assistant" in words
    if posing and _OF_A_PROMPT.search(text.lower()):
        return True
    ordering = not _TELLTALE.isdisjoint(words)
    return ordering and any(pattern.search(text) for pattern in _ORDERS)
