r"""What somebody seeks: the query language, read from whatever was typed.

    sovereign equality      all of these words, in any of their forms
    "use of force"          these words one after another, in any of their forms
    self-determin*          words that begin so; also the last word of a phrase
    =liberties  ="the Law"  as written, but for capitals
    -annex  -"ad hoc"       and none of these

Nothing that is typed is a mistake: what makes no sense as a sign is left out, a quotation mark
that nothing closes reaches to the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from charter.text.spelling import is_unspaced, words

LENGTH = 400  # code points of a query that are read
WORDS = 48  # words of it that are sought; of scripts without spaces, signs

_QUOTES = re.compile("[“”„‟«»＂″「」『』]")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PIECE = re.compile(r'(?P<without>[-−–]?)(?P<exact>=?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class Mode(StrEnum):
    """How words without a sign of their own are taken."""

    WORDS = "words"
    PHRASE = "phrase"
    PREFIX = "prefix"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another, by their forms.

    `exact`: as written; else in any form. `begins`: the last one need only begin so. `without`:
    what holds them is not sought.
    """

    words: tuple[str, ...]
    exact: bool = False
    begins: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is sought. `cut` says that more was typed than is read."""

    terms: tuple[Term, ...] = ()
    cut: bool = False

    @property
    def wanted(self) -> tuple[Term, ...]:
        """What has to be there; without any, nothing is sought."""
        return tuple(term for term in self.terms if not term.without)


def parse(said: str, mode: Mode = Mode.WORDS) -> Query:
    """What was typed, as a query. Any string is one."""
    text = _NOT_TEXT.sub(" ", said[:LENGTH])
    cut = len(said) > LENGTH
    terms, count = [], 0
    for term in _terms(text, mode):
        kept = Term(term.words[: WORDS - count], term.exact, term.begins, term.without)
        cut = cut or kept.words != term.words
        count += len(kept.words)
        if kept.words and kept not in terms:
            terms.append(kept)
    return Query(tuple(terms), cut)


def _terms(text: str, mode: Mode) -> Iterator[Term]:
    if mode is Mode.PHRASE:
        yield Term(_forms(text), begins=text.rstrip().endswith("*"))
        return
    for piece in _PIECE.finditer(_QUOTES.sub('"', text)):
        said = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        begins = said.endswith("*") or (mode is Mode.PREFIX and piece["phrase"] is None)
        exact = bool(piece["exact"]) or mode is Mode.EXACT
        yield Term(_forms(said), exact=exact, begins=begins, without=bool(piece["without"]))


def parts(term: Term) -> tuple[tuple[str, ...], ...]:
    """The runs within a run of signs of a script without spaces, of two signs and more, the longest
    first; none of what is no such run, or is to stand as written."""
    length = len(term.words)
    if term.exact or not all(map(is_unspaced, term.words)):
        return ()
    return tuple(
        term.words[at : at + long]
        for long in range(length - 1, 1, -1)
        for at in range(length - long + 1)
    )


def _forms(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(text))


# For one word of a query the forms it may have in the text, and such words one after another.
Choice = frozenset[str]
Run = tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A query against the words of one text: every run of `wanted`, and none of `without`."""

    wanted: tuple[Run, ...]
    without: tuple[Run, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the text has the words at all."""
        return bool(self.wanted) and all(all(run) for run in self.wanted)


def like(term: Term, at: int) -> str | None:
    """The pattern (of SQL's LIKE) of the words meant by word `at` of a term, None for its forms.

    A sign of a script without spaces is no beginning of anything.
    """
    word = term.words[at]
    begins = term.begins and at == len(term.words) - 1 and not is_unspaced(word)
    return f"{word}%" if begins else None
