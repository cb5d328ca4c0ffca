"""Who wrote what, by the API."""

from uuid import uuid4

import pytest

from charter.actions.adopting import adopt_changes
from charter.actions.clauses import strike_clause
from charter.actions.combining import Taking
from tests.api.calling import problem
from tests.builders import FIRST, OTHER, SECOND, insert, reword, seated, tabled

TEXT = "charters/eurasia/blame/"
UPHELD = FIRST.replace("respect", "uphold")


@pytest.fixture
def reader(table, call):
    reword(table.charter, table.cast.drafter, table.first, UPHELD, message="A stronger word")
    return call(table.cast.observer, "read")


def clause_of(answer: dict, id) -> dict:
    return next(clause for clause in answer["clauses"] if clause["id"] == str(id))


def test_every_run_names_the_revision_that_brought_it(table, reader):
    said = reader.get(TEXT).json()
    assert (said["revision"], said["language"]) == (6, "en")
    clause = clause_of(said, table.first)
    assert (clause["citation"], clause["text"]["text"]) == ("Article 1(1)", UPHELD)
    runs = clause["text"]["runs"]
    assert [(UPHELD[run["start"] : run["end"]], run["revision"]) for run in runs] == [
        ("The Parties shall ", 3),
        ("uphold ", 6),
        ("the sovereignty of each Party.", 3),
    ]
    assert runs[1]["gone"] == [{"revision": 6, "text": "respect"}]
    assert [run["words"] for run in runs] == [3, 1, 5]


def test_the_revisions_say_who_and_how_many_words(table, reader):
    said = reader.get(TEXT).json()
    last = said["revisions"][-1]
    assert {**last, "committed_at": None} == {
        "number": 6,
        "author": "Drafter",
        "delegation": "",
        "committed_at": None,
        "message": "A stronger word",
        "cause": "edit",
        "words": 1,
        "adopted": [],
    }
    assert said["words"] == sum(one["words"] for one in said["revisions"])


def test_the_title_comes_first_and_all_clauses_in_order(table, reader):
    said = reader.get(TEXT).json()
    ids = [clause["id"] for clause in said["clauses"]]
    expected = (table.root, table.article, table.first, table.second, table.other)
    assert ids == [str(id) for id in expected]
    assert said["clauses"][0]["heading"]["text"] == "A charter of tests"


def test_words_carried_over_say_from_where_and_when_they_left(table, reader):
    charter, drafter = table.charter, table.cast.drafter
    reword(charter, drafter, table.other, "Nothing.")
    new = insert(charter, drafter, "article", OTHER)
    (run,) = clause_of(reader.get(TEXT).json(), new)["text"]["runs"]
    assert run["revision"] == 5
    assert run["carried"] == {"revision": 8, "left": 7, "clause": str(table.other)}


def test_words_taken_out_leave_an_empty_run(table, reader):
    reword(table.charter, table.cast.drafter, table.second, SECOND.replace("own ", ""))
    runs = clause_of(reader.get(TEXT).json(), table.second)["text"]["runs"]
    assert [(run["start"] == run["end"], run["revision"]) for run in runs] == [
        (False, 4),
        (True, 7),
        (False, 4),
    ]


def test_a_clause_alone_reads_as_in_the_text(table, reader):
    alone = reader.get(f"charters/eurasia/clauses/{table.first}/blame/").json()
    whole = reader.get(TEXT).json()
    assert alone["clauses"] == [clause_of(whole, table.first)]
    assert [one["number"] for one in alone["revisions"]] == [3, 6]


def test_a_struck_clause_has_its_own_still(table, reader):
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.first)
    said = reader.get(f"charters/eurasia/clauses/{table.first}/blame/").json()
    assert said["clauses"][0]["citation"] == ""
    assert len(said["clauses"][0]["text"]["runs"]) == 3


def test_any_revision_and_language_can_be_asked_for(table, reader):
    assert len(clause_of(reader.get(f"{TEXT}?at=5").json(), table.first)["text"]["runs"]) == 1
    russian = reader.get(f"{TEXT}?language=ru").json()
    assert (russian["language"], russian["words"]) == ("ru", 0)
    assert clause_of(russian, table.first)["text"] == {"text": "", "runs": []}


def test_what_is_not_there_is_not_found(table, reader):
    for path in (
        f"{TEXT}?at=7",
        f"{TEXT}?language=fr",
        f"charters/eurasia/clauses/{uuid4()}/blame/",
        f"charters/eurasia/clauses/{table.first}/blame/?at=99",
    ):
        assert problem(reader.get(path))["status"] == 404, path
    assert problem(reader.get(f"{TEXT}?at=0"))["code"] == "bad_query"
    assert problem(reader.get(f"{TEXT}?by=person"))["code"] == "bad_query"


def test_what_one_has_is_not_sent_again(table, reader):
    tag = reader.get(TEXT)["ETag"]
    assert reader.get(TEXT, If_None_Match=tag).status_code == 304
    reword(table.charter, table.cast.drafter, table.first, "Other words.")
    assert reader.get(TEXT, If_None_Match=tag).status_code == 200


def test_the_queries_do_not_grow(table, reader, queries):
    paths = (TEXT, f"charters/eurasia/clauses/{table.first}/blame/")
    before = [queries(lambda path=path: reader.get(path)) for path in paths]
    for number in range(8):
        reword(table.charter, table.cast.drafter, table.first, f"{FIRST} More, {number}.")
        insert(table.charter, table.cast.drafter, "article", f"Article {number}.")
    assert [queries(lambda path=path: reader.get(path)) for path in paths] == before


def test_words_of_an_amendment_name_it_and_its_sponsors(table, call):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    made = tabled(table.charter, table.cast.drafter, table.first, UPHELD)
    change = made.changes.get()
    adopt_changes(
        actor=table.cast.chair,
        charter=table.charter,
        base=table.charter.head,
        takings=[Taking(change.uuid, made.version)],
    )
    said = call(table.cast.observer, "read").get(TEXT).json()
    adopted = {one["number"]: one["adopted"] for one in said["revisions"]}
    named = {"id": str(made.uuid), "symbol": "A-1", "title": made.title, "by": ["BLR"]}
    assert adopted == {number: [] for number in adopted} | {said["revision"]: [named]}
