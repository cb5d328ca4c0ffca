"""Many writers at once, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from charter.access import NotVisible
from charter.actions.clauses import change_clause, insert_clause, move_clause
from charter.actions.invitations import (
    accept_invitation,
    invite_member,
    join,
    withdraw_invitation,
)
from charter.actions.members import remove_member
from charter.actions.refusals import (
    AlreadyThere,
    InUse,
    NoSuch,
    Refused,
    StaleWording,
    Used,
    Withdrawn,
    WouldNotNest,
)
from charter.actions.threads import open_thread
from charter.actions.values import Words
from charter.models import Clause, Membership, Thread
from charter.queries.texts import text_at
from charter.queries.verification import verify
from tests.builders import FIRST, insert, scene
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all this in as many threads, started together; results, or the refusals they met."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            together.wait()
            return act()
        except (Refused, NotVisible) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_sixteen_writers_leave_revisions_without_gaps():
    laid = scene()

    def write(writer: int) -> Callable[[], object]:
        def act() -> None:
            for number in range(4):
                insert_clause(
                    actor=laid.cast.drafter,
                    charter=laid.charter.pk,
                    kind="article",
                    words={"en": Words(text=f"Writer {writer}, article {number}.")},
                )

        return act

    assert at_once([write(writer) for writer in range(16)]) == [None] * 16
    numbers = list(laid.charter.revisions.values_list("number", flat=True))
    assert numbers == list(range(1, 70))
    assert verify(laid.charter).ok
    said = {clause.text for _d, clause in text_at(laid.charter).walk()}
    assert {f"Writer {w}, article {n}." for w in range(16) for n in range(4)} <= said


def edit(laid, text: str) -> Callable[[], object]:
    return lambda: change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter.pk,
        clause=laid.first,
        base=5,
        words={"en": Words(text=text)},
    )


def test_two_edits_at_once_of_different_words_are_both_in_the_text():
    laid = scene()
    done = at_once(
        [
            edit(laid, FIRST.replace("Parties", "States")),
            edit(laid, FIRST.replace("respect", "uphold")),
        ]
    )
    assert sorted(one.merged for one in done) == [False, True]
    text = text_at(laid.charter).find(str(laid.first)).text
    assert text == FIRST.replace("Parties", "States").replace("respect", "uphold")


def test_of_two_edits_at_once_of_the_same_words_one_is_shown_both():
    laid = scene()
    texts = [FIRST.replace("respect", word) for word in ("uphold", "honour")]
    done = at_once([edit(laid, text) for text in texts])
    (stale,) = (one for one in done if isinstance(one, StaleWording))
    assert {stale.theirs.text, stale.yours.text} == set(texts)
    assert text_at(laid.charter).find(str(laid.first)).text == stale.theirs.text


def test_clauses_moved_into_each_other_at_once_make_no_cycle_and_are_not_lost():
    laid = scene()
    chair, charter = laid.cast.chair, laid.charter
    sections = [insert(charter, chair, "section", heading=f"Section {n}") for n in range(6)]
    before = {clause.id for _d, clause in text_at(charter).walk()}

    def into(clause, parent) -> Callable[[], object]:
        return lambda: move_clause(actor=chair, charter=charter.pk, clause=clause, parent=parent)

    ring = [
        into(one, other) for one, other in zip(sections, sections[1:] + sections[:1], strict=True)
    ]
    back = [
        into(one, other) for one, other in zip(sections[1:] + sections[:1], sections, strict=True)
    ]
    done = at_once(ring + back)
    assert any(isinstance(one, WouldNotNest) for one in done)
    assert {clause.id for _d, clause in text_at(charter).walk()} == before
    parents = dict(Clause.objects.filter(charter=charter).values_list("pk", "parent"))
    for clause in parents:
        steps = 0
        while clause is not None:
            clause, steps = parents[clause], steps + 1
            assert steps <= len(parents)
    assert verify(charter).ok


def test_two_clauses_inserted_at_one_place_at_once_both_have_a_place():
    laid = scene()

    def put(text: str) -> Callable[[], object]:
        return lambda: insert_clause(
            actor=laid.cast.drafter,
            charter=laid.charter.pk,
            kind="paragraph",
            words={"en": Words(text=text)},
            after=laid.first,
        )

    at_once([put(f"{number}") for number in range(8)])
    children = text_at(laid.charter).find(str(laid.article)).children
    assert {child.text for child in children[1:-1]} == {str(number) for number in range(8)}
    ranks = Clause.objects.filter(parent=laid.article).values_list("rank", flat=True)
    assert len(set(ranks)) == 10


def test_two_chairs_cannot_unseat_each_other_at_once():
    laid = scene()
    seats = Membership.objects.filter(charter=laid.charter)
    seats.filter(person=laid.cast.drafter).update(role="chair")
    chairs = [laid.cast.chair, laid.cast.drafter]

    def unseat(actor, other) -> Callable[[], object]:
        seat = seats.get(person=other).pk
        return lambda: remove_member(actor=actor, charter=laid.charter.pk, member=seat)

    done = at_once([unseat(*chairs), unseat(*reversed(chairs))])
    assert sum(isinstance(one, NotVisible | InUse) for one in done) == 1
    assert seats.filter(role="chair").count() == 1


def test_a_thread_opened_while_its_words_change_stands_on_its_words():
    laid = scene()
    start = FIRST.index("sovereignty")

    def discuss() -> object:
        return open_thread(
            actor=laid.cast.reviewer,
            charter=laid.charter.pk,
            clause=laid.first,
            language="en",
            base=5,
            start=start,
            end=start + len("sovereignty"),
            text="Whose?",
        )

    writers = [edit(laid, "In good faith, " + FIRST)]
    at_once([*writers, *[discuss] * 5])
    text = text_at(laid.charter).find(str(laid.first)).text
    for thread in Thread.objects.filter(charter=laid.charter):
        assert text[thread.start : thread.end] == thread.quote == "sovereignty"


def test_an_invitation_that_two_take_at_once_gives_one_seat():
    laid = scene()
    issued = invite_member(
        actor=laid.cast.chair, charter=laid.charter, email="guest@example.org", role="drafter"
    )
    guests = [person("first"), person("second")]
    done = at_once(
        [lambda guest=guest: accept_invitation(person=guest, key=issued.key) for guest in guests]
    )
    assert {type(one) for one in done} == {Membership, Used}
    assert Membership.objects.filter(person__in=guests).count() == 1


def test_one_who_takes_a_seat_twice_at_once_has_it_once():
    laid = scene()
    issued = invite_member(
        actor=laid.cast.chair, charter=laid.charter, email="guest@example.org", role="drafter"
    )
    done = at_once([lambda: accept_invitation(person=laid.cast.stranger, key=issued.key)] * 2)
    assert {type(one) for one in done} == {Membership, Used}


def test_two_accounts_of_one_address_at_once_are_one():
    laid = scene()
    at = {"actor": laid.cast.chair, "charter": laid.charter, "role": "observer"}
    keys = [invite_member(**at, email=f"guest{nth}@example.org").key for nth in range(2)]
    said = {"email": "guest@example.org", "name": "Guest", "password": "a long and quiet word"}
    done = at_once([lambda key=key: join(key=key, **said) for key in keys])
    assert {type(one) for one in done} == {Membership, AlreadyThere}


def test_a_seat_is_taken_before_or_after_its_invitation_is_withdrawn_and_never_both():
    laid = scene()
    at = {"actor": laid.cast.chair, "charter": laid.charter}
    issued = invite_member(**at, email="guest@example.org", role="drafter")
    taken, withdrawn = at_once(
        [
            lambda: accept_invitation(person=laid.cast.stranger, key=issued.key),
            lambda: withdraw_invitation(**at, invitation=issued.invitation.pk),
        ]
    )
    outcome = (type(taken), type(withdrawn))
    assert outcome in {(Membership, NoSuch), (Withdrawn, type(None))}
    seated = Membership.objects.filter(person=laid.cast.stranger).exists()
    assert seated == (outcome[0] is Membership)
