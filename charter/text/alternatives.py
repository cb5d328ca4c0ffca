"""Whole alternatives: a wording of which nearly nothing is agreed, as wordings side by side.

Where all that the rivals share are closing marks, or a few words scattered among what is in
dispute, brackets around the rest are hard to read and say little. Such a wording is one bracket,
and every alternative in it is whole, to its full stop. What stays near the words of the base is
bracketed inside them, and so is what sets wordings apart that are much alike.
"""

from collections.abc import Iterator
from dataclasses import replace

from charter.text.bracketed import Agreed, Alternative, Bracket, Rolling
from charter.text.rolling import are_alike, beside, laid_over
from charter.text.worded import worded

# At most so many words in a row are agreed, and one word in so many of the shortest wording.
_IN_A_ROW, _ONE_IN = 3, 5

_Behind = dict[str, tuple[int, ...]]


def as_alternatives(rolling: Rolling, language: str = "") -> Rolling:
    """The wording as one bracket of `whole` alternatives, where nearly nothing of it is agreed.

    Any other is given back as it came. `take` gives the same of both. Behind the words of the base
    the alternatives stand in the order of their first rivals, so that they have the same numbers in
    every language.
    """
    if not rolling.brackets or not _is_open(rolling, language):
        return rolling
    base = rolling.take()
    near, far = _sides(base, rolling, language)
    kept = laid_over(base, near, language, retained=True) if base else ()
    behind = tuple(sorted(rival for rivals in near.values() for rival in rivals))
    proposed = sorted(beside(far, language), key=lambda one: one.rivals)
    sides = (Alternative(kept, behind, retained=True), *proposed)
    if sum(bool(one.runs) for one in sides) < 2:
        return rolling
    return replace(rolling, runs=(Bracket(sides),), whole=True)


def _sides(base: str, rolling: Rolling, language: str) -> tuple[_Behind, _Behind]:
    """Who stands behind which wording: those that stay near the base, it among them; the others."""
    near: _Behind = {base: ()}
    far: _Behind = {}
    for number, rival in enumerate(rolling.rivals):
        side = near if rival.text in near or _is_near(base, rival.text, language) else far
        side[rival.text] = (*side.get(rival.text, ()), number)
    return near, far


def _is_near(base: str, text: str, language: str) -> bool:
    return are_alike(worded(base, language).words, worded(text, language).words)


def _is_open(rolling: Rolling, language: str) -> bool:
    agreed = [_count(run.text, language) for run in rolling.runs if isinstance(run, Agreed)]
    if max(agreed, default=0) > _IN_A_ROW:
        return False
    shortest = min(filter(None, _counts(rolling, language)), default=0)
    return sum(agreed) * _ONE_IN <= shortest


def _counts(rolling: Rolling, language: str) -> Iterator[int]:
    for text in {rolling.take(), *(rival.text for rival in rolling.rivals)}:
        yield _count(text, language)


def _count(text: str, language: str) -> int:
    """The words of a text, punctuation apart."""
    return sum(any(map(str.isalnum, word)) for word in worded(text, language).words)
