import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from charter.actions.clauses import strike_clause
from charter.models import Charter, Clause, Revision, Wording
from charter.queries.texts import text_at
from tests.builders import FIRST, OTHER, SECOND, reword

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/import/"
TEXT = f"""# A charter of tests

## Article 1. Principles

1. {FIRST.replace("respect", "fully respect")}
2. {SECOND}

## Article 2. Openness
{OTHER}

## Article 3. Languages

All texts are equally authentic.
"""


def preview(client, **said) -> str:
    answer = client.post(ADDRESS, {"language": "en", "text": ""} | said)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def confirm(client, page: str, **said):
    """Press the button of the preview, with the fields it has."""
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', page, re.DOTALL)[1]
    base = re.search(r'name="base" value="(\d+)"', page)[1]
    fields = {"language": "en", "text": text, "base": base, "confirm": "1"}
    return client.post(ADDRESS, fields | said)


def test_the_redline_is_shown_before_anything_is_saved(table, signed_in):
    client = signed_in(table.cast.drafter)
    rows = [model.history.count() for model in (Clause, Wording)]
    page = preview(client, text=TEXT)
    assert "<ins>fully" in page
    assert "All texts are equally authentic." in page
    assert "Nothing is saved yet" in page
    table.charter.refresh_from_db()
    assert table.charter.head == 5
    assert [model.history.count() for model in (Clause, Wording)] == rows


def test_what_was_previewed_becomes_the_next_revision(table, signed_in):
    client = signed_in(table.cast.drafter)
    page = preview(
        client, file=SimpleUploadedFile("v2.md", TEXT.encode()), message="From the capital"
    )
    answer = confirm(client, page, message="From the capital")
    assert answer["Location"] == "/charters/eurasia/revisions/6/"
    revision = Revision.objects.get(charter=table.charter, number=6)
    assert (revision.cause, revision.message) == ("import", "From the capital")
    assert revision.author == table.cast.drafter
    text = text_at(Charter.objects.get())
    assert [clause.heading for clause in text.clauses] == ["Principles", "Openness", "Languages"]
    # Identity is kept: the reworded paragraph is the one that was there.
    assert text.clauses[0].children[0].id == str(table.first)
    assert "fully respect" in text.clauses[0].children[0].text


@pytest.mark.parametrize(
    ("name", "kept"),
    [("v2.txt", r"The \*\*Parties\*\* agree."), ("v2.md", "The **Parties** agree.")],
)
def test_a_file_is_read_by_its_ending_when_it_is_confirmed_too(table, signed_in, name, kept):
    text = "A charter of tests\n\nArticle 1\n\nThe **Parties** agree.\n"
    client = signed_in(table.cast.drafter)
    page = preview(client, file=SimpleUploadedFile(name, text.encode()))
    assert ("<strong>" in page[page.index('class="redline') :]) == (name == "v2.md")
    confirm(client, page, name=re.search(r'name="name" value="([^"]*)"', page)[1])
    assert Wording.objects.filter(text=kept).exists()


def test_the_same_text_again_changes_nothing(table, signed_in):
    client = signed_in(table.cast.drafter)
    same = TEXT.replace("fully ", "").split("## Article 3")[0]
    page = preview(client, text=same)
    assert "the same, word for word" in page
    assert 'name="confirm"' not in page
    answer = client.post(ADDRESS, {"language": "en", "text": same, "base": 5, "confirm": "1"})
    assert answer["Location"] == "/charters/eurasia/history/"
    table.charter.refresh_from_db()
    assert table.charter.head == 5


def test_a_charter_that_moved_on_meanwhile_is_looked_at_again(table, signed_in):
    client = signed_in(table.cast.drafter)
    page = preview(client, text=TEXT)
    reword(table.charter, table.cast.chair, table.other, "Meanwhile other words.")
    answer = confirm(client, page)
    assert answer.status_code == 200
    again = answer.content.decode()
    assert "has a new revision since you looked" in again
    assert "Meanwhile" in again
    table.charter.refresh_from_db()
    assert table.charter.head == 6
    assert confirm(client, again).status_code == 302


def test_nothing_to_read_is_said(table, signed_in):
    answer = signed_in(table.cast.drafter).post(ADDRESS, {"language": "en", "message": "Kept"})
    assert answer.status_code == 422
    assert "Choose a file, or paste the text" in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["## Article 1\n\nTurned \u202e round.", "Article 1\n\nhid\u200bden words"]
)
def test_hidden_words_are_refused_and_nothing_is_lost(table, signed_in, text):
    answer = signed_in(table.cast.drafter).post(ADDRESS, {"language": "en", "text": text})
    assert answer.status_code == 422
    assert "Article 1" in answer.content.decode()
    table.charter.refresh_from_db()
    assert table.charter.head == 5


def test_a_translation_comes_in_beside_the_text(table, signed_in):
    client = signed_in(table.cast.drafter)
    russian = (
        "# Хартия\n\n## Статья 1. Принципы\n\n1. Стороны уважают суверенитет.\n"
        "2. Никто не укрепляет безопасность за счёт другого.\n\n"
        "## Статья 2. Открытость\n\nХартия открыта.\n"
    )
    page = preview(client, text=russian, language="ru")
    assert "Стороны уважают" in page
    assert confirm(client, page, language="ru").status_code == 302
    charter = Charter.objects.get()
    assert text_at(charter, None, "ru").clauses[0].children[0].id == str(table.first)
    assert text_at(charter).clauses[0].children[0].text == FIRST


def test_a_language_of_another_charter_is_refused(table, signed_in):
    answer = signed_in(table.cast.drafter).post(ADDRESS, {"language": "fr", "text": TEXT})
    assert answer.status_code == 422


def test_a_struck_clause_can_come_back_with_a_file(table, signed_in):
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.other)
    client = signed_in(table.cast.drafter)
    assert confirm(client, preview(client, text=TEXT)).status_code == 302
    assert not Clause.objects.get(pk=table.other).struck


def test_words_of_a_file_are_never_markup(table, signed_in):
    hostile = TEXT + "\n</textarea><script>alert(1)</script>\n"
    page = preview(signed_in(table.cast.drafter), text=hostile)
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;" in page
