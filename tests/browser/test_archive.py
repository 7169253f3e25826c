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
    assert "In the archive already" in rows[known.name].inner_text()
    rows["new.srt"].get_by_role("link").click()
    assert page.locator(".words").inner_text() == "The <lighthouse> opens in June."


PDF = b"%PDF-1.7\n"
WORD = b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
REFUSED = {
    "minutes.pdf": (PDF, "PDF is not read yet.", "Save its text as a plain text file (.txt) and add that."),
    "minutes.docx": (WORD, "DOCX is not read yet.", "Save it as plain text (.txt) and add that."),
    "page.png": (PNG, "A PNG image, not a transcript.", "A picture needs text recognition first"),
    "talk.mp3": (b"ID3" + bytes(200), "A sound file (MP3), not a transcript.", "Have the recording transcribed"),
    "page.html": (b"<!doctype html><p>Hello.", "HTML is not read yet.", "Save its text as a plain text file"),
    "notes.txt": (b"We met. It rained.", "No labels of speakers", "Write who speaks before what they say"),
    "data.json": (b'{"a": 1}', "JSON, but in none of the forms", "What is read: plain text (.txt)"),
}


def test_a_file_that_is_not_read_says_what_to_do(own_archive: Path, serve: Any, visit: Any, tmp_path: Path) -> None:
    for name, (content, _, _) in REFUSED.items():
        (tmp_path / name).write_bytes(content)
    page = visit(f"{serve(own_archive).url}archive")
    page.get_by_role("button", name="Add transcripts").click()
    page.locator("#files").set_input_files([tmp_path / name for name in REFUSED])
    page.get_by_text("7 files of 7 done, 7 not added.").wait_for()
    for name, (_, what, do) in REFUSED.items():
        told = page.locator(".job", has_text=name).inner_text()
        assert what in told
        assert do in told
        assert "json-whisper" not in told
        assert "What is read: " in told


def test_what_the_archive_holds_is_shown_anew_when_a_file_came_in(
    own_archive: Path, serve: Any, visit: Any, tmp_path: Path
) -> None:
    new = tmp_path / "new.srt"
    new.write_text("1\n00:00:01,000 --> 00:00:04,000\nMAYOR VARLEY: The lighthouse opens in June.\n")
    page = visit(f"{serve(own_archive).url}archive")
    page.locator(".facet", has_text="Years").locator("summary").click()
    assert "10 transcripts" in page.locator("#figures").inner_text()
    page.get_by_role("button", name="Add transcripts").click()
    page.locator("#files").set_input_files(new)
    page.locator("#figures", has_text="11 transcripts").wait_for()
    page.locator("a.title[href='/transcripts/new.srt']").wait_for()
    assert page.locator(".facet", has_text="Years").get_attribute("open") is None
    assert "Added" in page.locator(".job").inner_text()


def test_an_archive_that_was_empty_shows_what_came_in(serve: Any, visit: Any, tmp_path: Path) -> None:
    page = visit(f"{serve(tmp_path / 'none').url}archive")
    page.locator("#files").set_input_files(SAMPLES / "2025-05-12-mayoral-debate.txt")
    page.locator("a.title").wait_for()
    assert page.locator("#figures").inner_text().startswith("1 transcript")
    assert page.locator("#nothing").count() == 0
    assert page.locator("#search").is_visible()


def test_a_file_of_a_known_name_says_what_it_replaces_and_how_to_undo_it(
    own_archive: Path, serve: Any, visit: Any, tmp_path: Path
) -> None:
    first, second = tmp_path / "a" / "minutes.txt", tmp_path / "b" / "minutes.txt"
    for file, month in ((first, "May"), (second, "June")):
        file.parent.mkdir()
        file.write_text("\n\n".join(f"{who}: We meet again in {month}." for who in ("MR. OAKES", "MS. BRANDT") * 2))
    page = visit(f"{serve(own_archive).url}archive")
    page.get_by_role("button", name="Add transcripts").click()

    def add(file: Path, into: str = "") -> Any:
        page.fill("#into", into)
        page.locator("#files").set_input_files(file)
        page.locator(".job.done").nth(page.locator(".job").count() - 1).wait_for()
        return page.locator(".job").first

    assert "Added" in add(first).inner_text()
    replaced = add(second)
    assert "It replaces the text that was stored under this name" in replaced.inner_text()
    assert replaced.get_by_role("link").get_attribute("href") == "/transcripts/minutes.txt"
    assert "add the earlier file again, then this one with a collection chosen" in replaced.inner_text()
    assert "Updated" in add(first).inner_text()
    apart = add(second, "council")
    assert "Added" in apart.inner_text()
    assert apart.get_by_role("link").get_attribute("href") == "/transcripts/council--minutes.txt"


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
