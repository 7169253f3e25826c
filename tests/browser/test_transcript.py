"""The page of a transcript, in a browser: the words an address names are the words that are marked."""

from __future__ import annotations

import io
import json
import re
import wave
from pathlib import Path
from typing import Any

import httpx2
import pytest

HEARING = "2024-02-06-council-hearing.vtt"

HOSTILE = {
    "id": "hostile",
    "title": '</title><script>alert("title")</script>\u202eeltit',
    "date": "2024-03-01",
    "language": "ar",
    "media": "javascript:alert(1)",
    "source": "data:text/html,<script>alert(2)</script>",
    "speakers": [{"label": "<b>JANE</b>", "name": "Jane\u202eeod"}],
    "turns": [
        {
            "label": "<b>JANE</b>",
            "text": "👩‍🚀 We said \u202e000,1\u202c crowns.\r\n<img src=x onerror=alert(3)> No more.",
        },
        {"label": "مريم", "text": "الميناء مغلق حتى شهر مايو. The cost is 1,000 crowns."},
    ],
}


def text_of(server: Any, id: str) -> str:
    return str(server.client.get(f"/api/transcripts/{id}").json()["text"])


def marked(page: Any) -> str:
    return "".join(page.locator("mark.cited").all_text_contents())


def test_the_words_that_an_address_names_are_marked_and_in_sight(server: Any, visit: Any) -> None:
    text = text_of(server, HEARING)
    last = text.rindex("\n\n") + 2
    page = visit(f"{server.url}transcripts/{HEARING}#c{last}-{last + 20}")
    assert marked(page) == text[last : last + 20]
    assert page.locator("mark.cited").first.evaluate("mark => mark.getBoundingClientRect().top < innerHeight")
    page.evaluate("location.hash = '#c5-30,100-120'")
    page.locator("mark.cited", has_text=text[5:30]).wait_for()
    assert page.locator("mark.cited").all_text_contents() == [text[5:30], text[100:120]]


def test_a_place_that_is_not_there_is_said(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}transcripts/{HEARING}#c900000-900020")
    assert page.get_by_text("is not in this transcript as it is today").is_visible()
    page.evaluate("location.hash = '#c5-30'")
    page.locator("mark.cited").wait_for()
    assert not page.get_by_text("is not in this transcript as it is today").is_visible()


def test_a_place_across_turns_is_marked_in_each(server: Any, visit: Any) -> None:
    text = text_of(server, HEARING)
    break_at = text.index("\n\n")
    page = visit(f"{server.url}transcripts/{HEARING}#c{break_at - 10}-{break_at + 12}")
    assert page.locator("mark.cited").all_text_contents() == [
        text[break_at - 10 : break_at],
        text[break_at + 2 : break_at + 12],
    ]


def test_without_a_script_the_server_marks_the_place(server: Any, visit: Any) -> None:
    text = text_of(server, HEARING)
    page = visit(f"{server.url}transcripts/{HEARING}?start=40&end=60&start=100&end=120", java_script_enabled=False)
    assert page.locator("mark.cited").all_text_contents() == [text[40:60], text[100:120]]
    assert page.locator(".turn").count() == server.client.get(f"/api/transcripts/{HEARING}").json()["turns"].__len__()


def test_hostile_text_is_shown_as_text(own_archive: Path, serve: Any, visit: Any) -> None:
    server = serve(own_archive)
    server.client.post("/api/transcripts", json=HOSTILE).raise_for_status()
    text = text_of(server, "hostile")
    at = text.index("crowns")
    page = visit(f"{server.url}transcripts/hostile#c{at}-{at + 6}")
    assert marked(page) == "crowns"
    assert page.locator(".turn").first.locator(".speaker").inner_text() == "<b>JANE</b>"
    assert "<img src=x onerror=alert(3)>" in page.locator(".words").first.inner_text()
    assert page.locator("main img, main script").count() == 0
    assert page.locator("main a[href^='javascript'], main a[href^='data']").count() == 0
    assert not re.search("[\u202a-\u202e\r]", page.content())
    assert page.locator(".turns").get_attribute("dir") == "rtl"
    assert page.locator(".turns").get_attribute("lang") == "ar"
    second = text.index("The cost")
    page.goto(f"{server.url}transcripts/hostile#c{second}-{len(text)}")
    page.reload()
    assert marked(page) == text[second:]


def test_words_are_found_counted_and_stepped_through(server: Any, visit: Any) -> None:
    text = text_of(server, HEARING)
    wanted = len(re.findall("bridge", text, re.IGNORECASE))
    page = visit(f"{server.url}transcripts/{HEARING}")
    page.keyboard.press("/")
    page.keyboard.type("BRIDGE")
    assert page.locator(".found").inner_text() == str(wanted)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator(".found").inner_text() == f"2 of {wanted}"
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    assert page.locator(".found").inner_text() == f"{wanted} of {wanted}"
    assert page.evaluate("CSS.highlights.get('found').size") == wanted
    page.locator("#find").fill("o'clock on  tuesday")
    assert page.locator(".found").inner_text() == "1"
    page.locator("#find").fill("zebra")
    assert page.locator(".found").inner_text() == "Not found"
    page.keyboard.press("Escape")
    assert page.locator(".found").inner_text() == ""


def test_single_keys_step_and_can_be_switched_off(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}transcripts/{HEARING}")
    page.locator("#find").fill("bridge")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.locator(".found").inner_text().startswith("1 of ")
    page.keyboard.press("?")
    page.get_by_label("Single keys, outside of fields").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "find"


def test_the_recording_is_played_from_the_second_of_a_turn(own_archive: Path, serve: Any, visit: Any) -> None:
    server = serve(own_archive)
    recording = "https://town.example/hearing.wav"
    turns = [{"label": "MS. VARLEY", "text": "We begin.", "start": 0}, {"label": "Q", "text": "Why?", "start": 7.5}]
    server.client.post("/api/transcripts", json={"id": "heard", "media": recording, "turns": turns}).raise_for_status()
    page = visit(f"{server.url}transcripts/heard", elsewhere={recording: silence(20)})
    page.get_by_role("link", name="Play the recording from 0:07").click()
    page.locator("#turn-2.playing").wait_for()
    assert page.locator("audio").evaluate("audio => audio.currentTime") >= 7.5
    page.get_by_role("button", name="Close").click()
    assert page.locator("audio").evaluate("audio => audio.paused")


def silence(seconds: int) -> bytes:
    """A recording of nothing."""
    content = io.BytesIO()
    with wave.open(content, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(4_000)
        written.writeframes(bytes([128]) * 4_000 * seconds)
    return content.getvalue()


SELECT = """() => {
  const words = document.querySelector(".words").firstChild;
  const range = document.createRange();
  range.setStart(words, 5);
  range.setEnd(words, 31);
  getSelection().addRange(range);
}"""


def test_a_selection_is_copied_with_who_said_it_when_and_where(server: Any, visit: Any) -> None:
    text = text_of(server, HEARING)
    page = visit(f"{server.url}transcripts/{HEARING}")
    page.evaluate(SELECT)
    page.locator("[data-copy=quote]").click()
    page.locator("[data-copy=quote]", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    start = 5 + len(text[5:31]) - len(text[5:31].lstrip())
    end = start + len(text[5:31].strip())
    title = "Hearing on the Kestrel Bridge, 6 February 2024"
    address = f"{server.url}transcripts/{HEARING}#c{start}-{end}"
    assert copied == f"“{text[start:end]}”\n— Hana Brandt, {title}\n{address}"


def test_a_selection_is_copied_with_where_the_transcript_comes_from(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}transcripts/assembly.velmora.example--works--2025-03-19")
    page.evaluate(SELECT)
    page.locator("[data-copy=quote]").click()
    page.locator("[data-copy=quote]", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[-1] == "Original: https://assembly.velmora.example/works/2025-03-19"


def test_on_paper_the_source_has_its_address(own_archive: Path, serve: Any, visit: Any) -> None:
    server = serve(own_archive)
    source = "https://example.org/hearings/1"
    given = {"id": "sourced", "source": source, "turns": [{"label": "MAYOR", "text": "We begin."}]}
    server.client.post("/api/transcripts", json=given).raise_for_status()
    page = visit(f"{server.url}transcripts/sourced")
    page.emulate_media(media="print")
    after = "link => getComputedStyle(link, '::after').content"
    assert source in page.get_by_role("link", name="Original").evaluate(after)


def test_the_part_beside_an_answer_is_the_place_and_what_stands_around(server: Any) -> None:
    part = server.client.get(f"/transcripts/{HEARING}/reading", params={"start": 40, "end": 60}).text
    assert "<html" not in part
    assert f'<mark class="cited" data-place="1">{text_of(server, HEARING)[40:60]}</mark>' in part


def test_the_json_form_is_the_one_that_ingest_takes(own_archive: Path, serve: Any) -> None:
    server = serve(own_archive)
    answer = server.client.get(f"/transcripts/{HEARING}/export")
    assert answer.headers["content-disposition"] == f'attachment; filename="{HEARING}.json"'
    again = server.client.post("/api/transcripts", json=json.loads(answer.text))
    assert (again.status_code, again.json()["id"]) == (200, HEARING)


def test_removing_asks_first_and_leaves_a_tombstone(own_archive: Path, serve: Any, visit: Any) -> None:
    server = serve(own_archive)
    page = visit(f"{server.url}transcripts/{HEARING}")
    page.get_by_role("button", name="Remove…").click()
    assert "Hearing on the Kestrel Bridge" in page.locator("#removal").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#removal").is_visible()
    page.get_by_role("button", name="Remove…").click()
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url("**/archive?removed=*")
    assert page.locator(f"a[href='/transcripts/{HEARING}']").count() == 0
    gone = server.client.get(f"/transcripts/{HEARING}", headers={"Accept": "text/html"})
    assert gone.status_code == 404
    assert "This transcript is not in the archive" in gone.text


@pytest.mark.parametrize("path", ["transcripts/nowhere", "transcripts/nowhere/reading", "nowhere", "answers/nothing"])
def test_what_is_not_there_is_a_page_for_readers_and_a_problem_for_programs(server: Any, path: str) -> None:
    page: httpx2.Response = server.client.get(f"/{path}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>" in page.text
    problem: httpx2.Response = server.client.get(f"/{path}")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
