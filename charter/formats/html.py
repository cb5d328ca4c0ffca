"""A text as HTML: pieces for the pages of the site, and a standalone page to take away.

Every character of the text is escaped and every element closed within the run it marks, whatever
the spans of a redline cut through. References lead to `#clause-ID`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from charter.formats.runs import Run, is_plain, runs
from charter.formats.shape import number_spans
from charter.text.redline import Row, Spans

_TAGS = {"insert": ("<ins>", "</ins>"), "delete": ("<del>", "</del>"), "equal": ("", "")}
NOWHERE: Mapping[str, str] = {}


@dataclass(slots=True)
class Notes:
    """The footnotes met so far: numbered on, `prefix` keeping their ids apart on a page.

    `page` is where the clauses are that references lead to, "" for the same page.
    """

    prefix: str = "note"
    page: str = ""
    items: list[str] = field(default_factory=list)

    def html(self) -> str:
        """The list of the notes, each leading back to its place; "" when there are none."""
        if not self.items:
            return ""
        listed = "".join(
            f'<li id="{self.prefix}-{number}">{item} '
            f'<a class="back" href="#{self.prefix}-{number}-place" aria-label="{number}">↑</a></li>'
            for number, item in enumerate(self.items, 1)
        )
        return f'<ol class="notes">{listed}</ol>'


def wording_html(spans: Spans, places: Mapping[str, str], notes: Notes) -> str:
    """A heading or wording as phrasing content, its footnotes added to `notes`.

    `places` gives the number a reference to a clause prints, by the clause's id.
    """
    if len(spans) == 1 and is_plain(spans[0].text):
        opening, closing = _TAGS[spans[0].op]
        return f"{opening}{escape(spans[0].text, quote=False)}{closing}"
    return runs_html(runs(spans, places), notes)


def number_html(row: Row) -> str:
    """The number of a row; the one it had struck before it."""
    return " ".join(
        f"{_TAGS[op][0]}{escape(label, quote=False)}{_TAGS[op][1]}"
        for op, label in number_spans(row)
    )


def runs_html(found: tuple[Run, ...], notes: Notes) -> str:
    """Runs as phrasing content, their footnotes added to `notes`."""
    return "".join([_run(run, notes) for run in found])


def _run(run: Run, notes: Notes) -> str:
    html = _note(run.note, notes) if run.note is not None else escape(run.text, quote=False)
    if run.emphasis:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    if run.address:
        html = f'<a href="{escape(run.address)}" rel="noopener nofollow">{html}</a>'
    elif run.clause:
        there = f"{escape(notes.page)}#clause-{escape(run.clause)}"
        html = f'<a class="reference" href="{there}">{html}</a>'
    opening, closing = _TAGS[run.op]
    return f"{opening}{html}{closing}"


def _note(note: tuple[Run, ...], notes: Notes) -> str:
    at = len(notes.items)
    notes.items.append("")  # keeps the place while a note inside this one is written
    notes.items[at] = runs_html(note, notes)
    name = f"{notes.prefix}-{at + 1}"
    return f'<sup class="note" id="{name}-place"><a href="#{name}">{at + 1}</a></sup>'
