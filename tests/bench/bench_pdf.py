"""Budget 12: the PDF of 100 articles as a whole process, against bare typst on the same words.

    python tests/bench/bench_pdf.py [RUNS]

Medians of interleaved runs, on the clock and on the processor. "cold" is a fresh interpreter on
either side; "served" is ours from a process that runs already, as a reader of the site meets it,
against the same fresh bare one. Bare typst sets headings and numbered paragraphs to the same
standards; ours has a title page, contents, running heads and hanging numbers besides.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from charter.formats import pdf  # noqa: E402
from charter.formats.document import Document, Point  # noqa: E402
from charter.text.kinds import Kind  # noqa: E402
from charter.text.outline import Clause, Outline  # noqa: E402
from tests.bench.ledger import Ledger, Line, head  # noqa: E402

BUDGET = 1.3
# Both sides find their modules compiled, wherever this is run.
COMPILED = f"/tmp/bench-pdf-{os.getuid()}"
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": COMPILED}
WORDS = "The Parties shall settle any dispute between them by peaceful means, in good faith, " * 4

COLD = """
import sys
from tests.bench.bench_pdf import document, pdf
sys.stdout.buffer.write(pdf.write(document(int(sys.argv[1]))))
"""

BARE = """
import sys, typst
words, articles = sys.argv[2], int(sys.argv[1])
parts = ['#set document(title: "Charter")', '#set text(lang: "en")', "#set par(justify: true)"]
for a in range(articles):
    parts.append(f"= Article {a + 1}. Subject {a}")
    parts += [f"#enum.item({p + 1})[{words}{a}.{p}.]" for p in range(4)]
source = "\\n\\n".join(parts).encode()
sys.stdout.buffer.write(
    typst.compile(source, format="pdf", pdf_standards=["ua-1", "a-2a"], ignore_system_fonts=True)
)
"""


def document(articles: int) -> Document:
    """Articles of four paragraphs of about 60 words."""
    clauses = tuple(
        Clause(
            Kind.ARTICLE,
            heading=f"Subject {a}",
            id=f"a{a}",
            children=tuple(
                Clause(Kind.PARAGRAPH, text=f"{WORDS}{a}.{p}.", id=f"a{a}p{p}") for p in range(4)
            ),
        )
        for a in range(articles)
    )
    return Document(Outline("Charter", clauses), Point(1))


def process(script: str, articles: int) -> bytes:
    """What a fresh interpreter writes."""
    command = [sys.executable, "-c", script, str(articles), WORDS]
    return subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.PIPE, check=True).stdout


def timed(made: Callable[[], bytes]) -> tuple[float, float]:
    """Seconds on the clock and on the processor, those of child processes with them."""
    clock, processor = time.perf_counter(), _processor()
    assert made().startswith(b"%PDF")
    return time.perf_counter() - clock, _processor() - processor


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _median(values: Iterable[float]) -> float:
    found = sorted(values)
    return found[len(found) // 2]


def main(runs: int) -> None:
    ledger = Ledger()
    print(head())
    for articles in (100, 1000):
        sides = {
            "bare": lambda n=articles: process(BARE, n),
            "cold": lambda n=articles: process(COLD, n),
            "served": lambda n=articles: pdf.write(document(n)),
        }
        process(COLD, 1)  # compiles the modules
        rounds = [{name: timed(made) for name, made in sides.items()} for _ in range(runs)]
        bare = [_median(one["bare"][at] for one in rounds) for at in (0, 1)]
        for name in ("cold", "served"):
            ours = [_median(one[name][at] for one in rounds) for at in (0, 1)]
            budget = BUDGET if articles == 100 else None
            what = f"PDF of {articles:,} articles, {name}"
            ledger.add(Line(what, ours[0], "bare typst", bare[0], budget))
            ledger.add(Line(f"{what}: on the processor", ours[1], "bare typst", bare[1]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
