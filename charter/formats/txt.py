"""Plain text: one clause to a line, blank lines between, so that line tools see clauses.

Lines are not wrapped, so a changed word changes its own line and no other, unless line numbers are
asked for: then they have a fixed measure. Emphasis loses its marks,
a link is followed by its address, a reference prints the number it leads to, and footnotes stand
below their clause. A clean text holds nothing but the charter's words; a redline opens with what
it compares and marks {++insertions++} and {--deletions--} as CriticMarkup does.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from charter.formats import annex, languages
from charter.formats.document import PLAIN, Document, Options
from charter.formats.markdown_marks import is_front_matter
from charter.formats.numbered import numbered_text
from charter.formats.runs import Run, places, runs
from charter.formats.shape import Shape, number_spans, shapes, titled
from charter.formats.summary import changes_line, remarks, retagged, summary
from charter.text.redline import Change, Op, Redline, Row, Spans

_STEP = "   "
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def write(document: Document, options: Options = PLAIN) -> bytes:
    """UTF-8, ending in one newline; empty for an empty charter."""
    blocks = [*_opening(document), *_Text(document, options).blocks()]
    blocks += filter(None, [annex.plain(document)])
    text = "\n\n".join(blocks)
    if options.line_numbers:
        text = numbered_text(text)
    return (text + "\n").encode() if blocks else b""


def _opening(document: Document) -> Iterator[str]:
    """What a redline says before the text."""
    if not document.is_redline:
        return
    words, found = languages.words(document.language), summary(document)
    yield changes_line(document)
    if not document.redline.changed:
        yield words["unchanged"]
        return
    yield words["marks"]
    counts = ", ".join(found.counts)
    entries = [f"- {entry.where}: {entry.what}" for entry in found.entries]
    yield "\n".join([words["summary"], *([counts] if counts else []), *entries])
    yield "* * *"


class _Text:
    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.options = document, options
        self.redline: Redline = document.redline
        self.places = places(document.redline)

    def blocks(self) -> Iterator[str]:
        """Paragraphs of the text; a clause is one, or two where it has a heading and words."""
        title = self.said(self.redline.title, [])
        for at, shape in enumerate(shapes(self.redline)):
            indent = _STEP * shape.indent
            if title and not (at == 0 and _is_ahead(shape)):
                yield title
                title = ""
            yield from (block.replace("\n", f"\n{indent}") for block in self.row(shape, indent))
        if title:
            yield title

    def row(self, shape: Shape, indent: str) -> list[str]:
        """The blocks of one row, its remarks and footnotes below the last of them."""
        row = shape.row
        notes: list[str] = []
        heading, text = self.said(row.heading, notes), self.said(row.text, notes)
        number = "".join(_marked(op, label) for op, label in number_spans(row))
        if shape.heading:
            blocks = [titled(number, heading), text]
        else:
            blocks = [" ".join(part for part in (number, heading, text) if part)]
        below = [*self.remarks(row), *notes]
        if below:
            blocks[-1] = "\n".join([*filter(None, blocks[-1:]), *(_STEP + line for line in below)])
        return [indent + block for block in blocks if block]

    def remarks(self, row: Row) -> list[str]:
        said = [*remarks(row, self.redline.language), *self.tags(row)]
        return [f"{{>>{'; '.join(said)}<<}}"] if said else []

    def tags(self, row: Row) -> list[str]:
        if Change.RETAGGED in row.changes:
            return retagged(row, self.document)
        if not self.options.principles:
            return []
        return [self.document.principle_name(slug) for slug in row.principles]

    def said(self, spans: Spans, notes: list[str]) -> str:
        return _said(runs(spans, self.places), notes)


def _is_ahead(shape: Shape) -> bool:
    """Whether a row is the front matter of a file, which stands above the title."""
    row = shape.row
    words = "".join(span.text for span in row.text if span.op != "insert")
    return not (row.label or row.heading) and is_front_matter(words)


def _marked(op: str, text: str) -> str:
    if not text or op == "equal":
        return text
    return f"{{++{text}++}}" if op == "insert" else f"{{--{text}--}}"


def _said(found: tuple[Run, ...], notes: list[str]) -> str:
    """Runs as words, their footnotes added to `notes`, numbered from 1 in each clause."""
    said: list[tuple[Op, str]] = []
    for at, run in enumerate(found, 1):
        words = run.text if run.note is None else _note(run.note, notes)
        goes_on = at < len(found) and found[at].address == run.address
        if run.address and not goes_on and run.address != run.text:
            words = f"{words} <{run.address}>"
        said.append((run.op, words))
    groups = groupby(said, key=itemgetter(0))
    return "".join(_marked(op, "".join(words for _, words in group)) for op, group in groups)


def _note(note: tuple[Run, ...], notes: list[str]) -> str:
    at = len(notes)
    mark = str(at + 1).translate(_SUPERSCRIPT)
    notes.append(mark)
    notes[at] = f"{mark} {_said(note, notes)}"
    return mark
