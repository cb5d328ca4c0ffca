import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from charter.actions.charters import change_charter, create_charter
from charter.actions.clauses import change_clause, strike_clause
from charter.actions.values import Words
from charter.models import Charter, Clause, Role
from charter.queries.charters import charters_of
from charter.queries.texts import text_at
from tests.builders import insert, seat_all
from tests.cast import person

pytestmark = pytest.mark.django_db

TEXT = """# A charter from a file

## Article 1. Aims

1. The Parties cooperate.
2. The Parties consult.

## Article 2. Openness

This charter is open to all.
"""
BLANK = {"title": "", "working_language": "en", "scheme": "", "text": ""}


def begun(client, **said) -> Charter:
    answer = client.post("/charters/new/", BLANK | said)
    assert answer.status_code == 302, answer.content.decode()
    return Charter.objects.get(slug=answer["Location"].split("/")[2])


def refused(client, **said) -> str:
    answer = client.post("/charters/new/", BLANK | said)
    assert answer.status_code == 422
    assert not Charter.objects.exists()
    return answer.content.decode()


# --- the list ----------------------------------------------------------------------------------


def test_one_sees_the_charters_one_has_a_seat_in_and_no_other(table, signed_in):
    create_charter(actor=table.cast.stranger, title="A secret charter")
    for somebody in ("chair", "drafter", "reviewer", "observer"):
        page = signed_in(getattr(table.cast, somebody)).get("/").content.decode()
        assert "A charter of tests" in page
        assert "A secret charter" not in page
        assert str(Role(somebody).label) in page
    assert "A charter of tests" not in signed_in(table.cast.stranger).get("/").content.decode()


def test_the_list_tells_stage_last_change_languages_and_clauses(table):
    change_charter(actor=table.cast.chair, charter=table.charter, stage="negotiation")
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.article)
    (listed,) = charters_of(table.cast.reviewer)
    assert (listed.stage, listed.role) == ("negotiation", "reviewer")
    assert (listed.number, listed.changed_by) == (6, "Drafter")
    assert listed.languages == ("en", "ru")
    # The paragraphs left the text with the article they stand in.
    assert listed.clauses == 1


def test_the_charter_changed_last_comes_first(table):
    later = create_charter(actor=table.cast.chair, title="Zzz")
    assert charters_of(table.cast.chair)[0].title == "Zzz"
    insert(table.charter, table.cast.chair, "article", "More.")
    assert [one.slug for one in charters_of(table.cast.chair)] == ["eurasia", later.slug]


def test_a_newcomer_is_told_what_to_do(db, signed_in):
    page = signed_in(person("newcomer")).get("/").content.decode()
    assert "You have no seat in a charter yet" in page
    assert 'href="/charters/new/"' in page


def test_the_cost_of_the_list_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.chair)
    few = queries(client, "/")
    for at in range(8):
        charter = create_charter(actor=table.cast.chair, title=f"Further {at}")
        seat_all(charter, table.cast)
        insert(charter, table.cast.chair, "article", "Words.")
    assert queries(client, "/") == few


# --- a new one ---------------------------------------------------------------------------------


def test_whoever_begins_a_charter_chairs_it(db, signed_in):
    founder = person("founder")
    charter = begun(signed_in(founder), title="A blank charter", working_language="ru")
    assert (charter.title, charter.working_language) == ("A blank charter", "ru")
    assert charters_of(founder)[0].role == Role.CHAIR
    assert Clause.objects.get(charter=charter).parent_id is None


def test_a_charter_begins_with_a_file(db, signed_in):
    file = SimpleUploadedFile("charter.md", TEXT.encode())
    charter = begun(signed_in(person("founder")), file=file)
    assert charter.title == "A charter from a file"
    text = text_at(charter)
    assert [clause.heading for clause in text.clauses] == ["Aims", "Openness"]
    assert [c.text for c in text.clauses[0].children] == [
        "The Parties cooperate.",
        "The Parties consult.",
    ]


def test_a_charter_begins_with_a_pasted_text_under_a_title_of_ones_own(db, signed_in):
    charter = begun(signed_in(person("founder")), title="My own", text=TEXT.replace("\n", "\r\n"))
    assert charter.title == "My own"
    assert text_at(charter).title == "A charter from a file"  # its words stay
    assert len(text_at(charter).clauses) == 2


def test_a_charter_needs_a_title(db, signed_in):
    page = refused(signed_in(person("founder")), text="Article 1\n\nWords without a title.")
    assert "A charter needs a title" in page
    assert "Words without a title." in page


def test_a_file_is_not_lost_when_something_else_is_wrong(db, signed_in):
    file = SimpleUploadedFile("charter.md", TEXT.encode("utf-16"))
    page = refused(signed_in(person("founder")), file=file, scheme="none")
    assert "The Parties consult." in page


def test_a_file_and_a_pasted_text_are_one_too_many(db, signed_in):
    file = SimpleUploadedFile("charter.md", TEXT.encode())
    page = refused(signed_in(person("founder")), file=file, text="Other words.")
    assert "not both" in page
    assert "Other words." in page


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\xff" * 50, b"%PDF-1.7\n\x00binary", b"\xfd\xfe broken \x80"]
)
def test_what_is_no_text_is_refused_with_a_sentence(db, signed_in, data):
    page = refused(
        signed_in(person("founder")), title="Kept", file=SimpleUploadedFile("x.md", data)
    )
    assert 'class="errorlist"' in page
    assert 'value="Kept"' in page


def test_words_that_hide_are_refused_with_what_was_typed(db, signed_in):
    page = refused(signed_in(person("founder")), title="Turned \u202e round")
    assert "hidden character" in page
    assert "Turned" in page


@pytest.mark.parametrize("said", [{"working_language": "xx-none"}, {"scheme": "none"}])
def test_language_and_numbering_are_of_the_list(db, signed_in, said):
    refused(signed_in(person("founder")), title="A title", **said)


def test_the_numbering_is_the_one_the_text_has_unless_one_says_otherwise(db, signed_in):
    client = signed_in(person("founder"))
    statute = "# Bylaws\n\n## § 1 Name\n\n(1) The club has a name.\n\n(2) It keeps it.\n"
    assert begun(client, text=statute).scheme == "statute"
    assert begun(client, text=TEXT).scheme == "treaty"
    assert begun(client, title="Blank").scheme == "treaty"
    assert begun(client, title="Blank", scheme="statute").scheme == "statute"


def test_two_charters_may_bear_one_title(db, signed_in):
    client = signed_in(person("founder"))
    first, second = begun(client, title="Alike"), begun(client, title="Alike")
    assert first.slug != second.slug
    assert begun(client, title="New").slug != "new"


# --- settings ----------------------------------------------------------------------------------


def test_the_chair_sets_the_stage_and_adds_a_language(table, signed_in):
    client = signed_in(table.cast.chair)
    client.post("/charters/eurasia/settings/", {"stage": "consultation", "add_language": "fr"})
    table.charter.refresh_from_db()
    assert table.charter.stage == "consultation"
    assert table.charter.languages == ["en", "ru", "fr"]
    client.post("/charters/eurasia/settings/", {"stage": "adopted", "add_language": ""})
    table.charter.refresh_from_db()
    assert (table.charter.stage, len(table.charter.languages)) == ("adopted", 3)


def test_what_the_chair_leaves_alone_stays_as_others_made_it(table, signed_in):
    chair, there = signed_in(table.cast.chair), "/charters/eurasia/settings/"
    shown = chair.get(there).context["form"]
    seen = {"stage": shown["stage"].value(), "initial-stage": shown["stage"].value()}
    change_charter(actor=table.cast.chair, charter=table.charter, stage="consultation")
    assert chair.post(there, {**seen, "nothing_agreed": "on"}).status_code == 302
    table.charter.refresh_from_db()
    assert (table.charter.stage, table.charter.nothing_agreed) == ("consultation", True)
    # A step that was chosen with another stage in view is looked at again.
    refused = chair.post(there, {**seen, "stage": "ad_referendum", "note": "As agreed"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "has come to another stage since you looked" in page
    assert "As agreed" in page
    now = refused.context["form"].data["initial-stage"]
    again = {"stage": "ad_referendum", "initial-stage": now}
    assert chair.post(there, again).status_code == 302
    table.charter.refresh_from_db()
    assert table.charter.stage == "ad_referendum"


def test_others_read_the_settings_and_see_the_digest(table, signed_in):
    table.charter.refresh_from_db()
    page = signed_in(table.cast.observer).get("/charters/eurasia/settings/").content.decode()
    assert table.charter.digest in page
    assert 'name="stage"' not in page
    assert not re.search(r'href="[^"]*/import/"', page)


def test_an_unknown_stage_is_refused(table, signed_in):
    answer = signed_in(table.cast.chair).post("/charters/eurasia/settings/", {"stage": "war"})
    assert answer.status_code == 422


def test_a_reader_sees_the_name_of_the_charter_in_the_language_of_the_page(table, signed_in):
    change_clause(
        actor=table.cast.chair,
        charter=table.charter,
        clause=table.root,
        base=table.charter.head,
        words={"ru": Words("Хартия испытаний")},
    )
    reader = signed_in(table.cast.observer)
    for language, name in (("ru", "Хартия испытаний"), ("en", "A charter of tests")):
        spoken = {"accept-language": language}
        assert f">{name}</a>" in reader.get("/", headers=spoken).content.decode()
        inside = reader.get("/charters/eurasia/history/", headers=spoken).content.decode()
        assert f' href="/charters/eurasia/">{name}</a>' in inside
        assert f"· {name}</title>" in inside
