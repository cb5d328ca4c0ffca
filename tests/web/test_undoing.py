"""The page that undoes a revision: what would change, what is to be decided, what comes of it."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from charter.actions.change_sets import commit_changes
from charter.actions.clauses import move_clause
from charter.actions.imports import import_outline
from charter.actions.numbering import freeze_numbers
from charter.actions.operations import Reword
from charter.actions.values import Words
from charter.models import Cause
from charter.queries.texts import text_at
from tests.builders import FIRST, insert, outline, principle, reword

pytestmark = pytest.mark.django_db


def address(number: int) -> str:
    return reverse("revision_undo", args=["eurasia", number])


def fields(answer) -> dict[str, str]:
    """The form of a page as a browser would send it back untouched."""
    html = answer.content.decode()
    form = html[html.index("<form") :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)<', form):
        found[name] = text
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.fixture
def drafter(table, signed_in):
    return signed_in(table.cast.drafter)


def text(table, clause) -> str:
    return text_at(table.charter, None, "en").find(str(clause)).text


@pytest.fixture
def meeting(table) -> int:
    """A revision whose words a later one changed again; its number."""
    drafter = table.cast.drafter
    number = reword(table.charter, drafter, table.first, "They may respect it.").revision.number
    reword(table.charter, drafter, table.first, "They must respect it.")
    return number


def test_it_shows_what_would_change_and_changes_nothing(table, drafter):
    number = reword(table.charter, table.cast.drafter, table.first, "Other words.").revision.number
    shown = drafter.get(address(number)).content.decode()
    assert "<del>Other words</del>" in shown
    table.charter.refresh_from_db()
    assert table.charter.head == number


def test_it_commits_and_both_revisions_lead_to_one_another(table, drafter):
    number = reword(table.charter, table.cast.drafter, table.first, "Other words.").revision.number
    answer = drafter.post(address(number), {"message": ""})
    assert answer["Location"] == reverse("revision", args=["eurasia", number + 1])
    assert text(table, table.first) == FIRST
    undoing = drafter.get(answer["Location"]).content.decode()
    undone = drafter.get(reverse("revision", args=["eurasia", number])).content.decode()
    assert f'Undoes <a href="/charters/eurasia/revisions/{number}/">' in undoing
    assert f'Undone by <a href="/charters/eurasia/revisions/{number + 1}/">' in undone
    assert f"Undo revision {number}" in undoing


def test_words_changed_again_are_shown_in_three_and_settled_by_a_choice(table, drafter, meeting):
    page = drafter.get(address(meeting))
    shown = page.content.decode()
    assert "As it is now" in shown
    assert f"Before revision {meeting}" in shown
    sent = fields(page)
    (choice,) = [name for name in sent if name.startswith("choice-text_en_")]
    sent[choice] = "theirs"
    composed = drafter.post(address(meeting), sent | {"compose": "1"})
    assert composed.status_code == 200
    assert fields(composed)[choice] == "theirs"
    answer = drafter.post(address(meeting), fields(composed))
    assert answer.status_code == 302
    assert text(table, table.first) == "They must respect it."


def test_a_result_written_by_hand_is_committed(table, drafter, meeting):
    sent = fields(drafter.get(address(meeting)))
    sent[f"text_en_{table.first.hex}"] = "They shall respect it."
    assert drafter.post(address(meeting), sent).status_code == 302
    assert text(table, table.first) == "They shall respect it."
    last = table.charter.revisions.order_by("-number").first()
    assert (last.cause, last.earlier) == (Cause.UNDO, meeting)


def test_what_others_write_meanwhile_is_not_run_over(table, drafter, meeting):
    sent = fields(drafter.get(address(meeting)))
    sent[f"text_en_{table.first.hex}"] = "They shall respect it."
    reword(table.charter, table.cast.drafter, table.first, "They will respect it.")
    answer = drafter.post(address(meeting), sent)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "What you settled" in shown
    assert "They shall respect it." in shown
    assert text(table, table.first) == "They will respect it."
    again = drafter.post(address(meeting), fields(answer))
    assert again.status_code == 302
    assert text(table, table.first) == "They shall respect it."


def test_without_having_seen_what_meets_one_is_shown_it(table, drafter, meeting):
    answer = drafter.post(address(meeting), {"message": "Quick"})
    assert answer.status_code == 409
    assert 'value="Quick"' in answer.content.decode()


def test_an_act_that_cannot_be_undone_is_named_and_left_or_done_all_the_same(table, drafter):
    third = insert(table.charter, table.cast.drafter, "article", heading="Third")
    told = {"actor": table.cast.drafter, "charter": table.charter, "clause": table.first}
    number = move_clause(**told, parent=table.other).revision.number
    move_clause(**told, parent=third)
    page = drafter.get(address(number))
    assert "Article 3 has been moved again." in page.content.decode().replace("(1)", "")
    sent = fields(page)
    (act,) = [name for name in sent if name.startswith("act-")]
    assert sent[act] == "leave"
    assert drafter.post(address(number), sent).status_code == 302
    assert text_at(table.charter).find(str(third)).children
    drafter.post(address(number), sent | {act: "force"})
    assert not text_at(table.charter).find(str(third)).children


@pytest.fixture
def grown(table) -> tuple[int, list]:
    """An import of articles, ten of them rewritten since: its number, and the articles."""
    articles = outline(*[f"Article text number {at} of the import." for at in range(14)])
    told = {"actor": table.cast.drafter, "charter": table.charter}
    number = import_outline(**told, outline=articles).revision.number
    rows = table.charter.clauses.filter(kind="article", struck=False).order_by("rank")
    keys = [row.pk for row in rows]
    for key in keys[:10]:
        reword(table.charter, table.cast.drafter, key, "Quite another text.")
    return number, keys


@pytest.mark.parametrize("many", [40, 3])
def test_much_is_decided_at_once(table, drafter, grown, monkeypatch, many):
    """One by one up to a measure; beyond it, only all at once."""
    monkeypatch.setattr("charter.web.disentangling.MANY", many)
    number, keys = grown
    page = drafter.get(address(number))
    shown = page.content.decode()
    assert "All of this at once" in shown
    assert ('name="act-' in shown) == (many == 40)
    sent = {name: value for name, value in fields(page).items() if name[:4] != "act-"}
    left = drafter.post(address(number), sent | {"every-act": "leave"})
    assert left.status_code == 302
    there = [UUID(clause.id) for _depth, clause in text_at(table.charter).walk()]
    assert set(keys[:10]) <= set(there)
    assert not set(keys[10:]) & set(there)
    again = drafter.post(address(number), sent | {"every-act": "force"})
    assert again.status_code == 302
    there = [UUID(clause.id) for _depth, clause in text_at(table.charter).walk()]
    assert not set(keys) & set(there) - {table.article, table.other}


@pytest.mark.parametrize("many", [40, 3])
@pytest.mark.parametrize(("choice", "words"), [("theirs", "Third"), ("yours", "First")])
def test_the_words_of_many_clauses_are_settled_at_once(
    table, drafter, monkeypatch, many, choice, words
):
    monkeypatch.setattr("charter.web.disentangling.MANY", many)
    told = {"actor": table.cast.drafter, "charter": table.charter}
    keys = [insert(table.charter, table.cast.drafter, "article", f"First {n}.") for n in range(7)]
    for turn in ("Second", "Third"):
        table.charter.refresh_from_db()
        operations = [Reword(key, {"en": Words(text=f"{turn} {n}.")}) for n, key in enumerate(keys)]
        commit_changes(**told, base=table.charter.head, operations=operations)
    number = table.charter.revisions.count() - 1
    page = drafter.get(address(number))
    assert "all at once" in page.content.decode()
    assert ("As it is now" in page.content.decode()) == (many == 40)
    sent = fields(page) | {"every-words": choice}
    assert drafter.post(address(number), sent).status_code == 302
    assert {text(table, key).split()[0] for key in keys} == {words}


def test_what_is_gone_back_already_says_so(table, drafter):
    number = reword(table.charter, table.cast.drafter, table.first, "Other words.").revision.number
    reword(table.charter, table.cast.drafter, table.first, FIRST)
    assert "The two texts are the same" in drafter.get(address(number)).content.decode()
    answer = drafter.post(address(number), {}, follow=True)
    assert "Nothing of it was left to undo." in answer.content.decode()


def test_the_first_revision_is_not_undone(table, drafter):
    answer = drafter.get(address(1))
    assert answer.status_code == 422
    assert "cannot be undone" in answer.content.decode()
    assert drafter.post(address(1), {}).status_code == 422


def test_what_the_chair_did_is_for_the_chair_to_undo(table, drafter, signed_in):
    principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    numbers = [table.charter.head]
    numbers.append(
        freeze_numbers(actor=table.cast.chair, charter=table.charter, number=2).revision.number
    )
    chair = signed_in(table.cast.chair)
    for number in numbers:
        assert drafter.get(address(number)).status_code == 403
        assert drafter.post(address(number), {}).status_code == 403
        assert chair.get(address(number)).status_code == 200
        assert chair.post(address(number), {}).status_code == 302


def test_a_form_that_is_too_long_or_makes_no_sense_is_refused(table, drafter, meeting):
    sent = fields(drafter.get(address(meeting)))
    name = f"text_en_{table.first.hex}"
    assert drafter.post(address(meeting), sent | {name: "x" * 200_001}).status_code == 422
    for wrong in (
        {"base": "9" * 30},
        {f"since-en_{table.first.hex}": "x"},
        {"since-xx_nothing": "3"},
        {"base": "0"},
    ):
        assert drafter.post(address(meeting), sent | wrong).status_code in (302, 409), wrong


def test_hostile_words_are_never_markup(table, drafter):
    hostile = "<script>alert(1)</script> may"
    number = reword(table.charter, table.cast.drafter, table.first, hostile).revision.number
    reword(table.charter, table.cast.drafter, table.first, hostile.replace("may", "must"))
    assert "<script>alert" not in drafter.get(address(number)).content.decode()


def test_a_revision_that_is_not_there_is_not_there(table, drafter):
    for number in (0, 99, 10**12):
        assert drafter.get(address(number)).status_code == 404
        assert drafter.post(address(number), {}).status_code == 404
