"""`openai:NAME`: a model of any server that speaks Chat Completions (docs/models.md)."""

from __future__ import annotations

import os

from qa.errors import ModelNotReady
from qa.models.language_model import LanguageModel
from qa.models.settings import ModelSettings

OPENAI = "https://api.openai.com/v1"


def load(name: str, settings: ModelSettings) -> LanguageModel:
    """The model `name`; nothing is connected to yet. ModelNotReady where the name or the key is missing."""
    from qa.models.openai_chat import OpenAIChat

    id = f"openai:{name}"
    if not name:
        raise ModelNotReady("openai: name a model of the server, such as openai:gpt-4.1 or openai:llama3.2")
    if missing := needs(settings):
        raise ModelNotReady(f"{id}: {'; '.join(missing)}")
    return LanguageModel(OpenAIChat(id, name, address(settings), key(settings)), settings, "prose")


def needs(settings: ModelSettings) -> list[str]:
    """OpenAI itself wants a key; a server of one's own wants its address, and most want no key."""
    if key(settings) is None and address(settings) == OPENAI:
        return [
            f"set {settings.api_key_variable or 'OPENAI_API_KEY'} to a key,"
            " or OPENAI_BASE_URL to the address of a server of your own"
        ]
    return []


def address(settings: ModelSettings) -> str:
    """The server's, with its `/v1`."""
    return (settings.base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")


def key(settings: ModelSettings) -> str | None:
    """What is set, or what stands in the variable that is set, or in the usual one."""
    return settings.api_key or os.environ.get(settings.api_key_variable or "OPENAI_API_KEY") or None
