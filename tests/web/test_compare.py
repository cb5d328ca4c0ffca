import re

import pytest
from django.urls import reverse

from charter.actions.charters import create_charter
from charter.actions.clauses import change_clause, move_clause, strike_clause
from charter.actions.editions import name_edition
from charter.queries.comparisons import compare
from charter.text.redline import Change
from charter.web.redlines import Gap, shown
from tests.builders import FIRST, insert, principle, reword
from tests.cast import person

pytestmark = pytest.mark.django_db


def page(client, **query) -> str:
    answer = client.get(reverse("compare", args=["eurasia"]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_without_a_choice_the_last_edition_is_compared_with_now(table, signed_in):
    name_edition(actor=table.cast.chair, charter=table.charter, number=3, name="Rev.1")
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    said = plain(page(signed_in(table.cast.observer)))
    assert f"from Rev.1 (revision 3) to revision {table.charter.head}" in said


def test_without_an_edition_the_last_two_revisions_are_compared(table, signed_in):
    said = plain(page(signed_in(table.cast.observer)))
    table.charter.refresh_from_db()
    head = table.charter.head
    assert f"from revision {head - 1} to revision {head}" in said


def test_a_move_a_new_number_and_a_tag_are_said_in_words(table, signed_in):
    charter, drafter = table.charter, table.cast.drafter
    slug = principle(charter, table.cast.chair, "openness")
    charter.refresh_from_db()
    since = charter.head
    move_clause(actor=drafter, charter=charter, clause=table.first, parent=table.other)
    charter.refresh_from_db()
    change_clause(
        actor=drafter, charter=charter, clause=table.other, base=charter.head, principles=[slug]
    )
    for view in ("inline", "side"):
        said = plain(page(signed_in(table.cast.observer), since=since, view=view))
        assert "moved from Article 1(1)" in said
        assert "tagged Openness" in said
        assert "Moved to Article 2" in said


def test_only_what_changed_is_shown_and_all_on_demand(table, signed_in):
    charter, drafter = table.charter, table.cast.drafter
    for at in range(8):
        insert(charter, drafter, "article", f"Quiet article {at}.")
    charter.refresh_from_db()
    since = charter.head
    reword(charter, drafter, table.first, "Changed words.")
    client = signed_in(table.cast.observer)
    some, whole = page(client, since=since), page(client, since=since, all=1)
    assert "Changed" in some
    assert "Quiet article 5" not in some
    assert "clauses unchanged" in some
    assert "Quiet article 5" in whole


def test_a_changed_clause_stands_among_what_it_is_part_of(table):
    charter, drafter = table.charter, table.cast.drafter
    charter.refresh_from_db()
    since = charter.head
    strike_clause(actor=drafter, charter=charter, clause=table.second)
    charter.refresh_from_db()
    redline = compare(charter, since, None, "en")
    found = shown(redline, everything=False)
    ids = [item.row.id for item in found if not isinstance(item, Gap)]
    assert ids[:3] == [str(table.article), str(table.first), str(table.second)]
    assert redline.count(Change.STRUCK) == 1


def test_side_by_side_each_text_has_its_own_words_only(table, signed_in):
    reword(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "must"))
    html = page(signed_in(table.cast.observer), since=table.charter.head - 1, view="side")
    row = html[html.index(f'id="clause-{table.first}"') :]
    was, now = re.search(r'<div class="sides"><div>(.*?)</div><div>(.*?)</div>', row).groups()
    assert "shall" in was
    assert "must" not in was
    assert "must" in now
    assert "shall" not in now


def test_the_same_text_twice_has_no_changes(table, signed_in):
    said = page(signed_in(table.cast.observer), since=3, at=3)
    assert "the same, word for word" in said


def test_exactly_this_redline_can_be_taken_away(table, signed_in):
    html = page(signed_in(table.cast.observer), since=2, at=4, language="en")
    assert re.search(r'href="[^"]*/export/\?format=pdf&amp;at=4&amp;since=2&amp;language=en"', html)


@pytest.mark.parametrize(
    "query",
    [
        {"since": "0"},
        {"since": "999"},
        {"at": "-1"},
        {"at": "x"},
        {"since": "9" * 40},
        {"language": "fr"},
    ],
)
def test_what_is_not_there_cannot_be_compared(table, signed_in, query):
    client = signed_in(table.cast.observer)
    assert client.get(reverse("compare", args=["eurasia"]), query).status_code == 404


def test_a_charter_of_one_revision_has_nothing_to_compare(db, signed_in):
    chair = person("chair")
    create_charter(actor=chair, title="Blank", slug="eurasia")
    assert "nothing to compare" in page(signed_in(chair))


def test_the_cost_of_a_redline_does_not_grow_with_changes(table, signed_in, queries):
    charter, drafter = table.charter, table.cast.drafter
    client = signed_in(table.cast.observer)
    address = reverse("compare", args=["eurasia"]) + "?since=5&view={}"
    few = [queries(client, address.format(view)) for view in ("inline", "side")]
    slug = principle(charter, table.cast.chair, "openness")
    for at in range(10):
        made = insert(charter, drafter, "article", f"Article text {at}.")
        charter.refresh_from_db()
        change_clause(
            actor=drafter, charter=charter, clause=made, base=charter.head, principles=[slug]
        )
    name_edition(actor=table.cast.chair, charter=charter, number=9, name="Rev.1")
    assert [queries(client, address.format(view)) for view in ("inline", "side")] == few
    assert max(few) <= 16


def test_a_word_of_two_alphabets_that_came_in_is_told_on_the_page_and_in_every_document(
    table, signed_in
):
    reword(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "sh\u0430ll"))
    table.charter.refresh_from_db()
    head = table.charter.head
    client = signed_in(table.cast.observer)
    query = {"since": head - 1, "at": head, "language": "en"}
    page = client.get(reverse("compare", args=["eurasia"]), query).content.decode()
    assert "letters of two alphabets in one word: “sh\u0430ll”" in page
    taken = client.get(reverse("export", args=["eurasia"]), {**query, "format": "txt"})
    assert "Letters of two alphabets in one word: “sh\u0430ll”" in taken.content.decode()
