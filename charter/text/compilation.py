"""A compilation: clause by clause, what each amendment on the table would make of it.

It is read off a rolling text, so that both say the same. A rewording stands as the redline of the
clause's words; a proposed clause is a line of its own with the number the rolling text gives it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from charter.text.bracketed import Rolling
from charter.text.clean import same
from charter.text.destination import destination
from charter.text.numbering import Number, numbers
from charter.text.outline import Clause, Outline
from charter.text.redline import Span, Spans
from charter.text.rolled import Act, Proposal, RolledClause, RolledText
from charter.text.spans import diff


@dataclass(frozen=True, slots=True)
class Entry:
    """What one change, of the amendment called `label`, asks for at one clause.

    `heading` and `text` are redlines of the clause's words: a rewording's, a proposed clause all
    inserted, a struck one all deleted. Those of a change that does not `fit` are its words as
    they were proposed. A move has `after`, the citation of the clause it goes behind, or goes to
    the beginning of `inside` ("": of the text). `below`: all that stands below goes with it.
    Where the rolling text has whole alternatives, `alternative` is the number of the one it stands
    in, from 1, and `anew` says that it is not the one of the clause's own words.
    """

    label: str
    act: Act
    heading: Spans = ()
    text: Spans = ()
    after: str = ""
    inside: str = ""
    below: bool = False
    fits: bool = True
    alternative: int = 0
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A clause of the rolling text, or the title (`id` ""), with all that is asked of it.

    `heading` and `text` are its words as of the revision, "" for a `planted` clause, which is
    proposed. `label` and `citation` as the rolling text numbers it. `alternative` is the number of
    its own words where it has whole alternatives, else 0.
    """

    id: str
    label: str
    citation: str
    heading: str
    text: str
    planted: bool
    entries: tuple[Entry, ...]
    alternative: int = 0


@dataclass(frozen=True, slots=True)
class Compilation:
    """`lines` in reading order, the title first; `unplaced` asks for a place that is gone."""

    lines: tuple[Line, ...]
    unplaced: tuple[Entry, ...]
    language: str = ""


def compiled(rolled: RolledText, numbered: Outline) -> Compilation:
    """Every change of a rolling text at its clause. `numbered` is its outline with the numbers."""
    cited = {
        clause.id: number
        for (_, clause), number in zip(numbered.walk(), numbers(numbered), strict=True)
    }
    compiling = _Compiling(rolled.base.language, cited)
    return Compilation(
        lines=(compiling.title(rolled), *compiling.lines(rolled.clauses, ())),
        unplaced=tuple(entry for one in rolled.unplaced for entry in compiling.unplaced(one)),
        language=rolled.base.language,
    )


class _Compiling:
    def __init__(self, language: str, cited: Mapping[str, Number]) -> None:
        self.language, self.cited = language, cited
        self.places = {id: number.citation for id, number in cited.items()}

    def title(self, rolled: RolledText) -> Line:
        title = rolled.base.title
        entries = tuple(
            Entry(one.label, "reword", heading=self.redline(title, one.text))
            for one in rolled.title.rivals
        )
        return Line("", "", "", title, "", planted=False, entries=entries)

    def lines(
        self, clauses: tuple[RolledClause, ...], proposed_by: tuple[str, ...]
    ) -> Iterator[Line]:
        for one in clauses:
            by = one.proposed_by or proposed_by
            yield self.line(one, by)
            yield from self.lines(one.children, by if one.planted else ())

    def line(self, one: RolledClause, proposed_by: tuple[str, ...]) -> Line:
        clause, number = one.clause, self.cited[one.clause.id]
        made = Line(
            id=clause.id,
            label=number.label,
            citation=number.citation,
            heading=clause.heading,
            text=clause.text,
            planted=bool(one.planted),
            entries=tuple(self.entries(one)),
            alternative=_number(one.text, None),
        )
        if not one.planted:
            return made
        entries = tuple(_inserted(clause, label) for label in proposed_by)
        return replace(made, heading="", text="", entries=entries)

    def entries(self, one: RolledClause) -> Iterator[Entry]:
        clause = one.clause
        # The rivals of heading and words are those of the same changes, in one order.
        pairs = zip(one.heading.rivals, one.text.rivals, strict=True)
        for rival, (heading, text) in enumerate(pairs):
            number = _number(one.text, rival)
            yield Entry(
                label=heading.label,
                act="reword",
                heading=self.redline(clause.heading, heading.text),
                text=self.redline(clause.text, text.text),
                alternative=number,
                anew=number > _number(one.text, None),
            )
        for ask in one.misfits:
            yield Entry(ask.label, "reword", same(ask.heading), same(ask.text), fits=False)
        for ask in one.strikes:
            yield Entry(
                label=ask.label,
                act="strike",
                heading=_all("delete", clause.heading),
                text=_all("delete", clause.text),
                below=bool(clause.children),
            )
        for ask in one.moves:
            yield self.moved(ask, below=bool(clause.children))

    def moved(self, ask: Proposal, *, below: bool = False) -> Entry:
        place = destination(ask, self.places)
        return Entry(
            label=ask.label,
            act="move",
            after=place.after,
            inside=place.inside,
            below=below,
            fits=place.there,
        )

    def unplaced(self, ask: Proposal) -> Iterator[Entry]:
        if ask.act == "insert":
            for clause in _walk(ask.planted):
                yield replace(_inserted(clause, ask.label), fits=False)
        elif ask.act == "reword":
            yield Entry(ask.label, "reword", same(ask.heading), same(ask.text), fits=False)
        else:
            yield Entry(ask.label, ask.act, fits=False)

    def redline(self, base: str, text: str) -> Spans:
        return same(base) if base == text else diff(base, text, self.language)


def _number(words: Rolling, rival: int | None) -> int:
    """The number of the whole alternative that a rival, or the base, stands in; 0 for none."""
    for number, one in enumerate(words.alternatives, 1):
        if one.retained if rival is None else rival in one.rivals:
            return number
    return 0


def _walk(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    for clause in clauses:
        yield clause
        yield from _walk(clause.children)


def _inserted(clause: Clause, label: str) -> Entry:
    return Entry(label, "insert", _all("insert", clause.heading), _all("insert", clause.text))


def _all(op: str, text: str) -> Spans:
    if not text:
        return ()
    return (Span("delete" if op == "delete" else "insert", text),)
