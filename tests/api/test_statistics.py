"""The numbers of a charter by the API."""

from charter.actions.threads import open_thread
from tests.api.calling import problem
from tests.builders import reword

AT = "charters/eurasia/statistics/"


def test_the_numbers_are_those_of_the_text(table, call):
    reword(table.charter, table.cast.drafter, table.first, "The Parties respect each other.")
    said = call(table.cast.observer).get(AT).json()
    assert (said["revision"], said["counted"]) == (6, 6)
    assert (said["words"], said["clauses"]) == (29, 4)
    assert said["words_over_time"][-1] == {"revision": 6, "figure": 29}
    assert [(one["id"], one["name"]) for one in said["contributors"]] == [
        (str(table.cast.chair.uuid), "Chair"),
        (str(table.cast.drafter.uuid), "Drafter"),
    ]
    assert said["sittings"][-1]["last"] == 6


def test_disputes_count_what_is_said_of_an_article(table, call):
    table.charter.refresh_from_db()
    open_thread(
        actor=table.cast.reviewer,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        start=0,
        end=3,
        text="Which Parties?",
    )
    first = call(table.cast.observer).get(AT).json()["disputes"][0]
    assert (first["citation"], first["threads"], first["comments"]) == ("Article 1", 1, 1)


def test_the_numbers_are_read_as_of_a_revision_and_in_a_language(table, call):
    observer = call(table.cast.observer)
    assert observer.get(f"{AT}?at=3").json()["clauses"] == 2
    assert observer.get(f"{AT}?language=ru").json()["words"] == 0
    for query in ("at=99", "language=fr"):
        assert problem(observer.get(f"{AT}?{query}"))["code"] == "not_found"


def test_a_stranger_learns_no_numbers(table, call):
    assert problem(call(table.cast.stranger).get(AT))["code"] == "not_found"
