"""A clause split in two, or joined from two: which of the halves is the clause.

It is the half that kept the heading, else the number, else the place; only where these say nothing,
the longer one, which its words have found before. The other half is new, or struck. A unit of
another kind that was put around a clause, or taken off it, is not the clause.
"""

from collections import defaultdict
from dataclasses import dataclass

from charter.text.laid import Laid
from charter.text.likeness import Index
from charter.text.pairing import Pairs

_SHARE = 0.6  # of the words of a half that stood in the whole and not in its other half
_WORDS = 5  # in a half; fewer are found in many places
_LOOKED_AT = 4  # wholes compared with one half
_FAR = 60  # siblings that are looked past for one that is known

# Heading, number, parent and gap between its siblings: which of them a half kept.
_Signs = tuple[bool, bool, bool, bool]


def halves(known: Pairs) -> None:
    """Pair clauses that were split, and those they were joined from, with the half they are."""
    _Halves(known, known.old, known.new, known.to_new, known.to_old).settle()
    _Halves(known, known.new, known.old, known.to_old, known.to_new).settle()


@dataclass(frozen=True, slots=True)
class _Halves:
    """The text with the wholes and the one with their halves, and the pairs from either side."""

    known: Pairs
    wholes: Laid
    parts: Laid
    part_of: dict[int, int]
    whole_of: dict[int, int]

    def settle(self) -> None:
        """Give each whole that half of it which has more of its signs than the one it has now."""
        for whole, found in self._claims().items():
            now = self.part_of[whole]
            size = {part: self.parts.whole[part].total() for part in found}
            best = max(found, key=lambda part: (self._signs(whole, part), size[part], -part))
            if self._signs(whole, best) > self._signs(whole, now):
                self._give(whole, best)
        for whole, now in list(self.part_of.items()):
            kernel = self._kernel(whole, now) if whole >= 0 else None
            if kernel is not None:
                self._give(whole, kernel)

    def _give(self, whole: int, part: int) -> None:
        del self.whole_of[self.part_of[whole]]
        self.part_of[whole], self.whole_of[part] = part, whole

    def _kernel(self, whole: int, shell: int) -> int | None:
        """The clause of the whole's own kind with most of its words in a unit without a sign of it.

        So looks a Part of one article.
        """
        kind, kernel = self.wholes.clauses[whole].kind, shell
        if self.parts.clauses[shell].kind is kind or not self.parts.titled(shell):
            return None
        if self._is_given(whole, shell) or self._signs(whole, shell)[0]:
            return None
        while self.parts.clauses[kernel].kind is not kind:
            inner = [at for at in self.parts.children[kernel] if self._is_loose(at)]
            if not inner:
                return None
            kernel = max(inner, key=lambda at: self.parts.whole[at].total())
        share = self.known.weights.share(self.wholes.whole[whole], self.parts.whole[kernel])
        return kernel if share >= _SHARE else None

    def _claims(self) -> dict[int, list[int]]:
        """The clauses without a pair that are halves of one that has another."""
        loose = [at for at in range(len(self.parts.clauses)) if self._is_loose(at)]
        claims: dict[int, list[int]] = defaultdict(list)
        if not loose:
            return claims
        index = Index(self.wholes.whole, self._changed(), self.known.weights)
        for part in loose:
            near = index.near(self.parts.whole[part], _LOOKED_AT)
            share, whole = max(((self._share(at, part), -at) for at in near), default=(0.0, 0))
            if share >= _SHARE:
                claims[-whole].append(part)
        return claims

    def _is_loose(self, part: int) -> bool:
        if part in self.whole_of or self.parts.whole[part].total() < _WORDS:
            return False
        return self.parts is self.known.old or not self.parts.clauses[part].id

    def _changed(self) -> list[int]:
        """The wholes that are not word for word, nor by their ids, the half they have."""
        return [
            whole
            for whole, part in sorted(self.part_of.items())
            if whole >= 0
            and not dict.__eq__(self.wholes.whole[whole], self.parts.whole[part])
            and not self._is_given(whole, part)
        ]

    def _is_given(self, whole: int, part: int) -> bool:
        """Whether the file itself says, by an id, that they are one."""
        return self.wholes.clauses[whole].id == self.parts.clauses[part].id != ""

    def _share(self, whole: int, part: int) -> float:
        """How much of a half stood in the whole and does not stand in the half it has now."""
        now = self.part_of[whole]
        kind = self.wholes.clauses[whole].kind
        kinds = self.parts.clauses[part].kind, self.parts.clauses[now].kind
        if self.wholes.titled(whole) != self.parts.titled(part) or kinds[0] not in (kind, kinds[1]):
            return 0.0
        rest, share = self.wholes.whole[whole], self.known.weights.share
        if not self._holds(part, now):
            rest = rest - self.parts.whole[now]
        elif kinds[1] is kind and share(rest, self.parts.whole[now]) >= _SHARE:
            return 0.0  # a unit like it was put around the clause
        return share(self.parts.whole[part], rest)

    def _holds(self, part: int, other: int) -> bool:
        """Whether one clause stands in the other: a unit that was itself divided into units."""
        while other > part:
            other = self.parts.parents[other]
        return other == part

    def _signs(self, whole: int, part: int) -> _Signs:
        headings = self.wholes.clauses[whole].heading, self.parts.clauses[part].heading
        heading = headings[0] != "" and headings[0].casefold() == headings[1].casefold()
        parent = self.whole_of.get(self.parts.parents[part]) == self.wholes.parents[whole]
        number = self.wholes.labels[whole] == self.parts.labels[part] != ""
        if number and self.wholes.titled(whole):
            number = not self._retitled(whole, part)
        elif number:
            number = parent  # "1." stands in every article
        now = self.part_of[whole]
        gap = parent and self._before(part, now) == self._whole_before(whole)
        return heading, number, parent, gap

    def _retitled(self, whole: int, part: int) -> bool:
        both = (whole, part) if self.wholes is self.known.old else (part, whole)
        return self.known.retitled(*both)

    def _before(self, part: int, now: int) -> int | None:
        """The whole of the sibling before a half, past those that are new and the other half."""
        line = self.parts.children[self.parts.parents[part]]
        end = self.parts.order[part]
        for other in reversed(line[max(0, end - _FAR) : end]):
            if other in self.whole_of and other != now:
                return self.whole_of[other]
        return None

    def _whole_before(self, whole: int) -> int | None:
        line = self.wholes.children[self.wholes.parents[whole]]
        end = self.wholes.order[whole]
        return next(
            (at for at in reversed(line[max(0, end - _FAR) : end]) if at in self.part_of), None
        )
