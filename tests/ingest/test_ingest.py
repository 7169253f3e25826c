"""Files into an archive: what becomes of each, again and again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec import json, structs

from index.embedding import Embedded
from index.embedding.tiny import TinyEmbedder
from index.errors import StoreBusy
from index.filters import Filters
from index.ingest import Duplicate, IngestReport, Progress, ingest, preview
from index.ingest.ingesting import WINDOW
from index.passages import PassageSettings
from index.reading.canonical import encode
from index.store import LocalStore
from index.transcript import Speaker, Transcript, Turn


class Counting(TinyEmbedder):
    """Keeps what it was given to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[list[str]] = []

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        self.given.append(list(texts))
        yield from super().passages(texts)

    @property
    def texts(self) -> list[str]:
        return [text for window in self.given for text in window]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """Empty; in memory where there is such a place, for it is the disk's pace that takes longest."""
    memory = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else tmp_path
    with TemporaryDirectory(dir=memory, prefix="onrecord-") as folder:
        yield LocalStore(Path(folder) / "archive", patience=0)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two talks, one of them in a folder below."""
    folder = tmp_path / "files"
    (folder / "below").mkdir(parents=True)
    (folder / "one.txt").write_text(talk("harbour"))
    (folder / "below" / "two.txt").write_text(talk("railway"))
    return folder


def talk(topic: str) -> str:
    return f"MS. HALE: We will build the {topic} by May. It is decided.\n\nMR. BO: Who pays for the {topic}?\n"


def written(path: Path, transcript: Transcript) -> Path:
    path.write_bytes(json.encode(encode(transcript)))
    return path


def counts(report: IngestReport) -> dict[str, int]:
    return {
        name: len(getattr(report, name)) for name in report.__struct_fields__ if getattr(report, name)
    }


def test_what_is_stored_is_left_alone_the_second_time(store: LocalStore, files: Path) -> None:
    embedder = Counting()
    first = ingest([files], store, embedder)
    assert [one.id for one in first.added] == ["below--two.txt", "one.txt"]
    generation, embedded = store.view().generation, len(embedder.texts)
    again = ingest([files], store, embedder)
    assert counts(again) == {"unchanged": 2}
    assert again.unchanged == ["below--two.txt", "one.txt"]
    assert (store.view().generation, len(embedder.texts)) == (generation, embedded)


def test_a_look_stores_nothing_and_says_the_same(store: LocalStore, files: Path) -> None:
    (files / "copy.txt").write_text(talk("harbour"))
    (files / "empty.txt").write_text("")
    looked = preview([files], store)
    assert not store.folder.exists()
    assert json.encode(looked) == json.encode(ingest([files], store, TinyEmbedder()))
    assert counts(preview([files], store)) == {"unchanged": 2, "duplicates": 1, "skipped": 1}


def test_an_edited_file_is_updated_and_only_its_changed_text_embedded(store: LocalStore, files: Path) -> None:
    embedder = Counting()
    long = "".join(f"MS. HALE: Point {n}. {'All of it is about money. ' * 30}\n\n" for n in range(6))
    (files / "one.txt").write_text(long)
    ingest([files], store, embedder)
    before = len(embedder.texts)
    (files / "one.txt").write_text(long + "MR. BO: One thing more, the bridge.\n")
    report = ingest([files], store, embedder)
    assert [one.id for one in report.updated] == ["one.txt"]
    assert report.unchanged == ["below--two.txt"]
    assert 0 < len(embedder.texts) - before <= 2
    assert found(store, "bridge") == {"one.txt"}


def test_the_same_speech_under_another_id_is_a_duplicate(store: LocalStore, files: Path) -> None:
    (files / "later.txt").write_text(talk("harbour"))
    report = ingest([files], store, TinyEmbedder())
    assert report.duplicates == [Duplicate(str(files / "one.txt"), of="later.txt")]
    shutil.copy(files / "one.txt", files / "third.txt")
    assert ingest([files / "third.txt"], store, TinyEmbedder()).duplicates == [
        Duplicate(str(files / "third.txt"), of="later.txt")
    ]
    assert found(store, "harbour") == {"later.txt"}


def test_a_speech_may_move_to_another_id_when_its_own_says_something_else(store: LocalStore, tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    written(one, speech("a", "apples"))
    ingest([one], store, TinyEmbedder())
    written(one, speech("a", "pears"))
    written(other, speech("b", "apples"))
    assert counts(ingest([one, other], store, TinyEmbedder())) == {"updated": 1, "added": 1}
    assert (found(store, "apples"), found(store, "pears")) == ({"b"}, {"a"})


def speech(id: str, word: str) -> Transcript:
    return Transcript(id=id, turns=(Turn(f"We speak of {word}.", "A", "A"),))


def test_a_moved_folder_keeps_its_ids_and_a_collection_names_them(store: LocalStore, files: Path) -> None:
    ingest([files], store, TinyEmbedder())
    moved = files.rename(files.with_name("elsewhere"))
    assert counts(ingest([moved], store, TinyEmbedder())) == {"unchanged": 2}
    named = ingest([moved], LocalStore(store.folder.with_name("other")), TinyEmbedder(), collection="hearings")
    assert [one.id for one in named.added] == ["hearings--below--two.txt", "hearings--one.txt"]


def test_export_then_ingest_is_unchanged_and_a_corrected_export_an_update(
    store: LocalStore, files: Path, tmp_path: Path
) -> None:
    embedder = Counting()
    ingest([files], store, embedder, collection="hearings")
    before = store.view().ids().tolist()
    exported = store.view().transcript("hearings--one.txt")
    path = written(tmp_path / "export.json", exported)
    assert counts(ingest([path], store, embedder)) == {"unchanged": 1}
    embedded = len(embedder.texts)
    written(path, structs.replace(exported, speakers=(Speaker("MS. HALE", "Edda Hale"),), title="Corrected"))
    assert [one.id for one in ingest([path], store, embedder).updated] == ["hearings--one.txt"]
    assert store.view().summary("hearings--one.txt").title == "Corrected"
    assert store.view().ids().tolist() == before, "a name changes no passage"
    assert len(embedder.texts) == embedded
    assert [one.name for one in store.view().summary("hearings--one.txt").speakers] == ["Edda Hale", None]
    relabelled = tuple(structs.replace(turn, label="MS. HALL", speaker="MS. HALL") for turn in exported.turns)
    written(path, structs.replace(exported, turns=relabelled, speakers=()))
    assert counts(ingest([path], store, embedder)) == {"updated": 1}
    assert store.view().scope(Filters(speakers=("Hall",))).transcripts == 1


def test_the_removed_comes_back_only_when_ingested_again_and_under_its_id(store: LocalStore, files: Path) -> None:
    ingest([files], store, TinyEmbedder())
    store.remove(["one.txt"])
    assert found(store, "harbour") == set()
    assert counts(ingest([files / "below"], store, TinyEmbedder())) == {"duplicates": 1}
    assert found(store, "harbour") == set()
    assert [one.id for one in ingest([files], store, TinyEmbedder()).added] == ["one.txt"]


def test_two_files_of_one_id_in_a_run_do_not_overwrite_each_other(store: LocalStore, files: Path) -> None:
    (files / "below" / "one.txt").write_text(talk("theatre"))
    for outcome in ({"added": 2, "failed": 1}, {"unchanged": 2, "failed": 1}):
        report = ingest([files / "one.txt", files / "below"], store, TinyEmbedder())
        assert counts(report) == outcome
        assert report.failed[0].path == str(files / "below" / "one.txt")
        assert str(files / "one.txt") in report.failed[0].error
    assert found(store, "theatre") == set()


def test_what_can_not_be_read_is_told_and_the_rest_goes_on(store: LocalStore, files: Path) -> None:
    (files / ".hidden").mkdir()
    (files / ".hidden" / "talk.txt").write_text(talk("secret"))
    (files / "loop").symlink_to(files)
    (files / "self").symlink_to(files / "self")
    (files / "broken").symlink_to(files / "nowhere")
    (files / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (files / "torn.json").write_text('{"turns": [{"text": "a"')
    (files / "wrong.json").write_text('{"turns": [{"text": "a", "label": "A", "speaker": "B"}]}')
    os.mkfifo(files / "pipe")
    report = ingest([files, files / "missing", files / "one.txt"], store, TinyEmbedder())
    assert {one.id for one in report.added} == {"one.txt", "below--two.txt"}
    skipped = {Path(one.path).name: one.reason for one in report.skipped}
    assert skipped.keys() >= {".hidden", "loop", "pipe", "one.txt"}
    assert skipped[".hidden"] == "hidden"
    failed = {Path(one.path).name: one.error for one in report.failed}
    assert failed.keys() >= {"self", "broken", "torn.json", "wrong.json", "missing"}
    assert "speaker" in failed["wrong.json"]
    assert "no such file" in failed["missing"]
    assert found(store, "secret") == set()


def test_a_file_that_vanishes_before_it_is_read_is_told(store: LocalStore, files: Path) -> None:
    def vanish(progress: Progress) -> None:
        if progress.path.endswith("one.txt"):
            (files / "one.txt").unlink(missing_ok=True)

    report = ingest([files], store, TinyEmbedder(), on_event=vanish)
    assert [(Path(one.path).name, one.error) for one in report.failed] == [("one.txt", "no such file or directory")]
    assert counts(report) == {"added": 1, "failed": 1}


def test_what_was_read_before_an_error_that_nobody_foresaw_is_stored(store: LocalStore, files: Path) -> None:
    def fail(progress: Progress) -> None:
        if progress.path.endswith("one.txt"):
            raise LookupError("nobody foresaw it")

    with pytest.raises(LookupError):
        ingest([files], store, TinyEmbedder(), on_event=fail)
    assert [one.id for one in store.view().summaries()] == ["below--two.txt"]


def test_an_edited_transcript_that_now_says_what_another_says_is_updated(store: LocalStore, files: Path) -> None:
    ingest([files], store, TinyEmbedder())
    (files / "one.txt").write_text(talk("railway"))
    looked = preview([files], store)
    report = ingest([files], store, TinyEmbedder())
    assert json.encode(looked) == json.encode(report)
    assert counts(report) == {"updated": 1, "unchanged": 1}
    assert found(store, "harbour") == set()
    (files / "third.txt").write_text(talk("railway"))
    assert counts(ingest([files], store, TinyEmbedder())) == {"unchanged": 2, "duplicates": 1}


def test_a_second_of_minus_zero_is_unchanged_the_second_time(store: LocalStore, tmp_path: Path) -> None:
    path = tmp_path / "zero.json"
    path.write_text('{"id": "z", "turns": [{"text": "We begin.", "start": -0.0, "end": -0.0, "marks": [[0, -0.0]]}]}')
    ingest([path], store, TinyEmbedder())
    exported = written(tmp_path / "export.json", store.view().transcript("z"))
    assert b"-0.0" not in exported.read_bytes()
    assert counts(ingest([exported], store, TinyEmbedder())) == {"unchanged": 1}


AS_NOBODY = """
import os, sys
from pathlib import Path
from index.ingest import preview
from index.store import LocalStore

folder, store = Path(sys.argv[1]), LocalStore(Path(sys.argv[1]) / "none")
preview([folder / "one.txt"], store)
if os.geteuid() == 0:  # who may read everything
    os.setgid(65534)
    os.setuid(65534)
report = preview([folder], store)
print([(Path(one.path).name, one.error) for one in report.failed], len(report.added))
"""


def test_a_folder_and_a_file_without_permission_are_told(files: Path) -> None:
    with TemporaryDirectory() as open_to_all:
        folder = Path(open_to_all) / "files"
        shutil.copytree(files, folder)
        (folder / "closed.txt").write_text(talk("bridge"))
        folder.parent.chmod(0o755)
        for closed in (folder / "below", folder / "closed.txt"):
            closed.chmod(0)
        done = subprocess.run([sys.executable, "-c", AS_NOBODY, folder], capture_output=True, text=True, check=True)
        (folder / "below").chmod(0o755)
    assert done.stdout.strip() == "[('below', 'permission denied'), ('closed.txt', 'permission denied')] 1"


def test_progress_reaches_its_end(store: LocalStore, files: Path) -> None:
    (files / "empty.txt").write_text("")
    told: list[Progress] = []
    ingest([files], store, TinyEmbedder(), on_event=told.append)
    last = told[-1]
    assert (last.files, last.bytes) == (last.files_of, last.bytes_of) == (3, 2 * len(talk("harbour")))
    assert last.passages == len(store.view().ids())
    assert last.words > 0
    assert [one.files for one in told] == sorted(one.files for one in told)


def test_memory_is_bounded_by_windows_however_long_a_transcript(store: LocalStore, tmp_path: Path) -> None:
    embedder = Counting()
    turns = tuple(Turn(f"Word{n} is said here by someone. " * 2, "A", "A") for n in range(2 * WINDOW + 50))
    path = written(tmp_path / "long.json", Transcript(id="long", turns=turns))
    ingest([path], store, embedder, settings=PassageSettings(words=10, tokens=60))
    assert max(map(len, embedder.given)) <= WINDOW
    assert len(embedder.texts) > 2 * WINDOW
    assert found(store, "word1500") == {"long"}


def test_short_transcripts_share_windows(store: LocalStore, tmp_path: Path) -> None:
    embedder = Counting()
    paths = [written(tmp_path / f"{n}.json", speech(f"s{n}", f"word{n}")) for n in range(40)]
    ingest(paths, store, embedder)
    assert [len(window) for window in embedder.given] == [40]


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import LocalStore

left = int(sys.argv[3])
connect = sqlite3.connect

class Connection(sqlite3.Connection):
    def execute(self, statement, *given):
        global left
        done = super().execute(statement, *given)
        left -= statement == "COMMIT"
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

sqlite3.connect = lambda *given, **named: connect(*given, factory=Connection, **named)
ingest([Path(sys.argv[1])], LocalStore(Path(sys.argv[2])), TinyEmbedder())
"""


@pytest.mark.parametrize("commits", [1, 2, 4, 9, 13])
def test_killed_it_goes_on_where_it_was(store: LocalStore, tmp_path: Path, commits: int) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(talk(f"topic{n}"))
    command = [sys.executable, "-c", KILLED, str(folder), str(store.folder), str(commits)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    # The first commits make the empty archive.
    stored = [one.id for one in store.view().summaries()]
    assert stored == [f"{n:02}.txt" for n in range(len(stored))]
    report = ingest([folder], store, TinyEmbedder())
    assert report.unchanged == stored
    assert [one.id for one in report.added] == [f"{n:02}.txt" for n in range(len(stored), 12)]
    assert store.status().problems == ()
    for n in range(12):
        assert found(store, f"topic{n}") == {f"{n:02}.txt"}


def test_two_at_once_are_not_let_in(store: LocalStore, files: Path) -> None:
    with (
        store.writer(TinyEmbedder().identity, PassageSettings()),
        pytest.raises(StoreBusy),
    ):
        ingest([files], LocalStore(store.folder, patience=0), TinyEmbedder())


def found(store: LocalStore, word: str) -> set[str]:
    view = store.view()
    ranked = view.lexical(word, 100, view.scope(Filters()))
    return {one.transcript_id for one in view.passages(ranked.ids.tolist())}
