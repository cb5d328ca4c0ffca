"""What became of a range of words when its text became another one.

The redline of two texts as blocks: equal ones, and changed ones in between. A range goes where the
blocks that hold its ends went; an end that lies in a changed block is looked for by its words.
"""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from charter.text.quotes import Effort, bare, closest
from charter.text.spans import pieces

# Characters [0:1] of the old text are, or became, [2:3] of the new one; whether they are equal.
Block = tuple[int, int, int, int, bool]

# How much like the words looked for those must be that are taken for them.
CLOSE = 0.6


class Blocks:
    """The blocks of two texts."""

    def __init__(self, old: str, new: str, language: str) -> None:
        self.old, self.new = old, new
        self.blocks: list[Block] = []
        b = n = 0
        for op, text in pieces(old, new, language, fine=True):
            b1 = b + (len(text) if op != "insert" else 0)
            n1 = n + (len(text) if op != "delete" else 0)
            last = self.blocks[-1] if self.blocks else None
            if last and last[4] == (op == "equal"):
                self.blocks[-1] = (last[0], b1, last[2], n1, last[4])
            else:
                self.blocks.append((b, b1, n, n1, op == "equal"))
            b, n = b1, n1
        self.starts = [block[0] for block in self.blocks]
        self.new_starts = [block[2] for block in self.blocks]
        # The letters that were not touched in all blocks before each.
        letters = (len(bare(old[b0:b1])) if equal else 0 for b0, b1, _, _, equal in self.blocks)
        self.letters = list(accumulate(letters, initial=0))

    def place(self, start: int, end: int, effort: Effort) -> tuple[int, int, int]:
        """The range of the new text that took the place of a range of the old one.

        With it the number of its letters that stand in words which were not touched.
        """
        if not self.blocks:
            return 0, 0, 0
        at, to = self._block(start), self._block(max(start, end - 1))
        first, last = self.blocks[at], self.blocks[to]
        if at == to:
            if first[4]:
                moved = first[2] - first[0]
                return start + moved, end + moved, len(bare(self.old[start:end]))
            return *self._within(first, start, end, effort), 0
        new_start, new_end = self._beginning(first, start, effort), self._end(last, end, effort)
        untouched = self.letters[to] - self.letters[at + 1]
        untouched += len(bare(self.old[start : first[1]])) if first[4] else 0
        untouched += len(bare(self.old[last[0] : end])) if last[4] else 0
        return new_start, max(new_start, new_end), untouched

    def _block(self, at: int) -> int:
        """The block that holds the character at a place of the old text."""
        return max(0, bisect_right(self.starts, at) - 1)

    def _within(self, block: Block, start: int, end: int, effort: Effort) -> tuple[int, int]:
        """What became of a range all of which was changed in one go."""
        b0, b1, n0, n1, _ = block
        if start == b0 and end == b1:
            return n0, n1
        guess = closest(self.old[start:end], self.new[n0:n1], start - b0, CLOSE, effort)
        if guess.score < CLOSE:
            return n0, n0
        return n0 + guess.start, n0 + guess.end

    def _beginning(self, block: Block, start: int, effort: Effort) -> int:
        """Where a range begins now that begins in a block and ends behind it."""
        b0, b1, n0, n1, equal = block
        if equal or start == b0:
            return n0 + start - b0
        guess = closest(self.old[start:b1], self.new[n0:n1], n1 - n0, CLOSE, effort)
        return n1 if guess.score < CLOSE else n0 + guess.start

    def _end(self, block: Block, end: int, effort: Effort) -> int:
        """Where a range ends now that ends in a block and begins before it."""
        b0, b1, n0, n1, equal = block
        if equal:
            return n0 + end - b0
        if end == b1:
            return n1
        guess = closest(self.old[b0:end], self.new[n0:n1], 0, CLOSE, effort)
        return n0 if guess.score < CLOSE else n0 + guess.end

    def arrived(self, start: int, end: int) -> bool:
        """Whether most of a range of the new text was not in its place before."""
        at = max(0, bisect_right(self.new_starts, start) - 1)
        fresh = 0
        while at < len(self.blocks) and self.blocks[at][2] < end:
            _, _, n0, n1, equal = self.blocks[at]
            fresh += 0 if equal else min(end, n1) - max(start, n0)
            at += 1
        return 2 * fresh > end - start


@lru_cache(maxsize=8)
def blocks(old: str, new: str, language: str) -> Blocks:
    """The blocks of two texts; the last ones asked for are kept."""
    return Blocks(old, new, language)
