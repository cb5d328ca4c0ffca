"""Counting the numbers of a long history: the first time, from a kept tally, and from kept figures.

`uv run --group dev python -m tests.bench.bench_statistics [clauses] [states]` makes the charter of
`bench_storage`, whose history is one revision for each state of each clause's words, and prints
what a page of statistics and one of coverage cost. The floor of the first count is reading the
same history rows and doing nothing with them.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from tests.bench.bench_storage import age, build


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
        charter, _chair = build(clauses)
        age(charter, states)
        measure(charter)
    finally:
        embedded.leave(folder)
        shutil.rmtree(folder, ignore_errors=True)


def measure(charter) -> None:
    from charter.queries import coverage, statistics, tallies, word_tallies
    from charter.queries.keeping import forget

    head = charter.head

    def new_process() -> None:
        for one in (forget, coverage.forget, statistics.forget, word_tallies.forget):
            one()

    def count() -> int:
        return statistics.numbers_of(charter, head, "en").counted

    new_process()
    print(f"{head:,} revisions; one request counts at most {tallies.MOST:,} rows\n")
    said("reading the same rows, and nothing else", lambda: floor(charter))
    while said("statistics, first requests of a process", count) < head:
        pass
    said("statistics, again", count)
    statistics.forget()
    said("statistics, from the kept tally", count)
    middle = head // 2
    said("as of the middle", lambda: statistics.numbers_of(charter, middle, "en").counted)
    new_process()
    said("coverage, first", lambda: covered(charter))
    said("coverage, again", lambda: covered(charter))


def covered(charter) -> int:
    from charter.queries.coverage import courses, coverage_at

    coverage_at(charter, charter.head, "en")
    return courses(charter, charter.head).counted


def floor(charter) -> int:
    from django.db import connection

    from charter.queries.word_tallies import _WORDINGS

    bound = {"charter": charter.pk, "since": 0, "upto": charter.head, "language": "en"}
    with connection.cursor() as cursor:
        cursor.execute(f"{_WORDINGS} ORDER BY r.number, h.history_id", bound)
        return len(cursor.fetchall())


def said(name: str, act: Callable[[], int]) -> int:
    began, worked = perf_counter(), process_time()
    found = act()
    wall, own = (perf_counter() - began) * 1000, (process_time() - worked) * 1000
    print(f"{name:45} {wall:10,.1f} ms, of which {own:8,.1f} ms are this process's own")
    return found


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
