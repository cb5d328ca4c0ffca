"""The inbox, following, and how each wants to be told."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from charter.actions.members import remove_member
from charter.actions.notices import follow
from charter.actions.threads import open_thread
from charter.models import Following, Membership, Notice, NoticeKind, NoticeWish
from charter.queries.letter_keys import key_for
from tests.builders import Scene, reword

pytestmark = pytest.mark.django_db

INBOX = "/inbox/"


@pytest.fixture
def reader(table: Scene, signed_in: Callable[..., Client]) -> Client:
    """The reviewer, whose inbox is empty."""
    Notice.objects.all().delete()
    return signed_in(table.cast.reviewer)


def mention(table: Scene, text: str = "What does @Reviewer think?"):
    open_thread(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        text=text,
    )
    return Notice.objects.latest("pk")


def said(client: Client, address: str = INBOX) -> str:
    return client.get(address).content.decode()


def test_an_empty_inbox_says_what_will_come(reader: Client):
    page = said(reader)
    assert "Nothing has come yet" in page
    assert "Mark all as read" not in page


def test_a_notice_is_counted_on_every_page_until_it_is_read(table: Scene, reader: Client):
    mention(table)
    text = reverse("text", args=[table.charter.slug])
    for address in (INBOX, text, "/"):
        assert '<span aria-hidden="true">1</span>' in said(reader, address), address
    assert "Drafter mentioned you in a thread: Article 1(1)" in said(reader)
    reader.post(INBOX, {"read": Notice.objects.get().pk})
    for address in (INBOX, text, "/"):
        assert 'class="count"' not in said(reader, address), address


def test_a_kept_page_is_sent_again_with_the_new_count(table: Scene, reader: Client):
    text = reverse("text", args=[table.charter.slug])
    reader.get(text)
    mention(table, "@Reviewer")
    tag = reader.get(text)["ETag"]
    assert reader.get(text, headers={"If-None-Match": tag}).status_code == 304
    Notice.objects.all().delete()
    assert reader.get(text, headers={"If-None-Match": tag}).status_code == 200


def test_opening_a_notice_reads_it_and_goes_to_what_it_tells_of(table: Scene, reader: Client):
    notice = mention(table)
    answer = reader.post(INBOX, {"open": notice.pk})
    place = f"{reverse('text', args=[table.charter.slug])}?language=en#thread-{notice.thread_id}"
    assert (answer.status_code, answer["Location"]) == (302, place)
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert f'href="{place}"' in said(reader)


def test_nothing_is_read_by_looking(table: Scene, reader: Client):
    mention(table)
    said(reader)
    assert not Notice.objects.exclude(read_at=None).exists()


def test_all_that_was_shown_is_read_at_once_and_what_came_since_is_not(
    table: Scene, reader: Client
):
    seen = mention(table)
    page = said(reader)
    assert f'name="until" value="{seen.made_at.isoformat()}"' in page
    later = mention(table)
    reader.post(INBOX, {"until": seen.made_at.isoformat()})
    assert [one.pk for one in Notice.objects.filter(read_at=None)] == [later.pk]


def test_anothers_notice_and_one_of_a_charter_one_left_are_not_there(
    table: Scene, reader: Client, signed_in
):
    notice = mention(table)
    other = signed_in(table.cast.observer)
    for verb in ("open", "read"):
        assert other.post(INBOX, {verb: notice.pk}).status_code == 404
    seat = Membership.objects.get(charter=table.charter, person=table.cast.reviewer)
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    assert reader.post(INBOX, {"open": notice.pk}).status_code == 404
    page = said(reader)
    assert "Nothing has come yet" in page
    assert table.charter.title not in page
    assert reader.get(f"{INBOX}?charter={table.charter.slug}").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"read": "x"}, {"open": ""}, {"until": "yesterday"}])
def test_what_is_no_notice_and_no_moment_is_not_there(reader: Client, sent: dict):
    assert reader.post(INBOX, sent).status_code == 404


def test_an_inbox_of_one_charter_shows_and_reads_only_that(table: Scene, reader: Client):
    mention(table)
    address = f"{INBOX}?charter={table.charter.slug}"
    assert "mentioned you" in said(reader, address)
    assert reader.get(f"{INBOX}?charter=no-such-charter").status_code == 404
    assert reader.get(f"{INBOX}?charter=%00").status_code == 404
    assert reader.get(f"{INBOX}?behind=x").status_code == 404


def test_the_inbox_asks_as_often_for_many_notices_as_for_few(table: Scene, reader: Client, queries):
    mention(table)
    few = queries(reader, INBOX)
    for _ in range(12):
        mention(table)
    assert queries(reader, INBOX) == few


def test_the_count_in_the_head_is_one_query(table: Scene, reader: Client):
    address = reverse("members", args=[table.charter.slug])
    reader.get(address)
    with CaptureQueriesContext(connection) as captured:
        reader.get(address)
    assert len([one for one in captured if "charter_notice" in one["sql"]]) == 1


def test_a_clause_is_followed_and_left_from_its_page(table: Scene, reader: Client):
    slug = table.charter.slug
    page = said(reader, reverse("clause", args=[slug, table.article]))
    address = reverse("clause_follow", args=[slug, table.article])
    assert f'action="{address}' in page
    assert "Follow Article 1" in said(reader, address)
    reader.post(address)
    assert Following.objects.get().person == table.cast.reviewer
    assert "You follow Article 1" in said(reader, address)
    settings = reverse("notice_settings", args=[slug])
    assert "Article 1" in said(reader, settings)
    answer = reader.post(address, {"stop": "1", "settings": "1"})
    assert answer["Location"] == settings
    assert not Following.objects.exists()


def test_the_whole_charter_is_followed_and_edits_of_it_are_told(table: Scene, reader: Client):
    reader.post(reverse("charter_follow", args=[table.charter.slug]))
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    assert "Drafter changed what you follow in revision 6: the charter" in said(reader)
    settings = reverse("notice_settings", args=[table.charter.slug])
    assert "You follow the whole charter." in said(reader, settings)


def test_a_clause_of_another_charter_cannot_be_followed(table: Scene, reader: Client):
    address = reverse("clause_follow", args=[table.charter.slug, table.charter.uuid])
    assert reader.post(address).status_code == 404


def test_the_ways_of_telling_are_kept(table: Scene, reader: Client):
    address = reverse("notice_settings", args=[table.charter.slug])
    assert 'value="daily"' in said(reader, address)
    heard = [NoticeKind.MENTIONED, NoticeKind.SILENCE]
    assert reader.post(address, {"letters": "hourly", "kinds": heard}).status_code == 302
    wish = NoticeWish.objects.get()
    assert wish.letters == "hourly"
    assert set(wish.muted) == set(NoticeKind.values) - set(heard)
    refused = reader.post(address, {"letters": "always", "kinds": ["weather"]})
    assert refused.status_code == 422
    assert NoticeWish.objects.get().letters == "hourly"


def test_the_key_of_a_letter_ends_letters_without_signing_in_and_without_a_cookie(table: Scene):
    reviewer = table.cast.reviewer
    address = reverse("letters_stop", args=[key_for(reviewer, table.charter)])
    machine = Client(enforce_csrf_checks=True)
    page = machine.get(address)
    assert page.status_code == 200
    assert table.charter.title not in page.content.decode()
    assert not NoticeWish.objects.exists(), "asking is not doing"
    answer = machine.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    wish = NoticeWish.objects.get()
    assert (wish.person, wish.letters) == (reviewer, "off")
    assert machine.post(address[:-3] + "xx/").status_code == 404


def test_a_name_in_a_notice_is_no_markup(table: Scene, reader: Client):
    table.cast.drafter.name = "<b>Drafter</b>"
    table.cast.drafter.save()
    mention(table, "@Reviewer")
    page = said(reader)
    assert "&lt;b&gt;Drafter&lt;/b&gt; mentioned you" in page
    assert "<b>Drafter" not in page


def test_following_one_clause_shows_on_its_page(table: Scene, reader: Client):
    follow(actor=table.cast.reviewer, charter=table.charter, clause=table.first)
    page = said(reader, reverse("clause", args=[table.charter.slug, table.first]))
    assert "Follow it no longer" in page


def test_the_names_a_comment_can_call_are_those_of_the_other_members(table: Scene, reader: Client):
    answer = reader.get(reverse("member_names", args=[table.charter.slug]))
    names = [one["name"] for one in answer.json()["names"]]
    assert names == ["Chair", "Drafter", "Observer"]
