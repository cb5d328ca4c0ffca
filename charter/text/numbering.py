"""Numbers and citations, computed from the tree.

Articles run on through parts and chapters and start again in every annex; everything else is
counted among its siblings. A sole paragraph and a sole annex carry no number; recitals and the
preamble never do. A given numeral (`Clause.numeral`) is printed instead of the computed one, and
what follows continues from it: 5, 5 bis, 6. Paragraphs and points continue in its manner too: after
a given "a." comes "b.", whatever the scheme would print.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from charter.text.kinds import Kind
from charter.text.manner import manner
from charter.text.numerals import is_bare, value
from charter.text.outline import Clause, Outline
from charter.text.usage import Form, Usage, usage

_UNNUMBERED = frozenset({Kind.PREAMBLE, Kind.RECITAL})
_TITLED = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX})
_ITEMS = frozenset({Kind.PARAGRAPH, Kind.POINT})
_HEADING_LENGTH = 60  # of a heading that stands for a number in a citation


@dataclass(frozen=True, slots=True)
class Number:
    """What a clause is called: its printed number, the one the tree gives, its citation."""

    label: str
    computed: str
    citation: str


def labels(outline: Outline) -> tuple[str, ...]:
    """The number printed at each clause, in the order of `outline.walk()`; "" for none."""
    return tuple(number.label for number in numbers(outline))


def citations(outline: Outline) -> tuple[str, ...]:
    """The full citation of each clause ("Article 5(2)(a)"), in the order of `outline.walk()`.

    Clauses without a number are cited by heading or by place ("Article 5, 2nd paragraph").
    """
    return tuple(number.citation for number in numbers(outline))


def numbers(outline: Outline) -> tuple[Number, ...]:
    """Printed number, computed number and citation of each clause, in reading order."""
    counting = _Counting(usage(outline.language, outline.scheme))
    counting.siblings(outline.clauses, _Place())
    return tuple(counting.found)


# Says of a clause, the number the tree gives and its form, which numeral it is to have.
Choice = Callable[[Clause, str, Form | None], str | None]


def chosen(outline: Outline, choice: Choice) -> tuple[str | None, ...]:
    """The numerals that `choice` says, in reading order, each asked for after those before it."""
    counting = _Counting(usage(outline.language, outline.scheme), choice)
    counting.siblings(outline.clauses, _Place())
    return tuple(counting.numerals)


def composed(form: Form | None, numeral: str) -> str:
    """A given numeral as printed: a bare number takes the words of its kind, others stand."""
    return form.print.format(numeral) if form and is_bare(numeral) else numeral


@dataclass(slots=True)
class _Run:
    """A running count; articles share one throughout the text or the annex.

    `form` is the manner of a list that was given another than the scheme's.
    """

    last: int = 0
    form: Form | None = None

    def go_on(self, kind: Kind, numeral: str, form: Form) -> None:
        """Count on from a given numeral."""
        if kind in _ITEMS and (turned := manner(composed(form, numeral), self.last)):
            self.form, self.last = turned
            return
        given = value(numeral, form.digits, decimal=kind is not Kind.ARTICLE) if numeral else None
        if given is not None:
            self.last = given


@dataclass(frozen=True, slots=True)
class _Place:
    """Where siblings stand: the clause that holds them, and how a citation goes on from it."""

    kind: Kind | None = None
    citation: str = ""
    numbered: bool = False
    level: int = 0  # points around this place
    articles: _Run = field(default_factory=_Run)
    base: str = ""  # what articles are cited from: "Annex I", or "" in the body
    number: str = ""  # the decimal number of a section, for the sections inside it
    outer: str = ""  # the citation of what holds a section


def _as_it_is(clause: Clause, computed: str, form: Form | None) -> str | None:
    return clause.numeral


class _Counting:
    def __init__(self, manner: Usage, choice: Choice = _as_it_is) -> None:
        self.usage = manner
        self.choice = choice
        self.found: list[Number] = []
        self.numerals: list[str | None] = []

    def siblings(self, clauses: tuple[Clause, ...], place: _Place) -> None:
        alone = _alone(clauses)
        sole = len(clauses) == 1 or sum(one.kind is Kind.PARAGRAPH for one in clauses) == 1
        runs: dict[Kind, _Run] = {Kind.ARTICLE: place.articles}
        nths: dict[str, int] = {}
        for clause in clauses:
            label, computed = self._label(clause, place, runs, alone)
            citation = self._cited(clause, label, place, nths, sole and clause.kind in alone)
            self.found.append(Number(label, computed, citation))
            if clause.children:
                self.siblings(clause.children, self._inside(clause, label, citation, place))

    def _label(
        self, clause: Clause, place: _Place, runs: dict[Kind, _Run], alone: set[Kind]
    ) -> tuple[str, str]:
        kind = clause.kind
        form = None if kind in _UNNUMBERED else self.usage.form(kind, place.level)
        if form is None:
            return self._chosen(clause, "", None) or "", ""
        run = runs.setdefault(kind, _Run())
        if kind in alone:
            computed = self.usage.annex if kind is Kind.ANNEX else ""
        else:
            going = run.form or form
            prefix = place.number if kind is Kind.SECTION else ""
            computed = going.print.format(f"{prefix}{going.digits.write(run.last + 1)}")
        numeral = self._chosen(clause, computed, form)
        if numeral is None:
            run.last += 1
            return computed, computed
        run.go_on(kind, numeral, form)
        return composed(form, numeral), computed

    def _chosen(self, clause: Clause, computed: str, form: Form | None) -> str | None:
        numeral = self.choice(clause, computed, form)
        self.numerals.append(numeral)
        return numeral

    def _inside(self, clause: Clause, label: str, citation: str, place: _Place) -> _Place:
        kind = clause.kind
        restarts = kind is Kind.ANNEX or (
            self.usage.restarting and kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION)
        )
        section = kind is Kind.SECTION and bool(label)
        return _Place(
            kind=kind,
            citation=citation,
            numbered=_is_number(label) or (place.numbered and citation == place.citation),
            level=place.level + (kind is Kind.POINT),
            articles=_Run() if restarts else place.articles,
            base=citation if restarts else place.base,
            number=f"{place.number}{_decimal(label)}." if section and _decimal(label) else "",
            outer=(place.outer if place.number else place.citation) if section else "",
        )

    def _cited(
        self, clause: Clause, label: str, place: _Place, nths: dict[str, int], alone: bool
    ) -> str:
        kind = clause.kind
        if _is_number(label):
            return self._numbered(kind, label, place)
        if kind is Kind.PREAMBLE:
            return clause.heading or self.usage.preamble
        if kind in _TITLED and clause.heading:
            return self._joined(place.citation, _shortened(clause.heading))
        if alone and place.citation:
            return place.citation
        what = "mark" if kind is Kind.POINT and label else kind.value
        nths[what] = nths.get(what, 0) + 1
        counted = self.usage.counted.get(what, "{}")
        return self._joined(place.citation, counted.format(self.usage.ordinal(nths[what])))

    def _numbered(self, kind: Kind, label: str, place: _Place) -> str:
        if kind is Kind.ARTICLE:
            return self._joined(place.base, label.rstrip(" .:"))
        if kind in _TITLED:
            inner = kind is Kind.SECTION and place.number and "." in label.rstrip(".")
            around = place.outer if inner else place.citation
            return self._joined(around, label.rstrip(" .:"))
        bare = label.strip("()[].:、（） ")
        form = (self.usage.cited if place.numbered else self.usage.loose).get(kind, ", {}")
        if self.usage.figure and kind is Kind.POINT and bare.isdecimal():
            form = self.usage.figure
        cited = form.format(bare)
        if place.citation:
            return place.citation + cited
        cited = cited.lstrip(",،， ")
        return cited[:1].upper() + cited[1:]

    def _joined(self, before: str, cited: str) -> str:
        return f"{before}{self.usage.join}{cited}" if before else cited


def _alone(clauses: Iterable[Clause]) -> set[Kind]:
    """Which of paragraph and annex has no numbered sibling of its kind here."""
    counts = {Kind.PARAGRAPH: 0, Kind.ANNEX: 0}
    for clause in clauses:
        if clause.kind in counts and clause.numeral != "":
            counts[clause.kind] += 1
    return {kind for kind, count in counts.items() if count < 2}


def _is_number(label: str) -> bool:
    return any(sign.isalnum() or sign == "§" for sign in label)


def _decimal(label: str) -> str:
    figures = "".join(sign if sign.isdecimal() else " " for sign in label).split()
    return figures[-1] if figures else ""


def _shortened(heading: str) -> str:
    if len(heading) <= _HEADING_LENGTH:
        return heading
    return heading[: _HEADING_LENGTH - 1].rstrip() + "…"
