"""A document as one HTML page to keep: its own style, no script, nothing fetched from elsewhere."""

from collections.abc import Iterator
from html import escape

from charter.formats import annex, languages
from charter.formats.document import PLAIN, Document, Options
from charter.formats.html import Notes, number_html, wording_html
from charter.formats.numbered import lined_html
from charter.formats.runs import places, plain
from charter.formats.shape import Shape, shapes, shown_number, titled
from charter.formats.styles import styles
from charter.formats.summary import changes_line, facts, remarks, summary
from charter.text.redline import Change, Row

# Opened from a disk the page has nobody's headers: it says itself that it runs and fetches nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_LONG = 6  # headings from which a text has contents


def write(document: Document, options: Options = PLAIN) -> bytes:
    """UTF-8."""
    return "".join(_Page(document, options).parts()).encode()


class _Page:
    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.options = document, options
        self.language = document.language
        self.words = languages.words(document.language)
        self.places = places(document.redline)
        self.notes = Notes()
        self.shapes = tuple(shapes(document.redline))

    def parts(self) -> Iterator[str]:
        title = self.document.redline.title
        name = escape(plain(title) or self.document.stand_in)
        yield (
            f'<!doctype html>\n<html lang="{escape(self.language)}" '
            f'dir="{languages.direction(self.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{name}</title>\n<style>\n{styles('page.css')}</style>\n</head>\n<body>\n<header>\n"
        )
        yield f"<h1>{wording_html(title, self.places, self.notes) or name}</h1>\n"
        yield from self.facts()
        yield "</header>\n"
        yield from self.contents()
        yield from self.summary()
        yield '<main class="lined">\n' if self.options.line_numbers else "<main>\n"
        for shape in self.shapes:
            yield from self.clause(shape)
        yield self.notes.html()
        yield from self.annex()
        yield "</main>\n</body>\n</html>\n"

    def facts(self) -> Iterator[str]:
        words = languages.words_language(self.language)
        yield f'<dl lang="{words}" dir="{languages.direction(words)}">'
        for name, value in facts(self.document):
            yield f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
        yield "</dl>\n"

    def contents(self) -> Iterator[str]:
        headings = [
            shape
            for shape in self.shapes
            if shape.heading and Change.STRUCK not in shape.row.changes
        ]
        if len(headings) < _LONG:
            return
        yield f'<nav aria-label="{escape(self.words["contents"])}">\n<ol>\n'
        for shape in headings:
            row = shape.row
            name = escape(titled(shown_number(row), plain(row.heading)))
            link = f'<a href="#{_anchor(row)}">{name}</a>' if row.id else name
            yield f'<li class="level-{shape.level}">{link}</li>\n'
        yield "</ol>\n</nav>\n"

    def summary(self) -> Iterator[str]:
        if not self.document.is_redline:
            return
        found = summary(self.document)
        yield f"<section>\n<h2>{escape(self.words['summary'])}</h2>\n"
        yield f"<p>{escape(changes_line(self.document))}</p>\n"
        if not self.document.redline.changed:
            yield f"<p>{escape(self.words['unchanged'])}</p>\n</section>\n"
            return
        yield f"<p>{escape(', '.join(found.counts))}</p>\n"
        yield f"<p>{escape(self.words['legend'])}</p>\n<ul>\n"
        for entry in found.entries:
            where = escape(entry.where)
            link = f'<a href="#{_anchor(entry.row)}">{where}</a>' if entry.row.id else where
            yield f"<li>{link}: {escape(entry.what)}</li>\n"
        yield "</ul>\n</section>\n"

    def annex(self) -> Iterator[str]:
        if self.document.statements is None:
            return
        name = escape(annex.title(self.document))
        yield f'<section class="statements">\n<h2>{name}</h2>\n'
        for group in annex.groups(self.document):
            yield f"<h3>{escape(group.about)}</h3>\n"
            for entry in group.entries:
                one = entry.statement
                spoken = escape(one.language)
                said = "".join(f"<p>{escape(line, quote=False)}</p>" for line in one.paragraphs)
                yield f"<p><strong>{escape(entry.title)}</strong>, {escape(entry.made)}</p>\n"
                yield (
                    f'<blockquote lang="{spoken}" dir="{languages.direction(spoken)}">'
                    f"{said}</blockquote>\n"
                )
        if not self.document.statements:
            yield f"<p>{escape(annex.none(self.document))}</p>\n"
        yield "</section>\n"

    def clause(self, shape: Shape) -> Iterator[str]:
        row = shape.row
        changed = " changed" if row.changes else ""
        number = number_html(row)
        if row.left_for:
            yield self.left(shape, number)
            return
        number = f'<span class="number">{number}</span> ' if number else ""
        title = wording_html(row.heading, self.places, self.notes)
        title = f'<span class="title">{title}</span> ' if title else ""
        text = wording_html(row.text, self.places, self.notes)
        if self.options.line_numbers:
            number, title, text = _lined(shape, number, title, text)
        name = f' id="{_anchor(row)}"' if row.id else ""
        if shape.heading:
            tag = f"h{min(shape.level + 1, 6)}"
            stacked = " stacked" if shape.stacked else ""
            yield f'<{tag}{name} class="clause{stacked}{changed}">{number}{title}</{tag}>\n'
            if text:
                yield f'<p class="words{changed}">{text}</p>\n'
        elif number or title or text:
            indent = f" indent-{min(shape.indent, 3)}" if shape.indent else ""
            yield f'<p{name} class="clause{indent}{changed}">{number}{title}{text}</p>\n'
        yield from self.beside(row)

    def left(self, shape: Shape, number: str) -> str:
        """The place a moved clause left."""
        titled = " titled" if shape.titled else ""
        remark = escape("; ".join(remarks(shape.row, self.language)))
        remark = f'<span class="remark">{remark}</span>'
        return f'<p class="left changed{titled}">{number} {remark}</p>\n'

    def beside(self, row: Row) -> Iterator[str]:
        if said := remarks(row, self.language):
            yield f'<p class="remark">{escape("; ".join(said))}</p>\n'
        tags = [escape(self.document.principle_name(slug)) for slug in row.principles]
        if Change.RETAGGED in row.changes:
            tags = list(self._retagged(row))
        elif not self.options.principles:
            return
        if tags:
            name = escape(self.words["principles"])
            yield f'<p class="principles">{name}: {", ".join(tags)}</p>\n'

    def _retagged(self, row: Row) -> Iterator[str]:
        for slug in row.principles:
            name = escape(self.document.principle_name(slug))
            yield name if slug in row.principles_before else f"<ins>{name}</ins>"
        for slug in row.principles_before:
            if slug not in row.principles:
                yield f"<del>{escape(self.document.principle_name(slug))}</del>"


def _lined(shape: Shape, number: str, title: str, text: str) -> tuple[str, str, str]:
    """The parts of a clause in lines. A number beside words is no line; above them it is one."""
    if not shape.heading:
        return number, "", lined_html(title + text)
    if shape.stacked or not title:
        return lined_html(number), lined_html(title), lined_html(text)
    return "", lined_html(number + title), lined_html(text)


def _anchor(row: Row) -> str:
    return f"clause-{escape(row.id)}"
