"""The page of a text: what it says, to whom, in which language, as of when, and at what cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from charter.actions.charters import create_charter
from charter.actions.clauses import change_clause
from charter.actions.editions import name_edition
from charter.actions.threads import open_thread
from charter.actions.values import Words
from charter.models import Charter, Clause
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from charter.text.outline import Outline
from tests.builders import OTHER, SECOND, Scene, insert, principle, reword, scene
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


def reader(someone) -> Client:
    client = Client()
    client.force_login(someone)
    return client


def page(laid: Scene, who: str = "observer", **query) -> str:
    client = reader(getattr(laid.cast, who))
    answer = client.get(reverse("text", args=[laid.charter.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """The page's words without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_text_stands_with_its_numbers_and_headings(laid: Scene):
    said = words(page(laid))
    assert "A charter of tests" in said
    assert "Article 1 Principles" in said
    assert f"2. {SECOND}" in said
    assert OTHER in said


def test_somebody_without_a_seat_is_told_there_is_no_such_charter(laid: Scene):
    stranger = reader(person("another"))
    answer = stranger.get(reverse("text", args=[laid.charter.slug]))
    assert answer.status_code == 404
    assert laid.charter.title not in answer.content.decode()


def test_somebody_not_signed_in_is_sent_to_sign_in_whether_or_not_the_charter_exists(laid: Scene):
    for slug in (laid.charter.slug, "nowhere"):
        answer = Client().get(reverse("text", args=[slug]))
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"]


def test_a_script_of_somebody_signed_out_is_told_so_and_gets_no_page(laid: Scene):
    address = reverse("clause_edit", args=[laid.charter.slug, laid.first])
    assert Client().post(address, headers={"HX-Request": "true"}).status_code == 401


def test_words_of_people_are_never_markup(laid: Scene):
    evil = 'An <script>alert(1)</script> & "quotes" <b>bold</b> [x](javascript:alert(1))'
    reword(laid.charter, laid.cast.chair, laid.other, evil)
    html = page(laid)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in html
    assert 'href="javascript' not in html


def test_the_page_needs_no_inline_style_or_script(laid: Scene):
    principle(laid.charter, laid.cast.chair, "openness")
    html = page(laid, "chair")
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son\w+=", html)


def test_an_observer_finds_no_tools_to_write_with(laid: Scene):
    html = page(laid)
    assert "/edit/" not in html
    assert 'id="comment"' not in html
    assert "/edit/" in page(laid, "drafter")
    assert 'id="comment"' in page(laid, "reviewer")
    assert "/edit/" not in page(laid, "reviewer")


@pytest.mark.parametrize(
    "name", ["text", "struck", "member_names", "history", "compilation", "rolling"]
)
def test_a_language_that_the_charter_is_not_drafted_in_is_not_there(laid: Scene, name: str):
    client = reader(laid.cast.reviewer)
    for language, status in (("ru", 200), ("fr", 404), ("nonsense", 404)):
        address = reverse(name, args=[laid.charter.slug], query={"language": language})
        assert client.get(address).status_code == status


def test_the_text_in_another_language_says_so_to_the_browser(laid: Scene):
    laid.charter.refresh_from_db()
    change_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.other,
        base=laid.charter.head,
        words={"ru": Words("Открытость", "Хартия открыта для всех государств Евразии.")},
    )
    html = page(laid, language="ru")
    assert "Хартия открыта для всех государств Евразии." in html
    assert 'id="text" lang="ru" dir="ltr"' in html
    assert "Статья 2" in words(html)
    assert '<html lang="en"' in html


def test_a_text_in_arabic_runs_from_right_to_left():
    chair = person("chair")
    charter = create_charter(actor=chair, title="ميثاق", slug="arabic", working_language="ar")
    html = reader(chair).get(reverse("text", args=[charter.slug])).content.decode()
    assert 'id="text" lang="ar" dir="rtl"' in html
    assert '<html lang="en" dir="ltr"' in html


def test_an_earlier_revision_reads_as_it_was_and_cannot_be_edited(laid: Scene):
    laid.charter.refresh_from_db()
    earlier = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.other, "This Charter is closed.")
    html = page(laid, "chair", at=earlier)
    assert OTHER in html
    assert "This Charter is closed." not in html
    assert f"As of revision {earlier}, not the current text." in html
    assert "/edit/" not in html
    assert "This Charter is closed." in page(laid, "chair")


@pytest.mark.parametrize("at", ["0", "-1", "99", "x", "1.5", "9" * 40])
def test_a_revision_that_is_not_there_is_not_found(laid: Scene, at: str):
    client = reader(laid.cast.observer)
    answer = client.get(reverse("text", args=[laid.charter.slug]), {"at": at})
    assert answer.status_code == 404


def test_a_principle_shows_its_clauses_in_their_context_and_sets_the_rest_aside(laid: Scene):
    chair = laid.cast.chair
    principle(laid.charter, chair, "openness")
    laid.charter.refresh_from_db()
    change_clause(
        actor=chair,
        charter=laid.charter,
        clause=laid.first,
        base=laid.charter.head,
        principles=["openness"],
    )
    html = page(laid, principle="openness")

    def classes(clause) -> str:
        return re.search(rf'class="([^"]*)" id="clause-{clause}"', html)[1]

    assert classes(laid.first) == "clause paragraph"
    assert classes(laid.article) == "clause article context"
    assert classes(laid.second) == "clause paragraph aside"
    assert classes(laid.other) == "clause article aside"
    assert "1 clause under “Openness”" in html
    assert f'href="#clause-{laid.article}"' in html
    assert f'href="#clause-{laid.other}"' not in html


def test_filtered_by_a_principle_the_discussion_of_hidden_clauses_is_hidden_too(laid: Scene):
    principle(laid.charter, laid.cast.chair, "openness")
    laid.charter.refresh_from_db()
    thread = open_thread(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.second,
        language="en",
        base=laid.charter.head,
        text="And this?",
    )
    assert f'id="thread-{thread.pk}"' in page(laid)
    assert f'id="thread-{thread.pk}"' not in page(laid, principle="openness")


def test_what_changed_since_the_last_edition_is_marked_in_text_and_outline(laid: Scene):
    laid.charter.refresh_from_db()
    name_edition(
        actor=laid.cast.chair, charter=laid.charter, number=laid.charter.head, name="Zero draft"
    )
    assert "changed-mark" not in page(laid)
    reword(laid.charter, laid.cast.drafter, laid.second, SECOND.replace("shall", "may"))
    html = page(laid)
    marked = re.findall(r'id="clause-([\w-]+)" tabindex="-1"><span class="changed-mark"', html)
    assert marked == [str(laid.second)]
    assert html.count("changed since Zero draft</span>") == 1


def test_a_reference_prints_the_number_of_the_clause_and_leads_to_it(laid: Scene):
    reword(laid.charter, laid.cast.chair, laid.first, f"As said in [](#{laid.other}).")
    html = page(laid)
    assert re.search(rf'<a class="reference" href="#clause-{laid.other}"[^>]*>Article 2</a>', html)


def test_headings_never_skip_a_level():
    chair = person("chair")
    charter = create_charter(actor=chair, title="Levels", slug="levels")
    part = insert(charter, chair, "part", heading="Part")
    article = insert(charter, chair, "article", parent=part, heading="In the part")
    insert(charter, chair, "paragraph", "Words.", parent=article)
    insert(charter, chair, "article", heading="Outside")
    html = reader(chair).get(reverse("text", args=["levels"])).content.decode()
    assert re.findall(r'<h(\d) class="heading">', html) == ["2", "3", "2"]


def long_charter(chair, slug: str, articles: int) -> Charter:
    """A charter of many articles, with as many threads, tags and revisions as there are."""
    units = tuple(
        Unit(kind=Kind.ARTICLE, heading=f"Matter {n}", text=f"The Parties shall do matter {n}.")
        for n in range(articles)
    )
    charter = create_charter(
        actor=chair, title=slug, slug=slug, outline=Outline(title=slug, clauses=units)
    )
    principle(charter, chair, "openness")
    charter.refresh_from_db()
    clauses = list(Clause.objects.filter(charter=charter, kind="article"))
    for clause in clauses[: max(articles // 10, 1)]:
        reword(charter, chair, clause.pk, "The Parties shall do something else.")
        charter.refresh_from_db()
        open_thread(
            actor=chair,
            charter=charter,
            clause=clause.pk,
            language="en",
            base=charter.head,
            start=4,
            end=11,
            text="Which?",
        )
    return charter


@pytest.mark.parametrize("query", [{}, {"at": "2"}, {"principle": "openness"}])
def test_a_long_text_costs_no_more_queries_than_a_short_one(query: dict):
    chair = person("chair")
    costs = []
    for slug, articles in (("short", 10), ("long", 300)):
        charter = long_charter(chair, slug, articles)
        client = reader(chair)
        client.get(reverse("charters"))
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(reverse("text", args=[charter.slug]), query)
        assert answer.status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
    assert costs[1] <= 26


def test_nobody_can_write_the_place_of_the_text(laid: Scene):
    evil = "<!--text-->"
    change_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.root,
        base=Charter.objects.get(pk=laid.charter.pk).head,
        words={"en": Words(heading=evil)},
    )
    reword(laid.charter, laid.cast.chair, laid.other, evil)
    html = page(laid)
    assert evil not in html
    assert html.count("&lt;!--text--&gt;") >= 2
    assert html.index('id="text"') < html.index(f'id="clause-{laid.article}"')


def test_an_earlier_text_has_the_discussion_of_its_time_to_read_and_not_to_answer(laid: Scene):
    open_thread(
        actor=laid.cast.reviewer,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=5,
        start=4,
        end=11,
        text="Which Parties?",
    )
    reword(laid.charter, laid.cast.chair, laid.first, "Entirely other words.")
    then = page(laid, "drafter", at=5)
    assert "Which Parties?" in then
    assert '<mark class="anchor"' in then
    assert "/reply/" not in then
    assert "Which Parties?" not in page(laid, "drafter", at=4)
    assert "/reply/" in page(laid, "drafter")
