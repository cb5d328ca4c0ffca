"""Gives a text that was read from a file the form of the one it continues.

A file says less than an outline: not whether "2." is computed or given, and not whether the first
words of a unit are its own or its first paragraph's. Where both print the same, the form stays.
"""

from collections.abc import Iterator
from dataclasses import replace

from charter.text.kinds import Kind, may_hold
from charter.text.laid import TITLED
from charter.text.likeness import Weights, bag
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.settling import settled

_ALIKE = 0.5  # likeness of the words that change their place


def reshaped(before: Outline, after: Outline, found: dict[int, int]) -> Outline:
    """`after` with the first words of its units where `before` has them; itself if nothing moves.

    `found` are the pairs of places of both outlines.
    """
    old = [clause for _, clause in before.walk()]
    walk = iter(range(sum(1 for _ in after.walk())))

    def shaped(clause: Clause) -> Clause:
        place = next(walk)
        children = tuple([shaped(child) for child in clause.children])
        if any(one is not other for one, other in zip(children, clause.children, strict=True)):
            clause = replace(clause, children=children)
        if clause.kind not in TITLED or place not in found:
            return clause
        return _like(old[found[place]], clause)

    clauses = tuple([shaped(clause) for clause in after.clauses])
    if all(one is other for one, other in zip(clauses, after.clauses, strict=True)):
        return after
    return replace(after, clauses=clauses)


def _like(was: Clause, now: Clause) -> Clause:
    if was.text and not now.text:
        return _raised(was, now)
    if now.text and not was.text:
        return _lowered(was, now)
    return now


def kept_kind(was: Clause, now: Clause, holder: Kind | None) -> Kind:
    """The kind of a numbered item: whether "1." is a paragraph or a point, no file says."""
    items = (Kind.PARAGRAPH, Kind.POINT)
    if now.kind not in items or was.kind not in items or not may_hold(holder, was.kind):
        return now.kind
    return was.kind if all(may_hold(was.kind, one.kind) for one in now.children) else now.kind


def _raised(was: Clause, now: Clause) -> Clause:
    """The first unnumbered paragraph becomes the unit's own words, as they were."""
    first = now.children[0] if now.children else None
    if first is None or first.kind not in (Kind.PARAGRAPH, Kind.RECITAL):
        return now
    if first.numeral or first.heading or not _alike(was.text, first.text):
        return now
    if not all(may_hold(now.kind, child.kind) for child in first.children):
        return now
    return replace(now, text=first.text, children=(*first.children, *now.children[1:]))


def _lowered(was: Clause, now: Clause) -> Clause:
    """The unit's own words become its first paragraph, as they were."""
    kind = Kind.RECITAL if now.kind is Kind.PREAMBLE else Kind.PARAGRAPH
    if not any(child.kind is kind and _alike(child.text, now.text) for child in was.children):
        return now
    points = []
    for child in now.children:
        if child.kind is not Kind.POINT:
            break
        points.append(child)
    numeral = "" if kind is Kind.PARAGRAPH else None
    first = Clause(kind, now.text, numeral=numeral, children=tuple(points))
    return replace(now, text="", children=(first, *now.children[len(points) :]))


def _alike(one: str, other: str) -> bool:
    bags = bag(one), bag(other)
    return one == other or Weights(bags).likeness(*bags) >= _ALIKE


def numerals_kept(before: Outline, read: Outline, after: Outline, found: dict[int, int]) -> Outline:
    """`after` in the scheme of `before`, computed numbers computed and given ones given as there.

    What is printed at each clause is what `read` prints there.
    """
    printed = labels(read)
    if after.scheme != before.scheme or labels(after) != printed:
        after = settled(_with(after, iter(printed)), before.scheme)
    old = [clause.numeral for _, clause in before.walk()]
    now = [clause.numeral for _, clause in after.walk()]
    wanted = [old[found[at]] if at in found else numeral for at, numeral in enumerate(now)]
    for _ in range(3):
        tried = _with(after, iter(wanted))
        wrong = [at for at, label in enumerate(labels(tried)) if label != printed[at]]
        if not wrong:
            return tried
        for at in wrong:
            wanted[at] = now[at]
    return after


def _with(outline: Outline, numerals: Iterator[str | None]) -> Outline:
    def given(clause: Clause) -> Clause:
        numeral = next(numerals)
        return replace(clause, numeral=numeral, children=tuple(map(given, clause.children)))

    return replace(outline, clauses=tuple(map(given, outline.clauses)))
