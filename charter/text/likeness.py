"""How much two clauses have the same words: weighted, so that rare words count for more."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

# Words as runs of letters and figures; of scripts written without spaces, every sign is one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")

Bag = Counter[str]


def bag(*texts: str) -> Bag:
    """The words of some texts, counted, in lower case."""
    return Counter(_WORD.findall(" ".join(texts).casefold()))


class Weights:
    """What each word counts for among some clauses: the rarer, the more (idf)."""

    def __init__(self, bags: Iterable[Bag]) -> None:
        self.spread: Bag = Counter()
        total = 1
        for one in bags:
            self.spread.update(one.keys())
            total += 1
        self.total = total
        self._weight = {word: 0.2 + log(total / count) for word, count in self.spread.items()}

    def weight(self, one: Bag) -> float:
        """The whole weight of a clause's words."""
        weigh = self._weight
        return sum(times * weigh.get(word, 1.0) for word, times in one.items())

    def likeness(self, first: Bag, second: Bag) -> float:
        """Dice's coefficient of two bags, 0 to 1; 1 for two empty ones."""
        if first == second:
            return 1.0
        whole = self.weight(first) + self.weight(second)
        if not whole:
            return 1.0
        if len(second) < len(first):
            first, second = second, first
        weigh = self._weight
        shared = sum(
            min(times, second[word]) * weigh.get(word, 1.0)
            for word, times in first.items()
            if word in second
        )
        return 2 * shared / whole

    def share(self, part: Bag, whole: Bag) -> float:
        """How much of a clause's words stand in another, by weight, 0 to 1; 0 for an empty one."""
        weight = self.weight(part)
        return self.weight(part & whole) / weight if weight else 0.0

    def rare(self, one: Bag, count: int, limit: int) -> list[str]:
        """Up to `count` of a clause's rarest words, those in more than `limit` clauses left out."""
        words = [word for word in one if self.spread[word] <= limit]
        return sorted(words, key=lambda word: (self.spread[word], word))[:count]


class Index:
    """Finds the clauses that share rare words with one."""

    def __init__(self, bags: Sequence[Bag], places: Iterable[int], weights: Weights) -> None:
        self.weights = weights
        self.places: dict[str, list[int]] = {}
        for place in places:
            for word in weights.rare(bags[place], 12, 40):
                self.places.setdefault(word, []).append(place)

    def near(self, one: Bag, count: int) -> list[int]:
        """Up to `count` places, those with the most rare words in common first."""
        found: Counter[int] = Counter()
        for word in self.weights.rare(one, 12, 40):
            found.update(self.places.get(word, ()))
        ranked = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
        return [place for place, _ in ranked[:count]]
