"""A shared answer: as it was given, and what became of each quote since."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import msgspec

from index.filters import Filters
from qa.answer import Answer, Citation, Recognised, Searched, Sentence, Usage
from web.pages.answers import joint, paragraphs

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


def citation(
    number: int, quote: str, start: int, label: str = "MS. VARLEY", around: tuple[str, str] = ("", "")
) -> Citation:
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
        before=around[0],
        after=around[1],
        start_char=start,
        end_char=start + len(quote),
        start=None,
        end=None,
        passage_id=1,
        url="/transcripts/t",
        media_url=None,
        transcript_digest="sha256:0",
    )


CITED = (
    citation(1, "We begin.", 0, around=("", "It is 👩‍🚀 late.")),
    citation(2, "It is 👩‍🚀 late.", 11, around=("We begin.", "We go.")),
    citation(3, "We end.", 35, around=("We go.", "")),
    citation(4, "Yes.", 90, around=("", "We did.")),
    citation(5, "We end.", 35, around=("We go.", "")),
    citation(6, "Why?", 98, "Q"),
)

JOINTS = """async ([address, pairs]) => {
  const { joint } = await import(address);
  return pairs.map(([one, other]) => joint(one, other));
}"""


def test_the_ask_page_runs_quotes_together_as_this_page_does(server: Any, visit: Any) -> None:
    page = visit(server.url)
    script = page.locator("script[src$='/ask.js']").get_attribute("src")
    pairs = list(product(CITED, repeat=2))
    sent = msgspec.to_builtins(pairs)
    assert page.evaluate(JOINTS, [script.replace("ask.js", "citation.js"), sent]) == [joint(*pair) for pair in pairs]


NOTES = """async ([address, citations]) => {
  const { sources } = await import(address);
  return [...sources(citations, true).querySelectorAll("blockquote")].map((one) => one.textContent.trim());
}"""


def test_a_note_runs_together_only_what_stands_together(server: Any, visit: Any) -> None:
    page = visit(server.url)
    script = page.locator("script[src$='/ask.js']").get_attribute("src").replace("ask.js", "sources.js")
    apart = citation(7, "No.", 500)
    shown = page.evaluate(NOTES, [script, msgspec.to_builtins([*CITED[:4], apart])])
    assert shown == ["We begin. It is 👩‍🚀 late. We go. We end.", "Yes. We did.", "No."]


def test_only_neighbours_in_a_turn_are_run_together() -> None:
    quotes = [Sentence(text=one.quote, citations=(one.number,), kind="quote") for one in CITED]
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
        citations=CITED,
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
    made = [(one.voice, [said.joint for said in one.sentences]) for one in paragraphs(answer)]
    assert [(voice.label if voice else None, joints) for voice, joints in made] == [
        ("MS. VARLEY", ["anew", "on", "omission", "anew", "anew"]),
        ("Q", ["anew"]),
        (None, ["anew", "on"]),
    ]
