"""Adopting: what was previewed and nothing else, by who may, once, and nothing of it is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from charter.access import Forbidden
from charter.actions import gate
from charter.actions.adopting import Adopted, adopt_changes, naming, plan_adoption
from charter.actions.amendments import draft_amendment, table_amendment, withdraw_amendment
from charter.actions.combining import SettledWords, Taking
from charter.actions.proposals import (
    propose_insertion,
    propose_move,
    propose_rewording,
    propose_strike,
)
from charter.actions.refusals import Collide, Invalid, Missing, NoSuch, Refused, Stale
from charter.actions.values import Words
from charter.models import Amendment, ChangeState, ProposedChange, Revision, Wording
from charter.queries.texts import text_at
from charter.queries.verification import verify
from charter.text.diff import diff
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.builders import FIRST, SECOND, Scene, reword, scene

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold")
PROTECT = FIRST.replace("respect", "protect")


@pytest.fixture
def laid() -> Scene:
    return scene()


def tabled(laid: Scene, *asks) -> Amendment:
    """An amendment of the drafter's on the table that asks for these changes."""
    laid.charter.refresh_from_db()
    made = draft_amendment(actor=laid.cast.drafter, charter=laid.charter, title="Better")
    for act, more in asks:
        act(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid, **more)
    return table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid)


def saying(laid: Scene, clause, text: str):
    return propose_rewording, {
        "clause": clause,
        "language": "en",
        "base": laid.charter.head,
        "words": Words(text=text),
    }


def takings(*amendments: Amendment, **more) -> list[Taking]:
    found = []
    for one in amendments:
        one.refresh_from_db()
        found += [
            Taking(change.uuid, one.version, **more)
            for change in one.changes.filter(state=ChangeState.OPEN)
        ]
    return found


def adopt(laid: Scene, *amendments: Amendment, settled=(), **more) -> Adopted:
    laid.charter.refresh_from_db()
    return adopt_changes(
        actor=laid.cast.chair,
        charter=laid.charter,
        base=laid.charter.head,
        takings=takings(*amendments, **more),
        settled=settled,
    )


def said(clause, language: str = "en") -> str:
    return Wording.objects.get(clause=clause, language=language).text


def test_an_amendment_is_adopted_whole_and_its_revision_names_it(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    made = adopt(laid, found)
    assert said(laid.first) == UPHOLD
    assert (made.revision.adopted, made.revision.cause) == ([found.uuid], "amendment")
    assert made.revision.message == "A-1"
    found.refresh_from_db()
    assert found.status == "adopted"
    assert [deed.kind for deed in found.deeds.all()] == ["drafted", "tabled", "adopted"]
    assert found.deeds.last().revision == made.revision
    assert verify(laid.charter).ok


def test_whoever_changes_which_amendment_a_revision_adopted_is_found_out(laid):
    made = adopt(laid, tabled(laid, saying(laid, laid.first, UPHOLD)))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE charter_revision SET adopted = '{}' WHERE id = %s", [made.revision.pk]
        )
        cursor.execute("SET session_replication_role = origin")
    assert verify(laid.charter).first_bad == made.revision.number


def test_what_was_carried_is_what_is_adopted(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("each Party", "all Parties"))
    adopt(laid, found)
    assert said(laid.first) == UPHOLD.replace("each Party", "all Parties")


def test_two_amendments_of_different_words_become_one_revision(laid):
    one = tabled(laid, saying(laid, laid.first, UPHOLD))
    two = tabled(laid, saying(laid, laid.first, FIRST.replace("each Party", "all Parties")))
    made = adopt(laid, one, two)
    assert said(laid.first) == UPHOLD.replace("each Party", "all Parties")
    assert made.revision.adopted == [one.uuid, two.uuid]


def test_amendments_of_the_same_words_collide_until_somebody_settles_the_words(laid):
    one = tabled(laid, saying(laid, laid.first, UPHOLD))
    two = tabled(laid, saying(laid, laid.first, PROTECT))
    with pytest.raises(Collide) as refused:
        adopt(laid, one, two)
    (combined,) = refused.value.plan.words
    (collision,) = combined.collisions
    assert (collision.change, collision.before, collision.after) == (
        two.changes.get().uuid,
        "respect",
        "protect",
    )
    assert said(laid.first) == FIRST
    text = FIRST.replace("respect", "uphold and protect")
    adopt(laid, one, two, settled=[SettledWords(laid.first, "en", Words(text=text))])
    assert said(laid.first) == text
    assert {one.status for one in Amendment.objects.all()} == {"adopted"}


def test_whose_rival_s_words_were_settled_on_is_not_adopted_and_stays_on_the_table(laid):
    one = tabled(laid, saying(laid, laid.first, UPHOLD))
    two = tabled(
        laid, saying(laid, laid.first, PROTECT), saying(laid, laid.second, SECOND + " Ever.")
    )
    rival = two.changes.get(clause=laid.first).uuid
    made = adopt(laid, one, two, settled=[SettledWords(laid.first, "en", Words(text=UPHOLD))])
    assert made.revision.adopted == [one.uuid, two.uuid]
    two.refresh_from_db()
    assert two.status == "partly_adopted"
    (left,) = two.changes.filter(state="open")
    assert (left.uuid, left.standing, left.text) == (rival, "conflict", PROTECT)


def test_settling_on_the_words_as_they_stand_adopts_nothing(laid):
    one = tabled(laid, saying(laid, laid.first, UPHOLD))
    two = tabled(laid, saying(laid, laid.first, PROTECT))
    with pytest.raises(Invalid):
        adopt(laid, one, two, settled=[SettledWords(laid.first, "en", Words(text=FIRST))])


def test_a_conflict_is_adopted_only_with_words_that_somebody_settled(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    reword(laid.charter, laid.cast.drafter, laid.first, PROTECT)
    with pytest.raises(Collide) as refused:
        adopt(laid, found)
    assert refused.value.plan.words[0].conflicts == (found.changes.get().uuid,)
    adopt(laid, found, settled=[SettledWords(laid.first, "en", Words(text=UPHOLD))])
    assert said(laid.first) == UPHOLD


def places(text: str, *words: str) -> frozenset[int]:
    """The places, in the redline to `text`, of the spans that say one of these words."""
    spans = diff(FIRST, text, "en")
    return frozenset(
        place
        for place, span in enumerate(spans)
        if span.op != "equal" and span.text.strip() in words
    )


def test_what_was_left_of_a_change_stays_alive_against_the_new_text(laid):
    wanted = UPHOLD.replace("each Party", "all Parties")
    found = tabled(laid, saying(laid, laid.first, wanted))
    made = adopt(laid, found, text=places(wanted, "respect", "uphold"))
    assert said(laid.first) == UPHOLD
    found.refresh_from_db()
    assert found.status == "partly_adopted"
    taken, rest = found.changes.all()
    assert (taken.state, taken.text, taken.adopted_in) == ("partly_adopted", wanted, made.revision)
    assert (rest.state, rest.base, rest.base_text) == ("open", made.revision.number, UPHOLD)
    assert (rest.text, rest.standing) == (wanted, "clean")
    adopt(laid, found)
    found.refresh_from_db()
    assert (said(laid.first), found.status) == (wanted, "adopted")


def test_the_insertion_can_be_taken_and_the_deletion_left(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    adopt(laid, found, text=places(UPHOLD, "uphold"))
    assert said(laid.first) == FIRST.replace("respect", "respect uphold")
    rest = found.changes.last()
    assert (rest.text, rest.standing) == (UPHOLD, "clean")


def test_an_amendment_of_which_no_word_was_taken_is_not_adopted_beside_others(laid):
    one = tabled(laid, saying(laid, laid.first, UPHOLD))
    other = tabled(laid, saying(laid, laid.second, "Nothing of this."))
    laid.charter.refresh_from_db()
    adopted = adopt_changes(
        actor=laid.cast.chair,
        charter=laid.charter,
        base=laid.charter.head,
        takings=[*takings(one), *takings(other, heading=frozenset(), text=frozenset())],
    )
    assert adopted.amendments == (one,)
    assert adopted.revision.adopted == [one.uuid]
    other.refresh_from_db()
    assert other.status == "tabled"
    assert other.changes.get().state == ChangeState.OPEN


def test_many_amendments_are_named_as_far_as_the_message_of_a_revision_reaches():
    many = [Amendment(number=number) for number in range(1, 400)]
    assert naming(many[:3], 20) == "A-1, A-2, A-3"
    assert naming(many, 20) == "A-1, A-2, A-3, …"
    assert len(naming(many, 1_000)) <= 1_000


def test_more_amendments_than_a_message_has_room_for_are_adopted_at_once(laid, monkeypatch):
    monkeypatch.setattr(gate, "MESSAGE", 7)
    both = [tabled(laid, saying(laid, one, "Other.")) for one in (laid.first, laid.second)]
    assert adopt(laid, *both).revision.message == "A-1, …"


def test_settling_one_language_leaves_the_rest_of_the_other_alive(laid):
    wanted = UPHOLD.replace("each Party", "all Parties")
    words = "Стороны уважают суверенитет каждой Стороны."
    russian = saying(laid, laid.first, words)
    russian[1]["language"] = "ru"
    found = tabled(laid, saying(laid, laid.first, wanted), russian)
    english, other = takings(found, text=places(wanted, "respect", "uphold"))
    laid.charter.refresh_from_db()
    adopt_changes(
        actor=laid.cast.chair,
        charter=laid.charter,
        base=laid.charter.head,
        takings=[english, Taking(other.change, other.version)],
        settled=[SettledWords(laid.first, "ru", Words(text="Стороны обязаны уважать его."))],
    )
    assert (said(laid.first), said(laid.first, "ru")) == (UPHOLD, "Стороны обязаны уважать его.")
    assert [one.language for one in found.changes.filter(state="open")] == ["en"]


def test_changes_are_adopted_one_by_one(laid):
    found = tabled(
        laid, saying(laid, laid.first, UPHOLD), saying(laid, laid.second, SECOND + " Ever.")
    )
    _, second = takings(found)
    laid.charter.refresh_from_db()
    adopt_changes(
        actor=laid.cast.chair, charter=laid.charter, base=laid.charter.head, takings=[second]
    )
    found.refresh_from_db()
    assert found.status == "partly_adopted"
    assert (said(laid.first), said(laid.second)) == (FIRST, SECOND + " Ever.")


def unit(text: str) -> Unit:
    return Unit(kind=Kind.PARAGRAPH, text=text)


def texts(laid: Scene) -> list[str]:
    laid.charter.refresh_from_db()
    return [one.text for _, one in text_at(laid.charter, None, "en").walk() if one.text]


def test_clauses_are_put_in_struck_and_moved(laid):
    found = tabled(
        laid,
        (propose_insertion, {"clauses": [unit("New.")], "language": "en", "after": laid.first}),
        (propose_move, {"clause": laid.second, "parent": laid.other}),
        (propose_strike, {"clause": laid.first}),
    )
    adopt(laid, found)
    assert texts(laid) == ["New.", texts(laid)[1], SECOND]


def test_insertions_at_one_place_stand_in_the_order_of_their_amendments(laid):
    made = [
        tabled(
            laid,
            (
                propose_insertion,
                {
                    "clauses": [unit(f"{n}a."), unit(f"{n}b.")],
                    "language": "en",
                    "after": laid.first,
                },
            ),
        )
        for n in (1, 2)
    ]
    adopt(laid, *made)
    assert texts(laid)[:6] == [FIRST, "1a.", "1b.", "2a.", "2b.", SECOND]


def test_what_is_put_in_first_stands_first(laid):
    article = Unit(kind=Kind.ARTICLE, heading="Terms", children=(unit("One."), unit("Two.")))
    found = tabled(
        laid,
        (propose_insertion, {"clauses": [article], "language": "en"}),
        (propose_insertion, {"clauses": [unit("Zero.")], "language": "en", "parent": laid.article}),
    )
    adopt(laid, found)
    assert texts(laid)[:4] == ["One.", "Two.", "Zero.", FIRST]


def test_words_changed_since_are_struck_only_by_who_says_so(laid):
    found = tabled(laid, (propose_strike, {"clause": laid.first}))
    reword(laid.charter, laid.cast.drafter, laid.first, PROTECT)
    with pytest.raises(Collide) as refused:
        adopt(laid, found)
    assert refused.value.plan.misfits == (found.changes.get().uuid,)
    adopt(laid, found, anyway=True)
    assert PROTECT not in texts(laid)


def test_a_clause_is_not_reworded_and_struck_at_once(laid):
    one = tabled(laid, saying(laid, laid.first, UPHOLD))
    two = tabled(laid, (propose_strike, {"clause": laid.first}))
    with pytest.raises(Collide):
        adopt(laid, one, two)


def test_only_the_chair_adopts(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    for person in (laid.cast.drafter, laid.cast.observer):
        for act, more in ((plan_adoption, {}), (adopt_changes, {"base": laid.charter.head})):
            with pytest.raises(Forbidden):
                act(actor=person, charter=laid.charter, takings=takings(found), **more)


def test_nothing_is_adopted_on_another_text_than_the_one_seen(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    seen = laid.charter.head
    reword(laid.charter, laid.cast.drafter, laid.second, SECOND + " Ever.")
    with pytest.raises(Stale):
        adopt_changes(
            actor=laid.cast.chair, charter=laid.charter, base=seen, takings=takings(found)
        )
    assert said(laid.first) == FIRST


def test_nothing_is_adopted_that_was_reworked_withdrawn_or_adopted_since(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    seen = takings(found)
    act, more = saying(laid, laid.first, PROTECT)
    act(actor=laid.cast.drafter, charter=laid.charter, amendment=found.uuid, **more)

    def again(wanted):
        laid.charter.refresh_from_db()
        return adopt_changes(
            actor=laid.cast.chair, charter=laid.charter, base=laid.charter.head, takings=wanted
        )

    with pytest.raises(Stale):
        again(seen)
    adopt(laid, found)
    with pytest.raises(NoSuch):
        again(seen)
    other = tabled(laid, saying(laid, laid.second, "Other."))
    seen = takings(other)
    withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=other.uuid)
    with pytest.raises(NoSuch):
        again(seen)


def test_a_draft_is_not_adopted_and_nothing_is_not_adopted(laid):
    made = draft_amendment(actor=laid.cast.chair, charter=laid.charter, title="Better")
    act, more = saying(laid, laid.first, UPHOLD)
    change = act(actor=laid.cast.chair, charter=laid.charter, amendment=made.uuid, **more)
    made.refresh_from_db()
    for wanted, why in (([Taking(change.uuid, made.version)], NoSuch), ([], Missing)):
        with pytest.raises(why):
            adopt_changes(
                actor=laid.cast.chair,
                charter=laid.charter,
                base=laid.charter.head,
                takings=wanted,
            )


def test_what_the_text_says_already_makes_no_revision(laid):
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    reword(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    head = Revision.objects.count()
    with pytest.raises(Invalid):
        adopt(laid, found)
    assert Revision.objects.count() == head
    assert ProposedChange.objects.get().state == ChangeState.OPEN


@pytest.mark.django_db(transaction=True)
def test_of_two_chairs_who_adopt_at_once_one_is_told():
    laid = scene("twice")
    found = tabled(laid, saying(laid, laid.first, UPHOLD))
    wanted = takings(found)
    head = laid.charter.head

    def press(_) -> str:
        try:
            adopt_changes(actor=laid.cast.chair, charter=laid.charter.pk, base=head, takings=wanted)
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "adopted"

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(press, range(2))) == ["adopted", "stale"]
    assert said(laid.first) == UPHOLD
