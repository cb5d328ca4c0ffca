"""A unified diff of the plain texts of two revisions, as `patch` accepts it.

Applied to the `txt` of the earlier revision it gives the `txt` of the later one, byte for byte.
Without an earlier revision the text is compared with an empty one.
"""

from collections.abc import Iterator
from itertools import pairwise

from charter.formats import txt
from charter.formats.document import PLAIN, Document, Options, Point
from charter.text.align import Hunk, aligned
from charter.text.outline import Outline

_CONTEXT = 3  # lines around a change
_NOTHING = "1970-01-01 00:00:00.000000000 +0000"  # how diff dates a file that is not there


def write(document: Document, options: Options = PLAIN) -> bytes:
    """UTF-8; empty when the two texts are the same."""
    base = _lines(document.before, document.since)
    new = _lines(document.outline, document.at)
    if base == new:
        return b""
    head = [_header("---", document.since), _header("+++", document.at)]
    return "\n".join([*head, *_hunks(base, new), ""]).encode()


def _lines(outline: Outline | None, point: Point | None) -> list[str]:
    """The lines of the plain text, without their ends; every line of it has one."""
    if outline is None or point is None:
        return []
    text = txt.write(Document(outline, point)).decode()
    return text.split("\n")[:-1]


def _header(sign: str, point: Point | None) -> str:
    if point is None:
        return f"{sign} /dev/null\t{_NOTHING}"
    moment = point.committed_at
    stamp = f"{moment:%Y-%m-%d %H:%M:%S.%f}000 +0000" if moment else _NOTHING
    return f"{sign} revision-{point.revision}.txt\t{stamp}"


def _hunks(base: list[str], new: list[str]) -> Iterator[str]:
    for group in _grouped(aligned(base, new)):
        b0 = max(group[0][0] - _CONTEXT, 0)
        n0 = group[0][2] - (group[0][0] - b0)
        b1 = min(group[-1][1] + _CONTEXT, len(base))
        n1 = group[-1][3] + (b1 - group[-1][1])
        yield f"@@ -{_range(b0, b1)} +{_range(n0, n1)} @@"
        at = b0
        for first, last, new_first, new_last in group:
            yield from (f" {line}" for line in base[at:first])
            yield from (f"-{line}" for line in base[first:last])
            yield from (f"+{line}" for line in new[new_first:new_last])
            at = last
        yield from (f" {line}" for line in base[at:b1])


def _grouped(changes: list[Hunk]) -> Iterator[list[Hunk]]:
    """Changes whose context would touch belong to one hunk of the diff."""
    group = changes[:1]
    for earlier, later in pairwise(changes):
        if later[0] - earlier[1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(later)
    yield group


def _range(start: int, end: int) -> str:
    """A range of lines as a hunk's header counts them."""
    length = end - start
    first = start + 1 if length else start
    return f"{first}" if length == 1 else f"{first},{length}"
