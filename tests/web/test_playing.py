"""The text through its revisions: each as it was, with what it changed, and kept by browsers."""

import re

import pytest
from django.urls import reverse

from charter.actions.clauses import move_clause, strike_clause
from charter.actions.members import remove_member
from charter.actions.principles import change_principle
from charter.models import Membership
from charter.queries.playing import Run
from tests.builders import FIRST, OTHER, SECOND, insert, principle, reword

pytestmark = pytest.mark.django_db

PLAY = reverse("history_play", args=["eurasia"])


def fragment(number: int) -> str:
    return reverse("history_shown", args=["eurasia", number])


@pytest.fixture
def reader(table, signed_in):
    return signed_in(table.cast.observer)


def tags(client, **query) -> dict[int, str]:
    page = client.get(PLAY, query).content.decode()
    return {int(number): tag for number, tag in re.findall(r"(\d+):([0-9a-f]{16}) ", page)}


def test_the_page_begins_at_the_head_and_leads_to_the_one_before(table, reader):
    page = reader.get(PLAY).content.decode()
    assert OTHER in page
    assert "5 of 5" in page
    assert 'rel="prev" href="?at=4&amp;language=en"' in page
    assert 'rel="next" aria-disabled="true"' in page


def test_a_revision_stands_in_the_whole_text_with_its_changes_marked(table, reader):
    reword(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "may"))
    shown = reader.get(fragment(6)).content.decode()
    assert "<del>shall</del>" in shown
    assert "<ins>may</ins>" in shown
    assert SECOND in shown
    assert OTHER in shown
    assert shown.count("data-change") == 1


def test_one_clause_goes_through_its_own_revisions(table, reader):
    drafter = table.cast.drafter
    reword(table.charter, drafter, table.second, "Second words.")
    reword(table.charter, drafter, table.first, "First words.")
    page = reader.get(PLAY, {"clause": table.first}).content.decode()
    assert 'data-numbers="3,7"' in page
    assert "First words" in page
    assert "Second words" not in page
    assert f'rel="prev" href="?at=3&amp;language=en&amp;clause={table.first}"' in page
    # Between two of its revisions is the earlier of them.
    assert 'data-at="3"' in reader.get(PLAY, {"clause": table.first, "at": 5}).content.decode()
    assert (
        'data-numbers="2,3,4,6,7"' in reader.get(PLAY, {"clause": table.article}).content.decode()
    )


def test_a_clause_alone_is_shown_where_it_stands_and_when_it_is_gone(table, reader):
    drafter = table.cast.drafter
    move_clause(actor=drafter, charter=table.charter, clause=table.first, parent=table.other)
    strike_clause(actor=drafter, charter=table.charter, clause=table.first)
    alone = {"clause": table.first}
    assert "moved from Article 1(1)" in reader.get(fragment(6), alone).content.decode()
    assert "struck" in reader.get(fragment(7), alone).content.decode()
    assert "not in the text here" in reader.get(fragment(2), alone).content.decode()


def test_a_browser_that_asks_by_the_tag_may_keep_it_for_ever(table, reader):
    tag = tags(reader)[4]
    answer = reader.get(fragment(4), {"v": tag, "language": "en"})
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["ETag"] == f'"{tag}-all"'
    assert reader.get(fragment(4), {"v": "0" * 16})["Cache-Control"] == "private, no-cache"
    again = reader.get(fragment(4), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    alone = reader.get(fragment(4), {"clause": table.first, "v": tag})
    assert alone["ETag"] != answer["ETag"]


def test_later_revisions_leave_the_tag_and_the_page_of_an_earlier_one_as_they_are(table, reader):
    tag, shown = tags(reader)[4], reader.get(fragment(4)).content
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.article)
    assert tags(reader)[4] == tag
    assert reader.get(fragment(4)).content == shown


def test_what_the_page_is_made_of_besides_gives_another_tag(table, reader):
    principle(table.charter, table.cast.chair, "openness")
    known = tags(reader)
    assert tags(reader, language="ru")[4] != known[4]
    change_principle(
        actor=table.cast.chair,
        charter=table.charter,
        principle="openness",
        names={"en": "Open doors"},
    )
    renamed = tags(reader)
    assert renamed[4] != known[4]
    table.cast.chair.name = "The Chair of All"
    table.cast.chair.save()
    other_name = tags(reader)
    assert other_name[4] != renamed[4]
    # The time of the commit stands there on the reader's own clock.
    table.cast.observer.time_zone = "Asia/Vladivostok"
    table.cast.observer.save()
    assert tags(reader)[4] != other_name[4]
    assert "UTC+10" in reader.get(fragment(4)).content.decode()


def test_a_removed_member_is_told_nothing_new(table, reader):
    tag = reader.get(fragment(4))["ETag"]
    seat = Membership.objects.get(charter=table.charter, person=table.cast.observer)
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    assert reader.get(fragment(4), headers={"If-None-Match": tag}).status_code == 404


def test_a_script_that_is_signed_out_is_told_so(table):
    from django.test import Client

    assert Client().get(fragment(4), headers={"HX-Request": "true"}).status_code == 401


def test_what_is_not_there_is_not_there(table, reader):
    for number in (0, 99, 10**12):
        assert reader.get(fragment(number)).status_code == 404
    for query in ({"at": 99}, {"at": "x"}, {"clause": "x"}, {"clause": table.charter.uuid}):
        assert reader.get(PLAY, query).status_code == 404, query
    assert reader.get(fragment(4), {"clause": table.charter.uuid}).status_code == 404


def test_who_may_edit_is_led_to_undoing_and_taking_back(table, reader, signed_in):
    offered = (reverse("revision_undo", args=["eurasia", 3]), "return/?at=3")
    alone = {"clause": table.first, "at": 3}
    for one in offered:
        assert one in signed_in(table.cast.drafter).get(PLAY, alone).content.decode()
        assert one not in reader.get(PLAY, alone).content.decode()


def test_a_long_text_shows_only_what_changed(table, reader, monkeypatch):
    monkeypatch.setattr("charter.web.playing.WHOLE", 3)
    for at in range(4):
        insert(table.charter, table.cast.drafter, "article", f"Article text {at}.")
    shown = reader.get(fragment(9)).content.decode()
    assert "clauses unchanged" in shown
    assert "Article text 3." in shown
    assert FIRST not in shown


def test_a_run_knows_its_neighbours():
    whole, some = Run(5), Run(9, (2, 4, 7))
    assert (whole.before(1), whole.after(1), whole.before(5), whole.after(5)) == (None, 2, 4, None)
    assert (some.before(4), some.after(4), some.before(2), some.after(7)) == (2, 7, None, None)
    assert [some.nearest(at) for at in (1, 2, 3, 6, 9)] == [2, 2, 2, 4, 7]
    assert Run(9, ()).nearest(3) == 0
    assert list(Run(1000).around(500)) == list(range(300, 701))


def test_its_cost_does_not_grow_with_history(table, reader, queries):
    pages = [PLAY, f"{PLAY}?clause={table.article}&at=4", fragment(4)]
    few = [queries(reader, page) for page in pages]
    for at in range(12):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.")
        insert(table.charter, table.cast.drafter, "article", f"Article text {at}.")
    assert [queries(reader, page) for page in pages] == few
    assert max(few) <= 32
