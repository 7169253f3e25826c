"""Models: what points at the sentences that answer. `load("extractive")` needs nothing."""

from qa.models.model import Declined, Model, Pointed, load

__all__ = ["Declined", "Model", "Pointed", "load"]
