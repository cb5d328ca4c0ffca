"""The register of parties as a file: what goes out comes in again, and nothing by halves."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from charter.actions.members import add_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import add_party_member
from charter.models import Party
from charter.queries.parties import register_values
from tests.cast import person

pytestmark = pytest.mark.django_db

EXPORT, IMPORT = (f"/charters/eurasia/parties/{act}/" for act in ("export", "import"))
HEAD = "code,kind,standing,name_en,name_ru,member_of,since,until\n"


@pytest.fixture
def register(table):
    """A state that left an organisation and came back, and has a delegation."""
    at = {"actor": table.cast.chair, "charter": table.charter}
    state = add_party(
        **at, kind="state", code="UZB", names={"en": "Uzbekistan", "ru": "Узбекистан"}
    )
    body = add_party(**at, kind="organisation", code="CSTO", names={"en": "=The Treaty"})
    add_delegation(**at, party=state.pk, standing="invited")
    for since, until in ((date(1992, 5, 15), date(1999, 4, 2)), (date(2006, 8, 16), None)):
        add_party_member(**at, organisation=body.pk, member=state.pk, since=since, until=until)
    return table


def uploaded(client, data: bytes | str, **more):
    data = data if isinstance(data, bytes) else data.encode()
    file = SimpleUploadedFile("parties.csv", data, "text/csv")
    return client.post(IMPORT, {"file": file, **more})


def confirmed(client, preview, **more):
    """Press the button of the preview, with what its form holds."""
    form = preview.context["form"]
    said = {"text": form.data["text"], "against": preview.context["against"], "confirm": "1"}
    return client.post(IMPORT, said | more)


def test_what_goes_out_comes_in_again_and_changes_nothing(register, signed_in):
    client = signed_in(register.cast.chair)
    out = client.get(EXPORT).content
    assert out.startswith(b"\xef\xbb\xbfcode,kind,standing,name_en,name_ru,member_of,since,until")
    assert b"UZB,state,invited,Uzbekistan" in out
    assert b"'=The Treaty" in out
    before = register_values(register.charter)
    for data in (out, out.decode("utf-8-sig").encode("utf-16"), out.replace(b",", b";")):
        for whole in ({}, {"whole": "on"}):
            page = uploaded(client, data, **whole)
            assert page.status_code == 200
            assert not page.context["changes"].changed
    assert register_values(register.charter) == before


def test_the_workbook_has_days_as_days_and_no_formula(register, signed_in):
    data = signed_in(register.cast.observer).get(EXPORT, {"format": "xlsx"}).content
    sheet = load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert date(1992, 5, 15) in [cell.value.date() for cell in cells if cell.is_date]


def test_a_file_adds_and_changes_and_leaves_the_rest(register, signed_in):
    client = signed_in(register.cast.chair)
    data = HEAD + "UZB,,participant,Republic of Uzbekistan,,,,\nKAZ,state,,Kazakhstan,,CSTO,,\n"
    page = uploaded(client, data)
    assert [one.entry.code for one in page.context["groups"][0]["steps"]] == ["KAZ"]
    assert "Republic of Uzbekistan" in page.content.decode()
    assert not Party.objects.filter(code="KAZ").exists()
    assert confirmed(client, page).status_code == 302
    found = {one.code: one for one in register_values(register.charter)}
    assert found["UZB"].names == {"en": "Republic of Uzbekistan", "ru": "Узбекистан"}
    assert found["UZB"].standing == "participant"
    assert len(found["UZB"].belongings) == 2
    assert [one.organisation for one in found["KAZ"].belongings] == ["CSTO"]
    assert set(found) == {"UZB", "CSTO", "KAZ"}


def test_what_is_not_in_the_file_goes_only_when_that_is_asked(register, signed_in):
    client = signed_in(register.cast.chair)
    data = HEAD + "UZB,state,invited,Uzbekistan,,,,\n"
    page = uploaded(client, data, whole="on")
    assert [one.entry.code for one in page.context["groups"][2]["steps"]] == ["CSTO"]
    confirmed(client, page, whole="on")
    (left,) = register_values(register.charter)
    assert (left.code, left.names, left.belongings) == ("UZB", {"en": "Uzbekistan"}, ())


def test_a_party_for_which_somebody_sits_cannot_be_taken_out(register, signed_in):
    add_member(
        actor=register.cast.chair,
        charter=register.charter,
        person=person("somebody"),
        role="observer",
        delegation=Party.objects.get(code="UZB").delegation.pk,
    )
    before = register_values(register.charter)
    page = uploaded(
        signed_in(register.cast.chair), HEAD + "CSTO,organisation,,CSTO,,,,\n", whole="on"
    )
    assert page.status_code == 422
    assert "UZB cannot be taken out." in page.content.decode()
    assert register_values(register.charter) == before


@pytest.mark.parametrize(
    ("row", "line", "column"),
    [
        (",state,,Nameless code,,,,", 2, "code"),
        ("KAZ,planet,,Kazakhstan,,,,", 2, "kind"),
        ("KAZ,,,Kazakhstan,,,,", 2, "kind"),
        ("KAZ,state,,,,,,", 2, "name"),
        ("KAZ,state,boss,Kazakhstan,,,,", 2, "standing"),
        ("KAZ,state,,Kazakhstan,,NATO,,", 2, "member_of"),
        ("KAZ,state,,Kazakhstan,,UZB,,", 2, "member_of"),
        ("CSTO,organisation,,CSTO,,CSTO,,", 2, "member_of"),
        ("KAZ,state,,Kazakhstan,,,2001-01-01,", 2, "member_of"),
        ("KAZ,state,,Kazakhstan,,CSTO,1/2/2001,", 2, "since"),
        ("KAZ,state,,Kazakhstan,,CSTO,2001-02-30,", 2, "since"),
        ("KAZ,state,,Kazakhstan,,CSTO,2001-01-02,2001-01-01", 2, "until"),
        ("UZB,,,,,CSTO,1998-01-01,2007-01-01", 2, "since"),
        ("KAZ,state,,Kazakhstan,,,,\nKAZ,format,,,,,,", 3, "kind"),
        ("KAZ,state,,Kazakhstan,,CSTO,2001-01-01,\nKAZ,,,,,CSTO,2005-01-01,", 3, "since"),
        ("KAZ,state,,Kazakh\u202estan,,,,", 2, "name_en"),
        ('KAZ,state,,"Kaz"akh,,,,', 2, ""),
        ("A" * 17 + ",state,,Kazakhstan,,,,", 2, "code"),
        ("KAZ,state,,Kazakhstan,,,,,more", 2, ""),
        ("CSTO,state,,,,,,", 2, "kind"),
    ],
)
def test_every_mistake_has_its_line_and_column_and_nothing_is_taken_in(
    register, signed_in, row, line, column
):
    before = register_values(register.charter)
    page = uploaded(signed_in(register.cast.chair), f"{HEAD}{row}\nTJK,state,,Tajikistan,,,,\n")
    assert page.status_code == 422
    assert [(flaw.line, flaw.column) for flaw, _said in page.context["flaws"]] == [(line, column)]
    assert register_values(register.charter) == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 a workbook",
        b"code\xff,kind\n",
        b"code," + b"a" * 1_000_001,
        b"kind,name_en\nstate,A\n",
        b"code,kind,planet\nA,state,x\n",
        b"code,code\nA,A\n",
        b"code,kind,name_en\n",
        b"code\n" + b"\n" * 6_000 + b"A\n",
    ],
)
def test_what_is_no_register_is_refused_in_a_sentence(register, signed_in, data):
    assert uploaded(signed_in(register.cast.chair), data).status_code == 422


def test_a_preview_of_a_register_that_has_changed_is_shown_again(register, signed_in):
    client = signed_in(register.cast.chair)
    page = uploaded(client, HEAD + "KAZ,state,,Kazakhstan,,,,\n")
    add_party(
        actor=register.cast.chair,
        charter=register.charter,
        kind="state",
        code="TJK",
        names={"en": "Tajikistan"},
    )
    again = confirmed(client, page)
    assert again.status_code == 200
    assert "The register has changed since you looked." in again.content.decode()
    assert not Party.objects.filter(code="KAZ").exists()
    assert confirmed(client, again).status_code == 302


def test_a_membership_without_days_leaves_the_days_that_are_known(register, signed_in):
    page = uploaded(signed_in(register.cast.chair), HEAD + "UZB,,,,,CSTO,,\n")
    assert not page.context["changes"].changed


def test_days_correct_the_membership_they_meet(register, signed_in):
    client = signed_in(register.cast.chair)
    page = uploaded(client, HEAD + "UZB,,,,,CSTO,16.08.2006,19.12.2012\n")
    (step,) = page.context["groups"][1]["steps"]
    assert len(step.details) == 1
    confirmed(client, page)
    uzb = next(one for one in register_values(register.charter) if one.code == "UZB")
    assert [str(one.days.until) for one in uzb.belongings] == ["1999-04-02", "2012-12-19"]


def test_the_link_to_the_import_is_the_chairs_alone(register, signed_in):
    for role, offered in (("chair", True), ("drafter", False)):
        page = signed_in(getattr(register.cast, role)).get("/charters/eurasia/parties/")
        assert (reverse("parties_import", args=["eurasia"]) in page.content.decode()) == offered
