"""The charter's vocabulary of principles, as it is now."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection

from charter.models import Charter, Principle

# A tag counts while its clause is in the text, so the tree is walked past what is struck.
_SERVED = """
WITH RECURSIVE standing AS (
    SELECT id FROM charter_clause WHERE parent_id IS NULL AND charter_id = %(charter)s
    UNION ALL
    SELECT below.id
    FROM charter_clause below JOIN standing ON below.parent_id = standing.id
    WHERE NOT below.struck
)
SELECT t.principle_id, count(*)
FROM charter_clauseprinciple t JOIN standing ON standing.id = t.clause_id
WHERE NOT t.withdrawn
GROUP BY t.principle_id
"""


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """A principle in one language; `clauses` counts those in the text that serve it.

    `merged_into` is the name of the principle that took its place, or ""; `successor` is its slug,
    and `split_from` the slug of the one it was taken out of.
    """

    slug: str
    name: str
    definition: str
    colour: str
    withdrawn: bool
    clauses: int
    merged_into: str = ""
    successor: str = ""
    split_from: str = ""


def vocabulary(charter: Charter, language: str) -> list[VocabularyEntry]:
    """Every principle in its order, withdrawn ones too. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVED, {"charter": charter.pk})
        served = Counter(dict(cursor.fetchall()))
    rows = list(Principle.objects.filter(charter=charter))
    names = {row.slug: row.name(language) for row in rows}
    return [
        VocabularyEntry(
            slug=row.slug,
            name=names[row.slug],
            definition=row.definition(language),
            colour=row.colour,
            withdrawn=row.withdrawn,
            clauses=served[row.pk],
            merged_into=names.get(row.merged_into, ""),
            successor=row.merged_into,
            split_from=row.split_from,
        )
        for row in rows
    ]


def principle_of(charter: Charter, slug: str) -> Principle | None:
    """One entry with its names and definitions; None when the vocabulary does not have it."""
    return Principle.objects.filter(charter=charter, slug=slug).first()


def names_of(charter: Charter, language: str) -> dict[str, str]:
    """The principles' names by slug, withdrawn ones too."""
    return {row.slug: row.name(language) for row in Principle.objects.filter(charter=charter)}


def principles_at(charter: Charter, number: int) -> list[Any]:
    """The history rows of all entries as of a revision, in their order, withdrawn ones too."""
    rows = Principle.history.filter(charter=charter, revision_number__lte=number)
    last = rows.order_by("id", "-revision_number").distinct("id")
    return sorted(last, key=lambda row: (row.rank, row.id))


def changed_since(charter: Charter, slug: str, number: int) -> bool:
    """Whether the entry of a principle has changed after this revision."""
    return Principle.history.filter(
        id__in=Principle.objects.filter(charter=charter, slug=slug).values("id"),
        revision_number__gt=number,
    ).exists()
