"""What a write was made against: the revision of a text, the tag of anything else."""

import pytest

from charter.actions.editions import name_edition
from charter.actions.members import remove_member
from charter.models import Membership, Wording
from charter.queries.texts import text_at
from tests.api.calling import problem
from tests.builders import FIRST, principle, reword

CHARTER = "charters/eurasia/"
TEXT = CHARTER + "text/"
AGAIN = {"words": {"en": {"text": "Other words."}}}


@pytest.fixture
def there(table):
    return f"{CHARTER}clauses/{table.first}/"


def test_a_write_of_the_text_says_which_revision_it_was_made_against(table, call, there):
    chair = call(table.cast.chair)
    assert problem(chair.patch(there, AGAIN))["status"] == 428
    for said in ("12", "*", '"a"', '"1", "2"', '""', '"-1"', '"12345678901"', '"5-xyz"'):
        assert problem(chair.patch(there, AGAIN, match=said))["code"] == "bad_precondition", said
    assert problem(chair.patch(there, AGAIN, match=99))["code"] == "stale"
    assert chair.patch(there, AGAIN, match=table.charter.head).json()["revision"] == 6


def test_the_tag_of_a_text_will_do_and_vouches_for_the_past(table, call, there):
    chair = call(table.cast.chair)
    tag = chair.get(TEXT)["ETag"]
    done = chair.patch(there, AGAIN, match=tag)
    assert done.status_code == 200
    assert done["ETag"] == chair.get(TEXT)["ETag"] != tag
    assert chair.patch(there, {"numeral": "1a"}, match=f"W/{done['ETag']}").status_code == 200
    number, digest, program = tag.strip('"').split("-")
    forged = f'"{number}-{digest[::-1]}-{program}"'
    said = problem(chair.patch(there, AGAIN, match=forged))
    assert (said["code"], said["status"], said["head"]) == ("stale", 412, 7)


def test_words_are_merged_with_what_others_have_changed_since(table, call, there):
    base = table.charter.head
    reword(table.charter, table.cast.chair, table.first, FIRST.replace("each", "every"))
    yours = FIRST.replace("respect", "fully respect")
    done = call(table.cast.drafter).patch(there, {"words": {"en": {"text": yours}}}, match=base)
    assert done.json()["merged"] is True
    now = Wording.objects.get(clause=table.first).text
    assert "fully respect" in now and "every" in now


def test_the_half_of_words_that_is_not_sent_stays(table, call):
    there = f"{CHARTER}clauses/{table.other}/"
    chair = call(table.cast.chair)
    done = chair.patch(there, {"words": {"en": {"heading": "Accession"}}}, match=5)
    assert done.json()["revision"] == 6
    said = chair.get(there).json()["words"]["en"]
    assert said["heading"] == "Accession"
    assert said["text"].startswith("This Charter is open")


def test_nothing_changed_is_no_revision(table, call, there):
    done = call(table.cast.chair).patch(there, {"words": {"en": {"text": FIRST}}}, match=5)
    assert done.json() | {"revision": None, "head": 5, "merged": False} == done.json()


def test_nobody_strikes_words_unseen(table, call, there):
    reword(table.charter, table.cast.chair, table.first, "Quite other words.")
    said = problem(call(table.cast.drafter).post(there + "strike/", {}, match=5))
    assert said["code"] == "stale_wording"
    assert said["theirs"]["text"] == "Quite other words."
    assert call(table.cast.drafter).post(there + "strike/", {}, match=6).status_code == 200


def test_an_entry_that_others_have_changed_is_not_overwritten(table, call):
    principle(table.charter, table.cast.chair, "openness")
    there, chair = CHARTER + "principles/openness/", call(table.cast.chair)
    done = chair.patch(there, {"names": {"en": "Open doors"}}, match=6)
    assert done.status_code == 200
    said = problem(chair.patch(there, {"names": {"en": "Open seas"}}, match=6))
    assert (said["code"], said["status"], said["head"]) == ("stale", 412, 7)
    assert said["base"] == {"names.en": "Openness"}
    assert said["theirs"] == {"names.en": "Open doors"}
    assert said["yours"] == {"names.en": "Open seas"}
    assert problem(chair.post(there + "withdraw/", {}, match=6))["code"] == "stale"
    assert chair.patch(there, {"names": {"en": "Open seas"}}, match=7).status_code == 200


def test_different_parts_of_an_entry_combine(table, call):
    principle(table.charter, table.cast.chair, "openness")
    there, chair = CHARTER + "principles/openness/", call(table.cast.chair)
    assert chair.patch(there, {"names": {"en": "Open doors"}}, match=6).status_code == 200
    assert chair.patch(there, {"colour": "#000000"}, match=6).status_code == 200
    said = chair.get(there).json()
    assert (said["names"], said["colour"]) == ({"en": "Open doors"}, "#000000")


def test_of_two_moves_of_a_clause_the_second_is_told_of_the_first(table, call):
    there, chair = f"{CHARTER}clauses/{table.second}/move/", call(table.cast.chair)
    assert chair.post(there, {"parent": str(table.other)}, match=5).status_code == 200
    said = problem(call(table.cast.drafter).post(there, {"parent": None}, match=5))
    assert (said["code"], said["status"], said["part"]) == ("stale_clause", 412, "place")
    assert said["base"] == {"parent": str(table.article), "after": str(table.first)}
    assert said["theirs"] == {"parent": str(table.other), "after": None}
    assert said["yours"] == {"parent": None, "after": str(table.other)}
    again = call(table.cast.drafter).post(there, {"parent": str(table.other)}, match=5)
    assert again.json()["revision"] is None
    done = call(table.cast.drafter).post(there, {"parent": None}, match=said["head"])
    assert done.json()["revision"] == 7


def test_of_two_numbers_or_kinds_the_second_is_told_of_the_first(table, call, there):
    chair, drafter = call(table.cast.chair), call(table.cast.drafter)
    assert chair.patch(there, {"numeral": "9"}, match=5).status_code == 200
    assert drafter.patch(there, {"kind": "point"}, match=5).status_code == 200
    said = problem(drafter.patch(there, {"numeral": "7"}, match=5))
    assert (said["code"], said["part"]) == ("stale_clause", "numeral")
    sides = [said[side] for side in ("base", "theirs", "yours")]
    assert sides == [{"numeral": None}, {"numeral": "9"}, {"numeral": "7"}]
    body = {"operations": [{"op": "recast", "clause": str(table.first), "kind": "section"}]}
    said = problem(chair.post(CHARTER + "revisions/", body, match=5))
    assert (said["code"], said["part"], said["operation"]) == ("stale_clause", "kind", 0)


def test_a_whole_text_replaces_only_the_one_that_was_seen(table, call):
    text = "# A charter of tests\n\n## Article 1\n\nOne sentence.\n"
    reword(table.charter, table.cast.chair, table.first, "Meanwhile.")
    drafter = call(table.cast.drafter)
    body = {"text": text, "name": "new.md"}
    said = problem(drafter.post(CHARTER + "imports/", body, match=5))
    assert (said["code"], said["head"]) == ("stale", 6)
    assert [one["changes"] for one in said["theirs"]["clauses"]] == [["reworded"]]
    tried = drafter.post(CHARTER + "imports/preview/", body).json()["clauses"]
    wanted = [one["changes"] for one in tried]
    assert wanted
    assert [one["changes"] for one in said["yours"]["clauses"]] == wanted
    done = drafter.post(CHARTER + "imports/", body, match=6)
    assert done.status_code == 201
    table.charter.refresh_from_db()
    said = [one.text for _depth, one in text_at(table.charter).walk() if one.text]
    assert said == ["One sentence."]


def test_a_thing_is_written_by_whoever_has_read_it_as_it_stands(table, call):
    chair = call(table.cast.chair)
    there = CHARTER + "settings/"
    tag = chair.get(there)["ETag"]
    assert problem(chair.patch(there, {"stage": "adopted"}))["code"] == "precondition_required"
    done = chair.patch(there, {"stage": "adopted"}, match=tag)
    assert done.json()["stage"] == "adopted"
    stale = chair.patch(there, {"title": "Another name"}, match=tag)
    assert problem(stale)["code"] == "stale"
    assert stale.json()["theirs"] == chair.get(there).json()
    assert stale["ETag"] == done["ETag"] == chair.get(there)["ETag"]
    assert chair.patch(there, {"title": "Another name"}, match=done["ETag"]).status_code == 200


def test_a_revision_meanwhile_leaves_the_tags_of_other_things(table, call):
    made = name_edition(actor=table.cast.chair, charter=table.charter, number=1, name="Zero")
    chair = call(table.cast.chair)
    there = f"{CHARTER}editions/{made.pk}/"
    tag = chair.get(there)["ETag"]
    reword(table.charter, table.cast.chair, table.first, "Meanwhile.")
    assert chair.put(there, {"name": "Draft"}, match=tag).status_code == 200


def test_what_is_gone_cannot_be_written(table, call):
    seat = Membership.objects.get(charter=table.charter, person=table.cast.observer)
    chair = call(table.cast.chair)
    there = f"{CHARTER}members/{seat.pk}/"
    tag = chair.get(there)["ETag"]
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    assert problem(chair.delete(there, match=tag))["code"] == "not_found"
