"""Bytes of a file into text, or one sentence on why not."""

import codecs

LARGEST = 8_000_000  # bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN_FILES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x00\x01\x00\x00", "a font"),
)


class Unreadable(ValueError):
    """The file is no text that can be read; the message is one sentence for the person."""


def text_of(data: bytes) -> str:
    """The text, without a byte order mark, its lines ended by LF; `Unreadable` otherwise.

    UTF-8 is read, and UTF-16 where a byte order mark says so. Other encodings are not guessed at:
    a wrong guess would change words.
    """
    if len(data) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 1_000_000} MB.")
    for start, what in _KNOWN_FILES:
        if data.startswith(start):
            raise Unreadable(f"The file is {what}, not Markdown or plain text.")
    encoding, skipped = "utf-8", 0
    for mark, name in _MARKS:
        if data.startswith(mark):
            encoding, skipped = name, len(mark)
            break
    try:
        text = data[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The file is not UTF-8 text: byte {error.start + skipped + 1} belongs to no character."
            if encoding == "utf-8"
            else "The file begins like UTF-16 text but is not."
        ) from None
    if "\x00" in text:
        raise Unreadable("The file holds NUL characters, as a binary file does.")
    text = text.replace("\r\n", "\n")
    return text.translate(_LINE_ENDS)


_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")
