"""The text as HTML: blocks of clauses with the discussion beside them, and the outline.

Assembled from strings and not by templates, so that a text of a thousand clauses is one join. All
that comes from people passes `escape` or `words`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from charter.formats.languages import direction
from charter.models import Principle
from charter.queries.pages import TextPage
from charter.queries.threads import ShownThread
from charter.text.kinds import Kind
from charter.text.redline import Row, after
from charter.web.cards import Cards
from charter.web.words import Mark, WordsHtml

HEADED = frozenset({Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX})
# Clauses from which on blocks out of sight are not laid out: a page of fewer is quick anyway,
# and one laid out as a whole puts a link's target exactly where it says.
LONG = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page shows: the text, its outline, and how many clauses the filter lets through."""

    text: SafeString
    outline: SafeString
    long: bool
    matching: int


@dataclass(slots=True)
class _Entry:
    """A line of the outline, with the state of the clause and of what it holds."""

    row: Row
    under: int
    talk: int = 0
    changed: bool = False
    principles: dict[str, None] = field(default_factory=dict)


def reading(page: TextPage, cards: Cards, *, address: str, principle: str = "") -> Reading:
    """`address` is the page's own; `principle` the slug to filter by, "" for all."""
    return _Setting(page, cards, address, principle).reading()


class _Setting:
    def __init__(self, page: TextPage, cards: Cards, address: str, principle: str) -> None:
        self.page, self.cards, self.address = page, cards, address
        self.rows = page.redline.rows
        self.principles = {one.slug: one for one in page.principles}
        self.words = WordsHtml({row.id: row.citation for row in self.rows})
        self.threads = {str(clause): threads for clause, threads in page.threads.items()}
        self.changed = {str(clause) for clause in page.changed}
        self.matches, self.context = _filtered(self.rows, principle)
        self.numbered = {
            thread.id: at for at, thread in enumerate(self._threads_in_order(), start=1)
        }
        self.say_changed = _("changed since %(edition)s") % {
            "edition": page.edition.name if page.edition else ""
        }
        self.say_link = _("%(clause)s: edit, comment and history")

    def reading(self) -> Reading:
        return Reading(
            text=mark_safe("".join(self._blocks())),  # noqa: S308
            outline=mark_safe("".join(self._outline())),  # noqa: S308
            long=len(self.rows) > LONG,
            matching=len(self.matches or ()),
        )

    def _threads_in_order(self) -> Iterator[ShownThread]:
        for row in self.rows:
            yield from self._shown_threads(row)

    def _shown_threads(self, row: Row) -> list[ShownThread]:
        """Those of a clause whose words are shown, in the order of the words."""
        if self._shade(row):
            return []
        return sorted(self._threads(row), key=lambda thread: (thread.start, thread.id))

    def _threads(self, row: Row) -> tuple[ShownThread, ...]:
        return self.threads.get(row.id, ())

    # --- the text --------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[str]:
        clauses: list[str] = []
        talk: list[str] = []
        levels: list[tuple[int, bool]] = []
        for row in self.rows:
            while levels and levels[-1][0] >= row.depth:
                levels.pop()
            if row.kind in HEADED and clauses:
                yield _block(clauses, talk)
                clauses, talk = [], []
            points = sum(1 for _, point in levels if point)
            clauses.append(self._clause(row, 2 + len(levels), points))
            talk += [
                self.cards.card(thread, self.numbered[thread.id], row.citation)
                for thread in self._shown_threads(row)
            ]
            levels.append((row.depth, row.kind is Kind.POINT))
        if clauses:
            yield _block(clauses, talk)

    def _clause(self, row: Row, level: int, points: int) -> str:
        shown = self.words.of(after(row.text), self._marks(row), key=row.id)
        headed = row.kind in HEADED
        title = self.words.heading(after(row.heading), key=row.id)
        head = _heading(row, title.html, min(level, 6)) if headed else _number(row.label)
        run_in = f'<span class="run-in">{title.html}</span> ' if title.html and not headed else ""
        changed = row.id in self.changed
        bar = f'<span class="changed-mark" title="{escape(self.say_changed)}"></span>'
        link = escape(self.say_link % {"clause": row.citation})
        return (
            f'<div class="clause {row.kind}{self._shade(row)}{_indent(row, points)}"'
            f' id="clause-{row.id}" tabindex="-1">{bar if changed else ""}{head}'
            f"{_body(shown.html, run_in, self._tags(row))}{title.notes}{shown.notes}"
            f'<a class="clause-link screen" href="{self.address}clauses/{row.id}/"'
            f' title="{link}" aria-label="{link}">⋯</a></div>'
        )

    def _marks(self, row: Row) -> tuple[Mark, ...]:
        return tuple(
            Mark(thread.start, thread.end, thread.id, self.numbered[thread.id])
            for thread in self._shown_threads(row)
            if thread.on_words and thread.language == self.page.language
        )

    def _shade(self, row: Row) -> str:
        if self.matches is None or row.id in self.matches:
            return ""
        return " context" if row.id in self.context else " aside"

    def _tags(self, row: Row) -> str:
        tags = [self.principles[slug] for slug in row.principles if slug in self.principles]
        if not tags:
            return ""
        said = escape(_("Principles:"))
        links = " ".join(self._tag(principle) for principle in tags)
        return f' <span class="tags"><span class="unseen">{said} </span>{links}</span>'

    def _tag(self, principle: Principle) -> str:
        return (
            f'<a class="principle" href="?language={self.page.language}&amp;'
            f'principle={escape(principle.slug)}">{disc(principle.colour)} '
            f"{escape(principle.name(self.page.language))}</a>"
        )

    # --- the outline -----------------------------------------------------------------------------

    def _outline(self) -> Iterator[str]:
        for entry in self._entries():
            row = entry.row
            if self._shade(row) == " aside":
                continue
            wide = " wide-unit" if row.kind not in (Kind.ARTICLE, Kind.SECTION) else ""
            unit = f'<span class="unit">{escape(row.label)}</span>' if row.label else ""
            name = escape(self.words.plain(after(row.heading)))
            name = name or ("" if row.label else escape(row.citation))
            yield (
                f'<li class="under-{min(entry.under, 3)}{wide}" data-clause="{row.id}">'
                f'<a href="#clause-{row.id}"><span>{unit} <span class="name">{name}</span></span>'
                f"{self._states(entry)}</a></li>"
            )

    def _entries(self) -> list[_Entry]:
        found: list[_Entry] = []
        depths: list[int] = []
        for row in self.rows:
            if row.kind in HEADED:
                while depths and depths[-1] >= row.depth:
                    depths.pop()
                found.append(_Entry(row, under=len(depths)))
                depths.append(row.depth)
            if found:
                entry = found[-1]
                entry.talk += sum(1 for one in self._threads(row) if one.resolved_at is None)
                entry.changed |= row.id in self.changed
                entry.principles.update(dict.fromkeys(row.principles))
        return found

    def _states(self, entry: _Entry) -> str:
        parts = []
        dots = [self.principles[slug] for slug in entry.principles if slug in self.principles]
        if dots:
            names = ", ".join(one.name(self.page.language) for one in dots)
            discs = "".join(disc(one.colour) for one in dots[:4])
            parts.append(f'<span class="dots" title="{escape(names)}">{discs}</span>')
        if entry.changed:
            said = escape(self.say_changed)
            parts.append(
                f'<span class="delta" title="{said}"><span aria-hidden="true">Δ</span>'
                f'<span class="unseen">{said}</span></span>'
            )
        if entry.talk:
            said = ngettext("%(n)s open thread", "%(n)s open threads", entry.talk)
            parts.append(
                f'<span class="talk" title="{escape(said % {"n": entry.talk})}">{entry.talk}'
                f'<span class="unseen"> {escape(said % {"n": ""})}</span></span>'
            )
        return f'<span class="states">{"".join(parts)}</span>' if parts else ""


def disc(colour: str) -> str:
    """A small disc; its colour is an SVG attribute, as pages allow no inline style."""
    return (
        '<svg class="dot" viewBox="0 0 10 10" aria-hidden="true">'
        f'<circle cx="5" cy="5" r="4.5" fill="{escape(colour)}"/></svg>'
    )


def text_attributes(language: str) -> SafeString:
    """`lang` and `dir` for words in this language."""
    attributes = f'lang="{escape(language)}" dir="{direction(language)}"'
    return mark_safe(attributes)  # noqa: S308


def interface_attributes() -> SafeString:
    """`lang` and `dir` for what the site itself says in the middle of a text."""
    return text_attributes(get_language() or "en")


def _block(clauses: list[str], talk: list[str]) -> str:
    margin = f'<div class="margin" {interface_attributes()}>{"".join(talk)}</div>'
    return f'<div class="block"><div class="clauses">{"".join(clauses)}</div>{margin}</div>'


def _heading(row: Row, title: str, level: int) -> str:
    name = title or ("" if row.label else escape(row.citation))
    named = f'<span class="name">{name}</span>' if name else ""
    said = f'<span class="label">{escape(row.label)}</span> ' if row.label else ""
    return f'<h{level} class="heading">{said}{named}</h{level}>'


def _body(html: str, run_in: str, tags: str) -> str:
    return f'<p class="body">{run_in}{html}{tags}</p>' if html or run_in or tags else ""


def _number(label: str) -> str:
    return f'<span class="number">{escape(label)}</span> ' if label else ""


def _indent(row: Row, points: int) -> str:
    return f" in-{min(points + 1, 3)}" if row.kind is Kind.POINT else ""


def _filtered(rows: tuple[Row, ...], principle: str) -> tuple[set[str] | None, set[str]]:
    """Clauses that carry the principle with all they hold, and those around them; None: all."""
    if not principle:
        return None, set()
    matches: set[str] = set()
    context: set[str] = set()
    path: list[Row] = []
    for row in rows:
        while path and path[-1].depth >= row.depth:
            path.pop()
        if principle in row.principles or (path and path[-1].id in matches):
            matches.add(row.id)
            context.update(above.id for above in path)
        path.append(row)
    return matches, context
