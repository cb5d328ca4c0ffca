"""Searching 1,000 clauses with 100,000 rows of history: every mode, in text, history and as of.

`uv run --group dev python -m tests.bench.bench_search [clauses] [states]` makes the charter of
`bench_storage`, looks its history through, and measures what a page of results takes, from the
query as typed to hits with their words in context, with facets and citations. The floor of each is
a bare `SELECT count(*)` by the same index and the same words. The budget is absolute: 100 ms.

Also what searching costs others: a save and a read as of a revision with the index and without.
"""

import sys
from itertools import count
from random import Random
from time import perf_counter

from tests.bench.bench_storage import age, build
from tests.bench.ledger import Ledger, Line, in_turns
from tests.bench.server import private_server

TURNS = 15
BUDGET = 0.1  # seconds
LEDGER = Ledger()

# What is typed, and how it is taken: rare words, words of every clause, phrases, many forms.
ASKED = {
    "a rare word": ("word17", "words"),
    "two words of every clause": ("as of", "words"),
    "a phrase of every clause": ("as of", "phrase"),
    "a rare phrase": ("as of 777", "phrase"),
    "a beginning of 111 words": ("word17", "prefix"),
    "a word as written": ("word1717", "exact"),
    "a word without another": ("as -word17", "words"),
    "a typing error": ("wrod1717", "words"),
}


def main(clauses: int = 1000, states: int = 100) -> None:
    with private_server():
        charter, chair = build(clauses)
        age(charter, states)
        look_through(charter)
        measure(charter)
        others(charter, chair)


def look_through(charter) -> None:
    from django.db import connection

    from charter.actions.search import catch_up

    began = perf_counter()
    catch_up([charter])
    taken = perf_counter() - began
    rows = charter.head - 1
    print(f"history looked through in {taken:.1f} s, {taken / rows * 1e6:.0f} µs a revision\n")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measure(charter) -> None:
    from charter.queries.search import Asked, Where, search
    from charter.text.seeking import Mode

    places = ((Where.TEXT, None), (Where.HISTORY, None), (Where.TEXT, charter.head // 2))
    slowest = 0.0
    for name, (said, mode) in ASKED.items():
        for where, at in places:
            asked = Asked(said, Mode(mode), where, at)
            found = in_turns(
                {
                    "ours": lambda asked=asked: search([charter], asked, "en"),
                    "floor": floor(charter, asked),
                },
                TURNS,
            )
            place = f"as of {at}" if at else str(where)
            slowest = max(slowest, found["ours"])
            LEDGER.add(
                Line(f"search, {place}: {name}", found["ours"], "count(*) by the same index",
                     found["floor"])
            )  # fmt: skip
    LEDGER.add(Line("search, the slowest of all", slowest, "the budget", BUDGET, 1.0))


def floor(charter, asked):
    """A count of the index's rows that have the words."""
    from django.db import connection

    from charter.queries.search import Where
    from charter.queries.search_past import any_of
    from charter.queries.search_words import meant_in, tsquery
    from charter.text.seeking import parse

    meant = meant_in([charter], parse(asked.said, asked.mode)).texts
    sought = next(iter(meant.values()), None)
    if sought is None:
        sql, bound = "SELECT count(*) FROM charter_soughtwording WHERE words @@ 'none'", []
    elif asked.where is Where.TEXT and asked.at is None:
        sql = "SELECT count(*) FROM charter_soughtwording WHERE words @@ %s::tsquery"
        bound = [tsquery(charter.pk, sought)]
    else:
        forms = (form for run in sought.wanted for choice in run for form in choice)
        sql = "SELECT count(*) FROM charter_soughtchange WHERE came @@ %s::tsquery"
        bound = [any_of(charter.pk, forms)]

    def counted() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            cursor.fetchone()

    return counted


def others(charter, chair) -> None:
    """Saves and as-of reads with the index there, and with it gone."""
    from django.db import connection

    from charter.queries import texts

    def read() -> None:
        bound = {"charter": charter.pk, "language": "en", "number": charter.head // 2}
        with connection.cursor() as cursor:
            cursor.execute(texts.WORDINGS_THEN, bound)
            cursor.fetchall()

    save = saving(charter, chair)
    with_index = in_turns({"save": save, "as of": read}, TURNS * 5)
    with connection.cursor() as cursor:
        for table in ("state", "word", "wording", "change", "comment"):
            name = "searchstate" if table == "state" else f"sought{table}"
            cursor.execute(f"TRUNCATE charter_{name}")
    without = in_turns({"save": save, "as of": read}, TURNS * 5)
    for name in ("save", "as of"):
        LEDGER.add(
            Line(f"{name} with an index for searching", with_index[name], "without it",
                 without[name], 1.25)
        )  # fmt: skip


def saving(charter, chair):
    from charter.actions.clauses import change_clause
    from charter.actions.values import Words
    from charter.models import Clause

    paragraphs = list(
        Clause.objects.filter(charter=charter, kind="paragraph").values_list("pk", flat=True)
    )
    chance, numbers = Random(3), count()
    charter.refresh_from_db()

    def save() -> None:
        words = " ".join(f"word{chance.randrange(4000)}" for _ in range(60))
        change_clause(
            actor=chair,
            charter=charter,
            clause=chance.choice(paragraphs),
            base=charter.head,
            words={"en": Words(text=f"{words} {next(numbers)}")},
        )

    return save


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
