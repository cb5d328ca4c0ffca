"""`export_text`: every format, any revision, and one sentence where there is nothing to export."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from charter.actions.editions import name_edition
from charter.formats import markdown
from charter.formats.writers import FORMATS
from tests.builders import (
    FIRST,
    OTHER,
    SECOND,
    Scene,
    delegation,
    reword,
    scene,
    seated,
    tabled,
)

pytestmark = pytest.mark.django_db

NEW = FIRST.replace("respect", "uphold")
Export = Callable[..., bytes]


@pytest.fixture
def charter() -> Scene:
    """The usual charter, its first paragraph reworded in one revision more."""
    made = scene()
    reword(made.charter, made.cast.drafter, made.first, NEW)
    made.charter.refresh_from_db()
    return made


@pytest.fixture
def export(charter: Scene, capsysbinary: pytest.CaptureFixture[bytes]) -> Export:
    """What the command writes to the standard output."""

    def exported(*arguments: str) -> bytes:
        call_command("export_text", "eurasia", *arguments)
        return capsysbinary.readouterr().out

    return exported


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("since", [(), ("--since", "4")], ids=["clean", "redline"])
def test_every_format_is_written_clean_and_as_a_redline(
    export: Export, form: str, since: tuple[str, ...]
):
    data = export("--format", form, *since)

    assert data.startswith(b"%PDF") if form == "pdf" else "uphold" in data.decode()


def test_any_revision_can_be_exported(export: Export, charter: Scene):
    before = export("--format", "txt", "--at", str(charter.charter.head - 1)).decode()

    assert FIRST in before
    assert NEW not in before
    assert NEW in export("--format", "txt").decode()


def test_markdown_reads_back_as_the_text(export: Export):
    texts = [clause.text for _, clause in markdown.read(export("--format", "md")).walk()]

    assert NEW in texts
    assert SECOND in texts


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_patch_makes_one_revision_of_another(export: Export, charter: Scene, tmp_path: Path):
    last = str(charter.charter.head)
    file = tmp_path / "charter.txt"
    for since in range(1, charter.charter.head):
        file.write_bytes(export("--format", "txt", "--at", str(since)))
        diff = export("--format", "diff", "--since", str(since), "--at", last)
        subprocess.run(["patch", "-s", file], input=diff, check=True, timeout=20)
        assert file.read_bytes() == export("--format", "txt", "--at", last)


def test_a_document_carries_the_edition_and_the_digest_of_its_revision(
    export: Export, charter: Scene
):
    head = charter.charter.head
    name_edition(
        actor=charter.cast.chair,
        charter=charter.charter,
        number=head,
        name="Rev.1",
        symbol="CONF/L.4",
    )

    at = json.loads(export("--format", "json"))["at"]

    assert (at["revision"], at["edition"], at["symbol"]) == (head, "Rev.1", "CONF/L.4")
    assert at["digest"] == charter.charter.digest


def test_the_text_before_the_first_revision_is_empty(export: Export):
    assert export("--format", "txt", "--at", "0") == b""


def test_another_language_has_its_own_words(export: Export):
    assert NEW not in export("--format", "txt", "--language", "ru").decode()


def test_a_file_is_written_when_one_is_named(charter: Scene, tmp_path: Path):
    file = tmp_path / "charter.txt"

    call_command("export_text", "eurasia", "--format", "txt", "--output", str(file))

    assert NEW in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["atlantis", "--format", "txt"], "There is no charter “atlantis”."),
        (["eurasia", "--format", "txt", "--at", "99"], "has no revision 99; its last is 6."),
        (["eurasia", "--format", "txt", "--since", "-1"], "has no revision -1"),
        (["eurasia", "--format", "txt", "--language", "fr"], "no text in “fr”; it has: en, ru."),
        (["eurasia", "--format", "txt", "--output", "/no/such/x"], "could not be written"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(
    charter: Scene, arguments: list[str], sentence: str
):
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        call_command("export_text", *arguments)


def test_the_rolling_text_is_written_with_names_and_without(export: Export, charter: Scene):
    tabled(charter.charter, charter.cast.drafter, charter.first, NEW.replace("uphold", "guard"))

    assert "[uphold] [guard: A-1 Drafter]" in export("--format", "txt", "--rolling").decode()
    plain = export("--format", "txt", "--rolling", "--unattributed").decode()
    assert "[uphold] [guard] " in plain


def test_a_rolling_text_is_of_one_revision(charter: Scene):
    with pytest.raises(CommandError, match="--since"):
        call_command("export_text", "eurasia", "--format", "txt", "--rolling", "--since", "1")


def test_the_compilation_is_written_as_its_formats_are(export: Export, charter: Scene):
    tabled(charter.charter, charter.cast.drafter, charter.first, NEW.replace("uphold", "guard"))

    page = export("--format", "html", "--compilation").decode()
    assert "<del>uphold</del><ins>guard</ins>" in page
    assert "A better text" in page
    assert export("--format", "xlsx", "--compilation").startswith(b"PK")


@pytest.fixture
def rivals(charter: Scene) -> Scene:
    """Belarus and the chair want another word each."""
    seated(charter.charter, charter.cast.chair, charter.cast.drafter, "BLR")
    delegation(charter.charter, charter.cast.chair, "KAZ")
    tabled(charter.charter, charter.cast.drafter, charter.first, NEW.replace("uphold", "guard"))
    tabled(charter.charter, charter.cast.chair, charter.second, SECOND.replace("No", "Not one"))
    return charter


def test_a_rolling_text_is_of_the_delegations_that_are_named(export: Export, rivals: Scene):
    def taken(*codes: str) -> str:
        named = [part for code in codes for part in ("--delegation", code)]
        return export("--format", "txt", "--rolling", *named).decode()

    assert "guard" in taken("blr") and "Not one" not in taken("BLR")
    assert "Not one" in taken("CHAIR") and "guard" not in taken("CHAIR")
    assert "guard" in taken("BLR", "CHAIR") and "Not one" in taken("BLR", "CHAIR")
    page = export("--format", "html", "--rolling", "--delegation", "BLR").decode()
    assert "Rolling text · Proposals of BLR" in page


def test_a_compilation_has_the_columns_that_are_named(export: Export, rivals: Scene):
    page = export("--format", "html", "--compilation", "--delegation", "BLR").decode()
    assert "<ins>guard</ins>" in page and "Not one" not in page
    assert OTHER not in page
    whole = ("--format", "html", "--compilation", "--everything", "--clean")
    assert OTHER in export(*whole).decode()
    assert "<ins>" not in export(*whole).decode()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rolling", "--delegation", "XYZ"], "no delegation XYZ; it has: BLR, KAZ, CHAIR"),
        (["--compilation", "--delegation", "XYZ"], "no delegation XYZ"),
        (["--delegation", "BLR"], "add --rolling or --compilation"),
        (["--rolling", "--everything"], "add --compilation"),
        (["--clean"], "add --compilation"),
        (["--format", "md", "--line-numbers"], "Only a text as txt, html, pdf has numbered lines"),
        (["--compilation", "--line-numbers"], "Only a text as"),
        (["--rolling", "--at", "0"], "Before the first revision"),
    ],
)
def test_delegations_and_what_else_does_nothing_is_refused(rivals: Scene, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_text", "eurasia", "--format", "html", *arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "txt", "--compilation"], "one of: pdf, xlsx, html"),
        (["--format", "xlsx"], "not written as xlsx"),
        (["--format", "pdf", "--compilation", "--since", "1"], "leave out --since"),
        (["--format", "pdf", "--compilation", "--at", "99"], "no revision 99"),
        (["--format", "pdf", "--compilation", "--at", "0"], "nothing to compile"),
    ],
)
def test_a_compilation_is_asked_for_as_it_can_be_had(charter: Scene, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_text", "eurasia", *arguments)
