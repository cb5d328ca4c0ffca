"""The rolling text by the API: every alternative with who stands behind it, at any revision."""

import pytest

from charter.actions.amendments import draft_amendment, join_amendment, table_amendment
from charter.actions.proposals import propose_move, propose_strike
from tests.api.calling import problem
from tests.builders import FIRST, OTHER, reword, seated, tabled

ROLLING = "charters/eurasia/rolling/"
UPHOLD, PROTECT = (FIRST.replace("respect", word) for word in ("uphold", "protect"))


@pytest.fixture
def rivals(table):
    teams = [
        seated(table.charter, table.cast.chair, person, code)
        for person, code in ((table.cast.drafter, "BLR"), (table.cast.reviewer, "IND"))
    ]
    uphold = tabled(table.charter, table.cast.drafter, table.first, UPHOLD)
    tabled(table.charter, table.cast.reviewer, table.first, PROTECT)
    join_amendment(actor=table.cast.reviewer, charter=table.charter, amendment=uphold.uuid)
    return teams


def clause(answer, uuid) -> dict:
    return next(one for one in answer.json()["clauses"] if one["id"] == str(uuid))


def test_open_words_come_with_their_alternatives_and_sponsors(table, call, rivals):
    answer = call(table.cast.observer).get(ROLLING)
    assert answer.json()["brackets"] == 1
    found = clause(answer, table.first)
    (bracket,) = [run for run in found["text"] if run["alternatives"]]
    said = {
        "".join(run["words"] for run in one["runs"]).strip(): [by["by"] for by in one["behind"]]
        for one in bracket["alternatives"]
    }
    assert said == {"respect": [], "uphold": [["BLR", "IND"]], "protect": [["IND"]]}
    assert "[respect] [protect: A-2 IND] [uphold: A-1 BLR, IND]" in found["written"]["text"]
    bare = clause(call(table.cast.observer).get(ROLLING + "?attributed=false"), table.first)
    assert "[respect] [protect] [uphold]" in bare["written"]["text"]


def test_it_is_had_of_one_delegation_and_of_any_revision(table, call, rivals):
    belarus, india = rivals
    caller = call(table.cast.observer)
    assert "protect" not in caller.get(f"{ROLLING}?delegation={belarus.pk}").content.decode()
    assert caller.get(f"{ROLLING}?delegation={india.pk}").json()["brackets"] == 1
    table.charter.refresh_from_db()
    before = table.charter.head
    reword(table.charter, table.cast.chair, table.other, OTHER + " Always.")
    assert caller.get(f"{ROLLING}?at=2").json()["brackets"] == 0
    assert caller.get(f"{ROLLING}?at={before}").json()["brackets"] == 1
    assert problem(caller.get(f"{ROLLING}?at=99"))["code"] == "not_found"
    assert problem(caller.get(f"{ROLLING}?delegation=99999"))["code"] == "not_found"
    assert problem(caller.get(f"{ROLLING}?language=fr"))["code"] == "not_found"
    assert caller.get(f"{ROLLING}?language=ru").json()["language"] == "ru"


def test_an_amendment_sends_it_anew(table, call, rivals):
    caller = call(table.cast.observer)
    tag = caller.get(ROLLING)["ETag"]
    assert caller.get(ROLLING, If_None_Match=tag).status_code == 304
    draft = draft_amendment(actor=table.cast.drafter, charter=table.charter)
    act = {"actor": table.cast.drafter, "charter": table.charter, "amendment": draft.uuid}
    propose_strike(**act, clause=table.other)
    assert caller.get(ROLLING, If_None_Match=tag).status_code == 304
    tabled(table.charter, table.cast.drafter, table.other, OTHER + " Always.")
    assert caller.get(ROLLING, If_None_Match=tag).status_code == 200


def test_where_nothing_is_agreed_the_alternatives_are_whole_wordings(table, call, rivals):
    tabled(table.charter, table.cast.reviewer, table.other, "Nobody joins unless all agree.")
    found = clause(call(table.cast.observer).get(ROLLING), table.other)
    assert found["whole"]
    (bracket,) = found["text"]
    said = ["".join(run["words"] for run in one["runs"]) for one in bracket["alternatives"]]
    assert said == [OTHER, "Nobody joins unless all agree."]
    assert found["written"]["text"] == (
        f"[Alt 1: {OTHER}] [Alt 2 (A-3 IND): Nobody joins unless all agree.]"
    )
    assert not clause(call(table.cast.observer).get(ROLLING), table.first)["whole"]


def test_a_move_says_where_to(table, call, rivals):
    act = {"actor": table.cast.drafter, "charter": table.charter}
    made = draft_amendment(**act, title="A better place")
    propose_move(**act, amendment=made.uuid, clause=table.other)
    propose_move(
        **act, amendment=made.uuid, clause=table.first, parent=table.article, after=table.second
    )
    table_amendment(**act, amendment=made.uuid)
    answer = call(table.cast.observer).get(ROLLING)
    (beginning,) = clause(answer, table.other)["moved"]
    assert (beginning["symbol"], beginning["after"], beginning["inside"]) == ("A-3", "", "")
    (behind,) = clause(answer, table.first)["moved"]
    assert (behind["after"], behind["inside"], behind["fits"]) == ("Article 1(2)", "", True)


def test_it_takes_as_many_queries_however_much_is_open(table, call, rivals, queries):
    caller = call(table.cast.observer)
    few = queries(lambda: caller.get(ROLLING))
    for number in range(4):
        tabled(table.charter, table.cast.drafter, table.other, f"Words {number}.")
    assert queries(lambda: caller.get(ROLLING)) == few <= 14


def test_it_is_taken_away_as_a_file(table, call, rivals):
    caller, path = call(table.cast.observer), "charters/eurasia/exports/?format=txt"
    assert "A-1 BLR" not in caller.get(path).content.decode()
    assert "A-1 BLR" in caller.get(path + "&rolling=true").content.decode()
    unnamed = caller.get(path + "&rolling=true&attributed=false").content.decode()
    assert "[uphold]" in unnamed
    assert "A-1 BLR" not in unnamed
    assert problem(caller.get(path + "&rolling=true&since=1"))["code"] == "bad_query"


def test_the_file_is_of_the_delegations_that_are_asked_for(table, call, rivals):
    belarus, india = rivals
    act = {"actor": table.cast.drafter, "charter": table.charter}
    draft = draft_amendment(**act, title="Kept to ourselves")
    propose_strike(**act, amendment=draft.uuid, clause=table.other)
    caller = call(table.cast.observer)
    path = "charters/eurasia/exports/?format=txt"

    def taken(*keys: int) -> str:
        query = "".join(f"&delegation={key}" for key in keys)
        return caller.get(f"{path}&rolling=true{query}").content.decode()

    assert "uphold" in taken(belarus.pk) and "protect" not in taken(belarus.pk)
    # India has joined the other one.
    assert "uphold" in taken(india.pk) and "protect" in taken(india.pk)
    assert "uphold" in taken(belarus.pk, 0) and "uphold" not in taken(0)
    assert "left out" not in taken() + taken(belarus.pk)
    answer = caller.get(f"{path}&rolling=true&delegation={belarus.pk}")
    assert "eurasia-rolling-blr-r" in answer["Content-Disposition"]


def test_delegations_that_are_not_there_or_of_no_rolling_text_are_refused(table, call, rivals):
    caller, path = call(table.cast.observer), "charters/eurasia/exports/?format=txt"
    missing = caller.get(f"{path}&rolling=true&delegation=99999")
    assert problem(missing)["code"] == "not_found"
    for query in (f"&delegation={rivals[0].pk}", "&rolling=true&delegation=x"):
        assert problem(caller.get(path + query))["code"] == "bad_query"
    seats = call(table.cast.stranger).get(f"{path}&rolling=true&delegation={rivals[0].pk}")
    assert seats.status_code == 404


def test_the_rolling_text_is_of_several_delegations(table, call, rivals):
    tabled(table.charter, table.cast.chair, table.other, OTHER.replace("open", "closed"))
    caller = call(table.cast.observer)
    said = caller.get(f"{ROLLING}?delegation={rivals[0].pk}&delegation=0").json()
    assert said["brackets"] == 2
    assert caller.get(f"{ROLLING}?delegation=0").json()["brackets"] == 1


@pytest.mark.parametrize("form", ["md", "json", "diff"])
def test_line_numbers_are_refused_where_there_are_no_lines(table, call, rivals, form):
    path = f"charters/eurasia/exports/?format={form}&line_numbers=true"
    assert problem(call(table.cast.observer).get(path))["code"] == "bad_query"
    lined = call(table.cast.observer).get(path.replace(form, "txt")).content.decode()
    assert lined.startswith("    1  A charter of tests")
