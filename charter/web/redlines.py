"""A redline on a page of the site: which rows are shown, and their HTML.

Rows are joined strings and not a template's loop: a long text has thousands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter.exports import said
from charter.formats.html import NOWHERE, Notes, number_html, wording_html
from charter.formats.languages import direction
from charter.formats.runs import places
from charter.formats.shape import Shape, shapes
from charter.text.kinds import Kind
from charter.text.redline import Change, Redline, Row, Span, Spans

_WHOLE = frozenset({Change.ADDED, Change.STRUCK})
_NONE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of unchanged clauses left out."""

    clauses: int


def shown(redline: Redline, *, everything: bool) -> list[Shape | Gap]:
    """The rows to show: all, or the changed ones with what they stand in and their neighbours."""
    rows = list(shapes(redline))
    if everything:
        return list(rows)
    wanted = _wanted(redline.rows)
    found: list[Shape | Gap] = []
    for at, shape in enumerate(rows):
        if at in wanted:
            found.append(shape)
        elif found and isinstance(found[-1], Gap):
            found[-1] = Gap(found[-1].clauses + 1)
        elif at + 1 in wanted or at + 1 == len(rows):
            found.append(shape)  # a gap of one clause would hide it and save nothing
        else:
            found.append(Gap(1))
    return found


def _wanted(rows: tuple[Row, ...]) -> set[int]:
    wanted: set[int] = set()
    above: list[int] = []
    for at, row in enumerate(rows):
        del above[row.depth :]
        above.append(at)
        if row.changes:
            wanted.update(above)
            wanted.update(near for near in (at - 1, at + 1) if 0 <= near < len(rows))
    return wanted


@dataclass(frozen=True, slots=True)
class _Page:
    """What every row of one redline needs."""

    redline: Redline
    slug: str
    names: Mapping[str, str]
    side: bool
    places: Mapping[str, str]
    notes: Notes
    history: str

    def rows(self, found: list[Shape | Gap]) -> Iterator[str]:
        inside: tuple[int, Change] | None = None
        for item in found:
            if isinstance(item, Gap):
                yield _gap(item)
                continue
            row = item.row
            if inside and (row.depth <= inside[0] or inside[1] not in row.changes):
                inside = None
            yield self.row(item, remarked=inside is None)
            whole = next(iter(_WHOLE & row.changes), None)
            if inside is None and whole:
                inside = (row.depth, whole)

    def title(self, everything: bool) -> str:
        spans = self.redline.title
        changed = any(span.op != "equal" for span in spans)
        if not spans or not (changed or everything):
            return ""
        if self.side:
            was, now = (self.line(_without(spans, op)) for op in ("insert", "delete"))
            words = f'<div class="sides"><div><h3>{was}</h3></div><div><h3>{now}</h3></div></div>'
        else:
            words = f"<h3>{self.line(spans)}</h3>"
        marks = "reworded titled" if changed else "titled"
        return f'<div class="clause {marks}"{" data-change" if changed else ""}>{words}</div>'

    def line(self, spans: Spans) -> str:
        return wording_html(spans, self.places, self.notes) if spans else ""

    def row(self, shape: Shape, *, remarked: bool) -> str:
        row = shape.row
        remark = f'<p class="remark">{self.remark(row)}</p>' if remarked and row.changes else ""
        words = self.sides(shape) if self.side else self.words(shape, row.heading, row.text)
        marks = [row.kind.value, *(sorted(row.changes) or ["same"])]
        if shape.heading:
            marks.append("titled")
        if shape.indent:
            marks.append(f"indent-{min(shape.indent, 3)}")
        name = f' id="clause-{escape(row.id)}"' if row.id and not row.left_for else ""
        change = " data-change" if row.changes and remarked else ""
        inner = f"{remark}{words}" if self.side else f"{words}{remark}"
        return f'<div class="clause {" ".join(marks)}"{name}{change}>{inner}</div>'

    def words(self, shape: Shape, heading: Spans, text: Spans, number: str | None = None) -> str:
        if number is None:
            number = number_html(shape.row)
        number = number or _name(shape)
        number = f'<span class="label-number">{number}</span>' if number else ""
        title, body = self.line(heading), self.line(text)
        if shape.heading or _name(shape):
            above = f"<h3>{number}{title}</h3>" if number or title else ""
            return above + (f"<p>{body}</p>" if body else "")
        line = " ".join(part for part in (number, title, body) if part)
        return f"<p>{line}</p>" if line else ""

    def sides(self, shape: Shape) -> str:
        row = shape.row
        was = self.words(
            shape,
            _without(row.heading, "insert"),
            _without(row.text, "insert"),
            escape(row.label_before),
        )
        now = self.words(
            shape,
            _without(row.heading, "delete"),
            _without(row.text, "delete"),
            escape(row.label),
        )
        was = "" if Change.ADDED in row.changes else was
        now = "" if Change.STRUCK in row.changes else now
        return f'<div class="sides"><div>{was}</div><div>{now}</div></div>'

    def remark(self, row: Row) -> str:
        if row.left_for:
            return escape(_("Moved to %(place)s") % {"place": row.left_for})
        where = escape(row.citation or _("clause"))
        address = self.history.replace(str(_NONE), row.id)
        link = f'<a href="{escape(address)}">{where}</a>' if row.id else where
        return f"{link}: {escape('; '.join(self.happenings(row)))}"

    def happenings(self, row: Row) -> Iterator[str]:
        for change in Change:
            if change not in row.changes:
                continue
            if change is Change.MOVED and row.moved_from:
                yield _("moved from %(place)s") % {"place": row.moved_from}
            elif row.split_from and change is Change.ADDED:
                yield _("split from %(place)s") % {"place": row.split_from}
            elif row.joined_into and change is Change.STRUCK:
                yield _("joined into %(place)s") % {"place": row.joined_into}
            elif change is Change.RENUMBERED and row.label_before and row.label:
                yield _("renumbered from %(was)s to %(now)s") % {
                    "was": row.label_before,
                    "now": row.label,
                }
            elif change is Change.RETAGGED:
                yield ", ".join(self.tags(row))
            else:
                yield str(said.CHANGES[change])
        if mixed := row.mixed_words:
            listed = ", ".join(f"“{word}”" for word in mixed)
            yield _("letters of two alphabets in one word: %(words)s") % {"words": listed}

    def tags(self, row: Row) -> Iterator[str]:
        for slug in row.principles:
            if slug not in row.principles_before:
                yield _("tagged %(name)s") % {"name": self.names.get(slug, slug)}
        for slug in row.principles_before:
            if slug not in row.principles:
                yield _("no longer tagged %(name)s") % {"name": self.names.get(slug, slug)}


def html(
    redline: Redline,
    *,
    slug: str,
    names: Mapping[str, str],
    side: bool = False,
    everything: bool = False,
) -> SafeString:
    """The rows of a redline with the language and direction of their text.

    `names` are those of the principles by slug; `side` sets the two texts in two columns.
    """
    page = _Page(
        redline=redline,
        slug=slug,
        names=names,
        side=side,
        places=places(redline),
        notes=Notes(),
        history=reverse("clause_history", args=[slug, _NONE]),
    )
    rows = "".join(page.rows(shown(redline, everything=everything)))
    view = "side" if side else "inline"
    attributes = f'lang="{escape(redline.language)}" dir="{direction(redline.language)}"'
    return mark_safe(  # noqa: S308  every word went through formats.html or escape
        f'<div class="redline {view}" {attributes}>'
        f"{page.title(everything)}{rows}{page.notes.html()}</div>"
    )


def spans_html(
    spans: Spans | str, notes: str, places: Mapping[str, str] = NOWHERE, page: str = ""
) -> SafeString:
    """One wording, or the redline of one, with its marks and footnotes.

    `notes` keeps the ids of its footnotes apart on the page. `places` is what references print by
    the ids of their clauses, which are on the page at the address `page`.
    """
    kept = Notes(prefix=notes, page=page)
    told = (Span("equal", spans),) if isinstance(spans, str) else spans
    words = wording_html(told, places, kept)
    return mark_safe(words + kept.html())  # noqa: S308


def _name(shape: Shape) -> str:
    """What a preamble or a sole annex is called, as neither has a number."""
    row = shape.row
    unnamed = row.kind in (Kind.PREAMBLE, Kind.ANNEX) and not row.heading and not row.left_for
    return escape(row.citation) if unnamed else ""


def _without(spans: Spans, op: str) -> Spans:
    return tuple(span for span in spans if span.op != op)


def _gap(gap: Gap) -> str:
    words = ngettext("%(count)d clause unchanged", "%(count)d clauses unchanged", gap.clauses)
    return f'<p class="gap">{escape(words % {"count": gap.clauses})}</p>'
