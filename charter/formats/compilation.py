"""A compilation as a grid: the clause, its words, and a column for each who proposes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from charter.formats.runs import Run, runs
from charter.formats.sheets import Cell, Grid, Listed, Manner, Said, said
from charter.text.compilation import Entry, Line
from charter.text.destination import Destination
from charter.text.redline import Span, Spans, after

_CLAUSE, _WIDE, _COLUMN = 0.55, 1.15, 1.0  # parts of the width


@dataclass(frozen=True, slots=True)
class Proposer:
    """Whom an entry names: its amendment with those who joined it. `author` is "" where the
    column says already who proposes; `address` is where the amendment is, "" on paper."""

    symbol: str
    title: str = ""
    author: str = ""
    joined: tuple[str, ...] = ()
    rationale: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of proposals: its name, and the labels of the amendments in it."""

    name: str
    labels: Collection[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a compilation is shown. `words` are the fixed words of `languages`; `clean`: proposed
    words as they would read, without what went; `clauses` is the address of a clause, its id for
    "{}", or "" on paper."""

    words: Mapping[str, str]
    base: str
    clean: bool = False
    clauses: str = ""


def grid(
    lines: Sequence[Line],
    unplaced: Sequence[Entry],
    columns: Sequence[Column],
    behind: Mapping[str, Proposer],
    shown: Shown,
    places: Mapping[str, str],
) -> Grid:
    """The table. `places` is what references print, by the ids of clauses."""
    laying = _Laying(columns, behind, shown, places)
    words = shown.words
    return Grid(
        name=words["compilation"],
        columns=(words["clause"], shown.base, *(column.name for column in columns)),
        rows=(*map(laying.row, lines), *laying.without_place(unplaced)),
        widths=(_CLAUSE, _WIDE, *(_COLUMN for _ in columns)),
    )


def rationales(behind: Mapping[str, Proposer], words: Mapping[str, str]) -> Listed:
    """The amendments of a compilation with their titles and why they were proposed."""
    return Listed(words["rationale"], tuple(_explained(one) for one in behind.values()))


def _explained(one: Proposer) -> Cell:
    title = f" {one.title}" if one.title else ""
    head = Said((_named(one), Run(title)), Manner.BY)
    return (head, *(said(part) for part in one.rationale.splitlines() if part.strip()))


class _Laying:
    def __init__(
        self,
        columns: Sequence[Column],
        behind: Mapping[str, Proposer],
        shown: Shown,
        places: Mapping[str, str],
    ) -> None:
        self.columns, self.behind, self.shown, self.places = columns, behind, shown, places
        self.words = shown.words

    def row(self, line: Line) -> tuple[Cell, ...]:
        base = (
            *self.alternative(line.alternative),
            *self.part(_same(line.heading), Manner.TITLE),
            *self.part(_same(line.text)),
        )
        return self.name(line), base, *(self.cell(line.entries, one) for one in self.columns)

    def without_place(self, entries: Sequence[Entry]) -> Iterator[tuple[Cell, ...]]:
        if any(entry.label in one.labels for one in self.columns for entry in entries):
            name = (said(self.words["unplaced"], Manner.REMARK),)
            yield name, (), *(self.cell(entries, one) for one in self.columns)

    def name(self, line: Line) -> Cell:
        """What the row is of."""
        called = line.citation or (self.words["title"] if not line.id else "")
        if line.planted:
            return (said(called, strong=True), said(self.words["proposed"], Manner.REMARK))
        address = self.shown.clauses.format(line.id) if line.id else ""
        return (Said((Run(called, strong=True, address=address),)),)

    def cell(self, entries: Sequence[Entry], column: Column) -> Cell:
        return tuple(
            part for entry in entries if entry.label in column.labels for part in self.entry(entry)
        )

    def entry(self, entry: Entry) -> Iterator[Said]:
        one = self.behind[entry.label]
        yield Said((_named(one), *self.sponsors(one)), Manner.BY)
        text = _anew(entry.text) if entry.anew else entry.text
        parts = [
            *self.part(self.spans(entry.heading), Manner.TITLE, changed=_changed(entry.heading)),
            *self.alternative(entry.alternative),
            *self.part(self.spans(text), changed=_changed(entry.text)),
        ]
        if not (_changed(entry.heading) or _changed(entry.text)):
            parts = [*self.part(entry.heading, Manner.TITLE), *self.part(entry.text)]
        yield from parts
        if remark := self.remark(entry):
            yield said(remark, Manner.REMARK)

    def alternative(self, number: int) -> Iterator[Said]:
        """What a whole alternative is called, as in the rolling text."""
        if number:
            yield said(self.words["alternative_name"].format(number=number), Manner.REMARK)

    def sponsors(self, one: Proposer) -> Iterator[Run]:
        if one.author:
            yield Run(f" {one.author}")
        if one.joined:
            yield Run(" " + self.words["joined_by"].format(names=", ".join(one.joined)))

    def part(
        self, spans: Spans, manner: Manner = Manner.WORDS, *, changed: bool = True
    ) -> Iterator[Said]:
        if spans and changed:
            yield Said(runs(spans, self.places), manner)

    def spans(self, spans: Spans) -> Spans:
        return _same(after(spans)) if self.shown.clean else spans

    def remark(self, entry: Entry) -> str:
        """What is asked besides words, or is wrong with them."""
        words = self.words
        said = []
        if entry.act == "strike":
            said.append(words["left_out"])
        elif entry.act == "move":
            said.append(self.moved(entry))
        elif entry.fits and not _changed(entry.heading) and not _changed(entry.text):
            said.append(words["says_so"])
        if entry.below:
            said.append(words["with_below"])
        if not entry.fits and entry.act == "reword":
            said.append(words["misfit"])
        return ", ".join(said)

    def moved(self, entry: Entry) -> str:
        return Destination(entry.after, entry.inside, entry.fits).said(self.words)


def _named(one: Proposer) -> Run:
    return Run(one.symbol, strong=True, address=one.address)


def _same(text: str) -> Spans:
    return (Span("equal", text),) if text else ()


def _anew(spans: Spans) -> Spans:
    """Words that share nothing with the text's own, which stand beside them: no redline of both."""
    return (Span("insert", after(spans)),) if after(spans) else spans


def _changed(spans: Spans) -> bool:
    return any(span.op != "equal" for span in spans)
