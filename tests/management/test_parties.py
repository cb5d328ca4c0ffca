"""`export_parties` and `import_parties`: what one writes the other reads."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from charter.actions.parties import add_party
from charter.actions.party_members import add_party_member
from charter.queries.parties import register_values
from tests.builders import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Scene:
    laid = scene()
    at = {"actor": laid.cast.chair, "charter": laid.charter}
    state = add_party(**at, kind="state", code="BLR", names={"en": "Belarus"})
    body = add_party(**at, kind="organisation", code="CSTO", names={"en": "The Treaty"})
    add_party_member(**at, organisation=body.pk, member=state.pk, since=date(1993, 12, 31))
    return laid


def imported(table: Scene, file: Path, *more: str) -> str:
    out = StringIO()
    email = table.cast.chair.email
    call_command(
        "import_parties", str(file), "--charter", "eurasia", "--as", email, *more, stdout=out
    )
    return out.getvalue()


def test_what_is_exported_is_imported(table: Scene, tmp_path: Path):
    file = tmp_path / "parties.csv"
    call_command("export_parties", "eurasia", "--output", str(file))
    before = register_values(table.charter)
    assert "0 added, 0 changed, 0 taken out, 2 left as they are" in imported(table, file)
    text = file.read_text("utf-8-sig").replace("BLR,state,,Belarus", "BLR,state,invited,Belarus")
    file.write_text(text + "KAZ,state,,Kazakhstan,,CSTO,,\n")
    assert "1 added, 1 changed" in imported(table, file, "--preview")
    assert register_values(table.charter) == before
    assert "1 added, 1 changed" in imported(table, file)
    file.write_text("code,kind,name_en\nBLR,state,Belarus\n")
    assert "1 changed, 2 taken out" in imported(table, file, "--remove")
    assert [one.code for one in register_values(table.charter)] == ["BLR"]


def test_every_mistake_is_named_with_its_place(table: Scene, tmp_path: Path):
    file = tmp_path / "parties.csv"
    file.write_text("code,kind,name_en,since\nKAZ,planet,Kazakhstan,\nTJK,state,T,2001-01-01\n")
    with pytest.raises(CommandError) as refused:
        imported(table, file)
    assert "line 2, kind" in str(refused.value)
    assert "line 3, member_of" in str(refused.value)


def test_who_may_not_and_what_is_not_there_is_said_in_a_sentence(table: Scene, tmp_path: Path):
    file = tmp_path / "parties.csv"
    with pytest.raises(CommandError, match="could not be read"):
        imported(table, file)
    file.write_text("code,kind,name_en\nKAZ,state,Kazakhstan\n")
    for arguments, said in (
        (("--charter", "nowhere"), "There is no charter"),
        (("--charter", "eurasia", "--as", "no@example.org"), "Nobody here"),
        (("--charter", "eurasia", "--as", table.cast.drafter.email), "may not change"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("import_parties", str(file), *arguments)
    with pytest.raises(CommandError, match="There is no charter"):
        call_command("export_parties", "nowhere")
