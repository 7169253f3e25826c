"""Text with labels, plain or Markdown: lines -> turns, and what is outside them.

Everything above the first label is the header; each printed label opens a turn; wrapped lines
are joined by one space, paragraphs by a blank line. A time line (`12:54 P.M. EST`) ends the
speech until the next label, unless speech goes on below it; the page's lines below the last turn
are left outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.errors import NotATranscript
from index.reading import furniture, labels, people
from index.reading.blocks import Block, Paragraph, blocks
from index.reading.file import File
from index.reading.front_matter import FrontMatter, front_matter
from index.reading.lines import Line, lines
from index.reading.markup import plain
from index.reading.nobody import speaker_of
from index.reading.reading import Reading
from index.transcript import Mark, Outside, Transcript, Turn

_TITLE = re.compile(r"#{1,6}\s+(?P<text>\S[^#]*)#*")
_LONG_HEADER = 60
"""Words above the first label from which it is worth a warning that they are left out."""


def read_labelled(file: File, format: str, *, markdown: bool) -> Reading:
    """Raises NotATranscript where neither a label nor front matter shows that it is a transcript."""
    front = front_matter(file.text) or FrontMatter("", 0)
    printed = lines(file.text.split("\n")[front.lines :], front.lines + 1, markdown=markdown)
    belief = labels.believed(printed, _people_above(printed, front))
    found, inside = blocks(printed, belief, markdown=markdown)
    warnings = [*file.warnings, *front.warnings, *belief.doubts, *inside]
    if not belief.labels:
        if not (front.title and front.date):
            raise NotATranscript("no labels of speakers, no times, no front matter with a title and a date")
        warnings.append("no speaker labels were found: all of it is read as one voice without a name")
        found = [Block(None, 1), *found]
    above, *spoken = found
    outside = [Outside(front.text, "front matter")] if front.text else []
    header_texts = [_words(paragraph, markdown) for paragraph in above.paragraphs]
    outside += [Outside(text, f"line {p.line}") for text, p in zip(header_texts, above.paragraphs) if text]
    left_out = sum(len(text.split()) for text in header_texts)
    if left_out > _LONG_HEADER:
        warnings.append(f"{left_out} words above the first label were left out of the speech")
    turns = []
    for block in spoken:
        kept, dropped, lost = _spoken(block, markdown, last=block is spoken[-1])
        turns.append(_turn(block, kept, markdown))
        outside += dropped
        warnings += lost
    titles = [_TITLE.fullmatch(line.text) for line in printed if markdown]
    marked = [title["text"].strip() for title in titles if title]
    header = furniture.header([_words(p, markdown, "\n") for p in above.paragraphs], marked)
    voices = Counter(turn.label for turn in turns if turn.label and turn.speaker)
    # Line by line: the end of one line and the beginning of the next are no name together.
    stated = "\n".join([front.title or "", *(_words(p, markdown, "\n") for p in above.paragraphs)])
    speakers, doubtful = people.named(voices, stated, front.speakers, front.people)
    transcript = Transcript(
        turns=tuple(turns),
        title=front.title or header.title,
        date=front.date or header.date,
        source=front.source,
        media=front.media,
        language=front.language,
        speakers=speakers,
        outside=tuple(outside),
    )
    return Reading(transcript=transcript, format=format, encoding=file.encoding, warnings=(*warnings, *doubtful))


def _people_above(printed: Sequence[Line], front: FrontMatter) -> str:
    """The header as far as it can be told before labels are believed."""
    return "\n".join([front.title or "", *front.people, *(line.text for line in printed[:12] if not line.heading)])


def _words(paragraph: Paragraph, markdown: bool, between: str = " ") -> str:
    texts = [line for part in paragraph.parts for line in part.lines]
    return plain(between.join(texts)).strip() if markdown else between.join(texts)


def _spoken(block: Block, markdown: bool, last: bool) -> tuple[list[Paragraph], list[Outside], list[str]]:
    """The paragraphs of a turn, and those that are nobody's: from a closing time on, headings, the page's last lines.

    A warning where words that are not the page's are lost behind the time.
    """
    paragraphs = block.paragraphs
    words = [_words(p, markdown) for p in paragraphs]
    # The first words of a turn are an answer, even where they are a time.
    first = next((at for at, text in enumerate(words) if text), 0) + 1 if block.heading else 0
    ended = _end(words, first)
    lost = [at for at in range(ended, len(words)) if words[at] and not furniture.is_furniture(words[at])]
    warnings = [f"line {paragraphs[lost[0]].line}: words below the closing time are left out"] if lost else []
    while last and ended > 1 and furniture.is_site_line(words[ended - 1]):
        ended -= 1
    is_heading = [markdown and _TITLE.fullmatch(p.text) is not None for p in paragraphs]
    kept = [p for at, p in enumerate(paragraphs) if at < ended and not is_heading[at]]
    dropped = [p for at, p in enumerate(paragraphs) if at >= ended or is_heading[at]]
    return kept, [Outside(text, f"line {p.line}") for p in dropped if (text := _words(p, markdown))], warnings


def _end(words: Sequence[str], first: int) -> int:
    """The paragraph, `first` or later, that says when the speech ended: a time below which nothing more is said."""
    ended, silent = len(words), True
    for at in reversed(range(first, len(words))):
        if not furniture.is_time_line(words[at]):
            silent = furniture.is_site_line(words[at]) if words[at] else silent
        elif silent or furniture.says_end(words[at]):
            ended = at
    return ended


def _turn(block: Block, paragraphs: Sequence[Paragraph], markdown: bool) -> Turn:
    text = ""
    marks: list[Mark] = []
    for paragraph in paragraphs:
        between = "\n\n"
        for part in paragraph.parts:
            words = plain(part.text).strip() if markdown else part.text.strip()
            if not words:
                continue
            text += (between if text else "") + words
            between = " "
            if part.second is not None:
                marks.append((len(text) - len(words), part.second))
    label = block.heading.label if block.heading else None
    if label and markdown:
        label = plain(label)
    start = block.heading.second if block.heading else None
    return Turn(text, label=label, speaker=speaker_of(label), start=start, marks=tuple(marks))
