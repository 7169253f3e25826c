"""The archive's page: what a form narrows, and files that are dropped or chosen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import SAMPLES

HEARING = "2024-02-06-council-hearing.vtt"


def titles(page: str) -> list[str]:
    """Of the transcripts in the list, as it has them."""
    return re.findall(r'<a class="title" href="/transcripts/([^"]+)"', page)


def test_the_newest_come_first_and_those_without_a_date_last(server: Any) -> None:
    ids = [one["id"] for one in server.client.get("/api/transcripts").json()["transcripts"]]
    dated = [one for one in ids if server.client.get(f"/api/transcripts/{one}").json()["date"]]
    page = server.client.get("/archive").text
    assert titles(page) == dated[::-1] + [one for one in ids if one not in dated]
    assert titles(server.client.get("/archive?order=oldest").text) == ids
    assert "May 2025" in page
    assert "Undated" in page


def test_each_field_of_the_form_narrows(server: Any) -> None:
    def left(**fields: str) -> list[str]:
        return titles(server.client.get("/archive", params=fields).text)

    assert left(q="KESTREL hearing") == [HEARING]
    assert HEARING in left(speaker="Oakes")
    assert left(speaker="Nobody Atall") == []
    assert left(since="2024-02-01", until="2024-02-07") == [HEARING]
    assert len(left(since="no day")) == len(left())
    assert "3 undated transcripts left out" in server.client.get("/archive?since=2024-01-01").text


@pytest.mark.parametrize("path", ["archive", "search"])
def test_a_speaker_whom_nobody_is_called_is_said(server: Any, path: str) -> None:
    def said(speaker: str) -> str:
        return str(server.client.get(f"/{path}", params={"q": "bridge", "speaker": speaker}).text)

    assert "Nobody called “&lt;Oaks&gt;” speaks in the archive." in said("<Oaks>")
    assert "Nobody called" not in said("Oakes")


def test_a_word_that_is_no_date_is_said(server: Any) -> None:
    page = server.client.get("/archive", params={"since": "<b>soon"}).text
    assert "&lt;b&gt;soon" in page
    assert "is no date" in page


def test_what_narrows_can_be_taken_away(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}archive?speaker=Oakes&since=2024-01-01")
    page.get_by_role("link", name="Take away: speaker Oakes").click()
    assert page.url == f"{server.url}archive?since=2024-01-01"
    page.locator(".facet a", has_text="Edith Varley").click()
    assert "speaker=Edith+Varley" in page.url


def test_files_are_added_and_each_tells_what_became_of_it(
    own_archive: Path, serve: Any, visit: Any, tmp_path: Path
) -> None:
    new, broken, picture = tmp_path / "new.srt", tmp_path / "broken.vtt", tmp_path / "picture.png"
    new.write_text("1\n00:00:01,000 --> 00:00:04,000\nMAYOR VARLEY: The <lighthouse> opens in June.\n")
    broken.write_text('{"turns": [')
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    server = serve(own_archive)
    page = visit(f"{server.url}archive")
    page.get_by_role("button", name="Add transcripts").click()
    known = SAMPLES / "2025-05-12-mayoral-debate.txt"
    page.locator("#files").set_input_files([new, broken, picture, known])
    page.get_by_text("4 files of 4 done, 2 not added.").wait_for()
    rows = {row.locator(".file").inner_text(): row for row in page.locator(".job").all()}
    assert "Added" in rows["new.srt"].inner_text()
    assert "1 turn · " in rows["new.srt"].inner_text()
    assert "Not added" in rows["broken.vtt"].inner_text()
    assert "Not added" in rows["picture.png"].inner_text()
    assert "the formats that are read here" in rows["picture.png"].inner_text()
    assert "In the archive already" in rows[known.name].inner_text()
    rows["new.srt"].get_by_role("link").click()
    assert page.locator(".words").inner_text() == "The <lighthouse> opens in June."


def test_files_can_be_dropped_anywhere(own_archive: Path, serve: Any, visit: Any) -> None:
    server = serve(own_archive)
    page = visit(f"{server.url}archive")
    dropped = page.evaluate_handle(
        """() => {
            const dropped = new DataTransfer();
            const turns = ["MAYOR VARLEY: The lighthouse opens.", "MR. OAKES: It does.", "MAYOR VARLEY: Good."];
            dropped.items.add(new File([turns.join("\\n\\n")], "dropped.txt"));
            return dropped;
        }"""
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": dropped})
    assert "dropping" in (page.locator("body").get_attribute("class") or "")
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    page.locator(".job.done", has_text="dropped.txt").wait_for()
    assert "dropping" not in (page.locator("body").get_attribute("class") or "")


def test_an_empty_archive_says_what_to_do(tmp_path: Path, serve: Any, visit: Any) -> None:
    server = serve(tmp_path / "nothing")
    page = visit(f"{server.url}archive")
    assert page.locator(".drop").is_visible()
    assert "onrecord ingest" in page.locator("main").inner_text()


def test_search_shows_the_words_looked_for_and_leads_to_their_place(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}search?q=steel+of+the+piers")
    first = page.locator(".passage").first
    assert "pier" in [word.lower() for word in first.locator("mark").all_text_contents()]
    said = first.locator(".words").first.inner_text()
    first.get_by_role("link").click()
    page.locator("mark.cited").first.wait_for()
    assert said.split("\n")[0] in "".join(page.locator("mark.cited").all_text_contents())


def test_search_binds_to_the_transcript_it_is_asked_of(server: Any) -> None:
    page = server.client.get("/search", params={"q": "bridge", "transcript": HEARING}).text
    assert set(re.findall(r'href="/transcripts/([^"#]+)#', page)) == {HEARING}
