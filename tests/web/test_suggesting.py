"""Suggesting on the text: what is typed shows its redline, and goes into the draft in hand."""

import pytest
from django.urls import reverse

from charter.actions.amendments import draft_amendment, table_amendment
from charter.actions.proposals import propose_rewording
from charter.actions.values import Words
from charter.models import Amendment, Charter, Revision
from tests.builders import FIRST, SECOND, reword, seated, stand_at

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold")
FROM_THE_TEXT = {"HX-Request": "true"}


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


def head(laid) -> int:
    return Charter.objects.get(pk=laid.charter.pk).head


def typed(laid, client, text: str, name: str = "suggest_redline", **more):
    """The redline of words typed on the first paragraph."""
    address = reverse(name, args=["eurasia", more.pop("clause", laid.first)]) + "?language=en"
    field = "text_en" if name == "edit_redline" else "text"
    return client.post(address, {"base": head(laid), field: text, **more})


def suggest(laid, client, clause, text: str, amendment: str = "", **headers):
    address = reverse("suggest", args=["eurasia", clause]) + "?language=en"
    sent = {"base": head(laid), "text": text, "amendment": amendment}
    return client.post(address, sent, headers=headers)


def offered(laid, client, clause, **query):
    """The form of a suggestion, as it is before anything is typed."""
    answer = client.get(reverse("suggest", args=["eurasia", clause]), {"language": "en"} | query)
    assert answer.status_code == 200
    return answer.context["form"]


@pytest.mark.parametrize("name", ["suggest_redline", "edit_redline"])
def test_what_is_typed_is_compared_with_the_words_of_the_text(laid, signed_in, name):
    answer = typed(laid, signed_in(laid.cast.drafter), UPHOLD, name)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<del>respect</del>" in shown and "<ins>uphold</ins>" in shown
    assert "<html" not in shown


def test_showing_a_redline_writes_nothing(laid, signed_in):
    client = signed_in(laid.cast.reviewer)
    before = Revision.objects.count(), Charter.objects.get(pk=laid.charter.pk).digest
    typed(laid, client, UPHOLD)
    assert (Revision.objects.count(), Charter.objects.get(pk=laid.charter.pk).digest) == before
    assert not Amendment.objects.exists()


def test_the_words_as_they_are_change_nothing(laid, signed_in):
    shown = typed(laid, signed_in(laid.cast.reviewer), f" {FIRST}\n").content.decode()
    assert "These are the words of the text." in shown and "<ins>" not in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("hidden\u202eword", "position 7", id="hidden"),
        pytest.param(FIRST + " [", "has no partner", id="bracket"),
        pytest.param("a" * 50_001, "too long", id="length"),
    ],
)
def test_words_that_cannot_be_kept_say_so_while_they_are_typed(laid, signed_in, text, said):
    answer = typed(laid, signed_in(laid.cast.reviewer), text)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_nobody_is_shown_redlines_faster_than_anybody_types(laid, signed_in, monkeypatch):
    monkeypatch.setattr("charter.web.redrawing.A_MINUTE", 2)
    reviewer, drafter = signed_in(laid.cast.reviewer), signed_in(laid.cast.drafter)
    assert [typed(laid, reviewer, UPHOLD).status_code for _ in range(3)] == [200, 200, 429]
    assert int(typed(laid, reviewer, UPHOLD)["Retry-After"]) > 0
    assert typed(laid, drafter, UPHOLD).status_code == 200


def test_no_word_of_a_redline_is_markup(laid, signed_in):
    shown = typed(laid, signed_in(laid.cast.reviewer), "<script>x</script>").content.decode()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_who_reads_older_words_is_told_that_they_have_changed(laid, signed_in):
    base = head(laid)
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("each", "every"))
    shown = typed(laid, signed_in(laid.cast.reviewer), UPHOLD, base=base).content.decode()
    assert "have changed since you opened them" in shown
    assert "<ins>uphold</ins>" in shown and "every" not in shown


@pytest.mark.parametrize("base", ["0", "999", "-1", "x", "9" * 30])
def test_a_revision_that_is_not_there_has_no_redline(laid, signed_in, base):
    assert typed(laid, signed_in(laid.cast.reviewer), UPHOLD, base=base).status_code == 404


def test_who_may_not_suggest_is_shown_no_redline(laid, signed_in):
    assert typed(laid, signed_in(laid.cast.observer), UPHOLD).status_code == 403
    reviewer = signed_in(laid.cast.reviewer)
    assert typed(laid, reviewer, UPHOLD, "edit_redline").status_code == 403
    stand_at(laid.charter, laid.cast.chair, "adopted")
    assert typed(laid, reviewer, UPHOLD).status_code == 403


def test_a_redline_takes_as_many_queries_however_many_amendments_there_are(
    laid, signed_in, django_assert_max_num_queries
):
    client = signed_in(laid.cast.reviewer)
    typed(laid, client, UPHOLD)
    with django_assert_max_num_queries(9):
        typed(laid, client, UPHOLD)


def test_who_suggests_on_the_text_is_back_at_the_clause_and_others_at_the_amendment(
    laid, signed_in
):
    client = signed_in(laid.cast.drafter)
    answer = suggest(laid, client, laid.first, UPHOLD, **FROM_THE_TEXT)
    made = Amendment.objects.get()
    text = reverse("text", args=["eurasia"])
    assert answer["Location"] == f"{text}?language=en#clause-{laid.first}"
    page = client.get(text).content.decode()
    assert f"amendments/{made.uuid}/#table" in page
    answer = suggest(laid, client, laid.second, SECOND + " Ever.", str(made.uuid))
    assert answer["Location"] == reverse("amendment", args=["eurasia", made.uuid])


def test_the_draft_stays_in_hand_from_clause_to_clause(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    assert offered(laid, client, laid.first)["amendment"].value() == ""
    suggest(laid, client, laid.first, UPHOLD)
    made = Amendment.objects.get()
    for name in ("suggest", "suggest_strike", "suggest_move"):
        answer = client.get(reverse(name, args=["eurasia", laid.second]))
        assert answer.context["form"]["amendment"].value() == str(made.uuid)
    suggest(laid, client, laid.second, SECOND + " Ever.")
    other = Amendment.objects.exclude(pk=made.pk).get()
    assert offered(laid, client, laid.other)["amendment"].value() == str(other.uuid)
    assert offered(laid, client, laid.other, amendment=made.uuid)["amendment"].value() == str(
        made.uuid
    )


def test_what_is_on_the_table_is_in_hand_only_when_it_is_named(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, laid.first, UPHOLD)
    made = Amendment.objects.get()
    table_amendment(
        actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid, title="To uphold"
    )
    assert offered(laid, client, laid.second)["amendment"].value() == ""


def test_a_draft_in_hand_is_in_nobody_elses(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, laid.first, UPHOLD)
    client.force_login(laid.cast.reviewer)
    assert offered(laid, client, laid.first)["amendment"].value() == ""
    theirs = draft_amendment(actor=laid.cast.drafter, charter=laid.charter)
    form = offered(laid, client, laid.first, amendment=theirs.uuid)
    assert form["amendment"].value() == ""


def test_one_goes_on_from_what_the_draft_asks_for_carried_to_the_text_as_it_is(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, laid.first, UPHOLD)
    assert offered(laid, client, laid.first)["text"].value() == UPHOLD
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("each", "every"))
    both = UPHOLD.replace("each", "every")
    assert offered(laid, client, laid.first)["text"].value() == both


def test_a_change_of_the_draft_that_conflicts_is_reworked_first(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, laid.first, UPHOLD)
    made = Amendment.objects.get()
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    answer = client.get(reverse("suggest", args=["eurasia", laid.first]), {"language": "en"})
    where = reverse("amendment_rework", args=["eurasia", made.uuid, made.changes.get().uuid])
    assert answer["Location"] == f"{where}?language=en"


def test_what_another_draft_asks_for_is_not_replaced_unseen(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    suggest(laid, client, laid.first, UPHOLD)
    one = str(Amendment.objects.get().uuid)
    address = reverse("suggest", args=["eurasia", laid.first]) + "?language=en"
    sent = {"base": head(laid), "text": FIRST + " Ever.", "amendment": one}
    answer = client.post(address, sent | {"begun": ""})
    assert answer.status_code == 422
    assert "asks for other words here already" in answer.content.decode()
    assert FIRST + " Ever." in answer.content.decode()
    assert Amendment.objects.get().changes.get().text == UPHOLD
    assert client.post(address, sent | {"begun": one}).status_code == 302
    assert Amendment.objects.get().changes.get().text == FIRST + " Ever."


def test_the_title_is_suggested_without_words_below_it(laid, signed_in):
    client = signed_in(laid.cast.drafter)
    assert "text" not in offered(laid, client, laid.root).fields
    answer = client.post(
        reverse("suggest", args=["eurasia", laid.root]) + "?language=en",
        {"base": head(laid), "heading": "A treaty", "amendment": ""},
        headers=FROM_THE_TEXT,
    )
    assert answer["Location"] == reverse("text", args=["eurasia"]) + "?language=en"


def test_a_form_sent_from_the_text_comes_back_alone(laid, signed_in):
    answer = suggest(laid, signed_in(laid.cast.drafter), laid.first, FIRST, **FROM_THE_TEXT)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == f"#suggesting-{laid.first}"


def test_who_may_suggest_but_not_edit_has_all_of_it_in_the_tools_of_the_text(laid, signed_in):
    def tools(person) -> str:
        page = signed_in(person).get(reverse("text", args=["eurasia"])).content.decode()
        return page.partition('<template id="tools">')[2].partition("</template>")[0]

    asked = ("/suggest/?", "/amendments/insert/?", "/suggest/move/?", "/suggest/strike/?")
    for person in (laid.cast.reviewer, laid.cast.drafter):
        assert all(one in tools(person) for one in asked)
    assert "/edit/" not in tools(laid.cast.reviewer)
    assert not any(one in tools(laid.cast.observer) for one in asked)


def test_a_rewording_of_another_language_is_not_gone_on_from(laid, signed_in):
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act)
    propose_rewording(
        **act,
        amendment=made.uuid,
        clause=laid.first,
        language="ru",
        base=head(laid),
        words=Words(text="Иные слова."),
    )
    form = offered(laid, signed_in(laid.cast.drafter), laid.first, amendment=made.uuid)
    assert form["text"].value() == FIRST
