"""Roles: what whoever bears a token may do."""

from __future__ import annotations

from typing import Literal

Role = Literal["read", "write"]
"""*read*: ask, look and share; *write*: add and remove transcripts too."""
