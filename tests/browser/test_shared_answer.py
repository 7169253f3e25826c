"""A shared answer: as it was given, and what became of each quote since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.filters import Filters
from qa.answer import Answer, Citation, Recognised, Searched, Sentence, Usage
from web.pages.answers import paragraphs

GROUNDBREAKING = "2023-03-14-bridge-groundbreaking.txt"
QUOTED = "The renewal of the Kestrel Bridge will cost 42 million crowns."


def shared(server: Any, question: str, **filters: list[str]) -> tuple[str, dict[str, Any]]:
    """Where the answer to `question` is shared, and the answer."""
    answer = server.client.post("/api/questions", json={"question": question, "filters": filters}).json()
    assert answer["status"] == "answered"
    return server.client.post("/api/answers", json={"id": answer["id"]}).json()["url"], answer


def test_an_answer_is_shown_as_it_was_and_every_quote_holds(server: Any, visit: Any) -> None:
    url, answer = shared(server, "What will the renewal of the Kestrel Bridge cost?", transcripts=[GROUNDBREAKING])
    page = visit(server.url.rstrip("/") + url)
    for citation in answer["citations"]:
        source = page.locator(f"#source-{citation['number']}")
        assert source.locator(".quoted").inner_text() == citation["quote"]
        assert "Holds today" in source.inner_text()
        assert source.get_by_role("link").first.get_attribute("href") == citation["url"]
    assert server.client.get(f"{url}/export").json() == answer


def test_it_says_what_changed_and_what_is_gone(own_archive: Path, serve: Any) -> None:
    server = serve(own_archive)
    url, answer = shared(server, "What will the renewal of the Kestrel Bridge cost?", transcripts=[GROUNDBREAKING])
    assert QUOTED in [citation["quote"] for citation in answer["citations"]]
    changed = server.client.get(f"/transcripts/{GROUNDBREAKING}/export").json()
    for turn in changed["turns"]:
        turn["text"] = turn["text"].replace("will cost 42 million", "will cost 51 million")
    server.client.post("/api/transcripts", json=changed).raise_for_status()
    page = server.client.get(url).text
    assert "Changed since" in page
    assert QUOTED in page
    assert QUOTED.replace("42", "51") in page
    server.client.delete(f"/api/transcripts/{GROUNDBREAKING}").raise_for_status()
    page = server.client.get(url).text
    assert "no longer in the archive" in page
    assert QUOTED in page
    assert f'href="/transcripts/{GROUNDBREAKING}' not in page


def citation(number: int, quote: str, start: int, label: str = "MS. VARLEY") -> Citation:
    return Citation(
        number=number,
        transcript_id="t",
        title=None,
        date=None,
        collection=None,
        label=label,
        speaker=label,
        name=None,
        quote=quote,
        before="",
        after="",
        start_char=start,
        end_char=start + len(quote),
        start=None,
        end=None,
        passage_id=1,
        url="/transcripts/t",
        media_url=None,
        transcript_digest="sha256:0",
    )


def test_quotes_of_one_voice_are_one_paragraph_that_says_what_is_left_out() -> None:
    cited = (
        citation(1, "We begin.", 0),
        citation(2, "It is late.", 10),
        citation(3, "We end.", 90),
        citation(4, "Why?", 98, "Q"),
    )
    quotes = [Sentence(text=one.quote, citations=(one.number,), kind="quote") for one in cited]
    prose = Sentence(text="They began.", citations=(1,), kind="statement")
    answer = Answer(
        id="a",
        asked_at="2026-11-24T12:00:00Z",
        question="What?",
        understood_as="What?",
        filters=Filters(),
        recognised=Recognised(),
        status="answered",
        text="",
        sentences=(*quotes, prose, prose),
        citations=cited,
        dropped=(),
        abstention=None,
        searched=Searched(transcripts=1, passages=1, since=None, until=None, undated=0),
        model="extractive",
        style="quotes",
        timings={},
        usage=Usage(),
        version="0",
        generation=1,
    )
    made = [(one.voice, [said.apart for said in one.sentences]) for one in paragraphs(answer)]
    assert [(voice.label if voice else None, apart) for voice, apart in made] == [
        ("MS. VARLEY", [False, False, True]),
        ("Q", [False]),
        (None, [False, False]),
    ]
