"""`onrecord tokens`: a token is printed once, alone; what is wrong is one line."""

from __future__ import annotations

import stat
from typing import Any

from web.access.tokens import FILE, PREFIX, today


def test_a_token_is_printed_alone_once_and_listed_without_it(onrecord: Any) -> None:
    added = onrecord("tokens", "add", "newsroom", "--role", "read")
    assert (added.status, added.err) == (0, "")
    secret = added.out.removesuffix("\n")
    assert secret.startswith(PREFIX)
    assert secret.split() == [secret]
    listed = onrecord("tokens", "list", "--json")
    assert listed.document == {
        "tokens": [{"name": "newsroom", "role": "read", "created": today(), "used": None}],
    }
    assert onrecord("tokens", "list").out == f"newsroom\tread\t{today()}\t\n"
    assert secret not in listed.out
    assert stat.S_IMODE((onrecord.folder / FILE).stat().st_mode) == 0o600


def test_one_that_is_revoked_is_there_no_more_and_its_name_free_again(onrecord: Any) -> None:
    first = onrecord("tokens", "add", "newsroom", "--role", "read").out
    revoked = onrecord("tokens", "revoke", "newsroom")
    assert (revoked.status, revoked.out, revoked.err) == (0, "", "revoked newsroom\n")
    assert onrecord("tokens", "list").out == ""
    assert onrecord("tokens", "add", "newsroom", "--role", "write").out != first


def test_an_absent_archive_has_none_and_looking_makes_nothing(onrecord: Any) -> None:
    assert onrecord("tokens", "list").out == ""
    assert onrecord("tokens", "list", "--json").document == {"tokens": []}
    assert not onrecord.folder.exists()


def test_what_is_wrong_is_one_line(onrecord: Any) -> None:
    onrecord("tokens", "add", "newsroom", "--role", "read")
    for arguments, said in (
        (["add", "newsroom", "--role", "write"], "there is a token called 'newsroom'"),
        (["add", "../x", "--role", "read"], "no name for a token"),
        (["revoke", "archivist"], "no token is called 'archivist'; there is: newsroom"),
    ):
        done = onrecord("tokens", *arguments)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
        assert said in done.err
    assert onrecord("tokens", "add", "x").status == 2
    assert onrecord("tokens", "add", "x", "--role", "admin").status == 2


def test_a_damaged_file_is_said_to_be(onrecord: Any) -> None:
    onrecord.folder.mkdir()
    (onrecord.folder / FILE).write_text("{")
    done = onrecord("tokens", "list")
    assert (done.status, done.out) == (1, "")
    assert "damaged" in done.err
