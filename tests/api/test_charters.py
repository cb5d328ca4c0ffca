"""Charters by the API: to begin one, to take its text in and out, to settle what the chair may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charter.access import RIGHTS, STAGES
from charter.formats.writers import FORMATS
from charter.models import Charter
from tests.api.calling import problem
from tests.builders import FIRST

TEXT = "# Rules of procedure\n\n## Article 1\n\nThe chair presides.\n"
AT = "charters/eurasia/"


def test_a_charter_begins_with_a_text_and_goes_by_its_title(table, call):
    stranger = call(table.cast.stranger)
    made = stranger.post("charters/", {"text": TEXT, "name": "rules.md", "languages": ["ru"]})
    said = made.json()
    assert (made.status_code, made["Location"]) == (201, "/api/v1/charters/rules-of-procedure/")
    assert (said["title"], said["role"], said["languages"]) == (
        "Rules of procedure",
        "chair",
        ["en", "ru"],
    )
    assert set(said["rights"]) == RIGHTS["chair"] & STAGES["zero_draft"]
    assert [one["slug"] for one in stranger.get("charters/").json()["items"]] == [said["slug"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"title": "  "}, 422),
        ({"title": "T", "slug": "new"}, 422),
        ({"title": "T", "slug": "Big Letters"}, 422),
        ({"title": "T", "slug": "eurasia"}, 409),
        ({"title": "T", "working_language": "klingon!"}, 422),
        ({"title": "T", "scheme": "roman"}, 422),
        ({"title": "T\u202e"}, 422),
        ({"title": "T", "owner": "me"}, 422),
    ],
)
def test_a_charter_that_cannot_be_is_not_begun(body, status, table, call):
    assert problem(call(table.cast.stranger).post("charters/", body))["status"] == status
    assert Charter.objects.count() == 1


def test_one_sees_the_charters_one_has_a_seat_in(table, call):
    assert [one["role"] for one in call(table.cast.observer).get("charters/").json()["items"]] == [
        "observer"
    ]
    assert call(table.cast.stranger).get("charters/").json() == {"items": [], "next": None}
    said = call(table.cast.reviewer).get(AT).json()
    assert (said["revision"], said["clauses"]) == (5, 4)
    assert set(said["rights"]) == set(RIGHTS["reviewer"])


def test_a_language_is_added_and_stays(table, call):
    chair = call(table.cast.chair)
    tag = chair.get(AT + "settings/")["ETag"]
    done = chair.patch(AT + "settings/", {"add_language": "zh"}, match=tag)
    assert done.json()["languages"] == ["en", "ru", "zh"]
    wrong = chair.patch(AT + "settings/", {"stage": "forgotten"}, match=done["ETag"])
    assert problem(wrong)["errors"][0]["pointer"] == "#/stage"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_taken_away_by_name_or_by_accept(name, table, call):
    observer = call(table.cast.observer)
    form = FORMATS[name]
    kind = form.media_type.partition(";")[0]
    named = observer.get(f"{AT}exports/?format={name}")
    assert (named.status_code, named["Content-Type"]) == (200, form.media_type)
    assert named["Content-Disposition"].endswith(f'r5{form.extension}"')
    accepted = observer.get(f"{AT}exports/", Accept=f"text/nothing, {kind};q=0.9, */*;q=0.1")
    assert accepted["Content-Type"] == form.media_type
    if name != "pdf":
        assert accepted.content == named.content
    redline = observer.get(f"{AT}exports/?format={name}&since=2")
    assert redline.status_code == 200 and redline.content != named.content


def test_what_cannot_be_taken_away_is_a_problem_in_json(table, call):
    observer = call(table.cast.observer)
    assert problem(observer.get(AT + "exports/?format=doc"))["code"] == "bad_query"
    assert problem(observer.get(AT + "exports/", Accept="image/png"))["code"] == "not_acceptable"
    assert problem(observer.get(AT + "exports/?at=9"))["code"] == "not_found"
    assert problem(observer.get(AT + "exports/?since=9&format=pdf"))["code"] == "not_found"


def test_an_import_is_tried_before_it_is_made(table, call):
    drafter = call(table.cast.drafter)
    text = f"# A charter of tests\n\n## Article 1. Principles\n\n{FIRST}\n\nA new sentence.\n"
    tried = drafter.post(AT + "imports/preview/", {"text": text, "name": "new.md"}).json()
    changes = [set(one["changes"]) for one in tried["clauses"]]
    assert tried["changed"] and {"struck"} in changes and {"added"} in changes
    table.charter.refresh_from_db()
    assert table.charter.head == 5
    done = drafter.post(AT + "imports/", {"text": text, "name": "new.md"}, match=5)
    assert (done.status_code, done.json()["revision"]) == (201, 6)
    said = drafter.get(AT + "text/").json()
    assert said["clauses"][0]["id"] == str(table.article), "a clause is known again"
    same = drafter.post(AT + "imports/", {"text": text, "name": "new.md"}, match=6)
    assert (same.status_code, same.json()["revision"]) == (200, None)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": ""}, 422),
        ({"text": "# A\n\n## Article 1\n\nWords.", "language": "fr"}, 404),
        ({"text": "# A\n\n## Article 1\n\nWords.", "file": "a"}, 422),
        ({"text": "## Article 1\n\nW\u202eords."}, 422),
    ],
)
def test_a_text_that_cannot_be_taken_in_is_refused(body, status, table, call):
    answer = call(table.cast.drafter).post(AT + "imports/", body, match=5)
    assert problem(answer)["status"] == status


def test_a_file_that_is_no_text_is_told_so(table, call):
    secret = call(table.cast.drafter).secret
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 \xff\xfe", "application/pdf")
    headers = {"Authorization": f"Bearer {secret}", "If-Match": '"5"'}
    answer = Client().post(f"/api/v1/{AT}imports/", {"file": file}, headers=headers)
    assert (answer.status_code, "PDF" in problem(answer)["detail"]) == (422, True)
