"""Making a charter, and deciding about the whole of it."""

import pytest
from django.utils import translation

from charter.access import Forbidden
from charter.actions import gate
from charter.actions.charters import change_charter, create_charter
from charter.actions.clauses import change_clause
from charter.actions.refusals import (
    AlreadyThere,
    HiddenWords,
    Invalid,
    Missing,
    NoSuch,
    TooLong,
    WouldNotNest,
)
from charter.actions.values import Words
from charter.models import Cause, Charter, Membership
from charter.queries.texts import text_at
from charter.queries.verification import verify
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from tests.builders import scene
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def founder():
    return person("founder")


def test_a_charter_begins_with_its_title_and_its_founder_in_the_chair(founder):
    charter = create_charter(
        actor=founder, title="A Eurasian charter", languages=("ru", "en"), message="At last"
    )
    assert (charter.slug, charter.head, charter.languages) == (
        "a-eurasian-charter",
        1,
        ["en", "ru"],
    )
    assert Membership.objects.get(charter=charter).role == "chair"
    revision = charter.revisions.get()
    assert (revision.cause, revision.message, revision.author) == (
        Cause.CREATE,
        "At last",
        founder,
    )
    assert text_at(charter) == text_at(charter, 1) == Outline(title="A Eurasian charter")
    assert verify(charter).ok


TREE = Outline(
    title="Bylaws",
    scheme="statute",
    clauses=(
        Clause(Kind.PREAMBLE, children=(Clause(Kind.RECITAL, text="Recalling,"),)),
        Clause(
            Kind.ARTICLE,
            heading="Name",
            numeral="1a",
            children=(
                Clause(Kind.PARAGRAPH, text="The name.", children=(Clause(Kind.POINT, "or"),)),
            ),
        ),
        Clause(Kind.ANNEX, text="The list."),
    ),
)


def stripped(clause: Clause) -> tuple:
    return (
        clause.kind,
        clause.heading,
        clause.text,
        clause.numeral,
        [*map(stripped, clause.children)],
    )


def test_a_charter_made_from_a_text_says_what_the_text_says(founder):
    charter = create_charter(actor=founder, title="Bylaws", scheme="statute", outline=TREE)
    made = text_at(charter)
    assert [*map(stripped, made.clauses)] == [*map(stripped, TREE.clauses)]
    assert made.scheme == "statute"
    assert charter.head == 1
    assert verify(charter).ok


@pytest.mark.parametrize(
    ("clause", "refusal"),
    [
        (Clause(Kind.POINT, children=(Clause(Kind.ARTICLE, "No."),)), WouldNotNest),
        (Clause(Kind.ARTICLE, "so\u200bvereign"), HiddenWords),
        (Clause(Kind.ARTICLE, "a" * 200_001), TooLong),
        (Clause(Kind.ARTICLE, "No.", principles=("peace",)), NoSuch),
    ],
)
def test_a_text_that_cannot_be_kept_makes_no_charter(founder, clause, refusal):
    with pytest.raises(refusal):
        create_charter(actor=founder, title="Bylaws", outline=Outline(clauses=(clause,)))
    assert not Charter.objects.exists()


def test_a_refusal_says_which_clause_it_is_about(founder):
    bad = Clause(Kind.ARTICLE, heading="On sovereignty", text="so\u200bvereign")
    with pytest.raises(HiddenWords) as caught:
        create_charter(actor=founder, title="Bylaws", outline=Outline(clauses=(bad,)))
    assert "On sovereignty" in caught.value.message
    assert "On sovereignty" not in str(caught.value)


def test_too_many_clauses_are_refused(founder):
    many = Outline(clauses=tuple(Clause(Kind.ARTICLE, text="One.") for _ in range(20_001)))
    with pytest.raises(TooLong):
        create_charter(actor=founder, title="Long", outline=many)


def test_too_deep_a_tree_is_refused(founder):
    clause = Clause(Kind.SECTION, heading="Deepest")
    for _level in range(60):
        clause = Clause(Kind.SECTION, children=(clause,))
    with pytest.raises(TooLong):
        create_charter(actor=founder, title="Deep", outline=Outline(clauses=(clause,)))
    shallower = create_charter(
        actor=founder, title="Deep", outline=Outline(clauses=clause.children)
    )
    assert len(list(text_at(shallower).walk())) == 60


def test_two_charters_of_one_title_have_two_addresses(founder):
    slugs = [
        create_charter(actor=founder, title=title).slug for title in ("New", "Bylaws", "Bylaws")
    ]
    assert slugs == ["new-2", "bylaws", "bylaws-2"]
    assert create_charter(actor=founder, title="Хартия").slug == "charter"


def test_an_address_that_is_taken_is_refused(founder):
    create_charter(actor=founder, title="One", slug="one")
    with pytest.raises(AlreadyThere):
        create_charter(actor=founder, title="Two", slug="one")


@pytest.mark.parametrize("slug", ["new", "Ünicode", "a b", "-a", "a--b", "A", "a" * 81, "a/b"])
def test_an_address_of_the_wrong_form_is_refused(founder, slug):
    with pytest.raises(Invalid):
        create_charter(actor=founder, title="One", slug=slug)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": " "}, Missing),
        ({"title": "a" * 2001}, TooLong),
        ({"title": "so\u200bvereign"}, HiddenWords),
        ({"working_language": "English"}, Invalid),
        ({"languages": ("../etc",)}, Invalid),
        ({"scheme": "poem"}, Invalid),
    ],
)
def test_a_charter_of_the_wrong_form_is_refused(founder, wrong, refusal):
    with pytest.raises(refusal):
        create_charter(**{"actor": founder, "title": "One"} | wrong)


def test_somebody_shut_out_makes_no_charter(founder):
    founder.is_active = False
    with pytest.raises(Forbidden):
        create_charter(actor=founder, title="One")


def test_the_chair_declares_a_stage_and_a_language():
    laid = scene()
    row = change_charter(
        actor=laid.cast.chair, charter=laid.charter, stage="negotiation", add_language="zh"
    )
    assert (row.stage, row.languages) == ("negotiation", ["en", "ru", "zh"])
    again = change_charter(actor=laid.cast.chair, charter=laid.charter, add_language="zh")
    assert (again.stage, again.languages) == ("negotiation", ["en", "ru", "zh"])


def test_there_is_an_end_to_the_languages_of_a_charter(monkeypatch):
    laid = scene()
    monkeypatch.setattr(gate, "LANGUAGES", 3)
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    assert change_charter(**act, add_language="zh").languages == ["en", "ru", "zh"]
    with pytest.raises(Invalid):
        change_charter(**act, add_language="fr")
    assert Charter.objects.get(pk=laid.charter.pk).languages == ["en", "ru", "zh"]
    with pytest.raises(Invalid):
        create_charter(actor=laid.cast.chair, title="One", languages=("ru", "zh", "fr"))


def test_nobody_else_does_and_nothing_else_is_declared():
    laid = scene()
    with pytest.raises(Forbidden):
        change_charter(actor=laid.cast.drafter, charter=laid.charter, stage="adopted")
    for wrong in ({"stage": "done"}, {"add_language": "Chinese"}):
        with pytest.raises(Invalid):
            change_charter(actor=laid.cast.chair, charter=laid.charter, **wrong)


def test_a_charter_is_called_by_its_title_in_the_language_of_its_reader(db):
    laid = scene()
    root = {"actor": laid.cast.chair, "charter": laid.charter, "clause": laid.root}
    change_clause(**root, base=laid.charter.head, words={"ru": Words("Хартия испытаний")})
    for charter in (laid.charter, Charter.objects.get(pk=laid.charter.pk)):
        assert charter.title_in("ru") == "Хартия испытаний"
        assert [charter.title_in(code) for code in ("en", "fr")] == ["A charter of tests"] * 2
    with translation.override("ru"):
        assert laid.charter.called == "Хартия испытаний"
    change_clause(**root, base=laid.charter.head, words={"ru": Words("")})
    assert laid.charter.title_in("ru") == "A charter of tests"


def test_a_charter_that_was_given_a_name_goes_by_it_in_every_language(db):
    laid = scene()
    root = {"actor": laid.cast.chair, "charter": laid.charter, "clause": laid.root}
    change_clause(**root, base=laid.charter.head, words={"ru": Words("Хартия испытаний")})
    change_charter(actor=laid.cast.chair, charter=laid.charter, title="The Forum")
    laid.charter.refresh_from_db()
    assert {laid.charter.title_in(code) for code in ("en", "ru")} == {"The Forum"}
