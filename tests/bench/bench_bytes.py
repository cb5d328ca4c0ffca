"""Budget 7: the bytes that an edited paragraph leaves behind, with its indexes and its revision.

`uv run --group dev python -m tests.bench.bench_bytes [SAVES]`, on a private PostgreSQL of its own:
a charter of 1,000 clauses, so many wordings of 60 words saved, all tables vacuumed before and
after. The peer is Indigo, which was measured to keep the whole document again: 259 KB.
"""

import sys

from tests.bench.bench_search import saving
from tests.bench.bench_storage import build
from tests.bench.ledger import Ledger, Line, head
from tests.bench.server import private_server

INDIGO = 259_000  # bytes


def main(saves: int = 2000) -> None:
    with private_server():
        charter, chair = build(1000)
        save = saving(charter, chair)
        for _ in range(200):
            save()
        before = stored()
        for _ in range(saves):
            save()
        each = (stored() - before) / saves
    print(head())
    fiftieth = INDIGO / 50
    what = "stored for one edited paragraph"
    Ledger().add(Line(what, each, "a fiftieth of Indigo's", fiftieth, 1, unit="B"))


def stored() -> int:
    """The bytes of all tables with their indexes and long values, dead rows made room of."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables")
        (size,) = cursor.fetchone()
    return int(size)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
