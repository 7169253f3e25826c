"""Whoever may only read is offered nothing that changes the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from web.access.tokens import Tokens

HEARING = "/transcripts/2024-02-06-council-hearing.vtt"


def test_adding_and_removing_are_offered_to_whoever_may(own_archive: Path, serve: Any) -> None:
    tokens = Tokens(own_archive)
    secrets = {"read": tokens.add("reader", "read"), "write": tokens.add("writer", "write")}
    server = serve(own_archive, "--host", "0.0.0.0")

    def offered(role: str) -> tuple[bool, bool]:
        bearing = {"Authorization": f"Bearer {secrets[role]}"}
        archive = server.client.get("/archive", headers=bearing).raise_for_status().text
        transcript = server.client.get(HEARING, headers=bearing).raise_for_status().text
        return 'id="adding"' in archive, 'id="removal"' in transcript

    assert offered("read") == (False, False)
    assert offered("write") == (True, True)


def test_where_nothing_is_there_yet_only_who_may_is_told_to_add(tmp_path: Path, serve: Any) -> None:
    tokens = Tokens(tmp_path / "none")
    secrets = {"read": tokens.add("reader", "read"), "write": tokens.add("writer", "write")}
    server = serve(tmp_path / "none", "--host", "0.0.0.0")
    for role, may in (("read", False), ("write", True)):
        for path in ("/", "/archive"):
            text = server.client.get(path, headers={"Authorization": f"Bearer {secrets[role]}"}).raise_for_status().text
            assert ("You may read here, not add" in text) != may
            assert ("ingest FOLDER" in text) == may
