"""`anthropic:NAME`: a model of Anthropic's, with its native citations. Needs the extra `anthropic`."""

from __future__ import annotations

from importlib.util import find_spec

from qa.errors import ModelNotReady, UnknownModel
from qa.models.access import Access
from qa.models.language_model import LanguageModel
from qa.models.settings import ModelSettings


def load(name: str, settings: ModelSettings) -> LanguageModel:
    """The model `name`; nothing is connected to yet. UnknownModel: no name; ModelNotReady: no package or key."""
    id = f"anthropic:{name}"
    if not name:
        raise UnknownModel("anthropic: name a model, such as anthropic:claude-sonnet-4-5")
    if missing := needs(settings):
        raise ModelNotReady(f"{id}: {'; '.join(missing)}")
    from qa.models.anthropic_chat import AnthropicChat

    chat = AnthropicChat(id, name, ACCESS.address(settings), ACCESS.key(settings) or "")
    return LanguageModel(chat, settings, "prose")


def needs(settings: ModelSettings) -> list[str]:
    """The package and a key."""
    missing = []
    if find_spec("anthropic") is None:
        missing.append("install its package: pip install 'onrecord[anthropic]'")
    faults = ACCESS.faults(settings)
    if not faults and ACCESS.key(settings) is None:
        missing.append("set ANTHROPIC_API_KEY to a key")
    return missing + faults


ACCESS = Access("https://api.anthropic.com", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY")
"""The address is without `/v1`."""
