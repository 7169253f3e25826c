"""Models: what writes a draft, or points at sentences that answer. `load("extractive")` needs nothing."""

from qa.models.model import (
    Declined,
    Mistake,
    Model,
    Provider,
    Request,
    Said,
    Shown,
    Sure,
    Wrote,
    load,
    provider,
    providers,
)
from qa.models.settings import ModelSettings

__all__ = [
    "Declined",
    "Mistake",
    "Model",
    "ModelSettings",
    "Provider",
    "Request",
    "Said",
    "Shown",
    "Sure",
    "Wrote",
    "load",
    "provider",
    "providers",
]
