"""The HTML of a text's clauses and of its outline, made once and shared by all who read it.

It is kept beside the text in memory, as it last looked in each language of the interface. What
one viewer sees besides, discussion and what changed, is put between the pieces by `reading`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.formats.languages import direction
from charter.queries.pages import TextPage
from charter.text.kinds import Kind
from charter.text.redline import Row, after
from charter.web.words import Mark, WordsHtml

HEADED = frozenset({Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX})


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause without discussion, cut where the mark of a change would stand, as UTF-8.

    `block` and `entry` count the headings it stands under: the block of the page it is in, and
    its line of the outline, -1 before the first. `level` is its own as a heading, `points` the
    points around it.
    """

    row: Row
    opening: bytes
    rest: bytes
    block: int
    entry: int
    level: int
    points: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline, cut where its state would stand: `dots` are its principles."""

    row: Row
    opening: str
    dots: str


@dataclass(frozen=True, slots=True)
class Look:
    """What pieces are made of besides their text. `principles` are colour and name by slug."""

    interface: str
    language: str
    address: str
    principles: dict[str, tuple[str, str]]


class Pieces:
    """All pieces of one text in one look; `at` is a clause's place among them by its id."""

    def __init__(self, rows: tuple[Row, ...], look: Look, words: WordsHtml | None = None) -> None:
        self.rows, self.look = rows, look
        self.words = words or WordsHtml(cited(rows))
        self._say_link = _("%(clause)s: edit, comment and history")
        self._say_tags = escape(_("Principles:"))
        self.clauses = tuple(self._clauses())
        self.entries = tuple(self._entries())
        self.at = {row.id: place for place, row in enumerate(rows)}

    def rest(self, row: Row, level: int, marks: tuple[Mark, ...] = ()) -> bytes:
        """A clause behind the mark of a change, with the marks of threads in its words."""
        shown = self.words.of(after(row.text), marks, key=row.id)
        headed = row.kind in HEADED
        title = self.words.heading(after(row.heading), key=row.id)
        head = _heading(row, title.html, min(level, 6)) if headed else _number(row.label)
        run_in = f'<span class="run-in">{title.html}</span> ' if title.html and not headed else ""
        link = escape(self._say_link % {"clause": row.citation})
        return (
            f"{head}{_body(shown.html, run_in, self._tags(row))}{title.notes}{shown.notes}"
            f'<a class="clause-link screen" href="{self.look.address}clauses/{row.id}/"'
            f' title="{link}" aria-label="{link}">⋯</a>{self.beside(row)}</div>'
        ).encode()

    def beside(self, row: Row) -> str:
        """What stands beside a clause; nothing here."""
        return ""

    def _clauses(self) -> Iterator[Piece]:
        levels: list[tuple[int, bool]] = []
        block, entry = 0, -1
        for place, row in enumerate(self.rows):
            while levels and levels[-1][0] >= row.depth:
                levels.pop()
            if row.kind in HEADED:
                block += place > 0
                entry += 1
            level, points = 2 + len(levels), sum([point for _, point in levels])
            rest = self.rest(row, level)
            yield Piece(row, opening(row, points), rest, block, entry, level, points)
            levels.append((row.depth, row.kind is Kind.POINT))

    def _tags(self, row: Row) -> str:
        if not row.principles:
            return ""
        known = self.look.principles
        links = [self._tag(slug, *known[slug]) for slug in row.principles if slug in known]
        if not links:
            return ""
        said = f'<span class="unseen">{self._say_tags} </span>'
        return f' <span class="tags">{said}{" ".join(links)}</span>'

    def _tag(self, slug: str, colour: str, name: str) -> str:
        return (
            f'<a class="principle" href="?language={self.look.language}&amp;'
            f'principle={escape(slug)}">{disc(colour)} {escape(name)}</a>'
        )

    def _entries(self) -> Iterator[Entry]:
        served: dict[int, dict[str, None]] = {}
        for piece in self.clauses:
            served.setdefault(piece.entry, {}).update(dict.fromkeys(piece.row.principles))
        depths: list[int] = []
        headed = (row for row in self.rows if row.kind in HEADED)
        for at, row in enumerate(headed):
            while depths and depths[-1] >= row.depth:
                depths.pop()
            yield Entry(row, self._line(row, len(depths)), self._dots(served[at]))
            depths.append(row.depth)

    def _line(self, row: Row, under: int) -> str:
        wide = " wide-unit" if row.kind not in (Kind.ARTICLE, Kind.SECTION) else ""
        unit = f'<span class="unit">{escape(row.label)}</span>' if row.label else ""
        name = escape(self.words.plain(after(row.heading)))
        name = name or ("" if row.label else escape(row.citation))
        return (
            f'<li class="under-{min(under, 3)}{wide}" data-clause="{row.id}">'
            f'<a href="#clause-{row.id}"><span>{unit} <span class="name">{name}</span></span>'
        )

    def _dots(self, served: dict[str, None]) -> str:
        known = self.look.principles
        dots = [known[slug] for slug in served if slug in known]
        if not dots:
            return ""
        names = ", ".join(name for _, name in dots)
        discs = "".join(disc(colour) for colour, _ in dots[:4])
        return f'<span class="dots" title="{escape(names)}">{discs}</span>'


def cited(rows: tuple[Row, ...]) -> dict[str, str]:
    """What a reference to each clause prints."""
    return {row.id: row.citation for row in rows}


def look_of(page: TextPage, address: str) -> Look:
    """How the pieces of a page look to whoever reads it now."""
    return Look(
        interface=get_language() or "",
        language=page.language,
        address=address,
        principles={one.slug: (one.colour, one.name(page.language)) for one in page.principles},
    )


def pieces_of(page: TextPage, address: str) -> Pieces:
    """The pieces of a page's text, made anew when they look otherwise than before."""
    look = look_of(page, address)
    name = f"pieces-{look.interface}"
    kept = page.text.beside.get(name)
    if not isinstance(kept, Pieces) or kept.look != look:
        kept = page.text.beside[name] = Pieces(page.redline.rows, look)
    return kept


def opening(row: Row, points: int, shade: str = "") -> bytes:
    """The first tag of a clause; `shade` are further classes."""
    indent = f" in-{min(points + 1, 3)}" if row.kind is Kind.POINT else ""
    html = f'<div class="clause {row.kind}{shade}{indent}" id="clause-{row.id}" tabindex="-1">'
    return html.encode()


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


def _heading(row: Row, title: str, level: int) -> str:
    name = title or ("" if row.label else escape(row.citation))
    named = f'<span class="name">{name}</span>' if name else ""
    said = f'<span class="label">{escape(row.label)}</span> ' if row.label else ""
    return f'<h{level} class="heading">{said}{named}</h{level}>'


def _body(html: str, run_in: str, tags: str) -> str:
    return f'<p class="body">{run_in}{html}{tags}</p>' if html or run_in or tags else ""


def _number(label: str) -> str:
    return f'<span class="number">{escape(label)}</span> ' if label else ""
