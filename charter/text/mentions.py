"""Members named in a comment: an at sign and a name, as somebody typed it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

MOST = 100  # of one comment: beyond that, an at sign is a sign


@dataclass(frozen=True, slots=True)
class Mention:
    """`[start:end]` of a comment, in code points and with the at sign, names these keys.

    They are several where several bear the name.
    """

    start: int
    end: int
    keys: tuple[int, ...]


def calls(members: Iterable[tuple[int, str, str]]) -> dict[str, tuple[int, ...]]:
    """What each member, given by key, name and address, can be called by, in lower case.

    By the name, by the address, and by the first word of the name where it is nobody else's.
    """
    found: dict[str, set[int]] = defaultdict(set)
    firsts: dict[str, set[int]] = defaultdict(set)
    for key, name, address in members:
        said = normalize("NFC", name).strip().lower()
        found[address.lower()].add(key)
        if said:
            found[said].add(key)
            firsts[said.split()[0]].add(key)
    for first, keys in firsts.items():
        if len(keys) == 1 and first not in found:
            found[first] = keys
    return {call: tuple(sorted(keys)) for call, keys in found.items() if call}


def mentions(text: str, called: Mapping[str, tuple[int, ...]]) -> tuple[Mention, ...]:
    """The mentions in a comment, the longest name first where one begins with another.

    An at sign within a word names nobody, nor does one before the beginning of a longer word.
    """
    lengths = sorted({len(call) for call in called}, reverse=True)
    found: list[Mention] = []
    at = text.find("@")
    while at >= 0 and len(found) < MOST:
        end = at + 1
        if not (at and _in_word(text[at - 1])):
            for length in lengths:
                stop = at + 1 + length
                keys = called.get(text[at + 1 : stop].lower()) if stop <= len(text) else None
                if keys and not _goes_on(text, stop):
                    found.append(Mention(at, stop, keys))
                    end = stop
                    break
        at = text.find("@", end)
    return tuple(found)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign in "_@"


def _goes_on(text: str, stop: int) -> bool:
    """Whether the word that ends at `stop` does not end there: `anna` in `anna@example.org`."""
    if stop >= len(text):
        return False
    if _in_word(text[stop]):
        return True
    following = text[stop + 1 : stop + 2]
    return text[stop] in ".-'’" and following.isalnum()
