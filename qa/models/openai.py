"""`openai:NAME`: a model of any server that speaks Chat Completions (docs/models.md)."""

from __future__ import annotations

from qa.errors import ModelNotReady, UnknownModel
from qa.models.access import Access
from qa.models.language_model import LanguageModel
from qa.models.settings import ModelSettings


def load(name: str, settings: ModelSettings) -> LanguageModel:
    """The model `name`; nothing is connected to yet. UnknownModel without a name, ModelNotReady without a key."""
    from qa.models.openai_chat import OpenAIChat

    id = f"openai:{name}"
    if not name:
        raise UnknownModel("openai: name a model of the server, such as openai:gpt-4.1 or openai:llama3.2")
    if missing := needs(settings):
        raise ModelNotReady(f"{id}: {'; '.join(missing)}")
    return LanguageModel(OpenAIChat(id, name, ACCESS.address(settings), ACCESS.key(settings)), settings, "prose")


def needs(settings: ModelSettings) -> list[str]:
    """OpenAI itself wants a key; a server of one's own wants its address, and most want no key."""
    faults = ACCESS.faults(settings)
    if not faults and ACCESS.key(settings) is None and ACCESS.address(settings) == ACCESS.own:
        return ["set OPENAI_API_KEY to a key, or OPENAI_BASE_URL to the address of a server of your own"]
    return faults


ACCESS = Access("https://api.openai.com/v1", "OPENAI_BASE_URL", "OPENAI_API_KEY")
