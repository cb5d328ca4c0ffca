"""Decides which numbers of a text are computed and which it gives itself.

A reader knows what the text prints at each clause. Where the tree gives the same number, the
clause is left to the tree; every other number stays as the text has it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from charter.text.kinds import Kind
from charter.text.numbering import Number, composed, numbers
from charter.text.numerals import is_bare
from charter.text.outline import Clause, Outline
from charter.text.usage import Form, usage

_UNNUMBERED = (Kind.PREAMBLE, Kind.RECITAL)
_ITEMS = (Kind.PARAGRAPH, Kind.POINT)
_HAN = tuple("一二三四五六七八九十百")
_AROUND = " ().:、（）"


def settled(outline: Outline, scheme: str | None = None) -> Outline:
    """The outline with `numeral` None where the number printed is the one the tree gives.

    Every numeral of `outline` is taken for what the text prints. Without a `scheme` it is the one
    that leaves the fewest numbers to be given.
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
    walk = _numerals(outline)
    clauses = tuple(_given(clause, walk) for clause in outline.clauses)
    result = replace(outline, clauses=clauses)
    given = sum(clause.kind is Kind.ARTICLE and bool(clause.numeral) for _, clause in result.walk())
    return result, given


def _given(clause: Clause, walk: Iterator[str | None]) -> Clause:
    numeral = next(walk)
    children = tuple(_given(child, walk) for child in clause.children)
    return replace(clause, numeral=numeral, children=children)


def _numerals(outline: Outline) -> Iterator[str | None]:
    manner = usage(outline.language, outline.scheme)
    levels: list[int] = []
    found = numbers(outline)
    odd = _odd_lists(outline, found)
    for at, (depth, clause) in enumerate(outline.walk()):
        del levels[depth:]
        level = levels[-1] if levels else 0
        levels.append(level + (clause.kind is Kind.POINT))
        printed, computed = clause.numeral or "", found[at].computed
        if clause.kind in _UNNUMBERED and not printed:
            yield None
        elif printed and (printed == computed or _same(printed, computed, clause.kind)):
            yield printed if at in odd and printed != computed else None
        else:
            yield shortest(printed, manner.form(clause.kind, level))


def _odd_lists(outline: Outline, found: tuple[Number, ...]) -> set[int]:
    """Places of items in lists of which some item keeps its number: then all are as printed."""
    lists: dict[tuple[int, str], list[int]] = defaultdict(list)
    odd: set[tuple[int, str]] = set()
    path: list[int] = []
    for at, (depth, clause) in enumerate(outline.walk()):
        del path[depth:]
        if clause.kind in _ITEMS and clause.numeral:
            key = (path[-1] if path else -1, _around(clause.numeral))
            lists[key].append(at)
            if not _same(clause.numeral, found[at].computed, clause.kind):
                odd.add(key)
        path.append(at)
    return {at for key in odd for at in lists[key]}


def _around(numeral: str) -> str:
    """What is printed around a number: "(_)", "_." """
    signs = [sign if not sign.isalnum() else "_" for sign in numeral]
    first = signs.index("_") if "_" in signs else 0
    last = len(signs) - signs[::-1].index("_") if "_" in signs else 0
    return f"{''.join(signs[:first])}_{''.join(signs[last:]) or '.'}"


def _same(printed: str, computed: str, kind: Kind) -> bool:
    if kind in _ITEMS:
        if printed[:1] in _HAN or printed[1:2] in _HAN:
            return False  # 一、 and （一） are numbers of different clauses
        return printed.strip(_AROUND) == computed.strip(_AROUND) != ""
    return printed.rstrip(" .:") == computed


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
