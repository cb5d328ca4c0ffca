"""Discussion on the page of an amendment: words proposed with their marks, and whose cards."""

import re

import pytest
from django.urls import reverse

from charter.actions.amendment_threads import open_amendment_thread
from charter.actions.amendments import table_amendment
from charter.actions.proposals import propose_rewording
from charter.actions.values import Words
from charter.models import AmendmentComment, AmendmentThread, Clause
from charter.text.inline import references
from tests.builders import FIRST, seated, tabled
from tests.web.test_amendments import suggest

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold")


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


@pytest.fixture
def amendment(laid):
    return tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)


def page(client, amendment, **query) -> str:
    answer = client.get(reverse("amendment", args=["eurasia", amendment.uuid]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def on_change(amendment) -> str:
    change = amendment.changes.get(state="open")
    return reverse("change_thread_open", args=["eurasia", amendment.uuid, change.uuid])


def uphold(amendment, **more) -> dict[str, object]:
    start = UPHOLD.index("uphold")
    amendment.refresh_from_db()
    place = {"start": start, "end": start + 6, "version": amendment.version}
    return place | {"text": "Uphold is vague."} | more


def test_words_of_a_proposal_are_marked_with_their_card_below(laid, signed_in, amendment):
    client = signed_in(laid.cast.reviewer)
    answer = client.post(on_change(amendment), uphold(amendment))
    thread = AmendmentThread.objects.get()
    assert answer["Location"].endswith(f"#thread-{thread.uuid}")
    html = page(signed_in(laid.cast.observer), amendment)
    mark = re.search(rf'<mark class="anchor" data-thread="{thread.uuid}"[^>]*>(.*?)</mark>', html)
    assert mark and re.sub("<[^>]+>", "", mark[1]) == "uphold"
    assert "Uphold is vague." in html and f'id="thread-{thread.uuid}"' in html


def test_words_are_quoted_where_there_is_no_script(laid, signed_in, amendment):
    client = signed_in(laid.cast.reviewer)
    said = uphold(amendment, start="", end="", quote="each Party")
    assert client.post(on_change(amendment), said).status_code == 302
    assert AmendmentThread.objects.get().quote == "each Party"
    unknown = client.post(on_change(amendment), said | {"quote": "no such words"})
    assert unknown.status_code == 422 and "Uphold is vague." in unknown.content.decode()


def test_words_that_were_reworked_meanwhile_are_not_commented_on(laid, signed_in, amendment):
    said = uphold(amendment)
    propose_rewording(
        actor=laid.cast.drafter, charter=laid.charter, amendment=amendment.uuid,
        clause=laid.first, language="en", base=laid.charter.head, words=Words("", FIRST + " So."),
    )  # fmt: skip
    answer = signed_in(laid.cast.reviewer).post(on_change(amendment), said)
    assert answer.status_code == 422
    assert not AmendmentThread.objects.exists()


def test_the_amendment_is_discussed_as_a_whole_answered_and_settled(laid, signed_in, amendment):
    client = signed_in(laid.cast.reviewer)
    client.post(
        reverse("amendment_thread_open", args=["eurasia", amendment.uuid]), {"text": "Why now?"}
    )
    thread = AmendmentThread.objects.get()
    here = ["eurasia", amendment.uuid, thread.uuid]
    client.post(reverse("amendment_thread_reply", args=here), {"text": "Because."})
    assert [one.text for one in AmendmentComment.objects.all()] == ["Why now?", "Because."]
    client.post(reverse("amendment_thread_resolve", args=here))
    assert "resolved by Reviewer" in page(client, amendment)
    client.post(reverse("amendment_thread_reopen", args=here))
    assert "resolved by" not in page(client, amendment)


def test_what_was_said_of_a_draft_is_never_shown_to_others(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, UPHOLD)
    made = laid.charter.amendments.get()
    client.post(on_change(made), uphold(made, text="Our red line."))
    thread = AmendmentThread.objects.get()
    table_amendment(
        actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid, title="To uphold"
    )
    assert "Our red line." in (own := page(client, made))
    assert "seen by your delegation only" in own
    for person in (laid.cast.chair, laid.cast.reviewer, laid.cast.observer):
        other = signed_in(person)
        html = page(other, made)
        assert "red line" not in html and str(thread.uuid) not in html
        assert "red line" not in other.get(reverse("threads", args=["eurasia"])).content.decode()
    here = ["eurasia", made.uuid, thread.uuid]
    for name in ("reply", "resolve", "reopen", "reanchor"):
        address = reverse(f"amendment_thread_{name}", args=here)
        assert signed_in(laid.cast.chair).post(address, {"text": "Aha"}).status_code == 404


def test_words_of_the_clause_do_not_show_the_discussion_of_an_amendment(laid, signed_in, amendment):
    signed_in(laid.cast.reviewer).post(on_change(amendment), uphold(amendment))
    client = signed_in(laid.cast.observer)
    text = client.get(reverse("text", args=["eurasia"])).content.decode()
    assert "Uphold is vague." not in text
    assert "Uphold is vague." in client.get(reverse("threads", args=["eurasia"])).content.decode()


def test_references_in_proposed_words_lead_to_the_text(laid, signed_in):
    words = f"As said in [](#{laid.other}), <b>so</b>."
    assert references(words) == (str(laid.other),)
    made = tabled(laid.charter, laid.cast.drafter, laid.first, words)
    html = page(signed_in(laid.cast.observer), made)
    assert f'{reverse("text", args=["eurasia"])}#clause-{laid.other}"' in html
    assert "<b>so" not in html
    assert Clause.objects.filter(pk=laid.other).exists()


@pytest.mark.parametrize("name", ["amendment", "threads"])
def test_queries_do_not_grow_with_the_discussion(laid, signed_in, amendment, queries, name):
    client = signed_in(laid.cast.reviewer)
    client.post(on_change(amendment), uphold(amendment))
    args = ["eurasia"] if name == "threads" else ["eurasia", amendment.uuid]
    address = reverse(name, args=args)
    client.get(address)
    few = queries(client, address)
    for _each in range(6):
        open_amendment_thread(
            actor=laid.cast.chair, charter=laid.charter, amendment=amendment.uuid, text="More"
        )
    assert queries(client, address) == few


def test_words_to_be_put_in_are_commented_on_where_they_are_shown(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    client.post(
        reverse("suggest_insert", args=["eurasia"]) + f"?place=after:{laid.article}&language=en",
        {"kind": "article", "heading": "Seat", "text": "One.\n\nTwo words.", "amendment": ""},
    )
    made = laid.charter.amendments.get()
    start = len("Seat\nOne.\n")
    client.post(on_change(made), uphold(made, start=start, end=start + 3))
    html = page(client, made)
    marked = re.search(r'<mark class="anchor"[^>]*>(.*?)</mark>', html)
    assert marked and re.sub("<[^>]+>", "", marked[1]) == "Two"
    assert '<div class="proposed-text in-1"><ins>' in html
    assert f'<span data-start="{start + 3}"> words.</span>' in html


def found(client, word: str) -> str:
    answer = client.get(reverse("search", args=["eurasia"]), {"q": word, "in": "discussion"})
    return answer.content.decode()


def test_search_finds_what_was_said_of_an_amendment(laid, signed_in, amendment):
    client = signed_in(laid.cast.reviewer)
    client.post(on_change(amendment), uphold(amendment))
    client.post(
        reverse("amendment_thread_open", args=["eurasia", amendment.uuid]), {"text": "Too vague."}
    )
    html = found(signed_in(laid.cast.observer), "vague")
    for thread in AmendmentThread.objects.all():
        assert f"amendments/{amendment.uuid}/#thread-{thread.uuid}" in html
    assert "On amendment A-1" in html and "Article 1(1)" in html


def test_search_neither_finds_nor_guesses_what_a_delegation_says_of_its_draft(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, UPHOLD)
    made = laid.charter.amendments.get()
    client.post(on_change(made), uphold(made, text="Inconceivable."))
    for person in (laid.cast.drafter, laid.cast.chair):
        html = found(signed_in(person), "inconceivible")
        assert "nconceivable" not in html
        assert "nconceivable." not in found(signed_in(person), "inconceivable")
