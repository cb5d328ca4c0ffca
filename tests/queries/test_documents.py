import pytest

from charter.actions.editions import name_edition
from charter.exports.documents import document, file_name
from charter.queries.documents import NoSuchLanguage, document_facts
from charter.queries.texts import NoSuchRevision
from tests.builders import FIRST, Scene, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter() -> Scene:
    made = scene()
    made.charter.refresh_from_db()
    return made


def test_a_document_holds_the_text_as_of_its_revision(charter: Scene):
    first = charter.charter.head
    reword(charter.charter, charter.cast.drafter, charter.first, "Other words.")
    charter.charter.refresh_from_db()

    facts = document_facts(charter.charter, since=first)

    assert facts.before.find(str(charter.first)).text == FIRST
    assert facts.outline.find(str(charter.first)).text == "Other words."
    assert (facts.since.number, facts.at.number) == (first, first + 1)
    assert facts.at.digest == charter.charter.digest


def test_a_revision_goes_by_its_last_edition(charter: Scene):
    for name in ("Zero draft", "Rev.1"):
        name_edition(
            actor=charter.cast.chair, charter=charter.charter, number=2, name=name, symbol="X/1"
        )

    facts = document_facts(charter.charter, at=2)

    assert (facts.at.edition, facts.at.symbol) == ("Rev.1", "X/1")


def test_what_the_charter_does_not_have_is_refused(charter: Scene):
    with pytest.raises(NoSuchRevision):
        document_facts(charter.charter, at=charter.charter.head + 1)
    with pytest.raises(NoSuchRevision):
        document_facts(charter.charter, since=-1)
    with pytest.raises(NoSuchLanguage):
        document_facts(charter.charter, language="fr")


def test_queries_do_not_grow_with_the_text(charter: Scene, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        document_facts(charter.charter, since=1)


def test_a_document_names_principles_in_its_language(charter: Scene):
    principle(charter.charter, charter.cast.chair, "openness")
    charter.charter.refresh_from_db()

    assert [entry.slug for entry in document(charter.charter).principles] == ["openness"]


def test_a_file_is_named_by_charter_language_and_revisions(charter: Scene):
    head = charter.charter.head

    clean = document(charter.charter)
    redline = document(charter.charter, since=2, language="ru")

    assert file_name(charter.charter, clean, ".pdf") == f"eurasia-r{head}.pdf"
    assert file_name(charter.charter, redline, ".pdf") == f"eurasia-ru-r2-r{head}.pdf"
