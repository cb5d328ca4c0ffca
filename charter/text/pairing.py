"""What is known so far of which clause of one text is which of another.

The signs by which clauses are known live in rooms of their own: `equal_words`, `similar_words`,
`same_form`. Places are those in `Outline.walk()`; -1 is the text itself, the parent of its units.
"""

from charter.text.laid import Laid
from charter.text.likeness import Weights, bag

UNLIKE = 0.3  # likeness of two headings that have little in common


class Pairs:
    """The clauses paired, each once at most. `to_old` gives the old place of a new one."""

    def __init__(self, old: Laid, new: Laid) -> None:
        self.old, self.new = old, new
        self.to_old: dict[int, int] = {-1: -1}
        self.to_new: dict[int, int] = {-1: -1}
        self.weights = Weights(old.bags + new.bags)

    def pair(self, old: int, new: int) -> bool:
        """Say that two clauses are one, if nothing else is known of either."""
        if old in self.to_new or new in self.to_old:
            return False
        self.to_new[old], self.to_old[new] = new, old
        return True

    def take(self, found: list[tuple[float, int, int]]) -> None:
        """Pair the most similar first: likeness, old place, new place."""
        found.sort(key=lambda entry: (-entry[0], abs(entry[1] - entry[2]), entry[1], entry[2]))
        for _, old, new in found:
            self.pair(old, new)

    def kindred(self, old: int, new: int) -> bool:
        """Whether both are units that may have a heading, or neither."""
        return self.old.titled(old) == self.new.titled(new)

    def likeness(self, old: int, new: int) -> float:
        """How much two clauses say the same, 0 to 1; units with headings with all they hold."""
        if not self.kindred(old, new):
            return 0.0
        own = self.weights.likeness(self.old.bags[old], self.new.bags[new])
        if not self.old.titled(old):
            return own
        headings = self.old.clauses[old].heading, self.new.clauses[new].heading
        whole = self.weights.likeness(self.old.whole[old], self.new.whole[new])
        return max(own, whole) if all(headings) else whole

    def retitled(self, old: int, new: int) -> bool:
        """Whether both have headings, with little in common: a number alone is no sign then."""
        was, now = self.old.clauses[old].heading, self.new.clauses[new].heading
        return bool(was and now) and self.weights.likeness(bag(was), bag(now)) < UNLIKE
