"""Sessions made up by chance, against a plain model: no word of anybody's is lost or put twice.

In two languages, headings and texts: people edit, move, strike, restore, correct and undo;
delegations table, rework, drop and withdraw; the chair adopts several changes of any kinds at once.
"""

import os

import pytest

from tests.actions.sessions.adopting import adopt
from tests.actions.sessions.editing import correct, edit, insert, move, restore, strike
from tests.actions.sessions.laws import (
    require_authors,
    require_every_word,
    require_history,
    require_standing,
)
from tests.actions.sessions.model import Model
from tests.actions.sessions.proposing import close, drop, propose, rework
from tests.actions.sessions.undoing import undo, undo_last

pytestmark = pytest.mark.django_db

STEPS = 30
OFTEN = (*(edit,) * 2, *(propose,) * 5, *(adopt,) * 6, *(rework,) * 2)
RARE = (insert, move, strike, restore, correct, close, drop, undo, undo, undo_last)


# CHARTER_SESSIONS="100-300" plays those, so that a nightly run goes further than this.
FIRST, LAST = map(int, os.environ.get("CHARTER_SESSIONS", "0-11").split("-"))


@pytest.mark.parametrize("seed", range(FIRST, LAST + 1))
def test_whatever_happens_no_word_is_lost_and_every_conflict_is_told(seed):
    model = Model(seed)
    for _step in range(STEPS):
        model.chance.choice(OFTEN + RARE)(model)
        require_every_word(model)
        for change in model.open():
            require_standing(model, change)
    require_authors(model)
    require_history(model)
