"""What a stage keeps closed in the API, at every address."""

import pytest

from charter.access import RIGHTS, may
from charter.models import Stage
from charter.queries.stages import opened_by
from tests.api.asks import OF_CHARTERS
from tests.api.calling import caller, problem
from tests.api.walk import Table, asked
from tests.builders import stand_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(laid, db) -> Table:
    laid.scene.charter.refresh_from_db()
    return laid


def stands(scene, stage):
    stand_at(scene.charter, scene.cast.chair, stage)
    scene.charter.refresh_from_db()


@pytest.mark.parametrize("stage", [Stage.ZERO_DRAFT, Stage.AD_REFERENDUM, Stage.ADOPTED])
def test_every_refusal_by_the_stage_names_the_right_and_what_would_open_it(stage, table):
    stands(table.scene, stage)
    callers = {role: caller(getattr(table.scene.cast, role)) for role in ("chair", "drafter")}
    seen = set()
    for name, asks in OF_CHARTERS.items():
        for method, ask in asks.items():
            for role, there in callers.items():
                if ask.right not in RIGHTS[role] or may(role, stage, ask.right):
                    continue
                said = problem(asked(there, method, table.path(name), ask, table))
                assert (said["code"], said["right"]) == ("forbidden", ask.right), (name, method)
                assert (said["stage"], said["detail"]) == (stage, opened_by(ask.right, stage))
                seen.add(ask.right)
    closed = {right for right in RIGHTS["chair"] if not may("chair", stage, right)}
    assert closed - seen <= {"silence", "declare"}


def test_nothing_but_a_correction_writes_an_adopted_text(table):
    stands(table.scene, Stage.ADOPTED)
    there, head = caller(table.scene.cast.chair), table.scene.charter.head
    for name, asks in OF_CHARTERS.items():
        for method, ask in asks.items():
            if method != "GET" and name != "clause_corrections":
                asked(there, method, table.path(name), ask, table)
    table.scene.charter.refresh_from_db()
    assert table.scene.charter.head == head
