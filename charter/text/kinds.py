"""Clause kinds: the units a legal text is cited by, and which of them may stand inside which."""

from enum import StrEnum


class Kind(StrEnum):
    """What a clause is. The value is what the database, the API and the exports say."""

    PREAMBLE = "preamble"
    RECITAL = "recital"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    POINT = "point"
    ANNEX = "annex"


# The ladder of the enacting terms, from the widest unit to the narrowest.
_STEP = {
    Kind.PART: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.ARTICLE: 4,
    Kind.PARAGRAPH: 5,
    Kind.POINT: 6,
}

# Kinds that may stand inside their own kind: sections of bylaws, points (a) (i).
_SELF_NESTING = frozenset({Kind.SECTION, Kind.POINT})

_PREAMBULAR = frozenset({Kind.RECITAL, Kind.PARAGRAPH, Kind.POINT})


def may_hold(parent: Kind | None, child: Kind) -> bool:
    """Whether a clause of kind `child` may stand directly inside `parent` (None: the charter)."""
    if parent is None:
        return True
    if child is Kind.ANNEX or child is Kind.PREAMBLE:
        return False
    if parent is Kind.ANNEX:
        return True
    if parent is Kind.PREAMBLE:
        return child in _PREAMBULAR
    if parent is Kind.RECITAL:
        return child is Kind.POINT
    if child is Kind.RECITAL:
        return False
    if parent is child:
        return parent in _SELF_NESTING
    if parent is Kind.ARTICLE and child is Kind.SECTION:
        return True  # bylaws and constitutions of the American kind: Article I, Section 2
    return _STEP[parent] < _STEP[child]


def holdable(parent: Kind | None) -> tuple[Kind, ...]:
    """The kinds that may stand directly inside `parent`, in the order of the ladder."""
    return tuple(kind for kind in Kind if may_hold(parent, kind))
