"""Titles of units that end with a full stop: "Article 1. Definitions.".

One alone looks just like a short sentence. They are titles where all units of a kind have one, and
words below it.
"""

from collections import defaultdict
from collections.abc import Sequence

from charter.formats.breaks import opens
from charter.formats.lines import heading_like, unit
from charter.formats.wrapping import joined
from charter.text.kinds import Kind

_FEWEST = 3  # units that make a manner
_WORDS = 8
_SIGHT = 12  # lines within which a title has its words


def stopped_kinds(lines: Sequence[str]) -> frozenset[Kind]:
    """The kinds of units whose titles end with a full stop, on lines without a mark."""
    found: dict[Kind, list[bool]] = defaultdict(list)
    for at, line in enumerate(lines):
        name = unit(joined([line])) if line[:1].strip() else None
        if name is not None:
            found[name.kind].append(_is_title(name.rest) and _has_words_below(lines, at, name.kind))
    return frozenset(kind for kind, all_ in found.items() if len(all_) >= _FEWEST and all(all_))


def _is_title(rest: str) -> bool:
    bare = rest.rstrip()
    return (
        bare.endswith(".")
        and len(bare.split()) <= _WORDS
        and heading_like(bare[:-1])
        and opens(bare)
    )


def _has_words_below(lines: Sequence[str], at: int, kind: Kind) -> bool:
    below = next((line for line in lines[at + 1 : at + 1 + _SIGHT] if line.strip()), "")
    name = unit(joined([below])) if below else None
    return bool(below) and (name is None or name.kind is not kind)
