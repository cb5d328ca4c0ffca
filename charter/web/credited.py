"""Words as HTML with the runs of who wrote them drawn in, and beside each clause what they tell.

A run is an element that looks like its author's sign; where another author begins, the sign itself
stands, a link to the revision. Where words were taken out and none came, there is a caret.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from charter.queries.blame import ClauseBlame, Part
from charter.text.blame import Run
from charter.text.redline import Row
from charter.web.pieces import Look, Pieces, cited
from charter.web.telling import Telling, cut
from charter.web.words import Leaf, Mark, Shown, WordsHtml, Writing, leaves_of

LISTED = 12  # runs of a clause that the page of the whole text tells of
_QUOTED = 60  # code points
_REMEMBERED = 300
_NOTED = 3  # writers named beside a clause before it is opened


@dataclass(frozen=True, slots=True)
class Numbered:
    """A run and its place among those of its clause, heading first, from 1."""

    number: int
    run: Run


def numbered(clause: ClauseBlame) -> tuple[tuple[Numbered, ...], tuple[Numbered, ...]]:
    """The runs of the heading and of the wording."""
    first = len(clause.heading.runs)
    return (
        tuple(Numbered(at, run) for at, run in enumerate(clause.heading.runs, start=1)),
        tuple(Numbered(at, run) for at, run in enumerate(clause.text.runs, start=first + 1)),
    )


class CreditedWords(WordsHtml):
    """Writes the wordings of clauses, which it knows by their ids, with their runs."""

    def __init__(self, places: Mapping[str, str], telling: Telling) -> None:
        super().__init__(places)
        self.telling = telling

    def of(self, text: str, marks: tuple[Mark, ...] = (), key: str = "") -> Shown:
        clause = self.telling.found.clauses[key]
        return self._shown(clause.text, numbered(clause)[1], key, placed=True)

    def heading(self, text: str, key: str = "") -> Shown:
        clause = self.telling.found.clauses[key]
        return self._shown(clause.heading, numbered(clause)[0], f"{key}-h", placed=False)

    def _shown(self, part: Part, runs: tuple[Numbered, ...], key: str, *, placed: bool) -> Shown:
        writing = _Writing(self.places, key, runs, self.telling, placed=placed)
        html = writing.html(leaves_of(part.text)) + writing.rest()
        return Shown(html, writing.listed())


class _Writing(Writing):
    """One wording on its way to HTML, run by run: leaves come in the order of their source."""

    def __init__(
        self,
        places: Mapping[str, str],
        key: str,
        runs: tuple[Numbered, ...],
        telling: Telling,
        *,
        placed: bool,
    ) -> None:
        super().__init__(places, (), key, placed=placed)
        self.runs = [one for one in runs if one.run.end > one.run.start]
        self.gaps = [one for one in runs if one.run.end == one.run.start]
        self.telling = telling
        self.shown: str | None = None  # the key of the sign that the words before have

    def marked(self, leaf: Leaf) -> Iterator[str]:
        at = leaf.start
        while at < leaf.end:
            yield self._gaps(at)
            while len(self.runs) > 1 and self.runs[0].run.end <= at:
                self.runs.pop(0)
            here = self.runs[0]
            until = leaf.end if leaf.clause or len(self.runs) == 1 else here.run.end
            until = min(until, leaf.end)
            words = until if leaf.clause else at + len(leaf.said(at, until).rstrip())
            if words > at:
                yield self._run(here, self.styled(leaf, at, words))
            if until > words:  # the line under words ends with them
                yield self.styled(leaf, words, until)
            at = until

    def rest(self) -> str:
        """The carets behind the last words."""
        return self._gaps(1 << 62)

    def _run(self, one: Numbered, html: str) -> str:
        telling, sign = self.telling, self.telling.sign(one.run)
        mark = telling.mark(one.run) if sign.look and sign.key != self.shown else ""
        self.shown = sign.key
        title = escape(telling.name(one.run.revision))
        return (
            f'<span class="{telling.look(one.run)}" data-run="{one.number}" title="{title}">'
            f"{mark}{html}</span>"
        )

    def _gaps(self, at: int) -> str:
        html = ""
        while self.gaps and self.gaps[0].run.start <= at:
            one = self.gaps.pop(0)
            look = self.telling.look(one.run).replace("run ", "run taken ", 1)
            mark = self.telling.mark(one.run)
            html += f'<span class="{look}" data-run="{one.number}">{mark}</span>'
        return html


class CreditedPieces(Pieces):
    """The clauses of a text with their runs, and what these tell beside them."""

    def __init__(self, rows: tuple[Row, ...], look: Look, telling: Telling) -> None:
        self.telling = telling
        self.before: tuple[int, ...] = ()
        super().__init__(rows, look, CreditedWords(cited(rows), telling))

    def looks(self, look: Look, telling: Telling) -> bool:
        """Whether they look and tell like this, with nobody picked out."""
        of, other = self.telling, telling
        same = of.signs.by == other.signs.by and self.look == look
        named = of.found.writers, of.found.delegations
        return same and named == (other.found.writers, other.found.delegations)

    def beside(self, row: Row) -> str:
        clause = self.telling.found.clauses[row.id]
        writers = tuple(run.revision for part in clause.parts for run in part.runs)
        same = len(writers) == 1 and writers == self.before
        self.before = writers
        return self.told(clause, row.citation, same=same)

    def told(self, clause: ClauseBlame, citation: str, *, same: bool = False) -> str:
        """The runs of a clause, one after another, folded up."""
        runs = [one for part in numbered(clause) for one in part]
        if not runs:
            return ""
        said = escape(_("Who wrote %(clause)s") % {"clause": citation})
        return (
            f'<details class="who{" same" if same else ""}" lang="{get_language()}">'
            f'<summary><span class="unseen">{said}: </span>{self._noted(runs)}</summary>'
            f"{listed(clause, self.telling, self.words, LISTED)}</details>"
        )

    def _noted(self, runs: list[Numbered]) -> str:
        noted = list(dict.fromkeys(one.run.revision for one in runs))
        html = "".join(self._note(number) for number in noted[:_NOTED])
        more = len(noted) - _NOTED
        if more > 0:
            said = ngettext("%(n)s more revision", "%(n)s more revisions", more) % {"n": more}
            html += f'<span class="noted">{escape(said)}</span>'
        return html

    def _note(self, number: int) -> str:
        telling, sign = self.telling, self.telling.signs.of[number]
        writer = telling.found.writers[telling.found.revisions[number].person]
        shown = "" if sign.mark == str(number) else f" <span>{number}</span>"
        return (
            f'<span class="noted"><b class="sign look-{sign.look}">{escape(sign.mark)}</b> '
            f"{escape(writer.name)}{shown}</span>"
        )


def listed(clause: ClauseBlame, telling: Telling, words: WordsHtml, most: int = 0) -> str:
    """The runs of a clause as a list; `most` of them, each with a part of its past (0: all)."""
    runs = [
        (part, one)
        for part, ones in zip(clause.parts, numbered(clause), strict=True)
        for one in ones
    ]
    items = "".join(
        _item(part, one, clause.id, telling, words, _REMEMBERED if most else 1 << 30)
        for part, one in runs[: most or None]
    )
    if most and len(runs) > most:
        address = reverse("clause_blame", args=[telling.found.charter.slug, clause.id])
        said = ngettext("%(n)s run", "All %(n)s runs", len(runs)) % {"n": len(runs)}
        query = f"{telling.query}&amp;at={telling.found.number}&amp;by={telling.signs.by}"
        items += f'<li class="more-runs"><a href="{address}{query}">{escape(said)}</a></li>'
    return f'<ol class="runs">{items}</ol>'


def _item(
    part: Part, one: Numbered, clause: str, telling: Telling, words: WordsHtml, most: int
) -> str:
    run, sign = one.run, telling.sign(one.run)
    mark = f'<b class="sign look-{sign.look}">{escape(sign.mark)}</b>'
    if run.end > run.start:
        quote = cut(words.plain(part.text[run.start : run.end]).strip(), _QUOTED)
        said = f"<q {telling.attributes}>{escape(quote, quote=False)}</q>"
    else:
        said = escape(_("Taken out here"))
    return (
        f'<li value="{one.number}"><p>{mark} {said}</p><p>{telling.facts(run.revision)}</p>'
        f"{telling.carried(run, clause)}{telling.gone(run.gone, most)}</li>"
    )
