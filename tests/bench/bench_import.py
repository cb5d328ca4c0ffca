"""Importing a text and its next version, against reading the same file alone.

`uv run --group dev python -m tests.bench.bench_import [TURNS]`, on a private PostgreSQL of its own.
The file is Markdown: articles of four paragraphs of 60 words. In the next version three words of
every fiftieth paragraph are others, one article is gone and one is new.
"""

import sys
from random import Random
from time import perf_counter

from tests.bench.ledger import Ledger, Line, head, in_turns
from tests.bench.server import private_server

SIZES = (1000, 5000)  # clauses
LEXICON = [f"word{number}" for number in range(4000)]


def main(turns: int = 3) -> None:
    with private_server():
        ledger = Ledger()
        print(head())
        for size in SIZES:
            for line in measure(size, turns):
                ledger.add(line)


def measure(size: int, turns: int):
    from accounts.models import Person
    from charter.actions.charters import create_charter
    from charter.actions.imports import import_outline
    from charter.formats.reading import read

    first, second = versions(size // 5)
    chair = Person.objects.create_user(f"chair{size}@example.org", name="Chair")
    taken: dict[str, float] = {}

    def create() -> None:
        began = perf_counter()
        made.append(create_charter(actor=chair, title="Bench", outline=read(first, "bench.md")))
        taken["first"] = min(taken.get("first", 9e9), perf_counter() - began)

    def again() -> None:
        charter = made.pop()
        began = perf_counter()
        done = import_outline(actor=chair, charter=charter, outline=read(second, "bench.md"))
        taken["second"] = min(taken.get("second", 9e9), perf_counter() - began)
        assert done.revision.number == 2
        charter.refresh_from_db()
        began = perf_counter()
        same = import_outline(actor=chair, charter=charter, outline=read(second, "bench.md"))
        taken["same"] = min(taken.get("same", 9e9), perf_counter() - began)
        assert same.revision is None

    made: list = []
    alone = in_turns({"read": lambda: read(second, "bench.md"), "": create, "-": again}, turns)
    for act, said in (
        ("first", f"import of {size:,} clauses"),
        ("second", f"import of the next version of {size:,} clauses, 2 % edited"),
        ("same", f"import of the same {size:,} clauses again"),
    ):
        yield Line(said, taken[act], "reading the file alone", alone["read"])


def versions(articles: int) -> tuple[bytes, bytes]:
    """Two versions of one text as Markdown."""
    words = Random(1)
    text = [[words.choices(LEXICON, k=60) for _ in range(4)] for _ in range(articles)]
    first = markdown(list(enumerate(text)))
    for n in range(0, 4 * articles, 50):
        for at in (5, 25, 45):
            text[n // 4][n % 4][at] = f"other{n}"
    numbered = list(enumerate(text))
    new = (articles, [words.choices(LEXICON, k=60) for _ in range(4)])
    gone, place = articles // 3, articles // 2
    return first, markdown([*numbered[:gone], *numbered[gone + 1 : place], new, *numbered[place:]])


def markdown(articles: list[tuple[int, list[list[str]]]]) -> bytes:
    """Articles by their subject, counted anew."""
    parts = ["# A text of many articles"]
    for number, (subject, paragraphs) in enumerate(articles, 1):
        parts.append(f"## Article {number}. Subject {subject}")
        parts += [f"{at}. {' '.join(words)}." for at, words in enumerate(paragraphs, 1)]
    return "\n\n".join(parts).encode()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
