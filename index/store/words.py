"""The words: a tantivy index over the passages' texts, derived from the catalogue.

One document a passage, and one, numbered 0, that says which generation of the catalogue the
index was last committed for: it is read from the same searcher as the hits, so a reader knows
exactly which rows they belong to. Ranking is BM25 (k1 1.2, b 0.75).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy
from tantivy import Document, Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from index.errors import StoreError
from index.store.nouns import Ranked

if TYPE_CHECKING:
    from index.store.rows import Ints

STEMMER: str | None = "english"
"""Words are reduced to their stems by this language's rules; None leaves them as they are."""

_LONGEST_WORD = 60
_MEMORY = 50_000_000
_MARKER = 0


def _analyser() -> tantivy.TextAnalyzer:
    steps = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(_LONGEST_WORD))
    steps = steps.filter(Filter.lowercase()).filter(Filter.ascii_fold())
    return (steps.filter(Filter.stemmer(STEMMER)) if STEMMER else steps).build()


def _schema() -> tantivy.Schema:
    # The analyser's name is part of the schema, so an index made with another one is not opened.
    return (
        tantivy.SchemaBuilder()
        .add_unsigned_field("passage", indexed=True, fast=True)
        .add_unsigned_field("generation", fast=True)
        .add_text_field("text", tokenizer_name=f"words-{STEMMER}", index_option="freq")
        .build()
    )


def _opened(folder: Path | None) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder) if folder else None)
    index.register_tokenizer(f"words-{STEMMER}", _analyser())
    index.config_reader("manual")
    return index


class Words:
    """The words of one generation; a searcher never changes. Safe to use from several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()
        self._terms = _analyser()
        self.generation = self._committed()

    @classmethod
    def opened(cls, folder: Path) -> Words | None:
        """The last commit in `folder`; None where it is missing, damaged or of another make."""
        if not (folder / "meta.json").exists():
            return None
        try:
            words = cls(_opened(folder))
        except (ValueError, OSError):
            return None
        return words if words.generation >= 0 else None

    @classmethod
    def in_memory(cls, passages: Iterable[tuple[int, str]], generation: int) -> Words:
        """The same without a folder, for an archive that can be read but not written."""
        index = _opened(None)
        writer = WordsWriter(index)
        writer.add(passages)
        writer.commit(generation)
        return cls(index)

    @property
    def count(self) -> int:
        """Passages in it."""
        return self._searcher.num_docs - 1

    def _committed(self) -> int:
        found = self._searcher.search(Query.term_query(self._schema, "passage", _MARKER), limit=1).hits
        values = self._searcher.fast_field_values("generation", [address for _, address in found])
        return values[0] if values and isinstance(values[0], int) else -1

    def search(self, query: str, k: int, among: Ints | None = None, every: bool = False) -> Ranked:
        """The `k` passages, of those in `among` if it is given, that fit any of the words of `query` best.

        With `every` only those that hold all the words. Any text is a query; a word that is in it twice counts once.
        """
        import numpy as np  # here, for whoever only lists the archive opens the words too

        terms = dict.fromkeys(self._terms.analyze(query))
        occur = Occur.Must if every else Occur.Should
        text = [(occur, Query.term_query(self._schema, "text", term)) for term in terms]
        parts = [(Occur.Must, Query.boolean_query(text))]
        if among is not None:
            inside = Query.term_set_query(self._schema, "passage", among.tolist())
            parts.append((Occur.Must, Query.const_score_query(inside, 0.0)))
        hits = self._searcher.search(Query.boolean_query(parts), limit=k, count=False).hits if k > 0 else []
        found = self._searcher.fast_field_values("passage", [address for _, address in hits])
        ids = np.array(found, dtype=np.int64)
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        order = np.lexsort((ids, -scores))
        return Ranked(ids[order], scores[order])


class WordsWriter:
    """Writes an index; nothing is seen by a reader before `commit`. StoreError where it can't be written."""

    def __init__(self, index: tantivy.Index) -> None:
        with _explained():
            self._schema = index.schema
            self._writer = index.writer(_MEMORY, 1)

    @classmethod
    def opened(cls, folder: Path) -> WordsWriter:
        with _explained():
            folder.mkdir(parents=True, exist_ok=True)
            index = _opened(folder)
        return cls(index)

    def add(self, passages: Iterable[tuple[int, str]]) -> None:
        """Pairs of a passage's id and its text."""
        with _explained():
            for passage, text in passages:
                self._writer.add_document(Document.from_dict({"passage": passage, "text": text}, self._schema))

    def remove(self, passages: Iterable[int]) -> None:
        with _explained():
            for passage in passages:
                self._writer.delete_documents_by_query(Query.term_query(self._schema, "passage", passage))

    def commit(self, generation: int) -> None:
        """Everything so far is what the catalogue holds at `generation`."""
        self.remove([_MARKER])
        with _explained():
            self._writer.add_document(Document.from_dict({"passage": _MARKER, "generation": generation}, self._schema))
            self._writer.commit()

    def close(self) -> None:
        """Give up the index; what was not committed is dropped."""
        with _explained():
            self._writer.wait_merging_threads()


@contextmanager
def _explained() -> Iterator[None]:
    """tantivy's errors in words a user can act on."""
    try:
        yield
    except (ValueError, OSError) as error:
        full = "No space left" in str(error)
        cause, what_to_do = (
            ("the disk is full", "make room on it and run the command again")
            if full
            else (str(error), "run the command again, and where that fails too, `onrecord index repair`")
        )
        raise StoreError(
            f"the word index can't be written: {cause}; nothing that was stored is lost: {what_to_do}"
        ) from error


def stamp(folder: Path) -> tuple[int, int]:
    """Changes whenever something was committed to the index in `folder`; cheap."""
    try:
        found = (folder / "meta.json").stat()
    except OSError:
        return (0, 0)
    return (found.st_ino, found.st_mtime_ns)
