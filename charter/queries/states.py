"""What one clause was as of a revision: the row, its words, its principles."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from charter.models import Clause, ClausePrinciple, Principle, Wording
from charter.text.words import Words


def clause_at(clause: UUID, number: int) -> Any | None:
    """The clause's history row as of revision `number`; None when it was not there yet."""
    return (
        Clause.history.filter(id=clause, revision_number__lte=number)
        .order_by("-revision_number")
        .first()
    )


def words_at(clause: UUID, languages: Iterable[str], number: int) -> dict[str, Words]:
    """The clause's words as of a revision, by language, for those of `languages` that it had."""
    last = Wording.history.filter(id=OuterRef("id"), revision_number__lte=number).order_by(
        "-revision_number"
    )
    rows = (
        Wording.objects.filter(clause=clause, language__in=list(languages))
        .annotate(heading_then=Subquery(last.values("heading")[:1]))
        .annotate(text_then=Subquery(last.values("text")[:1]))
        .exclude(text_then=None)
        .values_list("language", "heading_then", "text_then")
    )
    return {language: Words(heading, text) for language, heading, text in rows}


def principles_at(clause: UUID, number: int) -> set[str]:
    """The slugs of the principles the clause served as of a revision, withdrawn ones too."""
    last = ClausePrinciple.history.filter(id=OuterRef("id"), revision_number__lte=number).order_by(
        "-revision_number"
    )
    tags = (
        ClausePrinciple.objects.filter(clause=clause)
        .annotate(withdrawn_then=Subquery(last.values("withdrawn")[:1]))
        .filter(withdrawn_then=False)
        .values("principle")
    )
    return set(Principle.objects.filter(pk__in=tags).values_list("slug", flat=True))


def words_of_many(clauses: Iterable[UUID], number: int) -> dict[tuple[UUID, str], Words]:
    """The words of several clauses as of a revision, by clause and language. One query."""
    last = Wording.history.filter(id=OuterRef("id"), revision_number__lte=number).order_by(
        "-revision_number"
    )
    rows = (
        Wording.objects.filter(clause__in=list(clauses))
        .annotate(heading_then=Subquery(last.values("heading")[:1]))
        .annotate(text_then=Subquery(last.values("text")[:1]))
        .exclude(text_then=None)
        .values_list("clause_id", "language", "heading_then", "text_then")
    )
    return {(clause, language): Words(*words) for clause, language, *words in rows}


def tags_of_many(clauses: Iterable[UUID], number: int) -> dict[UUID, set[int]]:
    """The primary keys of the principles that several clauses served as of a revision."""
    last = ClausePrinciple.history.filter(id=OuterRef("id"), revision_number__lte=number).order_by(
        "-revision_number"
    )
    rows = (
        ClausePrinciple.objects.filter(clause__in=list(clauses))
        .annotate(withdrawn_then=Subquery(last.values("withdrawn")[:1]))
        .filter(withdrawn_then=False)
        .values_list("clause_id", "principle_id")
    )
    found: dict[UUID, set[int]] = {}
    for clause, principle in rows:
        found.setdefault(clause, set()).add(principle)
    return found
