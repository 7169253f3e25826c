"""Readers in other processes, while a writer works: each sees whole generations, and new ones without a restart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

READER = r"""
import sys
from pathlib import Path
from index.filters import Filters
from index.store import LocalStore

# Transcripts come in pairs that are put, updated and removed one after the other and published
# together: whoever sees one without the other sees half a generation.
store, seen = LocalStore(Path(sys.argv[1]), patience=0), set()
print("ready", flush=True)
while True:
    view = store.view()
    texts = {one.id: view.transcript(one.id).text.split()[-1] for one in view.summaries()}
    pairs = {}
    for id, version in texts.items():
        pairs.setdefault(id[1:], []).append(version)
    assert all(len(pair) == 2 and pair[0] == pair[1] for pair in pairs.values()), texts
    scope = view.scope(Filters())
    passages = view.passages(view.ids().tolist())
    assert {one.transcript_id for one in passages} == set(texts)
    for one in passages:
        assert one.passage.text.endswith(texts[one.transcript_id]), (one, texts)
    found = view.lexical("version", 1000, scope)
    assert set(found.ids.tolist()) == set(view.ids().tolist())
    seen.add(view.generation)
    if texts.get("a-last"):
        print(len(seen), flush=True)
        break
"""


def test_readers_see_whole_generations_while_a_writer_works(archive: Any, say: Any) -> None:
    folder = archive.store.folder
    archive.put(say("a0", ("A", "version 0")), say("b0", ("A", "version 0")))
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for round in range(30):
        number = round % 4
        archive.put(
            say(f"a{number}", ("A", f"version {round}")),
            say(f"b{number}", ("A", f"version {round}")),
        )
        if round % 3 == 2:
            archive.store.remove([f"a{number}", f"b{number}"])
    archive.put(say("a-last", ("A", "version last")), say("b-last", ("A", "version last")))
    for reader in readers:
        out, _ = reader.communicate(timeout=60)
        assert reader.returncode == 0
        assert int(out) > 1, "a reader picks up new generations"


def test_the_archive_is_readable_before_the_first_words_are_committed(archive: Any, again: Any, say: Any) -> None:
    with archive.store.writer(archive.embedder.identity, archive.settings) as writer:
        other = again(archive.store.folder).store
        assert other.view().summaries() == []
        stored(writer, archive, say("a", ("A", "apples")))
        assert other.view().summaries() == [], "what is not published is in no view"
        writer.publish()
        assert [one.id for one in other.view().summaries()] == ["a"]
        stored(writer, archive, say("b", ("B", "bananas")))
        assert [one.id for one in other.view().summaries()] == ["a"]
    assert [one.id for one in other.view().summaries()] == ["a", "b"]


def stored(writer: Any, archive: Any, transcript: Any) -> None:
    from index.passages import passages
    from index.store import Facts

    cut = passages(transcript, archive.embedder.count, archive.settings)
    made = list(archive.embedder.passages([one.text for one in cut]))
    writer.put(transcript, Facts("text", "utf-8"), b"", cut, made)


def test_a_reader_mends_words_that_are_missing_damaged_or_behind(archive: Any, again: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    archive.store.close()

    def words() -> Path:
        [folder] = archive.store.folder.glob("words-*")
        return folder

    for damage in ("missing", "no meta", "broken meta", "broken segment"):
        if damage == "missing":
            words().rename(archive.store.folder / "elsewhere")
        elif damage == "no meta":
            (words() / "meta.json").unlink()
        elif damage == "broken meta":
            (words() / "meta.json").write_text('{"segments": [')
        else:
            for file in words().iterdir():
                if not file.name.startswith((".", "meta")):
                    file.unlink()  # a reader may still look into the file itself
                    file.write_bytes(b"")
        store = again(archive.store.folder).store
        assert any("index repair" in problem for problem in store.status().problems), damage
        assert again(archive.store.folder).found("apples") == ["a"], damage
        assert again(archive.store.folder).store.status().problems == (), damage


def test_while_a_writer_works_damaged_words_are_replaced_in_memory(archive: Any, again: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    with archive.store.writer(archive.embedder.identity, archive.settings):
        [words] = archive.store.folder.glob("words-*")
        (words / "meta.json").rename(words / "away")
        assert again(archive.store.folder).found("apples") == ["a"]
        (words / "away").rename(words / "meta.json")
