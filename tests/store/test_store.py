"""What is stored is given back, whole and by generations."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from index.embedding.tiny import TinyEmbedder
from index.errors import ModelMismatch, NewerFormat, StoreBusy, StoreError, UnknownTranscript
from index.filters import Filters
from index.passages import PassageSettings
from index.store import LocalStore
from index.transcript import Outside, Speaker, Transcript, Turn

RICH = Transcript(
    id="rich",
    title="A “title”",
    date="2021-03-04",
    collection="c",
    source="https://example.org/x",
    media="https://example.org/x.mp3",
    language="en",
    speakers=(Speaker("MS. A", "Ann A"), Speaker("B")),
    outside=(Outside("Footer", "line 9"),),
    turns=(
        Turn("One. Two\x00 é 👍.", "MS. A", "MS. A", 0.5, 2.0, ((0, 0.5), (5, 1.25))),
        Turn("", "Q", None),
        Turn("Three\n\nfour.", None, None),
    ),
)


def test_a_transcript_comes_back_as_it_was(archive: Any) -> None:
    archive.put(RICH)
    view = archive.store.view()
    assert view.transcript("rich") == RICH
    assert view.original("rich") == RICH.text.encode()
    summary = view.summary("rich")
    assert (summary.turns, summary.words, summary.title) == (3, 6, RICH.title)
    assert [(one.label, one.name, one.turns, one.words) for one in summary.speakers] == [("MS. A", "Ann A", 1, 4)]


def test_passages_come_back_with_their_vectors(archive: Any) -> None:
    archive.put(RICH)
    view = archive.store.view()
    for stored in view.passages(view.ids().tolist()):
        [made] = archive.embedder.passages([stored.passage.text])
        assert (stored.tokens == made.tokens).all()
        assert (stored.spans == made.spans).all()
        assert view.similarities(made.vector, view.ids()[:1])[0] == pytest.approx(1, abs=1e-3)
        piece = stored.passage.pieces[0]
        assert stored.passage.text[piece.at :].startswith(RICH.text[piece.start : piece.end])


def test_token_vectors_can_be_had_alone(archive: Any, say: Any) -> None:
    archive.put(RICH)
    archive.put(say("other", ("A", "Another word is said.")))
    view = archive.store.view()
    backwards = view.ids()[::-1].tolist()
    assert len(backwards) > 1
    for alone, stored in zip(view.tokens(backwards), view.passages(backwards), strict=True):
        assert alone.dtype == stored.tokens.dtype
        assert (alone == stored.tokens).all()
    with pytest.raises(StoreError, match="ask again"):
        view.tokens([*backwards, 10**9])


def test_an_absent_folder_is_an_empty_archive_and_is_not_made(archive: Any) -> None:
    view = archive.store.view()
    nothing = view.scope(Filters(speakers=("A",), since="2020-01-01"))
    assert (view.generation, view.identity, view.summaries(), view.voices()) == (0, None, [], [])
    assert (nothing.transcripts, nothing.passages, nothing.undated) == (0, 0, 0)
    assert not len(view.lexical("words", 5, nothing).ids)
    assert not len(view.dense(archive.embedder.question("words").vector, 5, nothing).ids)
    assert archive.store.status().problems == ()
    assert archive.store.repair().transcripts == 0
    assert archive.store.remove(["x"]) == []
    assert not archive.store.folder.exists()
    with pytest.raises(UnknownTranscript, match="'x'"):
        view.transcript("x")


def test_a_view_stays_what_it_was(archive: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples are red")), say("b", ("B", "bananas are yellow")))
    before = archive.store.view()
    archive.put(say("a", ("A", "apples are green")))
    archive.store.remove(["b"])
    assert [before.transcript(id).text for id in ("a", "b")] == ["apples are red", "bananas are yellow"]
    assert {one.passage.text for one in before.passages(before.ids().tolist())} == {
        "A: apples are red",
        "B: bananas are yellow",
    }
    assert len(before.lexical("red yellow", 9, before.scope(Filters())).ids) == 2
    after = archive.store.view()
    assert [one.id for one in after.summaries()] == ["a"]
    assert archive.found("red yellow bananas") == []
    assert archive.found("green") == ["a"]


@pytest.mark.parametrize("filters", [Filters(), Filters(speakers=("A",)), Filters(transcripts=("a", "c"))])
def test_every_word_may_be_asked_for(archive: Any, say: Any, filters: Filters) -> None:
    archive.put(say("a", ("A", "red apples")), say("b", ("A", "red pears")), say("c", ("A", "green apples")))
    view = archive.store.view()
    scope = view.scope(filters)
    for words, holding in (("apples red", {"a"}), ("apple", {"a", "c"}), ("red blue", set()), ("", set())):
        found = view.passages(view.lexical(words, 9, scope, every=True).ids.tolist())
        assert {one.transcript_id for one in found} == holding


def test_an_unchanged_archive_gives_the_same_view(archive: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    assert archive.store.view() is archive.store.view()


def test_summaries_go_by_date_then_id_and_undated_last(archive: Any, say: Any) -> None:
    archive.put(say("c", ("A", "x")), say("b", ("A", "y"), date="2021-01-02"), say("a", ("A", "z"), date="2021-01-02"))
    archive.put(say("d", ("A", "w"), date="2020-01-01"))
    assert [one.id for one in archive.store.view().summaries()] == ["d", "a", "b", "c"]


def test_voices_are_counted_over_the_archive(archive: Any, say: Any) -> None:
    archive.put(
        say("a", ("MR. X", "one two"), ("Q", "three"), (None, "four"), names={"MR. X": "Xaver X"}),
        say("b", ("MR. X", "five"), ("MR. X", "six")),
    )
    heard = {(one.label, one.speaker, one.name): (one.transcripts, one.turns, one.words) for one in voices(archive)}
    assert heard == {
        ("MR. X", "MR. X", "Xaver X"): (1, 1, 2),
        ("MR. X", "MR. X", None): (1, 2, 2),
        ("Q", None, None): (1, 1, 1),
    }


def voices(archive: Any) -> Any:
    return archive.store.view().voices()


def test_only_what_changed_gets_new_ids_and_vectors(archive: Any, say: Any) -> None:
    long = [("A", f"Sentence number {n} says something about topic{n} here today.") for n in range(8)]
    archive.put(say("a", *long))
    before = {one.id: one.passage.text for one in stored(archive)}
    archive.put(say("a", *long[:4], ("A", "An inserted sentence about nothing in particular today."), *long[4:]))
    after = {one.id: one.passage.text for one in stored(archive)}
    assert set(before) & set(after), "passages before the change keep their ids"
    assert all(before[id] == after[id] for id in set(before) & set(after))
    assert max(before) < min(set(after) - set(before)), "the others get new ones"


def test_new_names_for_a_label_keep_every_passage(archive: Any, say: Any) -> None:
    archive.put(say("a", ("MR. X", "one two three")))
    before = archive.store.view().ids().tolist()
    archive.put(say("a", ("MR. X", "one two three"), names={"MR. X": "Xaver Xylander"}))
    assert archive.store.view().ids().tolist() == before
    assert archive.found("two", speakers=("Xylander",)) == ["a"]


def test_the_same_text_cut_into_other_turns_is_said_by_others(archive: Any, say: Any) -> None:
    opening = "We open the meeting now and read the old minutes."
    more = "Then we go on to the one matter of today."
    prices = "Apples are red and they are sold by the pound."
    archive.put(say("a", ("A", opening), ("A", more), ("B", prices), ("C", opening)))
    archive.put(say("a", ("A", f"{opening}\n\n{more}"), ("B", prices), ("C", opening)))
    assert archive.found("apples", speakers=("B",)) == ["a"]
    view = archive.store.view()
    for label in "ABC":
        inside = view.passages(view.scope(Filters(speakers=(label,))).ids.tolist())
        assert inside
        assert all(f"{label}: " in one.passage.text for one in inside)


def test_ids_are_never_given_twice(archive: Any, say: Any) -> None:
    seen: list[set[int]] = []
    for round in range(4):
        archive.put(say("a", ("A", f"apples {round}")))
        seen.append(set(archive.store.view().ids().tolist()))
        archive.store.remove(["a"])
        archive.store.repair()
    assert not any(a & b for a, b in pairwise(seen))


def test_the_removed_is_erased_by_repair(archive: Any, say: Any) -> None:
    archive.put(say("a", ("A", "unforgettable words"), title="Unforgettable"), say("b", ("B", "others")))
    archive.store.remove(["a"])
    assert archive.store.status().waiting == 1
    archive.store.view()
    archive.store.close()
    assert archive.store.repair().waiting == 0
    kept = b"".join(file.read_bytes() for file in archive.store.folder.rglob("*") if file.is_file())
    assert b"nforgettable" not in kept
    assert b"others" in kept


def stored(archive: Any) -> Any:
    view = archive.store.view()
    return view.passages(view.ids().tolist())


def test_one_writer_at_a_time(archive: Any) -> None:
    other = LocalStore(archive.store.folder, patience=0)
    with archive.store.writer(archive.embedder.identity, archive.settings):
        assert other.status().writing
        with (
            pytest.raises(StoreBusy, match="another process"),
            other.writer(archive.embedder.identity, archive.settings),
        ):
            pass
        with pytest.raises(StoreBusy):
            other.repair()
    assert not other.status().writing


def test_another_model_or_other_settings_are_refused_with_the_command_that_mends(archive: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    for identity, settings in (
        (TinyEmbedder(seed=1).identity, archive.settings),
        (archive.embedder.identity, PassageSettings(words=99, tokens=60)),
    ):
        with pytest.raises(ModelMismatch, match="onrecord index rebuild"), archive.store.writer(identity, settings):
            pass
    archive.store.remove(["a"])
    with archive.store.writer(TinyEmbedder(seed=1).identity, archive.settings):
        pass
    assert archive.store.view().identity == TinyEmbedder(seed=1).identity, "an emptied archive takes any model"


def test_a_newer_format_and_a_strangers_file_are_left_alone(archive: Any, say: Any) -> None:
    import sqlite3

    archive.put(say("a", ("A", "apples")))
    archive.store.close()
    catalogue = archive.store.folder / "catalogue.sqlite"
    for pragma, error in (("user_version = 99", NewerFormat), ("application_id = 7", StoreError)):
        connection = sqlite3.connect(catalogue)
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
        with pytest.raises(error):
            LocalStore(archive.store.folder).view()
        with pytest.raises(error), archive.store.writer(archive.embedder.identity, archive.settings):
            pass


def test_a_catalogue_that_is_no_database_is_an_error_in_words(tmp_path: Path) -> None:
    """And status tells it, for it looks where others fail."""
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database, but long enough to be looked at" * 50)
    with pytest.raises(StoreError, match="damaged"):
        LocalStore(tmp_path).view()
    assert "damaged" in LocalStore(tmp_path).status().problems[0]


def test_listing_needs_neither_numpy_nor_faiss(archive: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    script = (
        "import sys; from pathlib import Path; from index.store import open_store\n"
        "assert [one.id for one in open_store(Path(sys.argv[1])).view().summaries()] == ['a']\n"
        "print([name for name in ('numpy', 'faiss', 'sentencex', 'torch') if name in sys.modules])"
    )
    done = run([sys.executable, "-c", script, archive.store.folder], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
