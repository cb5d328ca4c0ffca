"""What may stand inside what."""

import pytest

from charter.text.kinds import Kind, holdable, may_hold


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (None, Kind.ANNEX),
        (None, Kind.POINT),
        (Kind.PART, Kind.ARTICLE),
        (Kind.ARTICLE, Kind.POINT),
        (Kind.ARTICLE, Kind.SECTION),
        (Kind.SECTION, Kind.SECTION),
        (Kind.POINT, Kind.POINT),
        (Kind.PREAMBLE, Kind.RECITAL),
        (Kind.RECITAL, Kind.POINT),
        (Kind.ANNEX, Kind.PART),
    ],
)
def test_what_a_clause_may_hold(parent, child):
    assert may_hold(parent, child)


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (Kind.ARTICLE, Kind.PART),
        (Kind.ARTICLE, Kind.ARTICLE),
        (Kind.PARAGRAPH, Kind.PARAGRAPH),
        (Kind.POINT, Kind.PARAGRAPH),
        (Kind.PREAMBLE, Kind.ARTICLE),
        (Kind.ARTICLE, Kind.RECITAL),
        (Kind.RECITAL, Kind.PARAGRAPH),
        (Kind.ANNEX, Kind.ANNEX),
        (Kind.PART, Kind.PREAMBLE),
    ],
)
def test_what_it_may_not(parent, child):
    assert not may_hold(parent, child)


def test_the_charter_may_hold_everything_and_a_point_only_points():
    assert holdable(None) == tuple(Kind)
    assert holdable(Kind.POINT) == (Kind.POINT,)
