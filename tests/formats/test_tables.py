"""Tables to take away: nothing in them is computed, lost or written in a way a program refuses."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from charter.formats import csv_, xlsx
from charter.formats.tables import Column, Table, Type

NOON = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
FORMULAS = ("=1+1", "+49 30", "-", "@SUM(A1)", "＝1", "\t=1")


WORDS = (Column("Words"),)


def table(*rows, columns=WORDS, name="Words", language="en") -> Table:
    return Table(name, columns, rows, language)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes):
    return load_workbook(io.BytesIO(data))


def test_csv_ends_lines_with_cr_lf_and_quotes_what_needs_it():
    assert csv_.write(table(('Say "yes", twice',), ("two\nlines",))) == (
        b'Words\r\n"Say ""yes"", twice"\r\n"two\nlines"\r\n'
    )


def test_csv_begins_with_a_byte_order_mark_when_asked():
    assert csv_.write(table(("Статья",)), bom=True).startswith(b"\xef\xbb\xbfWords")
    assert csv_.write(table(("Статья",))).startswith(b"Words")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_of_a_csv_is_a_formula_and_each_can_be_had_back(formula: str):
    said = read_csv(csv_.write(table((formula,))))[1][0]
    assert said == f"'{formula}"
    assert csv_.unguarded(said) == formula


@given(st.text())
def test_what_is_guarded_is_had_back_and_never_begins_a_formula(text: str):
    guarded = csv_.guarded(text)
    assert csv_.unguarded(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@"))


def test_a_negative_number_is_no_formula():
    columns = (Column("Balance", Type.NUMBER), Column("When", Type.MOMENT), Column("Day", Type.DAY))
    moscow = NOON.astimezone(timezone(timedelta(hours=3)))
    said = read_csv(csv_.write(table((-5, moscow, date(2026, 3, 1)), columns=columns)))
    assert said[1] == ["-5", "2026-03-01T12:30:00Z", "2026-03-01"]


def test_a_row_that_does_not_fit_the_columns_is_refused():
    for write in (csv_.write, lambda made: xlsx.write([made])):
        with pytest.raises(ValueError, match="2 values in 1"):
            write(table(("one", "two")))


@pytest.mark.parametrize("formula", [*FORMULAS, "#N/A", "{=1}", "2026-01-01"])
def test_no_text_of_a_workbook_is_a_formula_an_error_or_a_date(formula: str):
    cell = read_xlsx(xlsx.write([table((formula,))])).active["A2"]
    assert (cell.data_type, cell.value) == ("s", formula)


def test_a_formula_stays_a_text_when_somebody_edits_its_cell():
    sheet = read_xlsx(xlsx.write([table(("=1+1",), ("plain",))])).active
    assert sheet["A2"].quotePrefix
    assert not sheet["A3"].quotePrefix


def test_numbers_days_and_moments_are_what_they_are():
    columns = (
        Column("Clauses", Type.NUMBER),
        Column("Share", Type.SHARE),
        Column("Day", Type.DAY),
        Column("Moment", Type.MOMENT),
        Column("Nothing"),
    )
    data = xlsx.write([table((7, 0.25, date(2026, 3, 1), NOON, None), columns=columns)])
    row = next(read_xlsx(data).active.iter_rows(min_row=2))
    assert [cell.value for cell in row] == [
        7,
        0.25,
        datetime(2026, 3, 1),
        datetime(2026, 3, 1, 12, 30),
        None,
    ]
    assert row[1].number_format == "0.0%"
    assert row[2].is_date
    assert row[3].is_date


def test_the_heading_stays_in_sight_and_columns_are_as_wide_as_what_they_hold():
    rows = (("short", "x" * 40), ("short", "y" * 4000))
    sheet = read_xlsx(xlsx.write([table(*rows, columns=(Column("One"), Column("Two")))])).active
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    narrow, wide = (sheet.column_dimensions[column].width for column in "AB")
    assert narrow < wide <= 60


def test_a_table_in_arabic_runs_from_right_to_left():
    sheets = [table(("المادة",), language="ar", name="Arabic"), table(("Article",))]
    arabic, english = read_xlsx(xlsx.write(sheets)).worksheets
    assert arabic.sheet_view.rightToLeft
    assert not english.sheet_view.rightToLeft


def test_sheets_get_names_that_excel_takes_and_no_two_are_alike():
    names = ("a/b:c" * 10, "a/b:c" * 10, "Words", "WORDS", "", "'")
    book = read_xlsx(xlsx.write([table(("x",), name=name) for name in names]))
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_a_text_longer_than_a_cell_is_cut_in_sight():
    value = read_xlsx(xlsx.write([table(("😀" * 20_000,))])).active["A2"].value
    assert value.endswith("😀…")
    assert len(value.encode("utf-16-le")) // 2 <= xlsx.CELL


def test_what_xml_cannot_hold_does_not_cost_the_table():
    assert read_xlsx(xlsx.write([table(("a\x00b\x0bc\ud800",))])).active["A2"].value == "abc"
    assert read_csv(csv_.write(table(("a\x00b\ud800",))))[1] == ["ab?"]


def test_equal_tables_give_equal_files():
    made = [xlsx.write([table(("x",))], title="Numbers", moment=NOON) for _ in range(2)]
    assert made[0] == made[1]
    assert read_xlsx(made[0]).properties.modified == NOON.replace(tzinfo=None)


def test_a_workbook_has_a_sheet():
    with pytest.raises(ValueError, match="at least one"):
        xlsx.write([])
