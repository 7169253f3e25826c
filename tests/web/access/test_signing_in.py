"""A browser signs in with a token, is let in by its cookie, and signs out."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

QUESTION = {"question": "What does the bridge cost?"}
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def csrf_token(page: str) -> str:
    """What a page's own requests bear."""
    found = re.search(r'<meta name="csrf-token" content="([^"]*)">', page)
    assert found
    return found[1]


def test_the_form_lets_in_who_has_a_token_and_leads_on_to_where_they_wanted(guarded: Any) -> None:
    with guarded.client(**HTML) as browser:
        sent = browser.get("archive?q=bridge&since=2024-01-01")
        assert sent.status_code == 303
        form = browser.get(sent.headers["location"])
        assert form.status_code == 200
        assert 'name="next" value="/archive?q=bridge&amp;since=2024-01-01"' in form.text
        assert csrf_token(form.text) == ""
        let_in = browser.post(
            "sign-in", data={"token": f" {guarded.read}\n", "next": "/archive?q=bridge&since=2024-01-01"}
        )
        assert (let_in.status_code, let_in.headers["location"]) == (303, "/archive?q=bridge&since=2024-01-01")
        page = browser.get(let_in.headers["location"])
        assert page.status_code == 200
        assert csrf_token(page.text)
        assert 'action="/sign-out"' in page.text
        assert browser.get("sign-in").status_code == 303


def test_the_cookie_is_for_this_server_alone_and_tells_nothing_of_the_token(guarded: Any) -> None:
    with guarded.client() as browser:
        cookie = browser.post("sign-in", data={"token": guarded.read}).headers["set-cookie"]
    value, *attributes = cookie.split("; ")
    assert {one.lower() for one in attributes} == {"httponly", "samesite=strict", "path=/", "max-age=43200"}
    assert guarded.read not in cookie
    assert all(token.digest not in cookie for token in guarded.tokens.listed())
    assert len(value.split("=")[1].strip('"')) >= 43


def test_behind_a_proxy_that_speaks_https_the_cookie_is_sent_over_nothing_else(guard: Any) -> None:
    believed = guard("--host", "0.0.0.0", ONRECORD_SERVE_PROXIES="127.0.0.1")
    with believed.client(**{"X-Forwarded-Proto": "https"}) as browser:
        cookie = browser.post("sign-in", data={"token": believed.read}).headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert "secure" in cookie.lower()
        let_in = {"Cookie": cookie.split(";")[0]}
        assert browser.get("api/models", headers=let_in).status_code == 200
    with believed.client() as without:
        assert without.get("api/models", headers=let_in).status_code == 401


def test_whom_no_setting_names_a_proxy_is_not_believed(guarded: Any) -> None:
    with guarded.client(**{"X-Forwarded-Proto": "https"}) as browser:
        assert "secure" not in browser.post("sign-in", data={"token": guarded.read}).headers["set-cookie"].lower()


@pytest.mark.parametrize("token", ["", "nobodys", "onrecord_nobodys"])
def test_a_wrong_token_is_said_to_be_and_not_shown_again(guarded: Any, token: str) -> None:
    with guarded.client() as browser:
        response = browser.post("sign-in", data={"token": token, "next": "/archive"})
    assert response.status_code == 401
    assert response.headers["content-type"].startswith("text/html")
    assert "not known here" in response.text
    assert 'name="next" value="/archive"' in response.text
    assert 'value="onrecord_' not in response.text
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "next",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "evil", "javascript:alert(1)", "/a\r\nx: y", ""],
)
def test_nobody_is_sent_elsewhere(guarded: Any, next: str) -> None:
    with guarded.client() as browser:
        assert f'value="{next}"' not in browser.get("sign-in", params={"next": next}).text
        response = browser.post("sign-in", data={"token": guarded.read, "next": next})
    assert (response.status_code, response.headers["location"]) == (303, "/")


def test_what_a_cookie_lets_in_and_changes_something_bears_the_pages_token(guarded: Any) -> None:
    with guarded.signed_in() as browser, guarded.signed_in() as other:
        ours, others = csrf_token(browser.get("").text), csrf_token(other.get("").text)
        assert ours != others
        for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": others}):
            assert browser.post("api/questions", json=QUESTION, headers=headers).status_code == 403
        assert browser.post("api/questions", json=QUESTION, headers={"X-CSRF-Token": ours}).status_code == 200
        assert browser.get("api/models").status_code == 200
    with guarded.client(guarded.read) as bearer:
        assert bearer.post("api/questions", json=QUESTION).status_code == 200


def test_who_signs_in_may_do_no_more_than_the_token_may(guarded: Any) -> None:
    for secret, status in ((guarded.read, 403), (guarded.write, 404)):
        with guarded.signed_in(secret) as browser:
            bearing = {"X-CSRF-Token": csrf_token(browser.get("").text)}
            assert browser.delete("api/transcripts/nowhere", headers=bearing).status_code == status


def test_who_signs_out_is_out_even_with_the_same_cookie(guarded: Any) -> None:
    with guarded.signed_in() as browser:
        cookie = browser.cookies["onrecord_session"]
        token = csrf_token(browser.get("").text)
        assert browser.post("sign-out", data={}).status_code == 403
        assert browser.get("api/models").status_code == 200
        response = browser.post("sign-out", data={"csrf_token": token})
        assert (response.status_code, response.headers["location"]) == (303, "/sign-in")
        assert "onrecord_session" not in browser.cookies
        assert browser.get("api/models").status_code == 401
    with guarded.client(Cookie=f"onrecord_session={cookie}") as thief:
        assert thief.get("api/models").status_code == 401


def test_programs_are_told_and_browsers_led(guarded: Any) -> None:
    with guarded.client(**HTML) as browser:
        assert browser.get("").status_code == 303
        assert browser.get("api/models").status_code == 401
        assert browser.post("api/questions", json=QUESTION).status_code == 401
        # A part of a page that a script fetches would show the form in its place.
        assert browser.get("archive", headers={"Sec-Fetch-Mode": "cors"}).status_code == 401


@pytest.mark.parametrize("path", ["sign-in", "sign-out"])
def test_a_form_that_anybody_may_send_is_read_no_further_than_it_needs(guarded: Any, path: str) -> None:
    with guarded.client() as browser:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert browser.post(path, content=b"a=1&" * 50_000, headers=form).status_code == 413


def test_who_wanted_a_long_address_is_led_there(guarded: Any) -> None:
    with guarded.client() as browser:
        wanted = "/search?q=" + "%C3%A9" * 1000
        led = browser.get(wanted, headers={"Accept": "text/html"})
        form = browser.get(led.headers["location"])
        next = html.unescape(re.findall(r'name="next" value="([^"]*)"', form.text)[0])
        assert browser.post("sign-in", data={"token": guarded.read, "next": next}).headers["location"] == wanted


def test_who_wanted_an_address_that_is_too_long_to_be_sent_along_is_led_to_the_form(guarded: Any) -> None:
    with guarded.client(**HTML) as browser:
        led = browser.get("/search?q=" + "%C3%A9" * 2000)
        assert (led.status_code, led.headers["location"]) == (303, "/sign-in")


def test_nobody_tries_tokens_all_day(guard: Any) -> None:
    guarded = guard("--host", "0.0.0.0", ONRECORD_SERVE_SIGN_INS="3")
    with guarded.client() as browser:
        statuses = [browser.post("sign-in", data={"token": "x"}).status_code for _ in range(4)]
        assert statuses == [401, 401, 401, 429]
        refused = browser.post("sign-in", data={"token": guarded.read})
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 20
        assert refused.headers["content-type"].startswith("text/html")


def test_a_session_is_over_after_its_hours(guard: Any) -> None:
    guarded = guard("--host", "0.0.0.0", ONRECORD_SERVE_SESSION_HOURS="0.0000001")
    with guarded.client() as browser:
        cookie = browser.post("sign-in", data={"token": guarded.read}).headers["set-cookie"].split(";")[0]
        browser.cookies.clear()
        over = browser.get("api/models", headers={"Cookie": cookie})
        assert over.status_code == 401
        assert "sign in again" in over.json()["detail"]
