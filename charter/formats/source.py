"""Bytes of a file into text, or one sentence on why not."""

import codecs
from unicodedata import normalize

LARGEST = 8_000_000  # bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; the page that says it translates it."""
    return sentence


_KNOWN_FILES = (
    (b"%PDF-", _("The file is a PDF, not Markdown or plain text.")),
    (b"PK\x03\x04", _("The file is a Word or ZIP file, not Markdown or plain text.")),
    (b"\xd0\xcf\x11\xe0", _("The file is an old Word file, not Markdown or plain text.")),
    (b"{\\rtf", _("The file is an RTF file, not Markdown or plain text.")),
    (b"\x1f\x8b", _("The file is a compressed file, not Markdown or plain text.")),
    (b"\x89PNG", _("The file is a picture, not Markdown or plain text.")),
    (b"\xff\xd8\xff", _("The file is a picture, not Markdown or plain text.")),
    (b"\x00\x01\x00\x00", _("The file is a font, not Markdown or plain text.")),
)


LINES = 150_000  # with words on them, in one text


class Unreadable(ValueError):
    """The file is no text that can be read; the message is one sentence for the person.

    `sentence` is the message before `values` are put in, as the catalogue has it.
    """

    def __init__(self, sentence: str, **values: int) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


def text_of(data: bytes) -> str:
    """The text, without a byte order mark, its lines ended by LF; `Unreadable` otherwise.

    UTF-8 is read, and UTF-16 where a byte order mark says so. Other encodings are not guessed at:
    a wrong guess would change words.
    """
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than %(size)d MB."), size=LARGEST // 1_000_000)
    for start, sentence in _KNOWN_FILES:
        if data.startswith(start):
            raise Unreadable(sentence)
    encoding, skipped = "utf-8", 0
    for mark, name in _MARKS:
        if data.startswith(mark):
            encoding, skipped = name, len(mark)
            break
    try:
        text = data[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise Unreadable(_("The file begins like UTF-16 text but is not.")) from None
        raise Unreadable(
            _(
                "The file is not UTF-8 text: byte %(byte)d belongs to no character;"
                " save it with the encoding UTF-8 and import it again."
            ),
            byte=error.start + skipped + 1,
        ) from None
    if "\x00" in text:
        raise Unreadable(_("The file holds NUL characters, as a binary file does."))
    # Names of units are looked for as they are written in form C, in which all texts enter.
    text = normalize("NFC", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    if text.count("\n") > LINES and len([line for line in text.split("\n") if line]) > LINES:
        raise Unreadable(_("The text has more than %(lines)d lines."), lines=LINES)
    return text


_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")
