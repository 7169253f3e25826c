"""Access: where a model's server is, and the key it is asked with; from the settings, else from the environment.

Neither is ever repeated in a message: an address may hold a password.
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from msgspec import Struct

from qa.models.settings import ModelSettings


class Access(Struct, frozen=True):
    """To the servers of one provider: its own address, and the variables that stand for another and for the key."""

    own: str
    address_variable: str
    key_variable: str

    def address(self, settings: ModelSettings) -> str:
        """What is set, or stands in the variable, or the provider's own."""
        return (settings.base_url or os.environ.get(self.address_variable) or self.own).strip().rstrip("/")

    def key(self, settings: ModelSettings) -> str | None:
        """What is set, or what stands in the variable that is set, or in the usual one."""
        key = settings.api_key or os.environ.get(settings.api_key_variable or self.key_variable) or ""
        return key.strip() or None

    def faults(self, settings: ModelSettings) -> list[str]:
        """What of both can't be used, each with what to do."""
        faults = []
        if not _is_address(self.address(settings)):
            at = "base_url" if settings.base_url else self.address_variable
            faults.append(f"set {at} to an address with http:// or https://, such as {self.own}")
        key = self.key(settings)
        if key is None and settings.api_key_variable:
            faults.append("set the variable that `api_key_variable` names to a key")
        if key is not None and not _KEY.fullmatch(key):
            faults.append("set its key again: it holds a line break or a letter that no key has")
        return faults


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in text
    except ValueError:  # a port that is no number, half a pair of brackets
        return False


_KEY = re.compile(r"[ -~]+")
"""A header carries nothing else."""
