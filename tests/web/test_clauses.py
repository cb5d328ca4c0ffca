"""Forms about clauses: edit, merge, insert, strike, restore, move. Whatever is typed is kept."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from charter.actions.clauses import change_clause, move_clause
from charter.actions.values import Words
from charter.models import Charter, Clause, ClausePrinciple, Wording
from charter.queries.texts import text_at
from tests.builders import FIRST, OTHER, SECOND, Scene, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


@pytest.fixture
def drafter(laid: Scene) -> Client:
    client = Client()
    client.force_login(laid.cast.drafter)
    return client


def address(laid: Scene, name: str, *ids) -> str:
    return reverse(name, args=[laid.charter.slug, *ids])


def head(laid: Scene) -> int:
    return Charter.objects.get(pk=laid.charter.pk).head


def text_of(clause) -> str:
    return Wording.objects.get(clause=clause, language="en").text


def order(laid: Scene) -> list[str]:
    laid.charter.refresh_from_db()
    return [clause.id for _, clause in text_at(laid.charter).walk()]


def filled(client: Client, where: str) -> dict[str, object]:
    """The fields of the form at this address as a browser would send them back untouched."""
    form = client.get(where).context["form"]
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def edit(laid: Scene, client: Client, clause, /, follow: bool = False, **changes):
    where = address(laid, "clause_edit", clause)
    return client.post(where, {**filled(client, where), **changes}, follow=follow)


def act(laid: Scene, client: Client, name: str, clause, /, **said):
    """Send the form of this page as it was seen now, or at `base`."""
    return client.post(address(laid, name, clause), {"base": head(laid), **said})


def test_an_edit_commits_a_revision_and_leads_back_to_the_clause(laid: Scene, drafter: Client):
    before = head(laid)
    answer = edit(laid, drafter, laid.second, text_en="No Party may.", message="Softer")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?language=en#clause-{laid.second}")
    assert text_of(laid.second) == "No Party may."
    assert head(laid) == before + 1


def test_the_form_sent_back_untouched_changes_nothing(laid: Scene, drafter: Client):
    before = head(laid)
    answer = edit(laid, drafter, laid.second, follow=True)
    assert "Nothing changed." in answer.content.decode()
    assert head(laid) == before


def test_words_in_every_language_are_edited_at_once(laid: Scene, drafter: Client):
    edit(laid, drafter, laid.second, text_ru="Ни одна Сторона не может.", heading_ru="Безопасность")
    russian = Wording.objects.get(clause=laid.second, language="ru")
    assert (russian.heading, russian.text) == ("Безопасность", "Ни одна Сторона не может.")
    assert text_of(laid.second) == SECOND


def test_kind_number_and_principles_are_edited_with_the_words(laid: Scene, drafter: Client):
    principle(laid.charter, laid.cast.chair, "openness")
    edit(
        laid,
        drafter,
        laid.other,
        kind="section",
        numbering="given",
        numeral="7 bis",
        principles=["openness"],
    )
    clause = Clause.objects.get(pk=laid.other)
    assert (clause.kind, clause.numeral) == ("section", "7 bis")
    tags = ClausePrinciple.objects.filter(clause=clause, withdrawn=False)
    assert [tag.principle.slug for tag in tags] == ["openness"]


def test_a_hidden_character_is_named_with_its_place_and_what_was_typed_stays(
    laid: Scene, drafter: Client
):
    typed = "No Party\u202e may strengthen its own."
    answer = edit(laid, drafter, laid.second, text_en=typed, message="Why")
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "hidden character (U+202E) at position 9" in html
    assert typed in html
    assert 'value="Why"' in html
    assert text_of(laid.second) == SECOND


def test_words_that_are_too_long_are_refused_and_stay_in_the_form(laid: Scene, drafter: Client):
    typed = "long " * 41_000
    answer = edit(laid, drafter, laid.second, text_en=typed)
    assert answer.status_code == 422
    assert "at most 50000 characters" in unescape(answer.content.decode())
    assert typed in answer.content.decode()


def test_a_kind_that_cannot_stand_there_is_refused(laid: Scene, drafter: Client):
    answer = edit(laid, drafter, laid.second, kind="part")
    assert answer.status_code == 422
    assert Clause.objects.get(pk=laid.second).kind == "paragraph"


def test_a_number_that_is_announced_must_be_given(laid: Scene, drafter: Client):
    answer = edit(laid, drafter, laid.second, numbering="given", numeral=" ")
    assert answer.status_code == 422
    assert "Write the number" in answer.content.decode()


def test_the_title_is_edited_in_each_language(laid: Scene, drafter: Client):
    answer = edit(laid, drafter, laid.root, heading_en="Our charter", heading_ru="Наша хартия")
    assert answer.status_code == 302
    assert Charter.objects.get(pk=laid.charter.pk).title == "Our charter"
    assert Wording.objects.get(clause=laid.root, language="ru").heading == "Наша хартия"


def test_edits_of_different_words_are_joined_and_the_page_says_so(laid: Scene, drafter: Client):
    where = address(laid, "clause_edit", laid.second)
    opened = filled(drafter, where)
    reword(laid.charter, laid.cast.chair, laid.second, SECOND.replace("No Party", "No State"))
    mine = SECOND.replace("another Party", "any other Party")
    answer = drafter.post(where, {**opened, "text_en": mine}, follow=True)
    assert "joined with what others changed meanwhile" in answer.content.decode()
    assert text_of(laid.second) == (
        "No State shall strengthen its own security at the expense of any other Party."
    )


class TestTwoChangesOfTheSameWords:
    """The merge view: base, theirs and mine, and a person decides."""

    THEIRS = SECOND.replace("shall", "may")
    MINE = SECOND.replace("shall", "will").replace("another Party", "any other Party")

    @pytest.fixture
    def where(self, laid: Scene) -> str:
        return address(laid, "clause_edit", laid.second)

    @pytest.fixture
    def met(self, laid: Scene, drafter: Client, where: str):
        opened = filled(drafter, where)
        reword(laid.charter, laid.cast.chair, laid.second, self.THEIRS)
        typed = {"text_en": self.MINE, "message": "Stronger", "text_ru": "По-русски."}
        return drafter.post(where, {**opened, **typed})

    @staticmethod
    def fields(answer) -> dict[str, str]:
        """The merge form as a browser would send it back."""
        html = answer.content.decode()
        found: dict[str, str] = {}
        for tag in re.findall(r"<input[^>]*>", html):
            name = re.search(r'name="([^"]*)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name and ('type="radio"' not in tag or " checked" in tag):
                found[name[1]] = unescape(value[1]) if value else ""
        for name, value in re.findall(
            r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.S
        ):
            found[name] = unescape(value)
        return found

    def test_base_theirs_and_mine_are_shown_and_nothing_typed_is_lost(self, met, laid: Scene):
        html = unescape(met.content.decode())
        assert met.status_code == 409
        assert SECOND in html
        assert "<del>shall</del><ins>may</ins>" in html.replace("\n", "")
        fields = self.fields(met)
        assert fields["yours-text_en"] == self.MINE
        assert fields["text_en"] == self.MINE
        assert fields["message"] == "Stronger"
        assert fields["text_ru"] == "По-русски."
        assert text_of(laid.second) == self.THEIRS

    def test_mine_is_what_is_committed_when_nothing_else_is_chosen(
        self, met, laid: Scene, drafter: Client, where: str
    ):
        assert drafter.post(where, self.fields(met)).status_code == 302
        assert text_of(laid.second) == self.MINE
        assert Wording.objects.get(clause=laid.second, language="ru").text == "По-русски."

    def test_their_words_can_be_taken_while_the_rest_of_mine_stays(
        self, met, laid: Scene, drafter: Client, where: str
    ):
        drafter.post(where, {**self.fields(met), "choice-text_en-0": "theirs"})
        assert text_of(laid.second) == self.MINE.replace("will", "may")

    def test_both_and_words_of_ones_own_can_be_chosen(
        self, met, laid: Scene, drafter: Client, where: str
    ):
        composing = {**self.fields(met), "choice-text_en-0": "both", "compose": "1"}
        answer = drafter.post(where, composing)
        assert self.fields(answer)["text_en"] == self.MINE.replace("will", "will may")
        own = {"choice-text_en-0": "own", "own-text_en-0": "must"}
        drafter.post(where, {**self.fields(answer), **own})
        assert text_of(laid.second) == self.MINE.replace("will", "must")

    def test_a_result_edited_by_hand_is_never_overwritten_by_the_choices(
        self, met, laid: Scene, drafter: Client, where: str
    ):
        written = "No Party ought to."
        fields = {**self.fields(met), "text_en": written, "choice-text_en-0": "theirs"}
        answer = drafter.post(where, {**fields, "compose": "1"})
        assert self.fields(answer)["text_en"] == written
        drafter.post(where, {**self.fields(answer)})
        assert text_of(laid.second) == written

    def test_somebody_faster_once_more_is_met_once_more(
        self, met, laid: Scene, drafter: Client, where: str
    ):
        reword(laid.charter, laid.cast.chair, laid.second, SECOND.replace("shall", "can"))
        again = drafter.post(where, self.fields(met))
        assert again.status_code == 409
        assert self.fields(again)["yours-text_en"] == self.MINE
        assert drafter.post(where, self.fields(again)).status_code == 302
        assert text_of(laid.second) == self.MINE

    def test_other_peoples_words_in_another_language_are_not_undone(
        self, laid: Scene, drafter: Client, where: str
    ):
        from charter.actions.clauses import change_clause
        from charter.actions.values import Words

        opened = filled(drafter, where)
        laid.charter.refresh_from_db()
        change_clause(
            actor=laid.cast.chair,
            charter=laid.charter,
            clause=laid.second,
            base=laid.charter.head,
            words={"en": Words("", self.THEIRS), "ru": Words("", "Их слова.")},
        )
        met = drafter.post(where, {**opened, "text_en": self.MINE})
        drafter.post(where, self.fields(met))
        assert Wording.objects.get(clause=laid.second, language="ru").text == "Их слова."


@pytest.mark.parametrize(("where", "place"), [("before", 1), ("after", 2)], ids=["before", "after"])
def test_a_clause_is_inserted_beside_another(laid: Scene, drafter: Client, where: str, place: int):
    form = address(laid, "clause_insert") + f"?place={where}:{laid.first}"
    assert filled(drafter, form)["kind"] == "paragraph"
    answer = drafter.post(form, {"kind": "paragraph", "text_en": "New words."})
    new = Clause.objects.get(wordings__text="New words.").pk
    assert answer["Location"].endswith(f"#clause-{new}")
    assert order(laid)[place] == str(new)


def test_a_clause_is_inserted_inside_another_where_its_kind_may_stand(laid: Scene, drafter: Client):
    form = address(laid, "clause_insert") + f"?place=inside:{laid.other}"
    kinds = [kind for kind, _ in drafter.get(form).context["form"].fields["kind"].choices]
    assert "paragraph" in kinds
    assert "part" not in kinds
    drafter.post(form, {"kind": "paragraph", "text_en": "New words."})
    assert Clause.objects.get(wordings__text="New words.").parent_id == laid.other


def test_the_first_clause_of_a_blank_charter_can_be_written(laid: Scene):
    from charter.actions.charters import create_charter

    blank = create_charter(actor=laid.cast.chair, title="Blank", slug="blank")
    client = Client()
    client.force_login(laid.cast.chair)
    html = client.get(reverse("text", args=["blank"])).content.decode()
    where = unescape(re.search(r'href="([^"]*clauses/insert/[^"]*first[^"]*)"', html)[1])
    client.post(where, {"kind": "article", "heading_en": "One", "text_en": "Words."})
    assert [clause.heading for _, clause in text_at(blank).walk()] == ["One"]


def test_what_was_typed_for_a_new_clause_stays_when_it_is_refused(laid: Scene, drafter: Client):
    form = address(laid, "clause_insert") + f"?place=after:{laid.first}"
    answer = drafter.post(form, {"kind": "paragraph", "text_en": "Zero\u200bwidth"})
    assert answer.status_code == 422
    assert "Zero\u200bwidth" in answer.content.decode()


def test_striking_takes_a_clause_out_and_restoring_puts_it_back(laid: Scene, drafter: Client):
    before = order(laid)
    answer = drafter.get(address(laid, "clause_strike", laid.article))
    assert "The 2 clauses inside it go with it." in answer.content.decode()
    act(laid, drafter, "clause_strike", laid.article, message="Out")
    assert order(laid) == [str(laid.other)]
    listed = drafter.get(address(laid, "struck")).content.decode()
    assert "Article 1" in listed
    assert f"struck in revision {head(laid)}" in listed
    drafter.post(address(laid, "clause_restore", laid.article))
    assert order(laid) == before


def test_a_clause_inside_a_struck_one_is_restored_only_after_it(laid: Scene, drafter: Client):
    act(laid, drafter, "clause_strike", laid.first)
    act(laid, drafter, "clause_strike", laid.article)
    answer = drafter.post(address(laid, "clause_restore", laid.first))
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert str(laid.first) not in order(laid)


def test_a_clause_moves_by_steps(laid: Scene, drafter: Client):
    where = address(laid, "clause_move", laid.second)
    assert drafter.get(where).context["steps"] == ("up", "out")
    act(laid, drafter, "clause_move", laid.second, step="up")
    assert order(laid) == [str(id) for id in (laid.article, laid.second, laid.first, laid.other)]
    act(laid, drafter, "clause_move", laid.other, step="up")
    assert order(laid)[0] == str(laid.other)


def test_a_clause_moves_to_any_place_that_may_hold_it(laid: Scene, drafter: Client):
    where = address(laid, "clause_move", laid.second)
    offered = dict(drafter.get(where).context["spots"])
    assert f"inside:{laid.other}" in offered
    assert f"inside:{laid.first}" not in offered
    place = f"inside:{laid.other}"
    answer = act(laid, drafter, "clause_move", laid.second, place=place, message="Belongs there")
    assert answer.status_code == 302
    assert Clause.objects.get(pk=laid.second).parent_id == laid.other


@pytest.mark.parametrize("place", ["inside:{first}", "nonsense", "", "after:{second}"])
def test_a_place_that_cannot_hold_it_is_refused_with_a_sentence(
    laid: Scene, drafter: Client, place: str
):
    before = order(laid)
    named = place.format(first=laid.first, second=laid.second)
    answer = act(laid, drafter, "clause_move", laid.second, place=named)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert order(laid) == before


def test_a_clause_of_another_charter_is_not_found(laid: Scene, drafter: Client):
    from charter.actions.charters import create_charter
    from tests.builders import insert

    other = create_charter(actor=laid.cast.drafter, title="Other", slug="other")
    foreign = insert(other, laid.cast.drafter, "article", "Elsewhere.")
    for name in ("clause", "clause_edit", "clause_strike", "clause_move", "thread_open"):
        assert drafter.get(address(laid, name, foreign)).status_code == 404
    assert drafter.post(address(laid, "clause_restore", foreign)).status_code == 404
    inserting = address(laid, "clause_insert") + f"?place=after:{foreign}"
    assert drafter.get(inserting).status_code == 404


def test_a_form_that_fails_takes_its_own_place_again_under_htmx(laid: Scene, drafter: Client):
    where = address(laid, "clause_edit", laid.second)
    fields = {**filled(drafter, where), "text_en": "Zero\u200bwidth"}
    answer = drafter.post(where, fields, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == answer["HX-Reselect"] == f"#editing-{laid.second}"


def test_the_page_of_a_clause_has_all_that_can_be_done_with_it(laid: Scene, drafter: Client):
    html = drafter.get(address(laid, "clause", laid.first)).content.decode()
    assert FIRST in html
    assert "Article 1(1)" in html
    for name in ("clause_edit", "clause_strike", "clause_move", "clause_history", "thread_open"):
        assert address(laid, name, laid.first) in html
    assert OTHER not in html


def test_a_clause_that_was_moved_meanwhile_is_shown_before_it_moves_again(laid, drafter):
    move_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second, parent=laid.other)
    place = f"after:{laid.other}"
    answer = act(laid, drafter, "clause_move", laid.second, base=5, place=place)
    assert answer.status_code == 409
    told = answer.context["moved_on"]
    assert (told.base, told.theirs, told.yours) == (
        "After Article 1",
        "First in Article 2",
        "After Article 2",
    )
    assert Clause.objects.get(pk=laid.second).parent_id == laid.other
    again = {"base": answer.context["form"]["base"].value(), "place": place}
    assert drafter.post(address(laid, "clause_move", laid.second), again).status_code == 302
    assert Clause.objects.get(pk=laid.second).parent_id == laid.root


def test_a_move_says_what_was_seen(laid: Scene, drafter: Client):
    where = address(laid, "clause_move", laid.second)
    assert f'name="base" value="{head(laid)}"' in drafter.get(where).content.decode()
    assert drafter.post(where, {"step": "up"}).status_code == 422


def test_a_number_that_others_changed_is_shown_before_it_is_overwritten(laid, drafter):
    where = address(laid, "clause_edit", laid.first)
    sent = filled(drafter, where) | {"numbering": "given", "numeral": "7"}
    theirs = {"en": Words(text=FIRST.replace("each", "every"))}
    more = {"numeral": "9", "words": theirs, "base": head(laid), "clause": laid.first}
    change_clause(actor=laid.cast.chair, charter=laid.charter, **more)
    answer = drafter.post(where, sent)
    assert answer.status_code == 409
    told = answer.context["moved_on"]
    assert (told.base, told.theirs, told.yours) == ("counted", "9", "7")
    form = answer.context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert drafter.post(where, again).status_code == 302
    assert Clause.objects.get(pk=laid.first).numeral == "7"
    assert text_of(laid.first) == theirs["en"].text


def test_a_merge_of_words_leaves_the_number_and_the_tags_that_others_gave(laid, drafter):
    slug = principle(laid.charter, laid.cast.chair, "openness")
    where = address(laid, "clause_edit", laid.first)
    sent = filled(drafter, where) | {"text_en": FIRST.replace("shall respect", "may honour")}
    change_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.first,
        base=head(laid),
        words={"en": Words(text=FIRST.replace("shall respect", "must uphold"))},
        numeral="9",
        principles=[slug],
    )
    answer = drafter.post(where, sent)
    assert answer.status_code == 409
    html = answer.content.decode()
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html)
    result = {name: unescape(value) for name, value in fields}
    result |= {"text_en": FIRST.replace("shall respect", "shall honour")}
    assert drafter.post(where, result).status_code == 302
    assert text_of(laid.first) == result["text_en"]
    assert Clause.objects.get(pk=laid.first).numeral == "9"
    tags = ClausePrinciple.objects.filter(clause=laid.first, withdrawn=False)
    assert [tag.principle.slug for tag in tags] == [slug]


def test_words_that_others_changed_are_shown_before_they_are_struck(laid, drafter):
    reword(laid.charter, laid.cast.chair, laid.first, "Quite other words.")
    answer = act(laid, drafter, "clause_strike", laid.first, base=5)
    assert answer.status_code == 409
    assert "Quite other words." in answer.content.decode()
    assert not Clause.objects.get(pk=laid.first).struck
    again = {"base": answer.context["form"]["base"].value()}
    assert drafter.post(address(laid, "clause_strike", laid.first), again).status_code == 302
    assert Clause.objects.get(pk=laid.first).struck


def test_the_heading_of_a_clause_is_marked_up_on_its_own_page(laid: Scene, drafter: Client):
    edit(laid, drafter, laid.second, heading_en="*Equal* <b>rights</b>")
    body = drafter.get(address(laid, "clause", laid.second)).content.decode()
    assert "<em>Equal</em> &lt;b&gt;rights&lt;/b&gt;</strong>" in body
