"""Figures and tables of the API as files: the bytes that the pages give."""

import pytest
from django.test import Client

from charter.actions.brackets import place_brackets
from tests.api.calling import problem
from tests.builders import principle

AT = "charters/eurasia"
KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv", "pdf": "application/pdf"}
KINDS["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGES = {"coverage": "coverage/", "statistics": "statistics/", "convergence": "convergence/"}

DRAWN = [
    ("coverage", "format=svg"),
    ("coverage", "format=png&figure=courses"),
    ("coverage", "format=csv"),
    ("coverage", "format=xlsx"),
    ("statistics", "format=svg"),
    ("statistics", "format=csv&figure=disputes"),
    ("statistics", "format=xlsx"),
    ("convergence", "format=svg&figure=brackets"),
    ("convergence", "format=csv"),
    ("convergence", "format=xlsx"),
    ("convergence", "format=pdf"),
]


@pytest.fixture
def laid(table):
    principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    return table


def browser(person) -> Client:
    opened = Client()
    opened.force_login(person)
    return opened


@pytest.mark.parametrize(("noun", "query"), DRAWN)
def test_a_figure_is_the_file_of_its_page(noun, query, laid, call):
    found = call(laid.cast.observer).get(f"{AT}/{noun}/?{query}")
    wanted = query.partition("=")[2].partition("&")[0]
    assert found.status_code == 200
    assert found["Content-Type"].partition(";")[0] == KINDS[wanted]
    assert f".{wanted}" in found["Content-Disposition"]
    if wanted in ("svg", "csv"):
        page = browser(laid.cast.observer).get(f"/{AT}/{PAGES[noun]}?{query}")
        assert page.content == found.content
        assert page["Content-Disposition"] == found["Content-Disposition"]


@pytest.mark.parametrize("wanted", ["svg", "png", "csv", "xlsx"])
def test_the_course_of_a_clauses_brackets_is_the_file_of_its_history(wanted, laid, call):
    place_brackets(
        actor=laid.cast.chair, charter=laid.charter, clause=laid.first, language="en",
        base=laid.charter.head, start=0, end=3,
    )  # fmt: skip
    path = f"{AT}/clauses/{laid.first}"
    found = call(laid.cast.observer).get(f"{path}/brackets/?format={wanted}")
    page = browser(laid.cast.observer).get(f"/{path}/history/?format={wanted}")
    assert found.status_code == page.status_code == 200
    assert found["Content-Disposition"] == page["Content-Disposition"]
    if wanted in ("svg", "csv"):
        assert found.content == page.content


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_the_clauses_of_a_principle_are_taken_as_a_table(wanted, laid, call):
    found = call(laid.cast.observer).get(f"{AT}/principles/openness/clauses/?format={wanted}")
    assert found["Content-Type"].partition(";")[0] == KINDS[wanted]
    assert "eurasia-openness-r" in found["Content-Disposition"]


def test_the_words_of_a_file_are_in_the_language_of_the_request(laid, call):
    observer = call(laid.cast.observer)
    path = f"{AT}/statistics/?format=csv&figure=disputes"
    said = [
        observer.get(path, Accept_Language=language).content.decode("utf-8-sig")
        for language in ("en", "ru")
    ]
    assert said[0].startswith("Article")
    assert said[1].startswith("Статья")
    assert "Accept-Language" in observer.get(path)["Vary"]


def test_a_file_one_has_is_not_sent_again(laid, call):
    observer = call(laid.cast.observer)
    path = f"{AT}/coverage/?format=svg"
    tag = observer.get(path)["ETag"]
    assert observer.get(path, If_None_Match=tag).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "coverage/?format=gif",
        "coverage/?format=pdf",
        "coverage/?format=svg&figure=growth",
        "statistics/?format=docx",
        "convergence/?format=svg",
        "convergence/?format=pdf&figure=course",
        "principles/openness/clauses/?format=svg",
    ],
)
def test_what_is_not_drawn_is_a_bad_query(path, laid, call):
    assert problem(call(laid.cast.observer).get(f"{AT}/{path}"))["code"] == "bad_query"


def test_figures_are_for_those_who_may_read(laid, call):
    for noun, query in DRAWN[:1] + DRAWN[-1:]:
        there = call(laid.cast.stranger)
        assert problem(there.get(f"{AT}/{noun}/?{query}"))["code"] == "not_found"
    observer = call(laid.cast.observer)
    assert problem(observer.get(f"{AT}/coverage/?format=svg&at=99"))["code"] == "not_found"
    nowhere = f"{AT}/principles/nothing/clauses/?format=csv"
    assert problem(observer.get(nowhere))["code"] == "not_found"
