"""The compilation of proposals by the API."""

import pytest

from charter.queries.compilation import MOST
from tests.api.calling import problem
from tests.builders import FIRST, seated, tabled

COMPILATION = "charters/eurasia/compilation/"
UPHOLD, PROTECT = (FIRST.replace("respect", word) for word in ("uphold", "protect"))


@pytest.fixture
def rivals(table):
    teams = [
        seated(table.charter, table.cast.chair, person, code)
        for person, code in ((table.cast.drafter, "BLR"), (table.cast.reviewer, "IND"))
    ]
    tabled(table.charter, table.cast.drafter, table.first, UPHOLD)
    tabled(table.charter, table.cast.reviewer, table.first, PROTECT)
    return teams


def test_each_clause_comes_with_what_is_proposed_for_it(table, call, rivals):
    belarus, india = rivals
    said = call(table.cast.observer).get(COMPILATION).json()
    assert [(one["delegation"], one["amendments"]) for one in said["columns"]] == [
        (belarus.pk, 1),
        (india.pk, 1),
    ]
    (line,) = said["lines"]
    assert (line["id"], line["text"], line["citation"]) == (
        str(table.first),
        FIRST,
        "Article 1(1)",
    )
    first = line["entries"][0]
    assert (first["delegation"], first["amendment"]["symbol"]) == (belarus.pk, "A-1")
    assert [span["op"] for span in first["text"]] == ["equal", "delete", "insert", "equal"]
    assert len(call(table.cast.observer).get(COMPILATION + "?everything=true").json()["lines"]) == 5


def test_columns_are_chosen_and_bounded(table, call, rivals):
    caller = call(table.cast.observer)
    said = caller.get(f"{COMPILATION}?delegation={rivals[1].pk}")
    assert "protect" in said.content.decode()
    assert "uphold" not in said.content.decode()
    many = "&".join(f"delegation={number}" for number in range(MOST + 1))
    assert problem(caller.get(f"{COMPILATION}?{many}"))["code"] == "bad_query"
    assert problem(caller.get(f"{COMPILATION}?delegation=99999"))["code"] == "not_found"
    assert problem(caller.get(f"{COMPILATION}?at=99"))["code"] == "not_found"
    assert problem(caller.get(f"{COMPILATION}?at=x"))["code"] == "bad_query"


def test_it_is_taken_away_as_a_file(table, call, rivals):
    caller = call(table.cast.observer)
    page = caller.get(f"{COMPILATION}file/?format=html&clean=true&rationale=true")
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "uphold" in page.content.decode()
    assert caller.get(f"{COMPILATION}file/?format=xlsx").content.startswith(b"PK")
    assert problem(caller.get(f"{COMPILATION}file/?format=doc"))["code"] == "bad_query"


def test_it_takes_as_many_queries_however_much_is_proposed(table, call, rivals, queries):
    caller = call(table.cast.observer)
    caller.get(COMPILATION)
    before = queries(lambda: caller.get(COMPILATION))
    for _ in range(3):
        tabled(table.charter, table.cast.drafter, table.second, "None shall.")
    caller.get(COMPILATION)
    assert queries(lambda: caller.get(COMPILATION)) == before
