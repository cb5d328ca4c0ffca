"""Whatever drafters do in whatever order: the text of every revision stays as it was read then."""

from random import Random

import pytest

from charter.actions.clauses import (
    change_clause,
    insert_clause,
    move_clause,
    restore_clause,
    strike_clause,
)
from charter.actions.refusals import Refused
from charter.actions.values import Words
from charter.models import Clause
from charter.queries.texts import text_at
from charter.queries.verification import verify
from charter.text.kinds import Kind, may_hold
from tests.builders import principle, scene

pytestmark = pytest.mark.django_db

STEPS = 40


def deed(chance: Random, laid) -> None:
    """Something any drafter might try, sensible or not."""
    made = Clause.history.filter(charter=laid.charter, history_type="+").order_by("history_id")
    clauses = list(made.values_list("id", flat=True))
    one, other = chance.choice(clauses), chance.choice(clauses)
    words = {"en": Words(chance.choice(["", "Heading"]), f"Words {chance.random()}.")}
    table = {"actor": laid.cast.drafter, "charter": laid.charter}
    where = chance.choice([{"parent": one}, {"after": one}, {"before": one}, {}])
    act = chance.choice(
        [
            lambda: restore_clause(**table, clause=other),
            lambda: insert_clause(**table, kind=chance.choice(list(Kind)), words=words, **where),
            lambda: change_clause(
                **table, clause=one, base=chance.randint(1, laid.charter.head), words=words
            ),
            lambda: change_clause(
                **table,
                clause=one,
                base=laid.charter.head,
                kind=chance.choice(list(Kind)),
                principles=chance.sample(["openness", "equality"], chance.randint(0, 2)),
            ),
            lambda: strike_clause(**table, clause=one),
            lambda: restore_clause(**table, clause=one),
            lambda: move_clause(**table, clause=other, **{"parent": None} | where),
        ]
    )
    act()


@pytest.mark.parametrize("seed", range(8))
def test_the_past_does_not_move_and_the_tree_stays_sound(seed):
    chance, laid = Random(seed), scene()
    for slug in ("openness", "equality"):
        principle(laid.charter, laid.cast.chair, slug)
    laid.charter.refresh_from_db()
    seen = {}
    for _step in range(STEPS):
        before = laid.charter.head
        try:
            deed(chance, laid)
        except Refused:
            laid.charter.refresh_from_db()
            assert laid.charter.head == before
        seen[laid.charter.head] = text_at(laid.charter)
    assert len(seen) > 5
    for number, outline in seen.items():
        assert text_at(laid.charter, number) == outline
        assert all(
            may_hold(parent.kind, child.kind)
            for _depth, parent in outline.walk()
            for child in parent.children
        )
    assert verify(laid.charter).ok
