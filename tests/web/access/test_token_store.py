"""The file of tokens: what is in it, who can read it, and several processes that change it at once."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from web.access import tokens as tokens_module
from web.access.tokens import FILE, PREFIX, TokenError, Tokens, today

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True)


def test_a_token_is_told_once_and_only_its_digest_kept(tmp_path: Path) -> None:
    secret = Tokens(tmp_path).add("newsroom", "read")
    assert secret.startswith(PREFIX)
    assert len(secret) == len(PREFIX) + 43  # 256 bits
    kept = (tmp_path / FILE).read_text()
    assert secret not in kept
    assert secret.removeprefix(PREFIX) not in kept
    (found,) = Tokens(tmp_path).listed()
    assert (found.name, found.role, found.created, found.used) == ("newsroom", "read", today(), None)


def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Tokens(tmp_path).add("one", "read")
        Tokens(tmp_path).add("two", "write")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_what_a_killed_process_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "tokens.new").write_text("half of a fi")
    (tmp_path / "tokens.new").chmod(0o666)
    secret = Tokens(tmp_path).add("one", "read")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert Tokens(tmp_path).of_secret(secret)


def test_an_absent_folder_has_no_tokens_and_is_made_for_the_first(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "absent")
    assert tokens.listed() == ()
    assert tokens.of_secret("x") is None
    assert not (tmp_path / "absent").exists()
    tokens.add("one", "read")
    assert len(tokens.listed()) == 1


@pytest.mark.parametrize("name", ["", "../x", "a b", ".hidden", "x" * 65, "é", "a\n", "a/b"])
def test_names_that_are_none_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokenError, match="no name for a token"):
        Tokens(tmp_path).add(name, "read")
    assert Tokens(tmp_path).listed() == ()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"tokens": [{"name": "x"}]}', '{"tokens": 3}', "\udcff"])
def test_a_damaged_file_lets_nobody_in_and_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_bytes(content.encode(errors="surrogateescape"))
    tokens = Tokens(tmp_path)
    for look in (tokens.listed, lambda: tokens.of_secret("x"), lambda: tokens.add("x", "read")):
        with pytest.raises(TokenError, match="damaged"):
            look()
    with pytest.raises(TokenError) as raised:
        tokens.listed()
    assert str(tmp_path) not in str(raised.value)


def test_a_file_that_cant_be_read_lets_nobody_in_and_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(TokenError, match="can't be read: Is a directory"):
        Tokens(tmp_path).of_secret("x")


def test_use_is_noted_and_what_was_revoked_meanwhile_stays_revoked(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    found = tokens.of_secret(tokens.add("one", "read"))
    assert found is not None
    tokens.note_use(found)
    assert tokens.listed()[0].used == today()
    Tokens(tmp_path).revoke("one")
    tokens.note_use(found)
    assert tokens.listed() == ()


def test_a_change_does_not_wait_for_ever_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "PATIENCE", 0.0)
    with FileLock(tmp_path / "tokens.lock"), pytest.raises(TokenError, match="another process"):
        Tokens(tmp_path).add("one", "read")
    Tokens(tmp_path).add("one", "read")


def test_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from web.access.tokens import Tokens\n"
        "for at in range(10): Tokens(Path(sys.argv[1])).add(f'{sys.argv[2]}-{at}', 'read')"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(at)]) for at in range(3)]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert len(json.loads((tmp_path / FILE).read_bytes())["tokens"]) == 30


@settings(deadline=None)
@given(st.text(max_size=80))
def test_what_is_no_token_finds_none(secret: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tokens = Tokens(Path(folder))
        tokens.add("one", "write")
        assert tokens.of_secret(secret) is None


class TokensOverTime(RuleBasedStateMachine):
    """Two of the same folder, as of a server and a command, agree at every moment with what was done through either."""

    @initialize()
    def begin(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.both = Tokens(Path(self._folder.name)), Tokens(Path(self._folder.name))
        self.secrets: dict[str, str] = {}
        self.revoked: list[str] = []

    @rule(name=NAMES, which=st.integers(0, 1))
    def add(self, name: str, which: int) -> None:
        if name in self.secrets:
            with pytest.raises(TokenError, match="there is a token called"):
                self.both[which].add(name, "read")
        else:
            self.secrets[name] = self.both[which].add(name, "read")

    @rule(data=st.data(), which=st.integers(0, 1))
    def revoke(self, data: st.DataObject, which: int) -> None:
        name = data.draw(st.sampled_from([*self.secrets, "nobody's"]))
        if name in self.secrets:
            self.both[which].revoke(name)
            self.revoked.append(self.secrets.pop(name))
        else:
            with pytest.raises(TokenError, match="no token is called"):
                self.both[which].revoke(name)

    @invariant()
    def both_know_them(self) -> None:
        for tokens in self.both:
            assert [one.name for one in tokens.listed()] == list(self.secrets)
            for name, secret in self.secrets.items():
                found = tokens.of_secret(secret)
                assert found is not None
                assert found.name == name
            assert not any(tokens.of_secret(secret) for secret in self.revoked)

    def teardown(self) -> None:
        self._folder.cleanup()


TestTokensOverTime = TokensOverTime.TestCase
TestTokensOverTime.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
