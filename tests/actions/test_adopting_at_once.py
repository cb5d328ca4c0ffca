"""An adoption that waits for the charter's lock while something else is done under it.

The other has the lock, and lets it go once the adoption stands in line: so there is one order, and
no luck in it.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from django.db import connection, connections, transaction

from accounts.models import Person
from charter.access import Forbidden, NotVisible
from charter.actions.adopting import Adopted, adopt_changes, plan_adoption
from charter.actions.amendments import draft_amendment, table_amendment, withdraw_amendment
from charter.actions.charters import change_charter
from charter.actions.combining import Taking
from charter.actions.members import add_member, change_member, remove_member
from charter.actions.proposals import propose_rewording
from charter.actions.refusals import NoSuch, Refused, Stale
from charter.actions.revisions import lock
from charter.actions.values import Words
from charter.models import Amendment, Charter, Membership, Revision, Role, Stage, Wording
from charter.queries.verification import verify
from tests.builders import FIRST, SECOND, Scene, reword, scene, stand_at
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)

UPHOLD = FIRST.replace("respect", "uphold")


@pytest.fixture
def laid() -> Scene:
    """The scene with a second chair and an amendment of the drafter's on the table."""
    laid = scene()
    told = {"actor": laid.cast.chair, "charter": laid.charter}
    add_member(**told, person=person("second"), role=Role.CHAIR)
    at = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**at, title="Better")
    said = {"language": "en", "base": laid.charter.head, "words": Words(text=UPHOLD)}
    propose_rewording(**at, amendment=made.uuid, clause=laid.first, **said)
    table_amendment(**at, amendment=made.uuid)
    return laid


def other() -> Person:
    """The second chair."""
    return Person.objects.get(email="second@example.org")


def previewed(laid: Scene) -> Callable[[], Adopted]:
    """The adoption by the second chair of what they have just looked at."""
    amendment = Amendment.objects.get(charter=laid.charter)
    takings = [Taking(one.uuid, amendment.version) for one in amendment.changes.all()]
    act = {"actor": other(), "charter": laid.charter.pk, "takings": takings}
    plan = plan_adoption(**act)
    assert not plan.open
    return lambda: adopt_changes(**act, base=plan.head)


def while_it_waits(laid: Scene, act: Callable[[], object], meanwhile: Callable[[], object]):
    """What `act` comes to, or is refused with, when `meanwhile` is done while it is in line."""

    def run() -> object:
        try:
            return act()
        except (Refused, NotVisible, Forbidden) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock(laid.charter)
            waiting = pool.submit(run)
            until_it_waits(waiting)
            meanwhile()
        return waiting.result()


# Not pg_stat_activity, which stays as it was first read for as long as a transaction goes on.
_WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def until_it_waits(act: Future) -> None:
    end = monotonic() + 60
    with connection.cursor() as cursor:
        while monotonic() < end:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return
            assert not act.done(), act.result()
            sleep(0.01)
    raise AssertionError("It came to no lock.")


def require_untouched(laid: Scene, text: str = FIRST) -> None:
    """Nothing was adopted, and the amendment is on the table as it was."""
    assert not Revision.objects.filter(charter=laid.charter, cause="amendment").exists()
    assert Wording.objects.get(clause=laid.first, language="en").text == text
    amendment = Amendment.objects.get(charter=laid.charter)
    assert amendment.status == "tabled"
    assert amendment.changes.get().state == "open"
    assert verify(laid.charter).ok


@pytest.mark.parametrize("clause", ["first", "second"])
def test_an_edit_between_preview_and_adoption_is_told(laid: Scene, clause: str):
    adopt = previewed(laid)
    text = {"first": FIRST, "second": SECOND}[clause].replace("each", "every") + " Always."
    reword(laid.charter, laid.cast.drafter, getattr(laid, clause), text)
    with pytest.raises(Stale):
        adopt()
    require_untouched(laid, text if clause == "first" else FIRST)


def test_an_edit_while_the_adoption_waits_stands_and_the_adoption_is_told(laid: Scene):
    text = FIRST.replace("each", "every")
    edit = lambda: reword(laid.charter, laid.cast.drafter, laid.first, text)  # noqa: E731
    assert isinstance(while_it_waits(laid, previewed(laid), edit), Stale)
    require_untouched(laid, text)


def second(laid: Scene) -> dict:
    seat = Membership.objects.get(charter=laid.charter, person=other())
    return {"actor": laid.cast.chair, "charter": laid.charter, "member": seat.pk}


def test_a_chair_who_is_removed_while_it_waits_adopts_nothing(laid: Scene):
    done = while_it_waits(laid, previewed(laid), lambda: remove_member(**second(laid)))
    assert isinstance(done, NotVisible)
    require_untouched(laid)


def test_a_chair_who_is_made_an_observer_while_it_waits_adopts_nothing(laid: Scene):
    lower = lambda: change_member(**second(laid), role=Role.OBSERVER)  # noqa: E731
    assert isinstance(while_it_waits(laid, previewed(laid), lower), Forbidden)
    require_untouched(laid)


@pytest.mark.parametrize("stage", [Stage.ZERO_DRAFT, Stage.ADOPTED])
def test_a_stage_that_changes_while_it_waits_decides(laid: Scene, stage: Stage):
    step = lambda: stand_at(laid.charter, laid.cast.chair, stage)  # noqa: E731
    done = while_it_waits(laid, previewed(laid), step)
    assert isinstance(done, Forbidden)
    assert done.stage == stage
    require_untouched(laid)


def test_an_amendment_that_is_withdrawn_while_it_waits_is_not_adopted(laid: Scene):
    amendment = Amendment.objects.get(charter=laid.charter)
    at = {"actor": laid.cast.drafter, "charter": laid.charter, "amendment": amendment.uuid}
    done = while_it_waits(laid, previewed(laid), lambda: withdraw_amendment(**at))
    assert isinstance(done, NoSuch | Stale)
    amendment.refresh_from_db()
    assert amendment.status == "withdrawn"
    assert Wording.objects.get(clause=laid.first, language="en").text == FIRST


def test_whoever_comes_after_the_adoption_finds_it_done(laid: Scene):
    """The other way round: the chair is removed, or the stage taken on, after it."""
    adopt = previewed(laid)
    head = Charter.objects.get(pk=laid.charter.pk).head
    told = second(laid)
    done = while_it_waits(laid, lambda: remove_member(**told), adopt)
    assert done is None
    assert Revision.objects.get(charter=laid.charter, number=head + 1).cause == "amendment"
    assert Wording.objects.get(clause=laid.first, language="en").text == UPHOLD
    assert not Membership.objects.filter(person=other()).exists()
    assert verify(laid.charter).ok


def test_an_adopted_text_is_taken_to_another_stage_with_what_was_adopted_before(laid: Scene):
    adopt = previewed(laid)
    step = {"actor": laid.cast.chair, "charter": laid.charter.pk, "stage": Stage.ADOPTED}
    assert while_it_waits(laid, lambda: change_charter(**step), adopt).stage == Stage.ADOPTED
    assert Wording.objects.get(clause=laid.first, language="en").text == UPHOLD
    with pytest.raises((Forbidden, NoSuch, Stale)):
        adopt()
    assert Revision.objects.filter(charter=laid.charter, cause="amendment").count() == 1
