"""Numbers that stay as they were cited: bis, ter, quater for what comes between; concordances."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from charter.text.compare import standing
from charter.text.kinds import Kind
from charter.text.numbering import citations, labels
from charter.text.numerals import HAN, REPEATS, value
from charter.text.outline import Clause, Outline
from charter.text.settling import shortest
from charter.text.usage import Form, Usage, usage

_Group = tuple[Kind, int]


def frozen(outline: Outline, printed: Mapping[str, str]) -> Outline:
    """The outline with the numbers of a frozen text kept, and those of later clauses fitted in.

    `printed` gives the label of each clause of the frozen text, by id. What was inserted between
    two of them becomes 5 bis, 5 ter; before the first 0, 0 bis; after the last the next number.
    A clause that was moved past others is numbered as if inserted: its number stays with its
    old place. Numbers that are given stay given.
    """
    fitted = _Fitting(outline, printed).numerals()
    return replace(outline, clauses=tuple(_given(clause, fitted) for clause in outline.clauses))


def concordance(before: Outline, after: Outline) -> tuple[tuple[str, str, str], ...]:
    """Citations of every clause in two texts, as (id, before, after); "" where it does not stand.

    In the order of `after`, then what is only in `before`. Clauses without an id are left out.
    """
    was = _cited(before)
    now = _cited(after)
    rows = [(id, was.get(id, ""), citation) for id, citation in now.items()]
    rows += [(id, citation, "") for id, citation in was.items() if id not in now]
    return tuple(rows)


def _cited(outline: Outline) -> dict[str, str]:
    pairs = zip(outline.walk(), citations(outline), strict=True)
    return {clause.id: citation for (_, clause), citation in pairs if clause.id}


def _given(clause: Clause, numerals: Iterator[str | None]) -> Clause:
    numeral = next(numerals)
    children = tuple([_given(child, numerals) for child in clause.children])
    return replace(clause, numeral=numeral, children=children)


class _Fitting:
    def __init__(self, outline: Outline, printed: Mapping[str, str]) -> None:
        self.clauses = [clause for _, clause in outline.walk()]
        self.printed = printed
        self.labels = labels(outline)
        self.usage: Usage = usage(outline.language, outline.scheme)
        self.forms: list[Form | None] = []
        self.groups: dict[_Group, list[int]] = defaultdict(list)
        self._lay(outline)

    def _lay(self, outline: Outline) -> None:
        """Which clauses are counted together, and how each is numbered."""
        path: list[tuple[int, int, int]] = []  # place, points around, where articles start
        for place, (depth, clause) in enumerate(outline.walk()):
            del path[depth:]
            parent, points, base = path[-1] if path else (-1, 0, -1)
            numbered = clause.kind not in (Kind.PREAMBLE, Kind.RECITAL)
            self.forms.append(self.usage.form(clause.kind, points) if numbered else None)
            self.groups[clause.kind, base if clause.kind is Kind.ARTICLE else parent].append(place)
            restarts = clause.kind is Kind.ANNEX or (
                self.usage.restarting and clause.kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION)
            )
            inner = place if restarts else base
            path.append((place, points + (clause.kind is Kind.POINT), inner))

    def numerals(self) -> Iterator[str | None]:
        found = [clause.numeral for clause in self.clauses]
        for group, places in self.groups.items():
            for place, numeral in self._fitted(group, places):
                found[place] = numeral
        return iter(found)

    def _fitted(self, group: _Group, places: list[int]) -> Iterator[tuple[int, str]]:
        kept = self._kept(places)
        base, repeats, last = 0, -1, max(kept, default=-1)
        for place in places:
            form = self.forms[place]
            if form is None:
                continue
            if place in kept:
                label = self.printed[self.clauses[place].id]
                base, repeats = self._number(label, form)
                yield place, shortest(label, form)
            elif self.clauses[place].numeral is None and place < last:
                repeats += 1
                yield place, _between(form, base, repeats)
            elif kept and place > last and self._takes_next(group, places, place, last):
                yield place, form.digits.write(self._highest(form) + 1)

    def _takes_next(self, group: _Group, places: list[int], place: int, last: int) -> bool:
        """Whether this is the first article after the frozen ones, which passes struck numbers."""
        in_body = group[0] is Kind.ARTICLE and group[1] < 0
        return in_body and self.clauses[place].numeral is None and place == _next(places, last)

    def _kept(self, places: list[int]) -> set[int]:
        """Clauses that keep the number of the frozen text: those still in the order it had."""
        frozen = [
            place
            for place in places
            if self.forms[place] and self.printed.get(self.clauses[place].id, "") != ""
        ]
        numbers = [self._number(self.printed[self.clauses[at].id], self.forms[at]) for at in frozen]
        known = [at for at, number in enumerate(numbers) if number[0] > 0]
        ranks = {number: rank for rank, number in enumerate(sorted({numbers[at] for at in known}))}
        still = standing([ranks[numbers[at]] for at in known])
        return {frozen[known[at]] for at in still}

    def _number(self, label: str, form: Form | None) -> tuple[int, int]:
        """A printed number as (5, 0) for 5, (5, 1) for 5 bis."""
        repeats = [REPEATS.index(word) + 1 for word in label.split() if word in REPEATS]
        words = label.replace(".", " ").replace(")", " ").split()
        repeats = [REPEATS.index(word) + 1 for word in words if word in REPEATS] or repeats
        if "之" in label:
            repeats = [(HAN.read(label.rpartition("之")[2]) or 2) - 1]
        number = value(label, form.digits) if form else None
        return number or 0, repeats[0] if repeats else 0

    def _highest(self, form: Form) -> int:
        """The highest number of this form that the frozen text had, struck clauses too."""
        before, _, after = form.print.partition("{}")
        own = [
            value(label[len(before) :], form.digits)
            for label in self.printed.values()
            if label.startswith(before) and label.endswith(after)
        ]
        return max((number for number in own if number), default=0)


def _next(places: list[int], last: int) -> int:
    return next(place for place in places if place > last)


def _between(form: Form, base: int, repeats: int) -> str:
    """The number of the nth clause after number `base`: 5 bis, 5 ter; before the first 0, 0 bis."""
    if not base:
        return "0" if not repeats else f"0 {_repeat(repeats)}"
    if not repeats:
        repeats = 1
    written = form.digits.write(base)
    if form.digits is HAN:
        return f"{form.print.format(written)}之{HAN.write(repeats + 1)}"
    return f"{written} {_repeat(repeats)}"


def _repeat(times: int) -> str:
    return REPEATS[times - 1] if times <= len(REPEATS) else str(times + 1)
