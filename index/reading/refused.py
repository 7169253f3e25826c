"""Files no reader takes: what they are, told by their first bytes, so that the reason names it.

Documents that may hold a transcript (PDF, DOCX, HTML, SAMI, SCC, TTML, …) are UnsupportedFormat;
images, sound, archives and programs are NotATranscript.
"""

from __future__ import annotations

import re

from index.errors import NotATranscript, UnsupportedFormat
from index.reading.file import File

_DOCUMENTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document (DOC, XLS, PPT)"),
    (b"\xfd7zXZ\x00", "XZ (compressed: unpack it first)"),
    (b"\x1f\x8b", "GZIP (compressed: unpack it first)"),
    (b"BZh", "BZIP2 (compressed: unpack it first)"),
    (b"\x28\xb5\x2f\xfd", "Zstandard (compressed: unpack it first)"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip (compressed: unpack it first)"),
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"RIFF", "a sound, video or image file (RIFF)"),
    (b"ID3", "a sound file (MP3)"),
    (b"\xff\xfb", "a sound file (MP3)"),
    (b"OggS", "a sound file (Ogg)"),
    (b"fLaC", "a sound file (FLAC)"),
    (b"\x1aE\xdf\xa3", "a video file (Matroska, WebM)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "DOCX"),
    (b"ppt/", "PPTX"),
    (b"xl/", "XLSX"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "OpenDocument"),
    (b"mimetypeapplication/epub", "EPUB"),
)
_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"\s*<sami\b", "SAMI"),
        (r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:tt|tt:tt)\b", "TTML"),
        (r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:transcript|timedtext)\b", "YouTube's XML captions"),
        (r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)*<(?:!doctype html|html|head|body)\b", "HTML"),
        (r"\s*<(?:cite|article|section|div|p|h[1-6]|ul|table|span)\b[^>]{0,400}>", "HTML"),
        (r"\s*(?:<\?xml\b|<!doctype\b)", "XML"),
        (r"\s*scenarist_scc v", "SCC"),
        (r"\s*\{\d+\}\{\d+\}", "MicroDVD (.sub)"),
        (r"\s*\[script info\]", "SubStation Alpha (.ass, .ssa)"),
        (r"\s*\d{1,2}:\d{2}:\d{2}\.\d{1,3},\d{1,2}:\d{2}:\d{2}\.\d{1,3}[ \t]*(?:\n|\Z)", "SubViewer (.sbv)"),
        (r"\s*\{\\rtf", "RTF"),
        (r"\s*\[(?:ar|ti|al|by|length):[^\]\n]{0,200}\]", "LRC"),
    )
)


def refuse_signature(data: bytes) -> None:
    """Raises UnsupportedFormat or NotATranscript where the first bytes say that `data` is no text."""
    for signature, format in _DOCUMENTS:
        if data.startswith(signature):
            raise UnsupportedFormat(f"{format} is not read yet")
    if data.startswith(b"PK\x03\x04"):
        inside = next((format for mark, format in _ZIPPED if mark in data[:4096] or mark in data[-65536:]), None)
        raise UnsupportedFormat(f"{inside or 'ZIP (compressed: unpack it first)'} is not read yet")
    if data[4:8] == b"ftyp":
        raise NotATranscript("a sound or video file (MP4)")
    for signature, what in _OTHERS:
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:512]):
            raise NotATranscript(f"{what}, not a transcript")


def refuse_text(file: File) -> None:
    """Raises UnsupportedFormat where the text is mark-up or captions that nobody here reads."""
    head = file.text[:8192]
    for pattern, format in _TEXTS:
        if pattern.match(head):
            raise UnsupportedFormat(f"{format} is not read yet")
