"""Texts that come in as files or pasted: Markdown and plain text."""

from charter.formats import reading
from charter.text.outline import Outline

NAME = 255  # characters of a file's name


def outline_of(text: str, name: str, language: str, scheme: str | None) -> Outline:
    """What a text says. `Unreadable` where it is none; `scheme` None to find out."""
    return reading.read(text.encode(), name, language, scheme)


def outline_of_file(data: bytes, name: str, language: str, scheme: str | None) -> Outline:
    """What a file says."""
    return reading.read(data, name, language, scheme)
