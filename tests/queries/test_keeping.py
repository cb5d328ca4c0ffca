"""Texts kept in memory: never another revision's, never more than there is room for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.models import Charter, Revision
from charter.queries.comparisons import compare
from charter.queries.keeping import Kept, laid_text
from charter.text.outline import Outline
from tests.builders import FIRST, Scene, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


def fresh(laid: Scene) -> Charter:
    return Charter.objects.get(pk=laid.charter.pk)


def revision(charter: Charter, number: int) -> Revision:
    return charter.revisions.get(number=number)


def words(outline: Outline) -> list[str]:
    return [clause.text for _, clause in outline.walk() if clause.text]


def test_a_text_is_read_once(laid: Scene):
    charter = fresh(laid)
    head = revision(charter, charter.head)
    first = laid_text(charter, head, "en")
    with CaptureQueriesContext(connection) as captured:
        assert laid_text(charter, head, "en") is first
    assert not captured.captured_queries


def test_each_revision_and_language_has_its_own(laid: Scene):
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    charter = fresh(laid)
    now = laid_text(charter, revision(charter, charter.head), "en")
    then = laid_text(charter, revision(charter, charter.head - 1), "en")
    russian = laid_text(charter, revision(charter, charter.head), "ru")
    assert "Other words." in words(now.outline)
    assert FIRST in words(then.outline)
    assert words(russian.outline) == []


def test_a_revision_committed_while_the_text_was_read_does_not_pass_for_the_one_before(
    laid: Scene,
):
    """Somebody who entered before it is shown the text that they entered to, and so are others."""
    entered = fresh(laid)
    before = revision(entered, entered.head)
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    assert FIRST in words(laid_text(entered, before, "en").outline)
    assert FIRST in words(laid_text(fresh(laid), before, "en").outline)


def test_a_redline_is_made_once_and_that_of_other_revisions_is_another(laid: Scene):
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    charter = fresh(laid)
    redline = compare(charter, charter.head - 1, charter.head, "en")
    assert compare(charter, charter.head - 1, charter.head, "en") is redline
    assert redline.changed
    assert not compare(charter, charter.head, charter.head, "en").changed
    assert compare(charter, charter.head - 1, charter.head, "ru").language == "ru"


def test_what_was_used_last_stays_when_the_room_is_full():
    kept: Kept[str] = Kept(10)
    kept.put("a", "A", 4)
    kept.put("b", "B", 4)
    assert kept.get("a") == "A"
    kept.put("c", "C", 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("A", None, "C")
    assert kept.weight == 8


def test_what_is_put_again_takes_its_room_once_and_what_is_too_heavy_none():
    kept: Kept[str] = Kept(10)
    kept.put("a", "A", 4)
    kept.put("a", "B", 6)
    kept.put("c", "C", 11)
    assert (kept.get("a"), kept.get("c"), kept.weight) == ("B", None, 6)
