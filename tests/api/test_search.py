"""Search by the API: the same finds as on the page, for programs."""

from urllib.parse import urlencode

from charter.actions.charters import create_charter
from charter.actions.threads import open_thread
from tests.api.calling import problem
from tests.builders import insert, reword


def asked(caller, where="charters/eurasia/search/", **query):
    said = {name.rstrip("_"): value for name, value in query.items()}
    return caller.get(f"{where}?{urlencode(said)}")


def test_hits_come_with_their_words_and_their_place(table, call):
    found = asked(call(table.cast.observer), q="strengthening").json()
    (hit,) = found["items"]
    assert (found["total"], found["complete"], found["next"]) == (1, True, None)
    assert (hit["citation"], hit["clause"]) == ("Article 1(2)", str(table.second))
    assert [piece["text"] for piece in hit["words"] if piece["hit"]] == ["strengthen"]
    assert "".join(piece["text"] for piece in hit["words"]).startswith("No Party shall strengthen")
    assert hit["came"] is None


def test_history_answers_when_a_word_left_the_text(table, call):
    drafter = table.cast.drafter
    came = reword(table.charter, drafter, table.other, "No hegemony.").revision.number
    left = reword(table.charter, drafter, table.other, "Equality.", message="Simpler")
    found = asked(call(table.cast.observer), q="hegemony", in_="history").json()
    (stay,) = found["items"]
    assert stay["came"]["revision"] == came
    assert stay["left"]["revision"] == left.revision.number
    assert (stay["left"]["author"], stay["left"]["message"]) == ("Drafter", "Simpler")
    assert stay["left"]["author_id"] == stay["author_id"] == str(drafter.uuid)
    assert stay["left"]["by_words"] is True
    assert found["spans"] == [{"since": came, "until": left.revision.number}]


def test_discussion_is_found(table, call):
    table.charter.refresh_from_db()
    thread = open_thread(
        actor=table.cast.reviewer,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        text="Suzerainty?",
    )
    found = asked(call(table.cast.observer), q="suzerainty", in_="discussion").json()
    assert [hit["thread"] for hit in found["items"]] == [thread.pk]
    assert found["items"][0]["author_id"] == str(table.cast.reviewer.uuid)


def test_facets_narrow_and_a_typing_error_is_mended(table, call):
    caller = call(table.cast.observer)
    found = asked(caller, q="party").json()
    kinds = next(facet for facet in found["facets"] if facet["name"] == "kind")
    assert [(one["value"], one["count"]) for one in kinds["options"]] == [("paragraph", 2)]
    assert asked(caller, q="party", kind="article").json()["total"] == 0
    (guess,) = asked(caller, q="soverignty").json()["guesses"]
    assert (guess["word"], guess["like"][0]) == ("soverignty", "sovereignty")


def test_pages_follow_one_another(table, call):
    for at in range(5):
        insert(table.charter, table.cast.drafter, "article", f"Peace {at}.")
    caller = call(table.cast.observer)
    first = asked(caller, q="peace", limit=3, order="place").json()
    last = caller.get(first["next"].removeprefix("http://testserver")).json()
    said = [hit["citation"] for hit in (*first["items"], *last["items"])]
    assert said == [f"Article {n}" for n in range(3, 8)]
    assert last["next"] is None
    assert problem(asked(caller, q="other", cursor="WyJ4Il0="))["code"] == "bad_cursor"


def test_all_charters_one_may_see_are_searched_and_no_other(table, call):
    other = create_charter(actor=table.cast.chair, title="Secret", slug="secret")
    insert(other, table.cast.chair, "article", "Each Party is free.")

    def slugs(person, **query) -> set[str]:
        found = asked(call(person), "search/", q="party", **query).json()
        return {hit["charter"] for hit in found["items"]}

    assert slugs(table.cast.chair) == {"eurasia", "secret"}
    assert slugs(table.cast.chair, charter="secret") == {"secret"}
    assert slugs(table.cast.observer) == {"eurasia"}
    assert slugs(table.cast.stranger) == set()
    facets = asked(call(table.cast.chair), "search/", q="party").json()["facets"]
    charters = next(facet for facet in facets if facet["name"] == "charter")
    assert {(one["value"], one["count"]) for one in charters["options"]} == {
        ("eurasia", 2),
        ("secret", 1),
    }


def test_what_cannot_be_asked_is_refused(table, call):
    caller = call(table.cast.observer)
    for wrong in (
        {},
        {"q": ""},
        {"q": "x" * 500},
        {"q": "party", "mode": "guess"},
        {"q": "party", "in": "minds"},
        {"q": "party", "limit": 0},
        {"q": "party", "colour": "red"},
        {"q": "party", "cursor": "x"},
    ):
        assert asked(caller, **wrong).status_code == 400, wrong
    for missing in ({"q": "party", "at": 99}, {"q": "party", "language": "xx"}):
        assert problem(asked(caller, **missing))["code"] == "not_found"
    assert problem(asked(call(table.cast.stranger), q="party"))["code"] == "not_found"


def test_signs_alone_find_nothing_and_break_nothing(table, call):
    caller = call(table.cast.observer)
    for said in ('"', "-", "=*", "%", "\\", "'", "zz:*&|!", "人*"):
        assert asked(caller, q=said).json()["total"] == 0, said


def test_it_takes_as_many_queries_however_much_is_found(table, call, queries):
    caller = call(table.cast.observer)
    before = queries(lambda: asked(caller, q="party"))
    for at in range(4):
        insert(table.charter, table.cast.drafter, "article", f"A Party {at}.")
    assert queries(lambda: asked(caller, q="party")) == before <= 14
