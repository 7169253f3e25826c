"""The page where one asks, in a browser: what it shows is what the endpoint verified, and what a person does works."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, Request, expect

VARLEY = "What did Edith Varley say about the Kestrel Bridge?"
COST = "What will the renewal of the bridge cost?"
NOTHING = "Who won the World Cup?"

HOSTILE = {
    "id": "hostile",
    "title": "<script>alert(1)</script>\u202etitle",
    "date": "2024-06-01",
    "turns": [
        {
            "label": "<b>EVE</b>",
            "text": "The zeppelin hangar <img src=x onerror=alert(2)> was sold in June \u202e and \x07.",
        },
        {"label": "مريم", "text": "The zeppelin hangar is closed."},
    ],
}


def ask(page: Page, question: str) -> Any:
    """Asks with the keyboard, and waits for all that comes of it; the exchange."""
    exchanges = page.locator(".exchange")
    number = exchanges.count()
    page.fill("#question", question)
    page.keyboard.press("Enter")
    exchange = exchanges.nth(number)
    exchange.locator(".searched").wait_for()
    return exchange


def sent(page: Page) -> list[dict[str, Any]]:
    """The questions that the page sends from now on."""
    bodies: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/questions"):
            bodies.append(json.loads(request.post_data or ""))

    page.on("request", note)
    return bodies


def test_every_quote_is_the_records_own_and_its_mark_leads_to_its_place(server: Any, visit: Any) -> None:
    page = visit(server.url)
    exchange = ask(page, VARLEY)
    quotes = exchange.locator(".answer .said").all_text_contents()
    marks = exchange.locator(".answer .mark")
    assert quotes
    assert marks.all_text_contents() == [str(number + 1) for number in range(len(quotes))]
    for quote, mark in zip(quotes, marks.all()):
        id, start, end = re.fullmatch(r"/transcripts/(.+)#c(\d+)-(\d+)", mark.get_attribute("href") or "").groups()  # type: ignore[union-attr]
        assert server.client.get(f"/api/transcripts/{id}").json()["text"][int(start) : int(end)] == quote
        assert "VARLEY" in (mark.get_attribute("aria-label") or "")
    assert exchange.locator(".answer figcaption .speaker").first.text_content() == "MAYOR VARLEY"
    assert exchange.locator(".answer figcaption time").first.text_content() == "14 March 2023"


def test_what_was_recognised_can_be_taken_away(server: Any, visit: Any) -> None:
    page = visit(server.url)
    exchange = ask(page, VARLEY)
    chip = exchange.locator(".chip")
    assert "Edith Varley" in chip.inner_text()
    bodies = sent(page)
    chip.get_by_role("button").click()
    exchange.locator(".chip").wait_for(state="detached")
    exchange.locator(".searched").wait_for()
    assert page.locator(".exchange").count() == 1
    assert [(body["recognise"], body["filters"]["speakers"]) for body in bodies] == [(False, [])]


def test_filters_that_are_chosen_narrow_the_question(server: Any, visit: Any) -> None:
    page = visit(server.url)
    bodies = sent(page)
    page.get_by_role("button", name="Narrow it down").click()
    page.locator("#filter-speakers option").first.wait_for(state="attached")
    assert "Edith Varley" in page.locator("#filter-speakers option").evaluate_all("all => all.map(one => one.value)")
    page.fill("#filter-speaker", "Varley")
    page.fill("#filter-since", "2025-01-01")
    exchange = ask(page, COST)
    assert bodies[0]["filters"] == {
        "transcripts": [],
        "speakers": ["Varley"],
        "collections": [],
        "since": "2025-01-01",
        "until": None,
    }
    assert exchange.locator(".chip").count() == 2
    assert page.locator("#filters").is_hidden()


def test_where_there_is_no_answer_it_says_why_and_shows_what_is_near(server: Any, visit: Any) -> None:
    page = visit(server.url)
    exchange = ask(page, NOTHING)
    told = server.client.post("/api/questions", json={"question": NOTHING}).json()
    assert told["abstention"]["message"] in exchange.locator(".why").inner_text()
    assert exchange.locator(".answer .said").count() == 0
    assert exchange.locator(".nearest .quoted").all_text_contents() == [
        one["quote"] for one in told["abstention"]["nearest"]
    ]
    assert f"{told['searched']['passages']} passages" in exchange.locator(".searched").inner_text()
    assert exchange.inner_text().count("Searched") == 1
    page.get_by_role("status").get_by_text("No answer in the record").wait_for(state="attached")
    assert told["abstention"]["nearest"] or "comes near enough to be shown" in exchange.inner_text()
    exchange.get_by_role("link", name="Search the archive for these words").click()
    page.locator(".passage").first.wait_for()
    assert page.locator("input[name=q]").first.input_value() == NOTHING


def test_that_there_is_no_answer_is_taken_along_with_what_was_searched(
    serve: Any, own_archive: Path, visit: Any
) -> None:
    server = serve(own_archive)
    page = visit(f"{server.url}?since=2024-01-01")
    exchange = ask(page, NOTHING)
    answer = server.client.post("/api/questions", json={"question": NOTHING, "filters": {"since": "2024-01-01"}}).json()
    exchange.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_text("Copied, with how much was searched.").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    found, extent = copied.rstrip("\n").split("\n\n")[1:]
    assert copied.startswith(f"{NOTHING}\n\n")
    assert found == f"No answer in the record. {answer['abstention']['message']}"
    assert extent.startswith(f"Searched {answer['searched']['transcripts']} transcripts, ")
    assert extent.endswith(" Only: not before 1 January 2024.")
    exchange.get_by_role("button", name="Copy as Markdown").click()
    while f"**{NOTHING}**" not in page.evaluate("navigator.clipboard.readText()"):
        pass
    with page.expect_download() as download:
        exchange.get_by_role("button", name="Save as JSON").click()
    assert json.loads(Path(download.value.path()).read_bytes())["status"] == "abstained"
    exchange.get_by_role("button", name="Share").click()
    exchange.locator(".tools-note a").click()
    page.wait_for_url("**/answers/*")
    assert answer["abstention"]["message"] in page.locator(".why").inner_text()
    assert page.locator(".searched").inner_text().endswith("Only: not before 1 January 2024.")


def test_where_the_record_itself_comes_from_is_one_click_away(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}?transcript=townhall.harrowmere.example--briefings--2024-02-08")
    exchange = ask(page, "What is the weight limit of the bridge?")
    source = "https://townhall.harrowmere.example/briefings/2024-02-08"
    assert exchange.locator(".notes .original").first.get_attribute("href") == source
    page.locator("#question").press("Shift+Tab")
    page.locator("body").press("]")
    assert page.locator("#card .original").get_attribute("href") == source
    exchange.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_text("Copied, with its sources.").first.wait_for()
    assert f"\n    Original: {source}\n" in page.evaluate("navigator.clipboard.readText()")
    exchange.get_by_role("button", name="Copy as Markdown").click()
    while f"[original](<{source}>)" not in page.evaluate("navigator.clipboard.readText()"):
        pass
    exchange.locator(".to-place").first.click()
    assert page.locator("#panel .original").get_attribute("href") == source


@pytest.mark.parametrize("source", ["javascript:alert(1)//https://example.org/", "http:example.org"])
def test_no_address_but_of_the_web_is_followed(serve: Any, own_archive: Path, visit: Any, source: str) -> None:
    server = serve(own_archive)
    posted = {**HOSTILE, "source": source}
    server.client.post("/api/transcripts", json=posted).raise_for_status()
    exchange = ask(visit(server.url), "What happened to the zeppelin hangar?")
    assert exchange.locator(".notes li").count()
    assert exchange.locator(".original").count() == 0


def test_a_follow_up_takes_what_was_asked_before_along(server: Any, visit: Any) -> None:
    page = visit(server.url)
    first = ask(page, VARLEY)
    bodies = sent(page)
    second = ask(page, "What did she say about the ferry?")
    (body,) = bodies
    assert [one["question"] for one in body["history"]] == [VARLEY]
    assert first.locator(".said").first.text_content() in body["history"][0]["answer"]
    assert "Varley" in second.locator(".understood-as").inner_text()


def test_the_card_shows_the_quote_by_keyboard_and_goes_with_escape(server: Any, visit: Any) -> None:
    page = visit(server.url)
    ask(page, VARLEY)
    page.locator("#question").press("Shift+Tab")
    page.locator("body").press("]")
    card = page.locator("#card")
    card.wait_for()
    (first, *_) = server.client.post("/api/questions", json={"question": VARLEY}).json()["citations"]
    around = [one for one in (first["before"], first["after"]) if one]
    assert card.locator("blockquote .around").all_text_contents() == around
    quoted = card.locator(".quoted").inner_text().split(" … ")
    assert first["quote"].startswith(quoted[0])
    assert first["quote"].endswith(quoted[-1])
    assert page.locator(":focus").get_attribute("aria-describedby") == "card"
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_the_transcript_opens_beside_the_answer_at_the_quote(server: Any, visit: Any) -> None:
    page = visit(server.url)
    exchange = ask(page, VARLEY)
    mark = exchange.locator(".mark").nth(1)
    mark.click()
    cited = page.locator("#panel mark.cited")
    cited.first.wait_for()
    assert "".join(cited.all_text_contents()) == exchange.locator(".said").nth(1).text_content()
    assert page.locator(":focus").get_attribute("id") == "panel-title"
    page.keyboard.press("Escape")
    page.locator("#panel").wait_for(state="hidden")
    assert mark.evaluate("mark => mark === document.activeElement")
    assert page.url.startswith(server.url)


def test_on_a_phone_a_touch_shows_the_card_and_its_link_opens_the_page(server: Any, visit: Any) -> None:
    page = visit(server.url, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    exchange = ask(page, VARLEY)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    quote = exchange.locator(".said").first.text_content()
    exchange.locator(".mark").first.tap()
    page.locator("#card").get_by_role("link", name="Read it in the transcript").tap()
    page.locator("mark.cited").first.wait_for()
    assert "".join(page.locator("mark.cited").all_text_contents()) == quote
    page.go_back()
    page.locator(".exchange .said").first.wait_for()
    assert page.locator(".exchange .said").first.text_content() == quote


def test_what_stands_around_a_quote_is_shown_on_demand(server: Any, visit: Any) -> None:
    exchange = ask(visit(server.url), VARLEY)
    around = exchange.locator(".notes .around").first
    assert around.is_hidden()
    exchange.get_by_role("button", name="Show in context").click()
    assert around.is_visible()


def test_the_question_that_a_quote_answers_is_shown_with_it(serve: Any, own_archive: Path, visit: Any) -> None:
    server = serve(own_archive)
    question = "When does the lighthouse open?"
    turns = [{"label": "Q", "text": question}, {"label": "MR. OAKES", "text": "The lighthouse opens in June."}]
    server.client.post("/api/transcripts", json={"id": "lighthouse", "turns": turns}).raise_for_status()
    page = visit(server.url)
    exchange = ask(page, question)
    page.locator("#question").press("Shift+Tab")
    page.locator("body").press("]")
    card = page.locator("#card")
    assert card.locator(".asked").inner_text() == f"Q {question}"
    assert "Nothing else is said" not in card.inner_text()
    page.keyboard.press("Escape")
    exchange.get_by_role("button", name="Show in context").click()
    assert exchange.locator(".notes .asked").first.inner_text() == f"Q {question}"
    exchange.get_by_role("button", name="Share").click()
    exchange.locator(".tools-note a").click()
    page.wait_for_url("**/answers/*")
    assert page.locator(".asked").first.inner_text() == f"Q {question}"


def test_an_answer_is_taken_along_with_its_sources(server: Any, visit: Any) -> None:
    page = visit(server.url)
    exchange = ask(page, VARLEY)
    quote = exchange.locator(".said").first.text_content()
    exchange.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_text("Copied, with its sources.").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"\n\nMAYOR VARLEY (Edith Varley), 14 March 2023: “{quote}” [1]" in copied
    assert re.search(r"^\[1\] MAYOR VARLEY \(Edith Varley\), .*14 March 2023: ", copied, re.MULTILINE)
    assert f"{server.url}transcripts/" in copied
    exchange.get_by_role("button", name="Copy as Markdown").click()
    while "[^1]: " not in page.evaluate("navigator.clipboard.readText()"):
        pass
    assert "\n\nMAYOR VARLEY (Edith Varley), 14 March 2023: “" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        exchange.get_by_role("button", name="Save as JSON").click()
    saved = json.loads(Path(download.value.path()).read_bytes())
    verified = server.client.post("/api/receipts/verify", json=saved).json()
    assert {one["state"] for one in verified["citations"]} == {"holds"}


def test_a_shared_answer_has_an_address(serve: Any, own_archive: Path, visit: Any) -> None:
    server = serve(own_archive)
    page = visit(server.url)
    exchange = ask(page, VARLEY)
    exchange.get_by_role("button", name="Share").click()
    link = exchange.locator(".tools-note a")
    link.wait_for()
    assert link.text_content() == page.evaluate("navigator.clipboard.readText()")
    link.click()
    page.wait_for_url("**/answers/*")
    page.get_by_text(VARLEY).first.wait_for()


def test_earlier_questions_are_kept_here_and_forgotten_when_one_says_so(server: Any, visit: Any) -> None:
    page = visit(server.url)
    ask(page, VARLEY)
    ask(page, NOTHING)
    page.reload()
    assert page.locator(".exchange .question").all_text_contents() == [VARLEY, NOTHING]
    assert page.locator(".exchange").first.locator(".said").count()
    page.get_by_role("button", name="New conversation").click()
    assert page.locator(".exchange").count() == 0
    page.locator("#earlier").get_by_role("button", name=VARLEY, exact=True).click()
    assert page.locator(".exchange .question").all_text_contents() == [VARLEY, NOTHING]
    page.get_by_role("button", name="Forget all").click()
    page.locator("#earlier").wait_for(state="hidden")
    assert page.evaluate("localStorage.getItem('onrecord.earlier')") is None


def test_no_more_is_kept_than_the_last_fifty(server: Any, visit: Any) -> None:
    page = visit(server.url)
    answer = server.client.post("/api/questions", json={"question": NOTHING}).json()
    kept = [{"id": f"{number:x}", "at": "2026-01-01T00:00:00Z", "answers": [answer]} for number in range(60)]
    page.evaluate("kept => localStorage.setItem('onrecord.earlier', JSON.stringify(kept))", kept)
    ask(page, VARLEY)
    left = page.evaluate("JSON.parse(localStorage.getItem('onrecord.earlier'))")
    assert len(left) == 50
    assert left[0]["answers"][0]["question"] == VARLEY


def test_text_of_the_record_is_shown_and_never_run(serve: Any, own_archive: Path, visit: Any) -> None:
    server = serve(own_archive)
    assert server.client.post("/api/transcripts", json=HOSTILE).status_code == 201
    page = visit(server.url)
    assert "<script>alert(1)</script>" in page.locator(".latest").inner_text()
    exchange = ask(page, "What happened to the zeppelin hangar?")
    shown = exchange.inner_text()
    assert "<img src=x onerror=alert(2)>" in shown
    assert "\u202e" not in shown
    assert "\x07" not in shown
    assert page.locator("img").count() == 0
    assert page.locator("script:not([src])").count() == 0


def test_an_address_may_fill_the_page_in_but_asks_nothing(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}?q=Who%20pays%3F&transcript=2024-02-06-council-hearing.vtt&speaker=Brandt&since=soon")
    assert page.input_value("#question") == "Who pays?"
    assert [one.inner_text().split("\n")[0] for one in page.locator("#chosen .chip-value").all()][:2] == [
        "Brandt",
        "Hearing on the Kestrel Bridge",
    ]
    assert page.locator(".exchange").count() == 0


def test_a_question_that_is_refused_says_which_field(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}?since=soon")
    page.fill("#question", COST)
    page.keyboard.press("Enter")
    note = page.locator(".note.bad")
    note.wait_for()
    assert "soon" in note.inner_text()


def test_an_empty_archive_says_how_to_begin(serve: Any, tmp_path: Path, visit: Any) -> None:
    page = visit(serve(tmp_path / "none").url)
    page.get_by_role("link", name="Add transcripts").click()
    page.locator(".drop").wait_for()
    page.go_back()
    page.fill("#question", COST)
    page.keyboard.press("Enter")
    page.locator(".no-answer").wait_for()


def test_examples_are_of_the_archive_and_are_answered(server: Any, visit: Any) -> None:
    page = visit(server.url)
    example = page.locator(".example").first
    question = example.text_content()
    example.click()
    exchange = page.locator(".exchange")
    exchange.locator(".searched").wait_for()
    assert exchange.locator(".question").text_content() == question
    assert exchange.locator(".said").count()


def test_the_theme_follows_the_system_until_one_chooses(server: Any, visit: Any) -> None:
    page = visit(server.url, color_scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Change to the light theme").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_single_keys_can_be_switched_off(server: Any, visit: Any) -> None:
    page = visit(server.url)
    page.locator("#question").press("Tab")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys").uncheck()
    page.keyboard.press("Escape")
    page.locator("#keys").wait_for(state="hidden")
    page.locator("#ask").press("?")
    assert page.locator("#keys").is_hidden()


def test_the_page_is_small_and_its_parts_are_kept_by_browsers(server: Any) -> None:
    page: httpx2.Response = server.client.get("/")
    assert len(page.content) <= 60_000
    parts = re.findall(r'"(/static/[^"]+)"', page.text)
    assert parts
    for part in parts:
        assert "immutable" in server.client.get(part).headers["cache-control"]


@pytest.mark.parametrize("query", ["transcript=%3Cscript%3E", "q=%22%3E%3Cscript%3E"])
def test_an_address_writes_nothing_into_the_page(server: Any, query: str) -> None:
    assert "<script>" not in server.client.get(f"/?{query}").text


def test_an_answer_given_earlier_says_what_no_longer_stands(serve: Any, own_archive: Path, visit: Any) -> None:
    server = serve(own_archive)
    page = visit(server.url)
    exchange = ask(page, VARLEY)
    href = exchange.locator(".mark").first.get_attribute("href") or ""
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator(".exchange .note").count() == 0
    assert server.client.delete(f"/api{href.split('#')[0]}").status_code == 204
    page.reload()
    note = page.locator(".exchange .note")
    note.wait_for()
    assert "No longer in the record: [1]" in note.inner_text()
    assert page.locator(".exchange .note + .answer").count() == 1


def test_a_transcript_that_was_removed_is_said_to_be_gone(serve: Any, own_archive: Path, visit: Any) -> None:
    server = serve(own_archive)
    page = visit(server.url)
    mark = ask(page, VARLEY).locator(".mark").first
    href = mark.get_attribute("href") or ""
    assert server.client.delete(f"/api{href.split('#')[0]}").status_code == 204
    mark.click()
    page.locator("#panel .note").wait_for()
    assert "not in the archive any more" in page.locator("#panel .note").inner_text()


def test_a_day_in_the_question_is_one_filter(server: Any, visit: Any) -> None:
    page = visit(server.url)
    exchange = ask(page, "What did Tomas Renholt say on 19 March 2025?")
    chips = exchange.locator(".chip")
    assert [" ".join(one.split()) for one in chips.all_inner_texts()] == [
        "said by Tomas Renholt ×",
        "on 19 March 2025 ×",
    ]
    bodies = sent(page)
    chips.nth(1).get_by_role("button").click()
    expect(page.locator(".exchange .chip")).to_have_count(1)
    (body,) = bodies
    assert (body["filters"]["speakers"], body["filters"]["since"]) == (["Tomas Renholt"], None)


def test_forgetting_one_question_leaves_the_others_and_the_focus(server: Any, visit: Any) -> None:
    page = visit(server.url)
    for question in (VARLEY, NOTHING):
        ask(page, question)
        page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name=f"Forget: {NOTHING}").click()
    assert page.locator(".earlier-question").all_text_contents() == [VARLEY]
    assert page.locator(":focus").text_content() == VARLEY
    page.get_by_role("button", name=f"Forget: {VARLEY}").press("Enter")
    assert page.locator(":focus").get_attribute("id") == "question"
