"""The charter's vocabulary of principles, as it is now."""

from collections import Counter
from dataclasses import dataclass

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
    """A principle in one language; `clauses` counts those in the text that serve it."""

    slug: str
    name: str
    definition: str
    colour: str
    withdrawn: bool
    clauses: int


def vocabulary(charter: Charter, language: str) -> list[VocabularyEntry]:
    """Every principle in its order, withdrawn ones too. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVED, {"charter": charter.pk})
        served = Counter(dict(cursor.fetchall()))
    return [
        VocabularyEntry(
            slug=row.slug,
            name=row.name(language),
            definition=row.definition(language),
            colour=row.colour,
            withdrawn=row.withdrawn,
            clauses=served[row.pk],
        )
        for row in Principle.objects.filter(charter=charter)
    ]


def principle_of(charter: Charter, slug: str) -> Principle | None:
    """One entry with its names and definitions; None when the vocabulary does not have it."""
    return Principle.objects.filter(charter=charter, slug=slug).first()


def names_of(charter: Charter, language: str) -> dict[str, str]:
    """The principles' names by slug, withdrawn ones too."""
    return {row.slug: row.name(language) for row in Principle.objects.filter(charter=charter)}
