"""Where two long texts differ: the paragraphs, then the sentences, that are not in both.

Lets a long text cost what its changed parts cost. A cut always lies after white space, or after a
full stop of a script that needs none, so it never divides a word.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from charter.text.align import Hunk, aligned
from charter.text.worded import Splice, shared

# Texts shorter than this many code points are one region: words alone say best what changed. Those
# that are shorter still, as most wordings are, are not even narrowed: their words may be known.
_SHORT, _BRIEF = 2_500, 1_000

# So many paragraphs or sentences in a row may have given way to as many others.
_FEW = 4

_PARAGRAPH = re.compile(r".*\n\s*|.+")
_SENTENCE = re.compile(
    r"""(?s: .+? (?: [.!?;:…]["'”’»)\]]*\s+(?=[\w"'“‘«(\[]) | [。！？；](?=\w) | \Z))""", re.VERBOSE
)

_CUT = re.compile(
    r"""[.!?;:…]["'”’»)\]]*\s+(?=[\w"'“‘«(\[]) | [。！？；](?=\w) | \n\s*(?=\w)""", re.VERBOSE
)


def regions(base: str, new: str) -> list[Hunk]:
    """The stretches [0:1] of the base and [2:3] of the new text that differ, in code points.

    In order and apart; everything outside them is equal.
    """
    if base == new:
        return []
    whole = (0, len(base), 0, len(new))
    if _short(whole):
        return [whole if len(base) < _BRIEF else _narrowed(base, new, whole)]
    found: list[Hunk] = []
    for region in _differing(base, new, whole, _PARAGRAPH):
        if _short(region):
            found.append(_narrowed(base, new, region))
        else:
            found.extend(_differing(base, new, region, _SENTENCE))
    return found


def _short(region: Hunk) -> bool:
    return region[1] - region[0] < _SHORT or region[3] - region[2] < _SHORT


def _narrowed(base: str, new: str, region: Hunk) -> Hunk:
    """A region without the equal sentences or lines at its beginning and end."""
    b0, b1, n0, n1 = region
    old, young = base[b0:b1], new[n0:n1]
    head = shared(old, young)
    start = 0
    for match in _CUT.finditer(old, 0, head):
        start = match.end()
    tail = shared(old[start:][::-1], young[start:][::-1])
    first = _CUT.search(old, len(old) - tail)
    left = len(old) - first.end() if first else 0
    return b0 + start, b1 - left, n0 + start, n1 - left


def _differing(base: str, new: str, within: Hunk, piece: re.Pattern[str]) -> list[Hunk]:
    b0, b1, n0, n1 = within
    base_cuts, base_pieces = _pieces(base, b0, b1, piece)
    found = _walked(base_cuts, base_pieces, new, n0, n1, piece)
    if found is not None:
        return found
    new_cuts, new_pieces = _pieces(new, n0, n1, piece)
    changed = aligned(base_pieces, new_pieces)
    return [(base_cuts[i], base_cuts[j], new_cuts[k], new_cuts[m]) for i, j, k, m in changed]


def _walked(
    cuts: list[int], pieces: list[str], new: str, at: int, stop: int, piece: re.Pattern[str]
) -> list[Hunk] | None:
    """The pieces that differ where as many gave way to as many, a few at a time; else None.

    So are most versions of a text, and they need not be cut up for it.
    """
    found: list[Hunk] = []
    done = 0
    while done < len(pieces):
        if new.startswith(pieces[done], at):
            at += len(pieces[done])
            done += 1
            continue
        end = at
        for last in range(done + 1, min(done + 1 + _FEW, len(pieces))):
            cut = piece.match(new, end, stop)
            if cut is None:
                return None
            end = cut.end()
            if new.startswith(pieces[last], end):
                found.append((cuts[done], cuts[last], at, end))
                done, at = last, end
                break
        else:
            return None
    return found if at == stop else None


@lru_cache(maxsize=4)
def _pieces(text: str, start: int, end: int, piece: re.Pattern[str]) -> tuple[list[int], list[str]]:
    """Where a text is cut, and the pieces; kept for a base that has many versions."""
    found: list[str] = piece.findall(text, start, end)
    return list(accumulate(map(len, found), initial=start)), found


def overlaid(
    base: str, versions: Sequence[str]
) -> Iterator[tuple[int, int, dict[int, list[Splice]]]]:
    """The stretches of the base that any version changed, in order and apart.

    Each comes with the edits that lead to the versions which changed it, by their numbers; their
    places count from the beginning of the stretch.
    """
    changed = [regions(base, version) for version in versions]
    every = sorted((region, number) for number, found in enumerate(changed) for region in found)
    at = 0
    while at < len(every):
        first, (start, end) = at, every[at][0][:2]
        while at < len(every) and (every[at][0][0] < end or _meets(every, first, at, end)):
            end = max(end, every[at][0][1])
            at += 1
        edits: dict[int, list[Splice]] = {
            number: [] for number in sorted(n for _, n in every[first:at])
        }
        for (b0, b1, n0, n1), number in every[first:at]:
            edits[number].append((b0 - start, b1 - start, versions[number][n0:n1]))
        yield start, end, edits


def _meets(every: list[tuple[Hunk, int]], first: int, at: int, end: int) -> bool:
    """Whether a stretch that begins where others end belongs to them: one of the two is empty."""
    b0, b1 = every[at][0][:2]
    last = every[at - 1][0]
    return at == first or (b0 == end and (b0 == b1 or last[0] == last[1] == end))
