"""The form of a clause's brackets: words put in some, brackets lifted, and nothing done unseen."""

import pytest
from django.test import Client
from django.urls import reverse

from charter.models import Charter, Wording
from tests.builders import FIRST, Scene, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


@pytest.fixture
def drafter(laid: Scene) -> Client:
    client = Client()
    client.force_login(laid.cast.drafter)
    return client


def address(laid: Scene, clause=None) -> str:
    return reverse("clause_brackets", args=[laid.charter.slug, clause or laid.first])


def head(laid: Scene) -> int:
    return Charter.objects.get(pk=laid.charter.pk).head


def send(laid: Scene, client: Client, clause=None, **sent):
    return client.post(address(laid, clause), {"base": head(laid), **sent})


def text(laid: Scene) -> str:
    return Wording.objects.get(clause=laid.first, language="en").text


def bracketed(laid: Scene, text: str) -> None:
    reword(laid.charter, laid.cast.chair, laid.first, text)


def test_quoted_words_are_placed_in_brackets_and_the_reader_is_back_at_the_clause(laid, drafter):
    answer = send(laid, drafter, quote="the sovereignty", message="Open again")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#clause-{laid.first}")
    assert text(laid) == FIRST.replace("the sovereignty", "[the sovereignty]")
    assert laid.charter.revisions.get(number=head(laid)).message == "Open again"


def test_words_are_placed_by_their_offsets_as_a_selection_gives_them(laid, drafter):
    send(laid, drafter, start=4, end=12)
    assert text(laid) == FIRST.replace("Parties", "[Parties]")


def test_of_words_that_stand_there_twice_the_reader_says_which(laid, drafter):
    bracketed(laid, "Parties may, and others may.")
    asked = send(laid, drafter, quote="may")
    assert asked.status_code == 422
    assert "say which" in asked.content.decode()
    assert send(laid, drafter, quote="may", nth=3).status_code == 422
    send(laid, drafter, quote="may", nth=2)
    assert text(laid) == "Parties may, and others [may]."


def test_the_page_lists_the_brackets_and_lifts_each_with_or_without_its_words(laid, drafter):
    bracketed(laid, "Parties [may] [shall [soon]] agree.")
    page = drafter.get(address(laid)).content.decode()
    assert [part in page for part in ("[may]", "[shall [soon]]", "[soon]")] == [True] * 3
    send(laid, drafter, removal="text:8")
    assert text(laid) == "Parties [shall [soon]] agree."
    send(laid, drafter, lift="text:8")
    assert text(laid) == "Parties shall [soon] agree."


def test_the_heading_and_the_title_have_brackets_too(laid, drafter):
    send(laid, drafter, laid.article, quote="Principles")
    send(laid, drafter, laid.root, quote="tests")
    headings = Wording.objects.filter(clause__in=[laid.article, laid.root], language="en")
    assert sorted(one.heading for one in headings) == ["A charter of [tests]", "[Principles]"]
    assert send(laid, drafter, laid.root, lift="heading:13").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"quote": "not there"},
        {"quote": "may] agree"},
        {"lift": "text:3"},
        {"lift": "elsewhere:8"},
        {"start": 900, "end": 901},
        {"base": 0, "quote": "agree"},
    ],
)
def test_what_cannot_be_done_comes_back_with_the_reason_and_changes_nothing(laid, drafter, sent):
    bracketed(laid, "Parties [may] agree.")
    before = head(laid)
    answer = send(laid, drafter, **sent)
    assert answer.status_code == 422
    assert 'class="errorlist' in answer.content.decode()
    assert head(laid) == before


def test_a_selection_in_words_that_have_changed_comes_back_as_a_quote_of_them(laid, drafter):
    base = head(laid)
    bracketed(laid, FIRST.replace("respect", "uphold"))
    at = FIRST.index("respect")
    answer = send(laid, drafter, base=base, start=at, end=at + 7)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["quote"].value(), form["start"].value()) == ("respect", "")
    assert f'name="base" value="{head(laid)}"' in answer.content.decode()
    assert text(laid) == FIRST.replace("respect", "uphold")


def test_a_bracket_that_is_gone_is_not_lifted_twice(laid, drafter):
    bracketed(laid, "Parties [may] [shall] agree.")
    base = head(laid)
    send(laid, drafter, lift="text:8")
    again = send(laid, drafter, base=base, lift="text:14")
    assert again.status_code == 409
    assert "look again" in again.content.decode()


def test_a_revision_or_a_clause_that_is_not_there_is_not_found(laid, drafter):
    assert send(laid, drafter, base=10**6, quote="respect").status_code == 404
    assert drafter.get(address(laid, "0e2b0d0a-0000-4000-8000-000000000000")).status_code == 404


def test_words_of_a_struck_clause_are_left_alone(laid, drafter):
    strike = reverse("clause_strike", args=[laid.charter.slug, laid.first])
    drafter.post(strike, {"base": laid.charter.head})
    assert send(laid, drafter, quote="respect").status_code == 422
