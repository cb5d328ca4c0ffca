"""Corrections in the API, and the log of the stages."""

import pytest

from tests.api.calling import problem
from tests.builders import FIRST, stand_at

pytestmark = pytest.mark.django_db

AT = "charters/eurasia/"


@pytest.fixture
def adopted(table):
    stand_at(table.charter, table.cast.chair, "adopted")
    table.charter.refresh_from_db()
    return table


MENDED = {"words": {"en": {"text": FIRST.replace("shall", "will")}}, "message": "A slip"}


def test_a_correction_is_committed_against_the_revision_that_was_read(adopted, call):
    there = f"{AT}clauses/{adopted.first}/corrections/"
    chair, head = call(adopted.cast.chair), adopted.charter.head
    assert problem(chair.post(there, MENDED))["code"] == "precondition_required"
    said = chair.post(there, MENDED, match=head).json()
    assert said["revision"] == head + 1
    found = chair.get(f"{AT}revisions/?cause=correction").json()["items"]
    assert [(one["number"], one["cause"], one["message"]) for one in found] == [
        (head + 1, "correction", "A slip")
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"words": MENDED["words"]}, "invalid"),
        (MENDED | {"message": " "}, "missing"),
        (MENDED | {"words": {"en": {"text": ""}}}, "missing"),
        (MENDED | {"kind": "annex"}, "invalid"),
    ],
)
def test_what_is_no_correction_is_refused(adopted, call, body, code):
    there = f"{AT}clauses/{adopted.first}/corrections/"
    answer = call(adopted.cast.chair).post(there, body, match=adopted.charter.head)
    assert problem(answer)["code"] == code


def test_corrections_that_meet_are_412_with_the_words_of_all_sides(adopted, call):
    there = f"{AT}clauses/{adopted.first}/corrections/"
    chair, head = call(adopted.cast.chair), adopted.charter.head
    chair.post(there, MENDED, match=head)
    other = MENDED | {"words": {"en": {"text": FIRST.replace("shall", "must")}}}
    assert chair.post(there, other, match=head).status_code == 412


def test_the_steps_of_the_charter_are_listed_and_an_adopted_text_is_opened_on_purpose(
    adopted, call
):
    chair = call(adopted.cast.chair)
    tag = chair.get(f"{AT}settings/")["ETag"]
    refused = chair.patch(f"{AT}settings/", {"stage": "negotiation"}, match=tag)
    assert problem(refused)["code"] == "missing"
    body = {"stage": "negotiation", "reopen": True, "note": "By decision"}
    assert chair.patch(f"{AT}settings/", body, match=tag).json()["stage"] == "negotiation"
    steps = call(adopted.cast.observer).get(f"{AT}stages/").json()["items"]
    assert [(one["was"], one["stage"], one["note"]) for one in steps] == [
        ("adopted", "negotiation", "By decision"),
        ("negotiation", "adopted", ""),
        ("zero_draft", "negotiation", ""),
    ]


def test_the_rights_of_the_charter_are_those_of_its_stage(adopted, call):
    said = call(adopted.cast.chair).get(AT).json()
    assert {"correct", "manage"} <= set(said["rights"])
    assert not {"edit", "adopt", "define"} & set(said["rights"])
