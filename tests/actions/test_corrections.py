"""An adopted text is frozen: words and numbers are corrected, with a reason; nothing else is."""

import pytest

from charter.access import Forbidden
from charter.actions.clauses import change_clause
from charter.actions.corrections import correct_clause
from charter.actions.refusals import Missing, StaleWording, WouldNotNest
from charter.actions.values import Words
from charter.models import Cause, Clause
from charter.queries.history import revision_of
from charter.queries.texts import text_at
from charter.queries.verification import verify
from tests.builders import FIRST, scene, stand_at, tabled

pytestmark = pytest.mark.django_db

MENDED = FIRST.replace("sovereignty", "sovereign equality")


@pytest.fixture
def adopted():
    laid = scene()
    stand_at(laid.charter, laid.cast.chair, "adopted")
    laid.charter.refresh_from_db()
    return laid


def correct(laid, text=MENDED, *, clause=None, **more):
    given = {
        "actor": laid.cast.chair,
        "charter": laid.charter,
        "clause": clause or laid.first,
        "base": laid.charter.head,
        "words": {"en": Words(text=text)},
        "reason": "A word was left out by the printer",
    }
    return correct_clause(**given | more)


def test_a_correction_is_a_revision_of_its_own_kind_that_the_digest_covers(adopted):
    done = correct(adopted)
    assert done.revision.cause == Cause.CORRECTION
    entry = revision_of(adopted.charter, done.revision.number)
    assert (entry.cause.label, entry.message) == (
        "Correction",
        "A word was left out by the printer",
    )
    assert verify(adopted.charter).ok


def test_words_headings_numbers_and_the_title_are_corrected(adopted):
    words = {"en": Words("Principles of security")}
    correct(adopted, clause=adopted.article, words=words, numeral="1 bis")
    correct(adopted, clause=adopted.root, words={"en": Words("The charter of tests")})
    row = Clause.objects.get(pk=adopted.article)
    assert (row.numeral, row.wordings.get().heading) == ("1 bis", "Principles of security")
    assert text_at(adopted.charter).title == "The charter of tests"


def test_the_title_has_no_number_to_correct(adopted):
    with pytest.raises(WouldNotNest):
        correct(adopted, clause=adopted.root, words={}, numeral="1")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_correction_needs_its_reason(adopted, reason):
    with pytest.raises(Missing):
        correct(adopted, reason=reason)


def test_no_clause_is_emptied_by_a_correction(adopted):
    with pytest.raises(Missing):
        correct(adopted, "")
    correct(adopted, words={"ru": Words(text="")}, numeral="1")  # there was nothing in Russian


def test_the_same_words_correct_nothing(adopted):
    assert correct(adopted, FIRST).revision is None


def test_corrections_of_different_words_go_together_and_of_the_same_words_ask(adopted):
    base = adopted.charter.head
    correct(adopted)
    both = correct(adopted, FIRST.replace("The Parties", "All Parties"), base=base)
    assert both.merged
    with pytest.raises(StaleWording):
        correct(adopted, FIRST.replace("sovereignty", "independence"), base=base)


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer"])
def test_only_the_chair_corrects(adopted, role):
    with pytest.raises(Forbidden):
        correct(adopted, actor=getattr(adopted.cast, role))


@pytest.mark.parametrize("stage", ["zero_draft", "negotiation", "ad_referendum"])
def test_a_text_that_is_not_adopted_is_edited_and_not_corrected(stage):
    laid = scene()
    stand_at(laid.charter, laid.cast.chair, stage)
    with pytest.raises(Forbidden) as caught:
        correct(laid)
    assert caught.value.stage == stage


def test_not_even_the_chair_edits_an_adopted_text(adopted):
    with pytest.raises(Forbidden) as caught:
        change_clause(
            actor=adopted.cast.chair,
            charter=adopted.charter,
            clause=adopted.first,
            base=adopted.charter.head,
            words={"en": Words(text=MENDED)},
        )
    assert caught.value.stage == "adopted"


def test_what_stays_on_the_table_is_carried_over_a_correction():
    laid = scene()
    amendment = tabled(laid.charter, laid.cast.drafter, laid.first, FIRST + " And more.")
    stand_at(laid.charter, laid.cast.chair, "adopted")
    laid.charter.refresh_from_db()
    done = correct(laid)
    assert amendment.changes.get().carried_at == done.revision.number
