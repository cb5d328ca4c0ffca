"""The figures of a charter's statistics, each a chart and its table."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from charter.exports.figures import Figure
from charter.formats.charts import Frame
from charter.formats.charts_bars import Bar, bars
from charter.formats.charts_steps import Axis, Mark, Panel, steps
from charter.formats.svg import Svg
from charter.formats.tables import Column, Table, Type, Value
from charter.queries.points import Points
from charter.queries.statistics import Contributor, Dispute, Numbers, Sitting

# Groups that a chart draws; the table has all.
SITTINGS, PEOPLE, ARTICLES = 24, 20, 15


KEYS = ("growth", "sittings", "disputes", "contributors")


def figures_of(numbers: Numbers, points: Points) -> tuple[Figure, ...]:
    """Growth, sittings, disputes, contributors."""
    return (
        _growth(numbers, points),
        _sittings(numbers.sittings),
        _disputes(numbers.disputes),
        _contributors(numbers.contributors),
    )


def _growth(numbers: Numbers, points: Points) -> Figure:
    marks = [Mark(one.number, one.name) for one in points.editions if one.number <= numbers.number]

    def draw(frame: Frame) -> Svg:
        return steps(
            frame,
            Axis(1, max(numbers.counted, 1), _("Revision")),
            [
                Panel(pgettext("number of words", "Words"), numbers.words_steps),
                Panel(_("Clauses"), numbers.clauses_steps),
            ],
            marks,
        )

    return Figure(
        key="growth",
        title=_("Growth of the text"),
        description=_("How many words and clauses stood in the text, from revision to revision."),
        table=_table(
            _("Growth of the text"),
            (
                Column(_("Revision"), Type.NUMBER),
                Column(pgettext("number of words", "Words"), Type.NUMBER),
                Column(_("Clauses"), Type.NUMBER),
            ),
            _growth_rows(numbers),
        ),
        draw=draw,
        over_time=True,
    )


def _growth_rows(numbers: Numbers) -> list[tuple[Value, ...]]:
    """A row wherever one of the two figures changed, with both."""
    words, clauses = dict(numbers.words_steps), dict(numbers.clauses_steps)
    rows: list[tuple[Value, ...]] = []
    now = (0, 0)
    for number in sorted({*words, *clauses}):
        now = words.get(number, now[0]), clauses.get(number, now[1])
        rows.append((number, *now))
    return rows


def _sittings(sittings: Sequence[Sitting]) -> Figure:
    def draw(frame: Frame) -> Svg:
        latest = sittings[-SITTINGS:]
        names = [_("Words written"), _("Words taken out"), _("Clauses changed")]
        return bars(
            frame,
            names,
            [Bar(_when(one), (one.written, one.taken, one.changes)) for one in latest],
        )

    return Figure(
        key="sittings",
        title=_("Changes by sitting"),
        description=_(
            "For each of the latest sittings the words that came into the text and went out of "
            "it, and the clauses that changed. A pause of six hours ends a sitting. A bar with a "
            "gap is longer than it is drawn."
        ),
        table=_table(
            _("Changes by sitting"),
            (
                Column(_("Began"), Type.MOMENT),
                Column(_("Ended"), Type.MOMENT),
                Column(_("Revisions"), Type.NUMBER),
                Column(_("People"), Type.NUMBER),
                Column(_("Clauses changed"), Type.NUMBER),
                Column(_("Words written"), Type.NUMBER),
                Column(_("Words taken out"), Type.NUMBER),
                Column(_("Words at its end"), Type.NUMBER),
                Column(_("Clauses at its end"), Type.NUMBER),
            ),
            [
                (
                    one.began,
                    one.ended,
                    one.revisions,
                    one.people,
                    one.changes,
                    one.written,
                    one.taken,
                    one.words,
                    one.clauses,
                )
                for one in sittings
            ],
        ),
        draw=draw,
    )


def _when(sitting: Sitting) -> str:
    began, ended = (date_format(at, "j E Y") for at in (sitting.began, sitting.ended))
    return began if began == ended else f"{began} – {ended}"


def _disputes(disputes: Sequence[Dispute]) -> Figure:
    def draw(frame: Frame) -> Svg:
        return bars(
            frame,
            [_("Revisions"), _("Threads"), _("Comments")],
            [
                Bar(_article(one), (one.edits, one.threads, one.comments))
                for one in disputes[:ARTICLES]
            ],
        )

    return Figure(
        key="disputes",
        title=_("Most disputed articles"),
        description=_(
            "The articles of the text that were changed most often and discussed most: revisions "
            "that touched them, threads and comments on them."
        ),
        table=_table(
            _("Most disputed articles"),
            (
                Column(_("Article")),
                Column(_("Heading")),
                Column(_("Revisions"), Type.NUMBER),
                Column(_("Threads"), Type.NUMBER),
                Column(_("Open threads"), Type.NUMBER),
                Column(_("Comments"), Type.NUMBER),
            ),
            [
                (
                    one.unit.head.number.citation,
                    _heading(one),
                    one.edits,
                    one.threads,
                    one.open_threads,
                    one.comments,
                )
                for one in disputes
            ],
        ),
        draw=draw,
    )


def _heading(dispute: Dispute) -> str:
    head = dispute.unit.head
    return "" if head.clause.heading == head.number.citation else head.clause.heading


def _article(dispute: Dispute) -> str:
    citation = dispute.unit.head.number.citation
    return " · ".join(part for part in (citation, _heading(dispute)) if part)


def _contributors(people: Sequence[Contributor]) -> Figure:
    def draw(frame: Frame) -> Svg:
        return bars(
            frame,
            [_("Words written"), _("Words taken out"), _("Comments")],
            [Bar(one.name, (one.written, one.taken, one.comments)) for one in people[:PEOPLE]],
        )

    return Figure(
        key="contributors",
        title=_("Contributors"),
        description=_(
            "The words that people brought into the text and took out of it, by wording, "
            "inserting, striking and restoring clauses, and their comments. A bar with a gap is "
            "longer than it is drawn."
        ),
        table=_table(
            _("Contributors"),
            (
                Column(_("Name")),
                Column(_("Delegation")),
                Column(_("Revisions"), Type.NUMBER),
                Column(_("Clauses changed"), Type.NUMBER),
                Column(_("Words written"), Type.NUMBER),
                Column(_("Words taken out"), Type.NUMBER),
                Column(_("Comments"), Type.NUMBER),
            ),
            [
                (
                    one.name,
                    one.delegation,
                    one.revisions,
                    one.changes,
                    one.written,
                    one.taken,
                    one.comments,
                )
                for one in people
            ],
        ),
        draw=draw,
    )


def _table(name: str, columns: tuple[Column, ...], rows: Sequence[tuple[Value, ...]]) -> Table:
    return Table(name=name, columns=columns, rows=rows, language=get_language() or "en")
