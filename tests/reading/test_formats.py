"""Every file that real tools wrote: read, or refused with an error that names the place and the reason.

The table was made by looking at each file beside what was read from it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import NotATranscript, Unreadable, UnsupportedFormat
from index.reading import read

READ = """
aws-transcribe/sample-data/bda-standard.json json-aws 32
aws-transcribe/sample-data/example-call.json json-aws 37
node-webvtt/test/data/acid.vtt webvtt 200
node-webvtt/test/data/subs1.vtt webvtt 1
otter-ladybug/transcripts/27-data-structures-and-algorithms.md markdown 210
otter-ladybug/transcripts/44-micro-interactions-and-animation-libraries.md markdown 94
otter-ladybug/transcripts/44-mobile-dev.md markdown 104
podcast-namespace/docs/examples/transcripts/example.json json-podcast 2
podcast-namespace/docs/examples/transcripts/example.srt srt 10
podcast-namespace/docs/examples/transcripts/example.vtt webvtt 2
pycaption/examples/example.srt srt 103
pycaption/examples/example.vtt webvtt 103
sps-whisperx/testdata/testbucket/transcripts/public/testcategory/archive/whisperx/a95KMDHf4vQ.en.json.xz json-whisperx 6
srt/srt_tools/tests/files/ascii.srt srt 1
srt/srt_tools/tests/files/gb2312.srt srt 1
typeagent/tests/testdata/Confuse-A-Cat.vtt webvtt 40
typeagent/tests/testdata/Parrot_Sketch.vtt webvtt 73
typeagent/tests/testdata/PythonDocumentary.vtt webvtt 1
typeagent/tests/testdata/Short.vtt webvtt 9
w3c-webvtt.js/test/wpt-cue-parsing/entities.vtt webvtt 1
w3c-webvtt.js/test/wpt-cue-parsing/tags.vtt webvtt 6
w3c-webvtt.js/test/wpt-cue-parsing/text.vtt webvtt 1
w3c-webvtt.js/test/wpt-cue-parsing/timestamps.vtt webvtt 1
w3c-webvtt.js/test/wpt-cue-parsing/tree-building.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/arrows.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/header-garbage.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/header-space.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/header-tab.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/header-timings.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/ids.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/newlines.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/nulls.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/regions-id.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/regions-lines.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/regions-old.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/regions-regionanchor.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/regions-scroll.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/regions-viewportanchor.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-align.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-line.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-multiple.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-position.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-region.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-size.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/settings-vertical.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/stylesheets.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/timings-60.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/timings-negative.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/timings-omitted-hours.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/timings-too-long.vtt webvtt 1
w3c-webvtt.js/test/wpt-file-parsing/whitespace-chars.vtt webvtt 1
webvtt-py/tests/subtitles/captions_with_bom.vtt webvtt 1
webvtt-py/tests/subtitles/comments.vtt webvtt 5
webvtt-py/tests/subtitles/cue_tags.vtt webvtt 1
webvtt-py/tests/subtitles/invalid.vtt srt 1
webvtt-py/tests/subtitles/invalid_timeframe.srt srt 1
webvtt-py/tests/subtitles/invalid_timeframe.vtt webvtt 1
webvtt-py/tests/subtitles/invalid_timeframe_in_cue_text.vtt webvtt 1
webvtt-py/tests/subtitles/metadata_headers.vtt webvtt 1
webvtt-py/tests/subtitles/metadata_headers_multiline.vtt webvtt 1
webvtt-py/tests/subtitles/missing_caption_text.srt srt 1
webvtt-py/tests/subtitles/missing_caption_text.vtt webvtt 1
webvtt-py/tests/subtitles/missing_timeframe.srt srt 1
webvtt-py/tests/subtitles/missing_timeframe.vtt webvtt 1
webvtt-py/tests/subtitles/netflix_chicas_del_cable.vtt webvtt 206
webvtt-py/tests/subtitles/one_caption.srt srt 1
webvtt-py/tests/subtitles/one_caption.vtt webvtt 1
webvtt-py/tests/subtitles/sample.srt srt 1
webvtt-py/tests/subtitles/sample.vtt webvtt 1
webvtt-py/tests/subtitles/styles.vtt webvtt 1
webvtt-py/tests/subtitles/using_identifiers.vtt webvtt 1
webvtt-py/tests/subtitles/youtube_dl.vtt webvtt 1
youtube-rollup-simonw/tests/demo.vtt webvtt 1
"""
"""File, format, turns."""

UNSUPPORTED = """
podcast-namespace/docs/examples/transcripts/example.html HTML
pycaption/examples/example.sami SAMI
pycaption/examples/example.scc SCC
pycaption/examples/example.sub MicroDVD (.sub)
pycaption/examples/example.xml TTML
webvtt-py/tests/subtitles/invalid_timeframe.sbv SubViewer (.sbv)
webvtt-py/tests/subtitles/missing_caption_text.sbv SubViewer (.sbv)
webvtt-py/tests/subtitles/missing_timeframe.sbv SubViewer (.sbv)
webvtt-py/tests/subtitles/sample.sbv SubViewer (.sbv)
webvtt-py/tests/subtitles/two_captions.sbv SubViewer (.sbv)
youtube-transcript-api/youtube_transcript_api/test/assets/transcript.xml.static YouTube's XML captions
"""
"""File and the format it is in."""

UNREADABLE = """
w3c-webvtt.js/test/wpt-file-parsing/timings-eof.vtt 3
w3c-webvtt.js/test/wpt-file-parsing/timings-garbage.vtt 3
w3c-webvtt.js/test/wpt-file-parsing/timings-too-short.vtt 3
webvtt-py/tests/subtitles/invalid_format1.srt 1
webvtt-py/tests/subtitles/invalid_format2.srt 1
webvtt-py/tests/subtitles/invalid_format3.srt 1
"""
"""File and the line of the first thing that is wrong."""


@pytest.mark.parametrize("row", READ.split("\n")[1:-1])
def test_is_read(row: str, data: Path) -> None:
    file, format, turns = row.rsplit(" ", 2)
    reading = read((data / "formats" / file).read_bytes(), Path(file).name)
    assert (reading.format, len(reading.transcript.turns)) == (format, int(turns))
    assert all(turn.text.strip() for turn in reading.transcript.turns)


@pytest.mark.parametrize("row", UNSUPPORTED.split("\n")[1:-1])
def test_names_a_format_not_read_yet(row: str, data: Path) -> None:
    file, format = row.split(" ", 1)
    with pytest.raises(UnsupportedFormat) as caught:
        read((data / "formats" / file).read_bytes(), Path(file).name)
    assert format in caught.value.reason


@pytest.mark.parametrize("row", UNREADABLE.split("\n")[1:-1])
def test_says_where_it_is_broken(row: str, data: Path) -> None:
    file, line = row.rsplit(" ", 1)
    with pytest.raises(Unreadable) as caught:
        read((data / "formats" / file).read_bytes(), Path(file).name)
    assert caught.value.line == int(line)


def test_all_others_are_skipped(data: Path) -> None:
    known = {row.split(" ")[0] for table in (READ, UNSUPPORTED, UNREADABLE) for row in table.split("\n")}
    others = [
        path
        for path in sorted((data / "formats").rglob("*"))
        if path.is_file() and path.relative_to(data / "formats").as_posix() not in known
    ]
    assert len(others) == 33
    for path in others:
        with pytest.raises(NotATranscript):
            read(path.read_bytes(), path.name)
