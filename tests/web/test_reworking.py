"""The sponsor's merge: a change that the text moved away from, made one with it."""

import pytest
from django.urls import reverse

from charter.actions.amendments import reject_amendment
from charter.actions.clauses import strike_clause
from charter.models import Charter, ProposedChange
from tests.builders import FIRST, SECOND, reword, seated, tabled

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold").replace("each", "every")
PROTECT = FIRST.replace("respect", "protect")


@pytest.fixture
def laid(table):
    """The drafter's amendment asks for other words than those the chair put in since."""
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


@pytest.fixture
def change(laid) -> ProposedChange:
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    reword(laid.charter, laid.cast.chair, laid.first, PROTECT)
    return made.changes.get()


@pytest.fixture
def client(laid, signed_in):
    return signed_in(laid.cast.drafter)


def where(change) -> str:
    amendment = change.amendment
    return reverse("amendment_rework", args=["eurasia", amendment.uuid, change.uuid])


def fields(client, change) -> dict[str, object]:
    """What a browser would send back untouched."""
    answer = client.get(where(change))
    assert answer.status_code == 200
    return sent_back(answer)


def sent_back(answer) -> dict[str, object]:
    context = answer.context
    found = {
        "base": context["at"],
        "from": context["since"],
        "version": context["amendment"].version,
    }
    for one in context["meetings"]:
        found |= {f"yours-{one.name}": one.yours, f"made-{one.name}": one.made}
        found |= {one.name: one.result}
        found |= {f"choice-{choice.name}": choice.picked for choice in one.choices}
    for part, words, yours in context["kept"]:
        found |= {part: words, f"yours-{part}": yours}
    return found


def asked(change) -> list[tuple[str, str, int]]:
    """What the amendment asks for now: the words, how they stand, and against which revision."""
    rows = change.amendment.changes.filter(state="open")
    return [(row.text, row.standing, row.base) for row in rows]


def head(laid) -> int:
    return Charter.objects.get(pk=laid.charter.pk).head


def test_what_was_read_what_it_became_and_what_is_proposed_stand_side_by_side(client, change):
    page = client.get(where(change)).content.decode()
    assert "<ins>protect</ins>" in page and "<ins>uphold</ins>" in page
    assert page.count("<del>respect</del>") >= 2
    assert "As it is now" in page and "As proposed" in page


@pytest.mark.parametrize(
    ("picked", "word"), [("yours", "uphold"), ("theirs", "protect"), ("both", "uphold protect")]
)
def test_each_place_is_decided_and_the_rest_of_the_change_is_kept(
    laid, client, change, picked, word
):
    sent = fields(client, change)
    choices = [name for name in sent if name.startswith("choice-")]
    client.post(where(change), sent | dict.fromkeys(choices, picked))
    words = FIRST.replace("respect", word).replace("each", "every")
    assert asked(change) == [(words, "clean", head(laid))]


def test_the_choices_are_shown_before_anything_is_saved(client, change):
    sent = fields(client, change)
    choices = [name for name in sent if name.startswith("choice-")]
    answer = client.post(where(change), sent | dict.fromkeys(choices, "theirs") | {"compose": "1"})
    assert answer.status_code == 200
    assert answer.context["meetings"][0].result == PROTECT.replace("each", "every")
    assert [standing for _text, standing, _base in asked(change)] == ["conflict"]


def test_the_outcome_can_be_written_by_hand(laid, client, change):
    sent = fields(client, change)
    client.post(where(change), sent | {"text": "Written anew."})
    assert asked(change) == [("Written anew.", "clean", head(laid))]


def test_words_that_moved_on_once_more_are_brought_together_again(laid, client, change):
    sent = fields(client, change) | {"text": "The States shall defend the rights of each Party."}
    reword(laid.charter, laid.cast.chair, laid.first, PROTECT.replace("sovereignty", "honour"))
    answer = client.post(where(change), sent)
    assert answer.status_code == 409
    again = sent_back(answer)
    assert again["base"] == head(laid)
    assert again["yours-text"] == sent["text"]
    assert answer.context["labels"]["yours"] == "What you settled"
    client.post(where(change), again)
    assert asked(change) == [(again["text"], "clean", head(laid))]


def test_a_revision_of_other_words_asks_nothing_again(laid, client, change):
    sent = fields(client, change) | {"text": "Written anew."}
    reword(laid.charter, laid.cast.chair, laid.second, SECOND + " Ever.")
    assert client.post(where(change), sent).status_code == 302
    assert [(text, standing) for text, standing, _base in asked(change)] == [
        ("Written anew.", "clean")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hidden\u202eword", "position 7"),
        (PROTECT, "These are the words of the text."),
        ("a" * 50_001, "too long"),
    ],
)
def test_what_cannot_be_proposed_comes_back(client, change, text, said):
    answer = client.post(where(change), fields(client, change) | {"text": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert [standing for _text, standing, _base in asked(change)] == ["conflict"]


def test_who_was_slower_than_another_of_the_delegation_keeps_what_was_typed(client, change):
    sent = fields(client, change) | {"text": "Written by the second."}
    client.post(where(change), sent | {"text": "Written by the first."})
    answer = client.post(where(change), sent)
    assert answer.status_code == 422
    assert "Written by the second." in answer.content.decode()
    assert [text for text, _standing, _base in asked(change)] == ["Written by the first."]


def test_others_cannot_rework_it(laid, change, signed_in):
    reviewer = signed_in(laid.cast.reviewer)
    there = reverse("amendment", args=["eurasia", change.amendment.uuid])
    assert reviewer.get(where(change))["Location"] == there
    sent = {"base": head(laid), "text": "Ours.", "version": change.amendment.version}
    assert reviewer.post(where(change), sent).status_code == 422
    assert signed_in(laid.cast.observer).get(where(change)).status_code == 403
    assert [standing for _text, standing, _base in asked(change)] == ["conflict"]


def test_what_is_not_asked_for_any_more_is_not_reworked(laid, client, change):
    reject_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=change.amendment.uuid)
    sent = {"base": head(laid), "text": "Too late.", "version": change.amendment.version}
    assert client.post(where(change), sent).status_code == 422


def test_a_change_that_fits_is_only_looked_at(laid, client):
    made = tabled(laid.charter, laid.cast.drafter, laid.second, SECOND + " Ever.")
    answer = client.get(where(made.changes.get()))
    assert answer.status_code == 200
    assert "fit the text as it is now" in answer.content.decode()


def test_a_change_of_a_clause_that_was_struck_can_become_a_new_one(laid, client, change):
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.first, base=head(laid))
    page = client.get(where(change))
    assert "is not in the text any more" in page.content.decode()
    assert page.context["place"] == f"inside:{laid.article}"
    query = {"place": page.context["place"], "amendment": change.amendment.uuid}
    form = client.get(reverse("suggest_insert", args=["eurasia"]), query | {"change": change.uuid})
    shown = form.context["form"]
    assert (shown["text"].value(), shown["kind"].value()) == (UPHOLD, "paragraph")
    assert shown["amendment"].value() == str(change.amendment.uuid)


def test_the_place_of_a_struck_clause_is_after_the_one_before_it(laid, client):
    made = tabled(laid.charter, laid.cast.drafter, laid.second, SECOND + " Ever.")
    laid.charter.refresh_from_db()
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second, base=head(laid))
    page = client.get(where(made.changes.get()))
    assert page.context["place"] == f"after:{laid.first}"
