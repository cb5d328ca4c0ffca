"""Discussion on the pages: threads beside their words, in every state of those words."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from charter.actions.threads import open_thread
from charter.models import Charter, Comment, Thread
from tests.builders import FIRST, Scene, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


@pytest.fixture
def reviewer(laid: Scene) -> Client:
    client = Client()
    client.force_login(laid.cast.reviewer)
    return client


def address(laid: Scene, name: str, *ids) -> str:
    return reverse(name, args=[laid.charter.slug, *ids])


def head(laid: Scene) -> int:
    return Charter.objects.get(pk=laid.charter.pk).head


def text(laid: Scene, client: Client, **query) -> str:
    return client.get(address(laid, "text"), query).content.decode()


def on_words(laid: Scene, quote: str, clause=None, source: str = FIRST) -> Thread:
    start = source.index(quote)
    return open_thread(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=clause or laid.first,
        language="en",
        base=head(laid),
        start=start,
        end=start + len(quote),
        text="Is this settled?",
    )


def marked(html: str, thread: int) -> str:
    """The words that carry the thread's mark."""
    marks = re.findall(rf'<mark class="anchor" data-thread="{thread}"[^>]*>(.*?)</mark>', html)
    return "".join(re.sub(r"<[^>]+>", "", mark) for mark in marks)


def test_selected_words_are_marked_and_numbered_with_their_card_beside(
    laid: Scene, reviewer: Client
):
    start = FIRST.index("sovereignty")
    answer = reviewer.post(
        address(laid, "thread_open", laid.first),
        {
            "language": "en",
            "base": head(laid),
            "start": start,
            "end": start + len("sovereignty"),
            "text": "Territorial integrity too?",
        },
    )
    thread = Thread.objects.get()
    assert answer["Location"].endswith(f"#thread-{thread.pk}")
    html = text(laid, reviewer)
    assert marked(html, thread.pk) == "sovereignty"
    assert (
        f'<a class="anchor-number" href="#thread-{thread.pk}" data-thread="{thread.pk}">1</a>'
        in html
    )
    assert f'id="thread-{thread.pk}"' in html
    assert "Territorial integrity too?" in html


def test_without_a_script_the_words_are_quoted(laid: Scene, reviewer: Client):
    fields = {"language": "en", "base": head(laid), "text": "Why?"}
    where = address(laid, "thread_open", laid.first)
    reviewer.post(where, {**fields, "quote": "respect the sovereignty"})
    thread = Thread.objects.get()
    assert thread.original_quote == "respect the sovereignty"
    reviewer.post(where, {**fields, "quote": ""})
    assert Thread.objects.latest("pk").original_quote == ""


@pytest.mark.parametrize(
    ("quote", "said"), [("nowhere", "do not stand in the clause"), ("Part", "more than once")]
)
def test_a_quote_that_names_no_one_place_is_refused_and_the_comment_kept(
    laid: Scene, reviewer: Client, quote: str, said: str
):
    answer = reviewer.post(
        address(laid, "thread_open", laid.first),
        {"language": "en", "base": head(laid), "quote": quote, "text": "My long comment"},
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "My long comment" in answer.content.decode()
    assert not Thread.objects.exists()


def test_offsets_are_code_points_whatever_stands_before(laid: Scene, reviewer: Client):
    source = "The 𝔓arties *shall* agree on <terms> & [conditions]."
    reword(laid.charter, laid.cast.chair, laid.first, source)
    thread = on_words(laid, "<terms> & [conditions]", source=source)
    html = text(laid, reviewer)
    assert marked(html, thread.pk) == "&lt;terms&gt; &amp; [conditions]"
    starts = re.findall(r'<span data-start="(\d+)">([^<]*)</span>', html)
    assert (str(source.index("shall")), "shall") in starts


def test_marks_that_overlap_are_all_drawn(laid: Scene, reviewer: Client):
    one = on_words(laid, "respect the sovereignty")
    other = on_words(laid, "the sovereignty of each")
    html = text(laid, reviewer)
    plain = re.search(rf'id="clause-{laid.first}".*?<p class="body">(.*?)</p>', html, re.S)[1]
    assert "respect the sovereignty" in re.sub(r"<a.*?</a>|<[^>]+>", "", plain)
    for thread in (one, other):
        assert html.count(f'id="mark-{thread.pk}"') == 1
        assert html.count(f'href="#thread-{thread.pk}"') == 1


def test_words_that_changed_or_went_say_so_and_show_the_original(laid: Scene, reviewer: Client):
    thread = on_words(laid, "respect the sovereignty")
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect the", "honour the"))
    html = text(laid, reviewer)
    assert "words changed" in html
    assert "respect the sovereignty" in html
    assert marked(html, thread.pk)
    reword(laid.charter, laid.cast.chair, laid.first, "Quite another matter, altogether.")
    html = text(laid, reviewer)
    assert "words gone" in html
    assert not marked(html, thread.pk)
    assert '<blockquote class="quote gone" lang="en" dir="ltr">respect the sovereignty' in html


def test_a_thread_that_lost_its_words_is_put_on_others(laid: Scene, reviewer: Client):
    thread = on_words(laid, "respect the sovereignty")
    reword(laid.charter, laid.cast.chair, laid.first, "Quite another matter, altogether.")
    where = address(laid, "thread_reanchor", thread.pk)
    html = reviewer.get(where).content.decode()
    assert "respect the sovereignty" in html
    assert "Quite another matter" in html
    reviewer.post(where, {"base": head(laid), "quote": "another matter"})
    assert marked(text(laid, reviewer), thread.pk) == "another matter"


def test_a_reply_is_added_and_a_thread_resolved_and_reopened(laid: Scene, reviewer: Client):
    thread = on_words(laid, "sovereignty")
    answer = reviewer.post(address(laid, "thread_reply", thread.pk), {"text": "It is <settled>."})
    assert answer["Location"].endswith(f"#thread-{thread.pk}")
    assert "It is &lt;settled&gt;." in text(laid, reviewer)
    reviewer.post(address(laid, "thread_resolve", thread.pk))
    assert f'id="thread-{thread.pk}"' not in text(laid, reviewer)
    assert f'id="thread-{thread.pk}"' in text(laid, reviewer, resolved="1")
    reviewer.post(address(laid, "thread_reopen", thread.pk))
    assert f'id="thread-{thread.pk}"' in text(laid, reviewer)


def test_an_empty_reply_is_refused(laid: Scene, reviewer: Client):
    thread = on_words(laid, "sovereignty")
    answer = reviewer.post(address(laid, "thread_reply", thread.pk), {"text": "  "})
    assert answer.status_code == 422
    assert Comment.objects.filter(thread=thread).count() == 1


def test_hidden_characters_in_a_comment_are_refused_and_the_comment_kept(
    laid: Scene, reviewer: Client
):
    thread = on_words(laid, "sovereignty")
    answer = reviewer.post(address(laid, "thread_reply", thread.pk), {"text": "evil\u202e words"})
    assert answer.status_code == 422
    assert "evil\u202e words" in answer.content.decode()


def test_the_page_of_discussion_lists_open_and_resolved_threads_in_the_order_of_the_text(
    laid: Scene, reviewer: Client
):
    late = on_words(
        laid,
        "open to all States",
        clause=laid.other,
        source="This Charter is open to all States of Eurasia.",
    )
    early = on_words(laid, "sovereignty")
    done = on_words(laid, "Parties")
    reviewer.post(address(laid, "thread_resolve", done.pk))
    html = reviewer.get(address(laid, "threads")).content.decode()
    assert re.findall(r'id="thread-(\d+)"', html) == [str(early.pk), str(late.pk)]
    assert "Open (2)" in html
    assert "Resolved (1)" in html
    resolved = reviewer.get(address(laid, "threads"), {"show": "resolved"}).content.decode()
    assert re.findall(r'id="thread-(\d+)"', resolved) == [str(done.pk)]


def test_a_thread_on_the_words_of_another_language_is_shown_without_a_mark(
    laid: Scene, reviewer: Client
):
    thread = on_words(laid, "sovereignty")
    html = text(laid, reviewer, language="ru")
    assert f'id="thread-{thread.pk}"' in html
    assert not marked(html, thread.pk)
    assert "sovereignty</blockquote>" in html


def test_the_outline_counts_open_threads_with_what_an_article_holds(laid: Scene, reviewer: Client):
    on_words(laid, "sovereignty")
    on_words(laid, "Parties")
    html = text(laid, reviewer)
    line = re.search(rf'<li [^>]*data-clause="{laid.article}">(.*?)</li>', html, re.S)[1]
    assert "2 open threads" in line


def test_a_thread_of_another_charter_is_not_found(laid: Scene, reviewer: Client):
    from charter.actions.charters import create_charter
    from tests.builders import insert

    other = create_charter(actor=laid.cast.reviewer, title="Other", slug="other")
    clause = insert(other, laid.cast.reviewer, "article", "Elsewhere.")
    thread = open_thread(
        actor=laid.cast.reviewer,
        charter=other,
        clause=clause,
        language="en",
        base=Charter.objects.get(pk=other.pk).head,
        text="Here?",
    )
    for name in ("thread_reply", "thread_resolve", "thread_reopen", "thread_reanchor"):
        assert reviewer.post(address(laid, name, thread.pk), {"text": "x"}).status_code == 404


def test_members_named_in_a_comment_are_marked_and_no_markup_comes_with_them(table, signed_in):
    table.cast.reviewer.name = "R&D <i>Reviewer"
    table.cast.reviewer.save()
    open_thread(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        text="<b>Does @R&D <i>Reviewer agree?</b>",
    )
    client = signed_in(table.cast.observer)
    marked = (
        '&lt;b&gt;Does <span class="mention">@R&amp;D &lt;i&gt;Reviewer</span> agree?&lt;/b&gt;'
    )
    for name in ("text", "threads"):
        page = client.get(reverse(name, args=[table.charter.slug])).content.decode()
        assert marked in page, name
