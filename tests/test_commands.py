"""import_text, export_text and verify, as a person at a console has them."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.people import operator
from charter.models import Charter
from charter.queries.texts import text_at
from tests.builders import scene

pytestmark = pytest.mark.django_db

FIRST = """# Bylaws of the Forum

## Article 1. Name

The name of the association is the Forum of Cities.

## Article 2. Aims

1. The Forum shall promote trade between the cities.
2. The Forum shall protect the rivers and the lakes they share.
"""
SECOND = (
    FIRST.replace("shall protect", "shall restore and protect")
    + """
## Article 3. Seat

The Forum has its seat in the city that chairs it.
"""
)


@pytest.fixture
def file(tmp_path):
    """Writes a text to a file and gives its path."""

    def write(text: str | bytes, name: str = "bylaws.md") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def run(command: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue().strip()


def refused(command: str, *arguments: object) -> str:
    """The sentence of a command that ends with status 1."""
    with pytest.raises(CommandError) as caught:
        run(command, *arguments)
    assert caught.value.returncode == 1
    assert "\n" not in str(caught.value)
    return str(caught.value)


def words(charter: Charter, number: int | None = None) -> list[str]:
    said = [text_at(charter, number).title]
    for _depth, clause in text_at(charter, number).walk():
        said += [part for part in (clause.heading, clause.text) if part]
    return said


def test_a_file_becomes_a_charter_and_the_next_file_its_next_revision(file):
    said = run("import_text", file(FIRST), "--charter", "forum", "--message", "First reading")
    assert said.startswith("forum: created by operator@localhost, revision 1,")
    charter = Charter.objects.get(slug="forum")
    assert charter.title == "Bylaws of the Forum"
    assert charter.revisions.get().message == "First reading"
    before = {c.id for _d, c in text_at(charter).walk()}
    said = run("import_text", file(SECOND), "--charter", "forum")
    charter.refresh_from_db()
    assert said.startswith("forum: revision 2,")
    after = {c.id: c.text for _d, c in text_at(charter).walk()}
    assert before < after.keys()
    assert (
        "The Forum shall restore and protect the rivers and the lakes they share." in after.values()
    )
    assert words(charter, 1)[-1].endswith("protect the rivers and the lakes they share.")
    assert run("verify", "forum") == f"forum: 2 revisions hold, digest {charter.digest}."


def test_the_same_file_again_changes_nothing(file):
    run("import_text", file(FIRST), "--charter", "forum")
    said = run("import_text", file(FIRST), "--charter", "forum")
    assert said == "forum: nothing changed, revision 1 stands."


@pytest.mark.parametrize("format", ["md", "txt"])
def test_an_exported_text_comes_back_as_the_same(file, tmp_path, format):
    run("import_text", file(SECOND), "--charter", "forum")
    out = tmp_path / f"out.{format}"
    run("export_text", "forum", "--format", format, "--output", out)
    assert "nothing changed" in run("import_text", out, "--charter", "forum")


def test_the_title_may_be_given_or_is_the_files_name(file):
    run("import_text", file(FIRST), "--charter", "one", "--title", "Another title")
    named = Charter.objects.get(slug="one")
    assert named.title == "Another title"
    assert text_at(named).title == "Bylaws of the Forum"
    run("import_text", file("No heading here.", "statutes.txt"), "--charter", "two")
    assert Charter.objects.get(slug="two").title == "statutes"


def test_a_text_in_another_language_joins_the_one_there_is(file):
    run("import_text", file("# Forum\n\n## Article 1. Name\n\nForum of Cities."), "--charter", "f")
    russian = "# Форум\n\n## Статья 1. Название\n\nФорум городов."
    run("import_text", file(russian), "--charter", "f", "--language", "ru")
    charter = Charter.objects.get(slug="f")
    assert charter.languages == ["en", "ru"]
    english = [clause.id for _d, clause in text_at(charter).walk()]
    assert [clause.id for _d, clause in text_at(charter, None, "ru").walk()] == english


def test_it_is_done_as_whoever_is_named(file):
    laid = scene()
    run("import_text", file(FIRST), "--charter", "eurasia", "--as", "Drafter@example.org")
    assert laid.charter.revisions.last().author == laid.cast.drafter
    run("import_text", file(FIRST), "--charter", "forum", "--as", laid.cast.stranger.email)
    assert Charter.objects.get(slug="forum").created_by == laid.cast.stranger


def test_whoever_may_not_is_told_how_to_name_another(file):
    laid = scene()
    for arguments in ((), ("--as", "reviewer@example.org"), ("--as", "stranger@example.org")):
        said = refused("import_text", file(FIRST), "--charter", "eurasia", *arguments)
        assert "may not change “eurasia”" in said
        assert "--as EMAIL" in said
    said = refused("import_text", file(FIRST), "--charter", "eurasia", "--as", "x@example.org")
    assert said == "Nobody here has the address x@example.org."
    assert laid.charter.revisions.count() == 5
    assert not operator().memberships.exists()


@pytest.mark.parametrize(
    "content", [b"", b"  \n ", b"\x00\x01\x02\xff\xfe" * 40, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" * 9]
)
def test_what_is_no_text_is_refused_with_a_sentence_and_makes_no_charter(file, content):
    assert "was not imported" in refused("import_text", file(content), "--charter", "forum")
    assert not Charter.objects.exists()


def test_a_file_that_is_not_there_or_hides_something_is_refused(file, tmp_path):
    assert "could not be read" in refused("import_text", tmp_path / "no.md", "--charter", "forum")
    assert "could not be read" in refused("import_text", tmp_path, "--charter", "forum")
    hidden = file(FIRST.replace("promote", "pro\u202emote"))
    said = refused("import_text", hidden, "--charter", "forum")
    assert "was not imported" in said and "\u202e" not in said
    assert "address" in refused("import_text", file(FIRST), "--charter", "Not a slug")
    assert not Charter.objects.exists()


def test_verify_says_which_revision_does_not_hold():
    laid = scene()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE charter_historicalwording SET text = 'x' WHERE revision_number = 3")
        cursor.execute("SET session_replication_role = origin")
    said = refused("verify", laid.charter.slug)
    assert said.startswith("eurasia: revision 3 does not hold.")


def test_verify_checks_a_digest_that_somebody_holds():
    laid = scene()
    held = laid.charter.revisions.get(number=4).digest
    assert "5 revisions hold" in run("verify", "eurasia", "--digest", f"4:{held.upper()}")
    wrong = f"4:{'0' * 64}"
    assert "revision 4 does not hold" in refused("verify", "eurasia", "--digest", wrong)
    assert "is not a revision's number" in refused("verify", "eurasia", "--digest", "4=abc")
    assert refused("verify", "nowhere") == "There is no charter “nowhere”."


def test_a_file_without_a_title_gains_no_words(file, capsysbinary):
    text = "The cities of the river agree as follows.\n\nEach keeps its own laws.\n"
    run("import_text", file(text, "river pact.txt"), "--charter", "river")
    charter = Charter.objects.get(slug="river")
    assert charter.title == "river pact"
    assert text_at(charter).title == ""
    run("export_text", "river", "--format", "txt")
    assert capsysbinary.readouterr().out.decode().split() == text.split()


def test_a_title_that_appears_later_names_the_charter(file):
    text = "The cities of the river agree as follows.\n"
    run("import_text", file(text), "--charter", "river")
    run("import_text", file("# Pact of the River\n\n" + text), "--charter", "river")
    charter = Charter.objects.get(slug="river")
    assert charter.title == text_at(charter).title == "Pact of the River"
    assert text_at(charter, 1).title == ""


def test_a_file_that_lost_its_title_leaves_none_in_the_text_and_the_name_to_the_charter(file):
    run("import_text", file(FIRST), "--charter", "forum")
    run("import_text", file(FIRST.partition("\n\n")[2]), "--charter", "forum")
    charter = Charter.objects.get(slug="forum")
    assert charter.title == text_at(charter, 1).title == "Bylaws of the Forum"
    assert text_at(charter).title == ""


def test_a_name_of_its_own_outlives_another_title_of_the_text(file):
    run("import_text", file(FIRST), "--charter", "forum", "--title", "The Forum")
    run("import_text", file(FIRST.replace("# Bylaws", "# Statutes")), "--charter", "forum")
    charter = Charter.objects.get(slug="forum")
    assert (charter.title, text_at(charter).title) == ("The Forum", "Statutes of the Forum")
    run("import_text", file(FIRST), "--charter", "forum", "--title", "Forum of Cities")
    assert Charter.objects.get(slug="forum").title == "Forum of Cities"
