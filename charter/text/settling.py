"""Decides which numbers of a text are computed and which it gives itself.

A reader knows what the text prints at each clause. Where the tree gives the same number, the
clause is left to the tree; every other number stays as the text has it. So a text prints its
numbers as the file does, but for the stop or colon between a unit's number and its heading.
"""

from collections.abc import Iterator
from dataclasses import replace

from charter.text.kinds import Kind
from charter.text.numbering import chosen, composed
from charter.text.numerals import is_bare
from charter.text.outline import Clause, Outline
from charter.text.usage import Form

_ITEMS = (Kind.PARAGRAPH, Kind.POINT)


def settled(outline: Outline, scheme: str | None = None) -> Outline:
    """The outline with `numeral` None where the number printed is the one the tree gives.

    Every numeral of `outline` is taken for what the text prints, and None for nothing. Without a
    `scheme` it is the one that leaves the fewest numbers to be given.
    """
    if scheme is not None:
        return _settled(outline, scheme)[0]
    style = "statute" if _has_sections(outline) else "treaty"
    running, given = _settled(outline, style)
    if not given:
        return running
    restarting, given_restarting = _settled(outline, f"{style}-restarting")
    return restarting if given_restarting < given else running


def _has_sections(outline: Outline) -> bool:
    articles = [clause for _, clause in outline.walk() if clause.kind is Kind.ARTICLE]
    signs = sum((clause.numeral or "").startswith("§") for clause in articles)
    return signs * 2 > len(articles)


def _settled(outline: Outline, scheme: str) -> tuple[Outline, int]:
    """The outline in a scheme, and how many articles keep a number of their own."""
    outline = replace(outline, scheme=scheme)
    numerals = iter(chosen(outline, _numeral))
    result = replace(outline, clauses=tuple(_given(one, numerals) for one in outline.clauses))
    given = sum(clause.kind is Kind.ARTICLE and bool(clause.numeral) for _, clause in result.walk())
    return result, given


def _given(clause: Clause, numerals: Iterator[str | None]) -> Clause:
    numeral = next(numerals)
    children = tuple(_given(child, numerals) for child in clause.children)
    return replace(clause, numeral=numeral, children=children)


def _numeral(clause: Clause, computed: str, form: Form | None) -> str | None:
    """None where the tree gives the number printed, counted on from the numerals before it."""
    printed = clause.numeral or ""
    if form is None or (clause.numeral is None and not computed):
        return printed or None
    if printed and _same(printed, computed, clause.kind):
        return None
    return shortest(printed, form)


def _same(printed: str, computed: str, kind: Kind) -> bool:
    """Whether both are one number; the closing stop of a unit is not part of it, an item's is.

    An item has to be printed with one, so that "1.1" is "1.1." again.
    """
    if kind in _ITEMS:
        return computed == printed or (is_bare(printed) and computed == f"{printed}.")
    return printed == computed or printed.rstrip(" .:") == computed


def shortest(printed: str, form: Form | None) -> str:
    """A numeral that is printed as this: the bare number where that is enough.

    A full stop or colon after the number of a unit with a heading is not counted as part of it.
    """
    if form is None:
        return printed
    before, _, after = form.print.partition("{}")
    bare = printed[len(before) : len(printed) - len(after)]
    if composed(form, bare) == printed:
        return bare
    unclosed = printed.rstrip(" .:")
    if not after and before and composed(form, unclosed[len(before) :]) == unclosed:
        return unclosed[len(before) :]
    if not is_bare(printed):
        return printed
    dotted = f"{printed}."  # a bare number would be printed with the words of its kind
    return printed if composed(form, printed) == dotted else dotted
