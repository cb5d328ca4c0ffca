"""Reading as of a revision, and saving: ratios to what they cannot be faster than.

`uv run --group dev python -m tests.bench.bench_storage [clauses] [states]` makes a charter in a
private server of its own, gives each clause so many states of its words, one revision each in
random order, and measures side by side, in turns, in one process:

  as of     the SQL of the words as of a revision, against the current rows read by the ORM and
            against django-simple-history's `as_of()`; without a budget against bare SQL of the
            current rows
  text_at   the text as of a revision up to the outline, against the SQL alone
  blame     who wrote what, first and kept: see `bench_blame`
  save      `change_clause`, against one bare statement that does no more than write the rows
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from tests.bench.bench_blame import blame
from tests.bench.ledger import Ledger, Line

REPEATS = 21
SAVES = 200

Act = Callable[[], object]
LEDGER = Ledger()


def main(clauses: int = 1000, states: int = 100) -> None:
    folder = Path(tempfile.mkdtemp(prefix="charter-bench-"))
    folder.chmod(0o711)
    os.environ |= {"CHARTER_DATA": str(folder), "CHARTER_LOG_LEVEL": "ERROR"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter.settings")
    from charter import embedded

    try:
        embedded.start(folder)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(clauses, states)
    finally:
        embedded.leave(folder)
        shutil.rmtree(folder, ignore_errors=True)


def measure(clauses: int, states: int) -> None:
    charter, chair = build(clauses)
    began = perf_counter()
    age(charter, states)
    print(f"{clauses} clauses, {clauses * states} states made in {perf_counter() - began:.1f} s\n")
    read(charter)
    blame(charter, LEDGER)
    save(charter, chair)


def build(clauses: int):
    from accounts.models import Person
    from charter.actions.charters import create_charter
    from charter.text.kinds import Kind
    from charter.text.outline import Clause, Outline

    words = Random(1)
    lexicon = [f"word{number}" for number in range(4000)]

    def paragraph() -> Clause:
        return Clause(Kind.PARAGRAPH, text=" ".join(words.choices(lexicon, k=60)))

    articles = tuple(
        Clause(Kind.ARTICLE, heading=f"Article {n}", children=tuple(paragraph() for _ in range(4)))
        for n in range(clauses // 5)
    )
    chair = Person.objects.create_user("chair@example.org", name="Chair")
    began = perf_counter()
    charter = create_charter(actor=chair, title="Bench", outline=Outline(clauses=articles))
    print(f"created with {clauses} clauses in {perf_counter() - began:.2f} s")
    return charter, chair


def age(charter, states: int) -> None:
    """History in bulk: `states - 1` more revisions of each clause's words, in random order."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMPORARY TABLE step AS
              SELECT w.id, row_number() OVER (ORDER BY md5(w.id::text || s::text)) + 1 AS number
              FROM charter_wording w, generate_series(2, %(states)s) s
              WHERE w.charter_id = %(charter)s
            """,
            {"states": states, "charter": charter.pk},
        )
        cursor.execute(
            """
            INSERT INTO charter_revision
              (charter_id, number, author_id, committed_at, message, cause, digest, adopted)
            SELECT %s, number, %s, %s::timestamptz + number * interval '1 minute',
                   '', 'edit', '0', '{}'
            FROM step ORDER BY number
            """,
            [charter.pk, charter.created_by_id, charter.created_at],
        )
        cursor.execute(
            """
            INSERT INTO charter_historicalwording
              (id, charter_id, clause_id, language, heading, text, history_date, history_type,
               history_user_id, history_change_reason, revision_id, revision_number)
            SELECT w.id, w.charter_id, w.clause_id, w.language, w.heading,
                   w.text || ' as of ' || step.number, r.committed_at, '~', r.author_id, '',
                   r.id, r.number
            FROM step
            JOIN charter_wording w ON w.id = step.id
            JOIN charter_revision r ON r.charter_id = w.charter_id AND r.number = step.number
            ORDER BY step.number
            """
        )
        cursor.execute("UPDATE charter_charter SET head = (SELECT max(number) FROM step)")
        cursor.execute("DROP TABLE step")
        cursor.execute("VACUUM ANALYZE")
    charter.refresh_from_db()


def read(charter) -> None:
    from django.db import connection

    from charter.models import Wording
    from charter.queries import texts

    numbers = Random(2)

    def fetch(*statements: str) -> Act:
        def act() -> None:
            bound = {
                "charter": charter.pk,
                "language": "en",
                "number": numbers.randrange(2, charter.head),
            }
            with connection.cursor() as cursor:
                for sql in statements:
                    cursor.execute(sql, bound)
                    cursor.fetchall()

        return act

    def peer() -> None:
        when = charter.created_at + timedelta(minutes=numbers.randrange(2, charter.head))
        list(Wording.history.as_of(when).filter(charter=charter))

    def rows() -> None:
        list(Wording.objects.filter(charter=charter))

    found = in_turns(
        {
            "now": fetch(texts.WORDINGS_NOW, texts.CLAUSES_NOW, texts.TAGS_NOW),
            "then": fetch(texts.WORDINGS_THEN, texts.CLAUSES_THEN, texts.TAGS_THEN),
            "words now": fetch(texts.WORDINGS_NOW),
            "words then": fetch(texts.WORDINGS_THEN),
            "clauses then": fetch(texts.CLAUSES_THEN),
            "text now": lambda: texts.text_at(charter),
            "text then": lambda: texts.text_at(charter, numbers.randrange(2, charter.head)),
            "current rows by the ORM": rows,
        },
        REPEATS,
    )
    found |= in_turns({"simple-history as_of": peer}, 3)
    table(found)
    ratio(
        "text_at as of a revision : best SQL as of it", found["text then"], found["then"], "<= 1.5"
    )
    ratio(
        "words as of a revision : current rows by the ORM",
        found["words then"],
        found["current rows by the ORM"],
        "<= 1.5",
    )
    ratio(
        "simple-history as_of : words as of a revision",
        found["simple-history as_of"],
        found["words then"],
        ">= 7",
    )
    # What no SQL over history comes near: the current rows lie side by side.
    ratio("SQL of a text as of a revision : SQL of the current", found["then"], found["now"])
    ratio(
        "SQL of its words as of a revision : SQL of the current",
        found["words then"],
        found["words now"],
    )
    ratio("text_at as of a revision : text_at", found["text then"], found["text now"])
    plan(charter)


def plan(charter) -> None:
    """Which indexes the as-of reads go by; anything but the as-of ones is a fault."""
    from django.db import connection

    from charter.queries import texts

    bound = {"charter": charter.pk, "language": "en", "number": charter.head // 2}
    for sql in (texts.WORDINGS_THEN, texts.CLAUSES_THEN):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", bound)
            lines = [line for (line,) in cursor.fetchall()]
        print(*(line.rstrip() for line in lines if "Scan" in line or "Time" in line), "", sep="\n")


BARE = """
WITH live AS (
  UPDATE charter_wording SET text = %(text)s WHERE clause_id = %(clause)s AND language = 'en'
  RETURNING id, charter_id, clause_id, language, heading, text
), head AS (
  UPDATE charter_charter SET head = head + 1 WHERE id = %(charter)s RETURNING id, head
), made AS (
  INSERT INTO charter_revision
    (charter_id, number, author_id, committed_at, message, cause, digest, adopted)
  SELECT id, head, %(author)s, now(), '', 'edit', '0', '{}' FROM head
  RETURNING id, number, author_id, committed_at
)
INSERT INTO charter_historicalwording
  (id, charter_id, clause_id, language, heading, text, history_date, history_type,
   history_user_id, history_change_reason, revision_id, revision_number)
SELECT live.id, charter_id, clause_id, language, heading, text, committed_at, '~', author_id, '',
       made.id, made.number
FROM live, made
"""


def save(charter, chair) -> None:
    from django.db import connection

    from charter.actions.clauses import change_clause
    from charter.actions.values import Words
    from charter.models import Clause

    paragraphs = list(
        Clause.objects.filter(charter=charter, kind="paragraph").values_list("pk", flat=True)
    )
    any_of = Random(3)
    count = iter(range(10**6))

    def text() -> str:
        return " ".join(f"word{any_of.randrange(4000)}" for _ in range(60)) + f" {next(count)}"

    charter.refresh_from_db()
    heads = iter(range(charter.head, 10**9))

    def ours() -> None:
        change_clause(
            actor=chair,
            charter=charter,
            clause=any_of.choice(paragraphs),
            base=next(heads),
            words={"en": Words(text=text())},
        )

    def bare() -> None:
        next(heads)
        bound = {"text": text(), "clause": any_of.choice(paragraphs), "charter": charter.pk}
        with connection.cursor() as cursor:
            cursor.execute(BARE, bound | {"author": chair.pk})

    found = in_turns({"one bare statement": bare, "change_clause": ours}, SAVES)
    table(found)
    ratio(
        "save of one wording, in process : one bare statement",
        found["change_clause"],
        found["one bare statement"],
        "<= 4",
    )


def in_turns(acts: dict[str, Act], repeats: int) -> dict[str, float]:
    """The median of each in seconds, all of them run in turns after one run to warm up."""
    for act in acts.values():
        act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _turn in range(repeats):
        for name, act in acts.items():
            began = perf_counter()
            act()
            taken[name].append(perf_counter() - began)
    return {name: median(times) for name, times in taken.items()}


def table(found: dict[str, float]) -> None:
    for name, seconds in found.items():
        print(f"  {name:<28}{seconds * 1000:9.2f} ms")
    print()


def ratio(what: str, one: float, other: float, budget: str = "") -> None:
    """A line of the ledger; `what` is "one : other", `budget` "<= 4", or ">= 7" the other way."""
    names, bound = what.split(" : "), float(budget[3:]) if budget else None
    if bound and budget.startswith(">="):
        LEDGER.add(Line(names[1], other, names[0], one, 1 / bound))
    else:
        LEDGER.add(Line(names[0], one, names[1], other, bound))
    print()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
