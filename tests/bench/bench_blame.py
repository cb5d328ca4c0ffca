"""Blame of a charter of 1,000 clauses with 100,000 history rows: a part of `bench_storage`.

first   the credits of every word, played from the whole history by a process that has just begun,
        against reading the same history rows by plain SQL in the order of revisions and one diff
        for each state
next    the same of a revision later than one that is kept, against the text as of it
kept    the same once more, against the text that is kept
"""

from collections.abc import Callable
from time import perf_counter

from tests.bench.ledger import Ledger, Line

HISTORY = """
SELECT h.revision_number, h.id, h.text
FROM charter_wording live JOIN charter_historicalwording h ON h.id = live.id
WHERE live.charter_id = %s AND live.language = 'en'
ORDER BY h.revision_number
"""


def blame(charter, ledger: Ledger) -> None:
    from charter.actions.books import keep_books
    from charter.queries import books, keeping
    from charter.queries.blame import blame_text
    from charter.queries.texts import text_at

    def anew() -> None:
        books.forget()
        keeping.forget()
        blame_text(charter, "en")

    before = charter.head - 100
    turns = [(timed(anew), timed(lambda: plain(charter))) for _ in range(2)]
    found, floor = map(min, zip(*turns, strict=True))
    rows = f"blame of 1,000 clauses, {charter.head:,} revisions"
    ledger.add(Line(f"{rows}, first", found, "history by SQL, a diff a state", floor, 2))
    began = perf_counter()
    kept_books = keep_books(charter, "en")
    print(f"{kept_books} books kept in {perf_counter() - began:.2f} s")
    found = min(timed(anew) for _ in range(3))
    ledger.add(Line(f"{rows}, from a kept book", found, "text_at", timed(lambda: text_at(charter))))
    books.forget()
    blame_text(charter, "en", before)
    keeping.forget()
    after = timed(lambda: blame_text(charter, "en"))
    ledger.add(Line(f"{rows}, 100 later", after, "text_at", timed(lambda: text_at(charter))))
    kept, text = (
        min(timed(act) for _ in range(15))
        for act in (lambda: blame_text(charter, "en"), lambda: laid(charter))
    )
    ledger.add(Line(f"{rows}, kept", kept, "text kept", text))


def laid(charter) -> None:
    from charter.queries.keeping import laid_text

    laid_text(charter, charter.revisions.get(number=charter.head), "en")


def plain(charter) -> None:
    from django.db import connection

    from charter.text.diff import diff

    texts: dict[int, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(HISTORY, [charter.pk])
        while rows := cursor.fetchmany(1_000):
            for _, wording, text in rows:
                diff(texts.get(wording, ""), text, "en")
                texts[wording] = text


def timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
