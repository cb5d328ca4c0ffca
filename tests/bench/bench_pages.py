"""Pages and saves through the whole of Django, against the least that could answer the same.

`uv run --group dev python -m tests.bench.bench_pages [TURNS]`, on a private PostgreSQL of its own.
Every request is a signed-in person's and passes all middleware, in process and without a network.
The floors are views of `floors.py` behind the same middleware: SQL by hand, strings joined with
`escape`, no outline, no numbers, no marks, nothing of the site around the text. "First reader"
comes to a process that has read nothing yet; after that the text is in memory, and what is said of
it until something happens in the charter: "after a comment" is the first reader after that. Texts:
articles of four paragraphs of 60 words; the long one has 1,000 clauses with 100 states each, 60
threads and tags on every tenth clause.
"""

import sys
from functools import partial
from random import Random

from tests.bench.ledger import Ledger, Line, head, in_turns
from tests.bench.server import private_server

STATES = 100
CHANGED = 17  # articles between the two texts of the redline
THREADS = 60
PLAIN, BEST = "plain SQL + joined strings", "best SQL + joined strings"
LEXICON = [f"word{number}" for number in range(4000)]


def main(turns: int = 15) -> None:
    with private_server():
        from django.conf import settings

        settings.ROOT_URLCONF = "tests.bench.floors"
        measure(turns)


def measure(turns: int) -> None:
    from charter.models import Charter
    from tests.bench.bench_storage import age

    ledger, chair = Ledger(), _chair()
    short = _charter(chair, "short", articles=100)
    long = _charter(chair, "long", articles=200)
    age(long, STATES)
    _discuss(long, chair)
    _tag(long, chair)
    since = _redline(short, chair)
    long = Charter.objects.get(pk=long.pk)
    client = client_of(chair)
    print(f"\n{head()}")
    for line in [
        *_reading(client, turns, short, long),
        *_unchanged(client, turns * 4, long),
        *_compared(client, turns, short, since),
        *_saving(client, turns * 4, short),
    ]:
        ledger.add(line)


# --- the texts -----------------------------------------------------------------------------------


def _chair():
    from accounts.models import Person

    return Person.objects.create_user("chair@example.org", name="Chair")


def _charter(chair, slug: str, articles: int):
    from charter.actions.charters import create_charter
    from charter.text.kinds import Kind
    from charter.text.outline import Clause, Outline

    words = Random(slug)

    def paragraph() -> Clause:
        return Clause(Kind.PARAGRAPH, text=_sentence(words))

    clauses = tuple(
        Clause(Kind.ARTICLE, heading=f"Subject {n}", children=tuple(paragraph() for _ in range(4)))
        for n in range(articles)
    )
    return create_charter(actor=chair, title=slug, slug=slug, outline=Outline(clauses=clauses))


def _sentence(words: Random) -> str:
    return " ".join(words.choices(LEXICON, k=60)).capitalize() + "."


def _discuss(charter, chair) -> None:
    from charter.actions.threads import open_thread

    for clause, text in _paragraphs(charter)[:: len(_paragraphs(charter)) // THREADS][:THREADS]:
        open_thread(
            actor=chair,
            charter=charter,
            clause=clause,
            language="en",
            start=0,
            end=text.index(" ", 20),
            base=charter.head,
            text="Is this what was meant?",
        )


def _tag(charter, chair) -> None:
    from charter.actions.clauses import change_clause
    from charter.actions.principles import add_principle

    add_principle(
        actor=chair,
        charter=charter,
        slug="balance",
        names={"en": "Balance"},
        definitions={"en": "What balance is."},
        colour="#336699",
    )
    for clause, _text in _paragraphs(charter)[::10]:
        charter.refresh_from_db()
        change_clause(
            actor=chair,
            charter=charter,
            clause=clause,
            base=charter.head,
            principles=("balance",),
        )


def _redline(charter, chair) -> int:
    """Three words edited in one paragraph of each of 17 articles; the revision before that."""
    from charter.actions.clauses import change_clause
    from charter.actions.values import Words

    charter.refresh_from_db()
    since = charter.head
    for n, (clause, text) in enumerate(_paragraphs(charter)[::23][:CHANGED]):
        words = text.split(" ")
        for at in (5, 25, 45):
            words[at] = f"other{n}"
        charter.refresh_from_db()
        change_clause(
            actor=chair,
            charter=charter,
            clause=clause,
            base=charter.head,
            words={"en": Words(text=" ".join(words))},
        )
    return since


def _paragraphs(charter) -> list[tuple]:
    from charter.models import Wording

    found = Wording.objects.filter(charter=charter, clause__kind="paragraph").order_by("pk")
    return list(found.values_list("clause_id", "text"))


def client_of(person):
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return client


# --- what is measured ----------------------------------------------------------------------------


def get(client, address: str, status: int = 200, **headers: str):
    answer = client.get(address, headers=headers)
    assert answer.status_code == status, (address, answer.status_code)
    return answer


def _reading(client, turns: int, short, long):
    from charter.queries import keeping, standing

    any_of = Random(5)

    def first(address: str) -> None:
        keeping.forget()
        commented(address)

    def commented(address: str) -> None:
        standing.forget()
        get(client, address)

    def then(address: str) -> str:
        return f"{address}?at={any_of.randrange(2, long.head)}"

    found = in_turns(
        {
            "short": lambda: get(client, "/charters/short/"),
            "short floor": lambda: get(client, "/floor/short/text/"),
            "long": lambda: get(client, "/charters/long/"),
            "long floor": lambda: get(client, "/floor/long/text/"),
            "then": lambda: get(client, f"/charters/long/?at={long.head // 2}"),
            "then floor": lambda: get(client, then("/floor/long/text/")),
        },
        turns,
    )
    after = {"short commented": "/charters/short/", "commented": "/charters/long/"}
    found |= in_turns({one: partial(commented, where) for one, where in after.items()}, turns)
    found |= in_turns(
        {
            "first": lambda: first("/charters/long/"),
            "first then": lambda: first(then("/charters/long/")),
        },
        turns,
    )
    short_page = "page of 100 articles (500 clauses)"
    long_page = f"page of 1,000 clauses, {THREADS} threads, tags"
    then_page = "page as of a revision, 100,000 states"
    for operation, ours, floor, floor_name, budget in (
        (short_page, "short", "short floor", PLAIN, None),
        (f"{short_page}: after a comment", "short commented", "short floor", PLAIN, None),
        (long_page, "long", "long floor", PLAIN, 2),
        (f"{long_page}: after a comment", "commented", "long floor", PLAIN, None),
        (f"{long_page}: first reader", "first", "long floor", PLAIN, None),
        (then_page, "then", "then floor", BEST, 1.5),
        (f"{then_page}: first reader", "first then", "then floor", BEST, None),
    ):
        yield Line(operation, found[ours], floor_name, found[floor], budget)


def _unchanged(client, turns: int, long):
    then = long.head // 2
    for what, address in (
        ("text", "/charters/long/"),
        ("text as of a revision", f"/charters/long/?at={then}"),
        ("comparison", f"/charters/long/compare/?since={long.head - 1}"),
    ):
        tag = get(client, address)["ETag"]
        found = in_turns(
            {
                "ours": lambda address=address, tag=tag: get(
                    client, address, 304, if_none_match=tag
                ),
                "floor": lambda: get(client, "/floor/long/row/"),
            },
            turns,
        )
        name = "a view that reads one row"
        yield Line(f"unchanged page (304): {what}", found["ours"], name, found["floor"], 2)


def _compared(client, turns: int, short, since: int):
    from charter.queries.keeping import forget

    short.refresh_from_db()
    asked = f"?since={since}&at={short.head}"

    def first() -> None:
        forget()
        get(client, f"/charters/short/compare/{asked}")

    found = in_turns(
        {
            "ours": lambda: get(client, f"/charters/short/compare/{asked}"),
            "first": first,
            "floor": lambda: get(client, f"/floor/short/compare/{asked}"),
            "all": lambda: get(client, f"/charters/short/compare/{asked}&all=1"),
            "all floor": lambda: get(client, f"/floor/short/compare/{asked}&all=1"),
        },
        turns,
    )
    floor, page = "plain SQL + engine + strings", f"redline page, {CHANGED} of 100 articles changed"
    yield Line(page, found["ours"], floor, found["floor"], 2)
    yield Line(f"{page}: first reader", found["first"], floor, found["floor"])
    yield Line(f"{page}, unchanged too", found["all"], floor, found["all floor"], 2)


def _saving(client, turns: int, short):
    from charter.queries.texts import text_at
    from charter.text.kinds import Kind

    paragraphs = [clause.id for _, clause in text_at(short).walk() if clause.kind is Kind.PARAGRAPH]
    words = Random(7)

    def ours() -> None:
        short.refresh_from_db()
        typed = {"kind": "paragraph", "numbering": "computed", "base": short.head}
        typed |= {"heading_en": "", "text_en": _sentence(words), "message": "", "numeral": ""}
        where = f"/charters/short/clauses/{words.choice(paragraphs)}/edit/?language=en"
        answer = client.post(where, typed)
        assert answer.status_code == 302, answer.content.decode()
        client.cookies.pop("messages")  # what the page after it would say and forget

    def floor() -> None:
        short.refresh_from_db()
        answer = client.post(
            "/floor/short/save/", {"clause": words.choice(paragraphs), "text": _sentence(words)}
        )
        assert answer.status_code == 302

    found = in_turns({"ours": ours, "floor": floor}, turns)
    yield Line("save of one wording, by its form", found["ours"], "a view of one statement",
               found["floor"], 4)  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
