"""`anthropic:NAME`: a model of Anthropic's, with its native citations. Needs the extra `anthropic`."""

from __future__ import annotations

import os
from importlib.util import find_spec

from qa.errors import ModelNotReady
from qa.models.language_model import LanguageModel
from qa.models.settings import ModelSettings

ANTHROPIC = "https://api.anthropic.com"


def load(name: str, settings: ModelSettings) -> LanguageModel:
    """The model `name`; nothing is connected to yet. ModelNotReady where name, package or key is missing."""
    id = f"anthropic:{name}"
    if not name:
        raise ModelNotReady("anthropic: name a model, such as anthropic:claude-sonnet-4-5")
    if missing := needs(settings):
        raise ModelNotReady(f"{id}: {'; '.join(missing)}")
    from qa.models.anthropic_chat import AnthropicChat

    return LanguageModel(AnthropicChat(id, name, address(settings), key(settings) or ""), settings, "prose")


def needs(settings: ModelSettings) -> list[str]:
    """The package and a key."""
    missing = []
    if find_spec("anthropic") is None:
        missing.append("install its package: pip install 'onrecord[anthropic]'")
    if key(settings) is None:
        missing.append(f"set {settings.api_key_variable or 'ANTHROPIC_API_KEY'} to a key")
    return missing


def address(settings: ModelSettings) -> str:
    """The server's, without `/v1`."""
    return (settings.base_url or os.environ.get("ANTHROPIC_BASE_URL") or ANTHROPIC).rstrip("/")


def key(settings: ModelSettings) -> str | None:
    """What is set, or what stands in the variable that is set, or in the usual one."""
    return settings.api_key or os.environ.get(settings.api_key_variable or "ANTHROPIC_API_KEY") or None
