import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from charter.actions import trees
from charter.actions.clauses import change_clause, move_clause, restore_clause, strike_clause
from charter.actions.editions import name_edition
from charter.actions.members import change_member, remove_member
from charter.actions.numbering import freeze_numbers
from charter.actions.parties import add_delegation, add_party
from charter.actions.values import Words
from charter.models import Membership
from charter.queries.clause_history import clause_history
from charter.queries.history import Entry, revision_of, revisions_of
from charter.queries.sittings import PAUSE, sittings
from charter.text.redline import Change, after, before
from tests.builders import FIRST, insert, principle, reword

pytestmark = pytest.mark.django_db


def entry(charter, number: int) -> Entry:
    charter.refresh_from_db()
    return revision_of(charter, number, "en")


def seen(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_history_lists_every_revision_once_newest_first(table):
    for at in range(5):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.")
    table.charter.refresh_from_db()
    numbers, cursor = [], None
    while True:
        page = revisions_of(table.charter, before=cursor, limit=3)
        numbers += [entry.number for entry in page.entries]
        if page.older is None:
            break
        cursor = page.older
    assert numbers == list(range(table.charter.head, 0, -1))


def test_a_revision_says_what_it_did_and_cites_the_clause_as_it_was_cited_then(table):
    charter, drafter = table.charter, table.cast.drafter
    reword(charter, drafter, table.second, "No Party shall.", message="Shorter")
    reworded = charter.head + 1
    strike_clause(actor=drafter, charter=charter, clause=table.first)
    found = entry(charter, reworded - 1)
    assert (found.message, found.author) == ("Shorter", "Drafter")
    (touched,) = found.touched
    assert touched.citation == "Article 1(2)"
    assert touched.changes == {Change.REWORDED}
    assert touched.languages == ("en",)
    (struck,) = entry(charter, reworded).touched
    assert (struck.citation, struck.changes) == ("Article 1(1)", {Change.STRUCK})
    # The sole paragraph that is left has no number any more, and history keeps the one it had.
    (again,) = entry(charter, reworded - 1).touched
    assert again.citation == "Article 1(2)"


def test_moves_tags_strikes_and_restorations_are_told_apart(table):
    charter, drafter = table.charter, table.cast.drafter
    slug = principle(charter, table.cast.chair, "openness")
    charter.refresh_from_db()
    assert entry(charter, charter.head).vocabulary == ("Openness",)
    move_clause(actor=drafter, charter=charter, clause=table.first, parent=table.other)
    assert entry(charter, charter.head).touched[0].changes == {Change.MOVED}
    change_clause(
        actor=drafter, charter=charter, clause=table.other, base=charter.head, principles=[slug]
    )
    assert entry(charter, charter.head).touched[0].changes == {Change.RETAGGED}
    strike_clause(actor=drafter, charter=charter, clause=table.second)
    assert entry(charter, charter.head).touched[0].changes == {Change.STRUCK}
    restore_clause(actor=drafter, charter=charter, clause=table.second)
    assert entry(charter, charter.head).touched[0].changes == {Change.ADDED}


def test_siblings_whose_ranks_are_spread_anew_have_not_moved(table, monkeypatch):
    monkeypatch.setattr(trees, "LONG_RANK", 0)
    charter, drafter = table.charter, table.cast.drafter
    third = insert(charter, drafter, "paragraph", "Third.", parent=table.article, after=table.first)
    (inserted,) = entry(charter, charter.head).touched
    assert (inserted.id, inserted.changes) == (third, {Change.ADDED})
    move_clause(
        actor=drafter, charter=charter, clause=table.second, parent=None, before=table.other
    )
    move_clause(
        actor=drafter, charter=charter, clause=third, parent=table.article, before=table.first
    )
    (moved,) = entry(charter, charter.head).touched
    assert (moved.id, moved.changes) == (third, {Change.MOVED})
    assert [one.changes for one in clause_history(charter, table.first, "en").states] == [
        {Change.ADDED}
    ]


def test_an_author_is_shown_with_the_delegation_they_sat_in_then(table):
    charter, chair = table.charter, table.cast.chair
    party = add_party(
        actor=chair, charter=charter, kind="state", code="BLR", names={"en": "Belarus"}
    )
    team = add_delegation(actor=chair, charter=charter, party=party.pk, standing="initiator")
    seat = Membership.objects.get(charter=charter, person=table.cast.drafter)
    change_member(actor=chair, charter=charter, member=seat.pk, role="drafter", delegation=team.pk)
    reword(charter, table.cast.drafter, table.first, "Another wording.")
    charter.refresh_from_db()
    written = charter.head
    assert entry(charter, written).delegation == "Belarus"
    assert entry(charter, written - 1).delegation == ""
    remove_member(actor=chair, charter=charter, member=seat.pk)
    assert entry(charter, written).delegation == "Belarus"


def test_a_pause_parts_two_sittings():
    begun = datetime(2025, 6, 2, 9, tzinfo=UTC)
    minutes = [0, 30, 90, 90 + PAUSE.seconds // 60 + 1, 90 + PAUSE.seconds // 60 + 5]
    entries = [
        Entry(number, "A", "", begun + timedelta(minutes=minute), "", "edit", "")
        for number, minute in enumerate(minutes, start=1)
    ]
    groups = sittings(entries[::-1])
    assert [[one.number for one in group.entries] for group in groups] == [[5, 4], [3, 2, 1]]
    assert groups[1].began == begun


def test_the_page_of_a_revision_shows_its_redline_against_the_one_before(table, signed_in):
    reword(table.charter, table.cast.drafter, table.first, FIRST.replace("shall", "must"))
    client = signed_in(table.cast.observer)
    page = seen(client, "revision", "eurasia", table.charter.head)
    assert "<del>shall" in page.replace("<del>shall</del>", "<del>shall")
    assert "<ins>must" in page
    assert table.charter.digest in page
    assert f"since={table.charter.head - 1}" in page


def test_the_first_revision_has_nothing_before_it(table, signed_in):
    assert "A charter of tests" in seen(signed_in(table.cast.observer), "revision", "eurasia", 1)


@pytest.mark.parametrize("number", [0, 999, 10**12])
def test_a_revision_that_is_not_there_is_not_there(table, signed_in, number):
    client = signed_in(table.cast.observer)
    assert client.get(f"/charters/eurasia/revisions/{number}/").status_code == 404


def test_an_edition_is_shown_at_its_revision(table, signed_in):
    name_edition(
        actor=table.cast.chair, charter=table.charter, number=2, name="Rev.1", symbol="EC/1/Rev.1"
    )
    page = seen(signed_in(table.cast.observer), "history", "eurasia")
    assert "Rev.1" in page
    assert "EC/1/Rev.1" in page


def test_older_revisions_are_a_page_away_and_cursors_are_checked(table, signed_in, monkeypatch):
    monkeypatch.setattr("charter.web.history.A_PAGE", 1)
    client = signed_in(table.cast.observer)
    page = seen(client, "history", "eurasia")
    assert "?before=4" in page
    assert "before=2" in seen(client, "history", "eurasia", before=4)
    assert 'rel="next"' not in seen(client, "history", "eurasia", before=2)
    for cursor in ("x", "-1", "1e3", "٣", "9" * 30):
        answer = client.get(reverse("history", args=["eurasia"]), {"before": cursor})
        assert answer.status_code == 404, cursor


def test_undoing_is_offered_to_whom_it_is_allowed(table, signed_in):
    reworded = reword(table.charter, table.cast.drafter, table.first, "Words.").revision.number
    principle(table.charter, table.cast.chair, "openness")
    frozen = freeze_numbers(actor=table.cast.chair, charter=table.charter, number=2).revision.number
    offered = {}
    for role in ("observer", "drafter", "chair"):
        client = signed_in(getattr(table.cast, role))
        page = seen(client, "history", "eurasia")
        offered[role] = {int(one) for one in re.findall(r"/revisions/(\d+)/undo/", page)}
        for number in range(1, frozen + 1):
            page = seen(client, "revision", "eurasia", number)
            assert (f"/revisions/{number}/undo/" in page) == (number in offered[role])
        for number in offered[role]:
            address = reverse("revision_undo", args=["eurasia", number])
            assert client.get(address).status_code == 200
    assert offered["observer"] == set()
    assert offered["drafter"] == set(range(2, reworded + 1))
    assert offered["chair"] == set(range(2, frozen + 1))


# --- one clause ---------------------------------------------------------------------------------


def test_a_clause_remembers_every_state_against_the_one_before(table):
    charter, drafter = table.charter, table.cast.drafter
    reword(charter, drafter, table.first, "One.")
    reword(charter, drafter, table.first, "One and two.")
    charter.refresh_from_db()
    found = clause_history(charter, table.first, "en")
    assert [after(state.text) for state in found.states] == ["One and two.", "One.", FIRST]
    assert [before(state.text) for state in found.states] == ["One.", FIRST, ""]
    assert found.citation == "Article 1(1)"


def test_moves_strikes_and_tags_are_states_of_a_clause_too(table):
    charter, drafter = table.charter, table.cast.drafter
    slug = principle(charter, table.cast.chair, "openness")
    move_clause(actor=drafter, charter=charter, clause=table.first, parent=table.other)
    charter.refresh_from_db()
    change_clause(
        actor=drafter, charter=charter, clause=table.first, base=charter.head, principles=[slug]
    )
    charter.refresh_from_db()
    change_clause(
        actor=drafter, charter=charter, clause=table.first, base=charter.head, principles=[]
    )
    strike_clause(actor=drafter, charter=charter, clause=table.first)
    charter.refresh_from_db()
    found = clause_history(charter, table.first, "en")
    struck, untagged, tagged, moved, _inserted = found.states
    assert struck.changes == {Change.STRUCK}
    assert (struck.citation, found.citation) == ("", "")
    assert untagged.untagged == ("Openness",)
    assert tagged.tagged == ("Openness",)
    assert moved.changes == {Change.MOVED}
    assert moved.citation_before == "Article 1(1)"
    assert moved.citation.startswith("Article 2")


def test_each_language_has_its_own_states(table):
    charter, drafter = table.charter, table.cast.drafter
    words = {"ru": Words(text="Стороны уважают суверенитет.")}
    change_clause(
        actor=drafter, charter=charter, clause=table.first, base=charter.head, words=words
    )
    charter.refresh_from_db()
    russian = clause_history(charter, table.first, "ru").states
    assert [after(state.text) for state in russian] == ["Стороны уважают суверенитет.", ""]
    assert len(clause_history(charter, table.first, "en").states) == 1


def test_the_title_has_a_history_like_any_clause(table, signed_in):
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.root,
        base=table.charter.head,
        words={"en": Words(heading="A better title")},
    )
    page = seen(signed_in(table.cast.observer), "clause_history", "eurasia", table.root)
    assert "better" in page


def test_the_pages_of_a_clause_hold_together(table):
    for at in range(5):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.")
    table.charter.refresh_from_db()
    whole = clause_history(table.charter, table.first, "en").states
    paged, cursor = [], None
    while True:
        page = clause_history(table.charter, table.first, "en", before=cursor, limit=2)
        paged += page.states
        if page.older is None:
            break
        cursor = page.older
    assert tuple(paged) == whole


def test_of_a_clause_with_many_states_the_words_of_a_page_are_read_alone(table):
    for number in range(12):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {number}.")
    table.charter.refresh_from_db()
    with CaptureQueriesContext(connection) as captured:
        page = clause_history(table.charter, table.first, "en", limit=2)
    assert [after(one.text) for one in page.states] == ["Wording 11.", "Wording 10."]
    assert before(page.states[-1].text) == "Wording 9."
    (words,) = [
        one["sql"] for one in captured if '"charter_historicalwording"."text"' in one["sql"]
    ]
    with connection.cursor() as cursor:
        cursor.execute(words)
        assert cursor.rowcount == 3


def test_words_are_never_markup(table, signed_in):
    hostile = "<script>alert(1)</script> & more"
    reword(table.charter, table.cast.drafter, table.first, hostile, message=hostile)
    insert(table.charter, table.cast.drafter, "article", numeral=hostile, heading=hostile)
    table.charter.refresh_from_db()
    client = signed_in(table.cast.observer)
    for page in (
        seen(client, "clause_history", "eurasia", table.first),
        seen(client, "history", "eurasia"),
        seen(client, "revision", "eurasia", table.charter.head),
        seen(client, "compare", "eurasia", since=1, view="side"),
        seen(client, "compare", "eurasia", since=1, all=1),
    ):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_clause_of_nobody_is_not_there(table, signed_in):
    answer = signed_in(table.cast.observer).get(
        reverse("clause_history", args=["eurasia", uuid4()])
    )
    assert answer.status_code == 404


# --- cost ---------------------------------------------------------------------------------------


def test_the_cost_of_history_does_not_grow_with_it(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    pages = [
        reverse("history", args=["eurasia"]),
        reverse("revision", args=["eurasia", 3]),
        reverse("clause_history", args=["eurasia", table.first]),
    ]
    few = [queries(client, page) for page in pages]
    for at in range(12):
        reword(table.charter, table.cast.drafter, table.first, f"Wording {at}.")
        insert(table.charter, table.cast.drafter, "article", f"Article text {at}.")
    principle(table.charter, table.cast.chair, "openness")
    name_edition(actor=table.cast.chair, charter=table.charter, number=7, name="Rev.1")
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 22


def test_the_brackets_of_a_clause_and_of_what_stands_in_it_have_a_course(table, signed_in):
    client = signed_in(table.cast.observer)
    address = reverse("clause_history", args=["eurasia", table.article])
    assert "Square brackets over time" not in client.get(address).content.decode()
    reword(table.charter, table.cast.chair, table.first, "The Parties [shall] [should] act.")
    assert "Square brackets over time" in client.get(address).content.decode()
    csv = client.get(address, {"format": "csv"}).content.decode("utf-8-sig")
    assert csv.split() == ["Revision,English", f"{table.charter.head},2"]
    own = reverse("clause_history", args=["eurasia", table.first])
    assert "Square brackets in its words: 0 before, 2 now" in client.get(own).content.decode()
    assert client.get(address, {"format": "doc"}).status_code == 404
