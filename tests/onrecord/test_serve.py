"""`onrecord serve`: where it listens, what keeps it from it, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest


@contextmanager
def serving(program: Any, *arguments: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address it prints."""
    with subprocess.Popen(
        [*program.command, "serve", "--port", "0", *arguments],
        env=program.environment | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        try:
            found = next(
                found for line in process.stderr if (found := re.search(r"^serving .* at (http://\S+/) ", line))
            )
            yield process, found[1]
        finally:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well_and_nothing_was_printed_on_standard_output(stored: Any, how: signal.Signals) -> None:
    with serving(stored) as (process, address):
        assert httpx2.get(f"{address}health/live", trust_env=False).status_code == 200
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_an_absent_data_folder_is_an_empty_archive_which_is_ready(onrecord: Any) -> None:
    with serving(onrecord) as (process, address), httpx2.Client(base_url=address, trust_env=False) as client:
        while (ready := client.get("health/ready")).status_code == 503:
            pass
        assert ready.status_code == 200
        assert client.get("api/transcripts").json()["transcripts"] == []
        answer = client.post("api/questions", json={"question": "What does the bridge cost?"}).json()
        assert answer["abstention"]["reason"] == "empty_index"
        process.terminate()
        assert process.wait(60) == 0
    assert not onrecord.folder.exists()


def test_it_becomes_ready_without_a_question(stored: Any) -> None:
    with serving(stored) as (_, address), httpx2.Client(base_url=address, trust_env=False) as client:
        while (ready := client.get("health/ready")).status_code == 503:
            assert "loaded" in ready.json()["detail"]
        assert ready.status_code == 200


def test_a_port_in_use_is_one_line(stored: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = stored("serve", "--port", str(other.getsockname()[1]))
    assert (done.status, done.out) == (1, "")
    assert re.fullmatch(r"onrecord: 127\.0\.0\.1:\d+: address already in use; choose another with .*\n", done.err)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("no-such-host.invalid", "no address is known for this host"),
        ("192.0.2.1", "cannot assign requested address"),
        ("", "no address is known for this host"),
    ],
)
def test_a_host_that_is_not_here_is_one_line(stored: Any, host: str, said: str) -> None:
    done = stored("serve", "--port", "0", f"--host={host}")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert said in done.err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", socket.gethostname()])
def test_where_others_could_reach_it_it_does_not_start_without_a_token(stored: Any, host: str) -> None:
    try:
        addresses = {one[4][0] for one in socket.getaddrinfo(host, None)}
    except OSError:
        pytest.skip(f"{host} has no address here")
    if any(str(one).startswith("127.") or one == "::1" for one in addresses):
        pytest.skip(f"{host} is this machine alone")
    done = stored("serve", "--port", "0", "--host", host)
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert "onrecord tokens add NAME --role read" in done.err


def test_nor_on_loopback_where_the_setting_asks_for_tokens(stored: Any) -> None:
    done = stored("serve", "--port", "0", ONRECORD_SERVE_REQUIRE_TOKENS="true")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "require_tokens" in done.err


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])
def test_on_loopback_it_needs_none(stored: Any, host: str) -> None:
    if ":" in host and not os.path.exists("/proc/sys/net/ipv6"):  # noqa: PTH110 (a question, not a path of ours)
        pytest.skip("there is no IPv6 here")
    with serving(stored, "--host", host) as (_, address):
        assert httpx2.get(f"{address}api/models", trust_env=False).status_code == 200


def test_every_address_of_both_kinds_is_listened_on(onrecord: Any) -> None:
    secret = onrecord("tokens", "add", "newsroom", "--role", "read").out.strip()
    with serving(onrecord, "--host", "::") as (_, address):
        port = httpx2.URL(address).port
        for where in ("127.0.0.1", "[::1]"):
            bearer = {"Authorization": f"Bearer {secret}"}
            answer = httpx2.get(f"http://{where}:{port}/api/models", headers=bearer, trust_env=False)
            assert answer.status_code == 200
            assert httpx2.get(f"http://{where}:{port}/api/models", trust_env=False).status_code == 401


def test_options_win_over_settings(stored: Any) -> None:
    with serving(stored, "--host", "127.0.0.3", ONRECORD_SERVE_HOST="0.0.0.0") as (_, address):
        assert address.startswith("http://127.0.0.3:")


def test_an_unknown_model_is_wrong_usage(stored: Any) -> None:
    done = stored("serve", "--port", "0", "--model", "nobody:x")
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
