"""The clauses of one principle as a table."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports.figures import separated, workbook
from charter.exports.files import File, NoFile
from charter.formats.tables import Column, Table
from charter.queries.coverage import Reading
from charter.text import inline
from charter.text.units import Member


def file_of(found: Reading, wanted: str, *, name: str) -> File:
    """The table as xlsx or csv. NoFile for another format."""
    if wanted == "csv":
        return separated(table(found), name)
    if wanted == "xlsx":
        made = table(found)
        return workbook([made], name, made.name, found.revision)
    raise NoFile(wanted)


def table(found: Reading) -> Table:
    """A row for each clause, in order."""
    return Table(
        name=found.principle.name(found.language),
        columns=(
            Column(_("Clause")),
            Column(_("Place")),
            Column(_("Heading")),
            Column(_("Words of the clause"), width=80),
            Column(_("Tagged itself")),
        ),
        rows=[_row(member, found) for member in found.members],
        language=get_language() or "en",
    )


def place(member: Member) -> tuple[str, ...]:
    """The units around a clause, outermost first: "Part II Principles", "Article 5 Equality"."""
    return tuple(
        " ".join(part for part in (one.number.label, one.clause.heading) if part)
        or one.number.citation
        for one in member.above
    )


def _row(member: Member, found: Reading) -> tuple[str, ...]:
    words = inline.plain(member.clause.text, found.citations.get)
    return (
        member.number.citation,
        " › ".join(place(member)),
        member.clause.heading,
        "\n".join((words.body, *words.notes)),
        _("yes") if member.clause.id in found.tagged else "",
    )
