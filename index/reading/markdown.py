"""Markdown with labels of speakers, with or without YAML front matter."""

from __future__ import annotations

import re

from index.reading.file import File
from index.reading.front_matter import front_matter
from index.reading.labelled import read_labelled
from index.reading.reading import Reading

FORMAT = "markdown"

_SAMPLE = 1 << 16
_MARKED = re.compile(r"^(?:\*\*[^*\n]{1,80}\*\*:?|#{1,6} \S)|\\[\[\]*_]", re.MULTILINE)


def recognises(file: File) -> bool:
    """Front matter, a bold label, a heading or an escape; the extension suffices too."""
    if file.suffix in (".md", ".markdown", ".mdx", ".qmd", ".rmd"):
        return True
    return front_matter(file.text) is not None or _MARKED.search(file.text[:_SAMPLE]) is not None


def read(file: File) -> Reading:
    """Raises NotATranscript where there is neither label nor time, nor front matter that says it is a record."""
    return read_labelled(file, FORMAT, markdown=True)
