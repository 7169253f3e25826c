"""Readers in other processes, while a writer works: each sees whole generations, and new ones without a restart."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

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
        archive.write(writer, say("a", ("A", "apples")))
        assert other.view().summaries() == [], "what is not published is in no view"
        writer.publish()
        assert [one.id for one in other.view().summaries()] == ["a"]
        archive.write(writer, say("b", ("B", "bananas")))
        assert [one.id for one in other.view().summaries()] == ["a"]
    assert [one.id for one in other.view().summaries()] == ["a", "b"]


def test_a_reader_mends_words_that_are_missing_damaged_or_behind(archive: Any, again: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    archive.store.close()

    def words() -> Path:
        folder: Path
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


def test_what_a_writer_left_that_was_killed_while_the_words_were_committed_stands_in_nobodys_way(
    archive: Any, again: Any, say: Any
) -> None:
    archive.put(say("a", ("A", "apples")))
    folder = archive.store.folder
    with archive.store.writer(archive.embedder.identity, archive.settings) as writer:
        archive.write(writer, say("b", ("B", "bananas")))
        killed = shutil.copytree(folder, folder.with_name("killed"))
    tried = shutil.copytree(killed, folder.with_name("tried"))
    assert again(tried).found("bananas") == ["b"]
    made = {file.relative_to(tried) for file in tried.glob("words-*/*.del")}
    for file in made:  # Which passages are gone is written first, and made known last.
        (killed / file).write_bytes(b"half of it")
    assert made
    assert again(killed).found("bananas") == ["b"]
    assert again(killed).store.status().problems == ()
    again(killed).put(say("c", ("C", "cherries")))
    assert again(killed).found("cherries bananas") == ["b", "c"]


def test_while_a_writer_works_damaged_words_are_replaced_in_memory(archive: Any, again: Any, say: Any) -> None:
    archive.put(say("a", ("A", "apples")))
    with archive.store.writer(archive.embedder.identity, archive.settings):
        [words] = archive.store.folder.glob("words-*")
        (words / "meta.json").rename(words / "away")
        assert again(archive.store.folder).found("apples") == ["a"]
        (words / "away").rename(words / "meta.json")


AS_NOBODY = """
import os, sys
from pathlib import Path
from index.filters import Filters
from index.store import LocalStore

def found(folder):
    view = LocalStore(folder).view()
    ranked = view.lexical("apples", 9, view.scope(Filters()))
    return [one.transcript_id for one in view.passages(ranked.ids.tolist())]

folder = Path(sys.argv[1])
found(folder.with_name("none"))
import filelock  # before the program can no longer read its own libraries
if os.geteuid() == 0:  # who may write everywhere
    os.setgid(65534)
    os.setuid(65534)
print(found(folder), os.access(folder, os.W_OK), LocalStore(folder).status().problems)
"""


@pytest.mark.parametrize("state", ["whole", "words missing", "log beside it"])
def test_a_folder_that_can_not_be_written_can_be_read(again: Any, say: Any, state: str) -> None:
    with TemporaryDirectory() as open_to_all:
        archive = again(Path(open_to_all) / "archive")
        archive.put(say("a", ("A", "apples")))
        folder = archive.store.folder
        with contextlib.ExitStack() as held:
            if state == "log beside it":
                writer = held.enter_context(archive.store.writer(archive.embedder.identity, archive.settings))
                archive.write(writer, say("b", ("A", "apples and pears")))
                # Files that the words are just being written to come and go.
                shutil.copytree(folder, folder.with_name("copy"), ignore=shutil.ignore_patterns(".tmp*"))
                folder = folder.with_name("copy")
        archive.store.close()
        if state == "words missing":
            for words in folder.glob("words-*"):
                shutil.rmtree(words)
        for path in (folder.parent, folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        command = [sys.executable, "-c", AS_NOBODY, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        for path in (folder.parent, folder, *folder.rglob("*")):
            path.chmod(0o755)
    held_by = "['a', 'b']" if state == "log beside it" else "['a']"
    assert done.stdout.strip() == f"{held_by} False ()", done.stderr
