"""Frozen numbers: what was cited stays cited so, and what comes between is bis."""

import pytest

from charter.access import Forbidden
from charter.actions.clauses import insert_clause, move_clause, strike_clause
from charter.actions.imports import import_outline
from charter.actions.numbering import freeze_numbers, release_numbers
from charter.actions.refusals import NoSuch
from charter.actions.values import Words
from charter.formats import markdown
from charter.queries.comparisons import concordance
from charter.queries.texts import frozen_at, text_at
from charter.queries.verification import verify
from charter.text.numbering import labels
from tests.builders import Scene, insert, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Scene:
    return scene()


def frozen(table: Scene) -> Scene:
    table.charter.refresh_from_db()
    freeze_numbers(actor=table.cast.chair, charter=table.charter, number=table.charter.head)
    return table


def numbers(table: Scene, number: int | None = None, language: str = "") -> list[str]:
    table.charter.refresh_from_db()
    outline = text_at(table.charter, number, language)
    return [label for label in labels(outline) if label]


def inserted_after_article_1(table: Scene) -> None:
    insert_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        kind="article",
        words={"en": Words("Good faith", "The Parties shall act in good faith.")},
        after=table.article,
    )


def test_without_a_freeze_an_insertion_renumbers_the_rest(table):
    inserted_after_article_1(table)
    assert numbers(table) == ["Article 1", "1.", "2.", "Article 2", "Article 3"]


def test_after_a_freeze_an_insertion_becomes_bis_in_every_language(table):
    inserted_after_article_1(frozen(table))
    assert numbers(table) == ["Article 1", "1.", "2.", "Article 1 bis", "Article 2"]
    assert "Статья 1 bis" in numbers(table, language="ru")


def test_the_text_before_the_freeze_reads_as_it_did(table):
    inserted_after_article_1(table)
    table.charter.refresh_from_db()
    before, head = numbers(table), table.charter.head
    freeze_numbers(actor=table.cast.chair, charter=table.charter, number=head - 1)
    assert numbers(table, head) == before
    assert numbers(table) == ["Article 1", "1.", "2.", "Article 1 bis", "Article 2"]


def test_a_struck_number_is_not_given_to_another_clause(table):
    strike_clause(actor=table.cast.drafter, charter=frozen(table).charter, clause=table.article)
    assert numbers(table) == ["Article 2"]


def test_a_release_computes_all_numbers_again_and_both_are_history(table):
    inserted_after_article_1(frozen(table))
    table.charter.refresh_from_db()
    then = table.charter.head
    release_numbers(actor=table.cast.chair, charter=table.charter)
    assert numbers(table)[-1] == "Article 3"
    assert numbers(table, then)[-1] == "Article 2"
    assert verify(table.charter).ok


def test_freezing_twice_alike_makes_no_second_revision(table):
    table.charter.refresh_from_db()
    number = table.charter.head
    chair = table.cast.chair
    assert freeze_numbers(actor=chair, charter=table.charter, number=number).revision
    assert freeze_numbers(actor=chair, charter=table.charter, number=number).revision is None
    assert frozen_at(table.charter) == number


def test_only_the_chair_freezes_and_only_a_revision_that_is_there(table):
    with pytest.raises(Forbidden):
        freeze_numbers(actor=table.cast.drafter, charter=table.charter, number=1)
    for number in (0, 99):
        with pytest.raises(NoSuch):
            freeze_numbers(actor=table.cast.chair, charter=table.charter, number=number)


def test_an_exported_frozen_text_imported_again_changes_nothing(table):
    inserted_after_article_1(frozen(table))
    table.charter.refresh_from_db()
    read = markdown.read(markdown.write(text_at(table.charter)))
    done = import_outline(
        actor=table.cast.drafter, charter=table.charter, outline=read, language="en"
    )
    assert done.revision is None


def test_the_concordance_says_where_each_clause_is_cited(table):
    table.charter.refresh_from_db()
    since = table.charter.head
    new = insert(table.charter, table.cast.drafter, "article", "New.", before=table.article)
    move_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.other,
        parent=None,
        before=new,
    )
    table.charter.refresh_from_db()
    rows = concordance(table.charter, since, table.charter.head)
    assert (str(new), "", "Article 2") in rows
    assert (str(table.other), "Article 2", "Article 1") in rows
    assert (str(table.article), "Article 1", "Article 3") in rows
