"""Which host a request names, and whose page sends it."""

from __future__ import annotations

import pytest

from web.access.exposure import ELSEWHERE_A_MINUTE, exposure
from web.access.origin import host_of, is_of_another_page, names_us
from web.settings import ServeSettings


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("localhost:8000", "localhost"),
        ("LocalHost", "localhost"),
        ("localhost.:80", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("", None),
        (":8000", None),
        ("a@localhost", None),
        ("localhost/x", None),
        ("localhost, evil.example", None),
        ("evil.example\\localhost", None),
        ("[::1", None),
        ("evil.example#localhost", None),
    ],
)
def test_the_host_is_read_strictly(header: str, host: str | None) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:1", "desk.example"])
def test_a_server_on_loopback_answers_to_its_own_names_and_those_of_the_setting(host: str) -> None:
    hosts = exposure("127.0.0.1", ServeSettings(hosts="Desk.example, [fe80::1]")).hosts
    assert names_us({"host": host}, hosts)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "192.0.2.1"])
def test_and_to_no_other(host: str) -> None:
    assert not names_us({"host": host}, exposure("127.0.0.1", ServeSettings()).hosts)
    assert not names_us({}, exposure("::1", ServeSettings()).hosts)


def test_one_that_others_reach_answers_to_any_name_unless_some_are_set() -> None:
    assert names_us({"host": "desk.example"}, exposure("0.0.0.0", ServeSettings()).hosts)
    named = exposure("0.0.0.0", ServeSettings(hosts="desk.example")).hosts
    assert names_us({"host": "desk.example:8000"}, named)
    assert not names_us({"host": "evil.example"}, named)


@pytest.mark.parametrize(
    ("address", "settings", "tokens", "rate"),
    [
        ("127.0.0.1", ServeSettings(), False, 0),
        ("127.0.0.2", ServeSettings(), False, 0),
        ("::1", ServeSettings(), False, 0),
        ("127.0.0.1", ServeSettings(require_tokens=True, rate=7), True, 7),
        ("0.0.0.0", ServeSettings(), True, ELSEWHERE_A_MINUTE),
        ("::", ServeSettings(), True, ELSEWHERE_A_MINUTE),
        ("192.168.1.20", ServeSettings(rate=0), True, 0),
        ("::ffff:192.168.1.20", ServeSettings(rate=0), True, 0),
    ],
)
def test_only_loopback_asks_for_no_token(address: str, settings: ServeSettings, tokens: bool, rate: int) -> None:
    exposed = exposure(address, settings)
    assert (exposed.tokens, exposed.rate) == (tokens, rate)


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"host": "localhost:8000"}, False),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, False),
        ({"host": "desk.example", "origin": "https://Desk.example"}, False),
        ({"host": "127.0.0.1:8000", "origin": "https://desk.example", "sec-fetch-site": "same-origin"}, False),
        ({"host": "localhost:8000", "sec-fetch-site": "none"}, False),
        ({"host": "localhost:8000", "origin": "http://localhost:9000"}, True),
        ({"host": "localhost:8000", "origin": "https://evil.example"}, True),
        ({"host": "localhost:8000", "origin": "null"}, True),
        ({"host": "localhost:8000", "origin": ""}, True),
        ({"host": "localhost:8000", "origin": "http://[::1"}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "cross-site"}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "same-site", "origin": "http://localhost:8000"}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "anything"}, True),
    ],
)
def test_what_a_browser_says_of_the_page_decides(headers: dict[str, str], foreign: bool) -> None:
    assert is_of_another_page(headers) is foreign
