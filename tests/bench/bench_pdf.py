"""Budget 12: the PDF of 100 articles as a whole process, against bare typst on the same words.

    python tests/bench/bench_pdf.py [RUNS]

Both sides start a fresh interpreter, set the same text and write the same standards; medians of
interleaved runs. Ours has a title page, contents, running heads and hanging numbers besides.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUDGET = 1.3
# Both sides find compiled modules, wherever this is run.
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPYCACHEPREFIX": tempfile.mkdtemp()}
SENTENCE = "The Parties shall settle any dispute between them by peaceful means and in good faith, "
WORDS = SENTENCE * 4

OURS = """
import sys
from charter.formats import pdf
from charter.formats.document import Document, Point
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
words, articles = sys.argv[1], int(sys.argv[2])
clauses = tuple(
    Clause(Kind.ARTICLE, heading=f"Subject {a}", id=f"a{a}", children=tuple(
        Clause(Kind.PARAGRAPH, text=f"{words}{a}.{p}.", id=f"a{a}p{p}") for p in range(4)))
    for a in range(articles)
)
sys.stdout.buffer.write(pdf.write(Document(Outline("Charter", clauses), Point(1))))
"""

BARE = """
import sys, typst
words, articles = sys.argv[1], int(sys.argv[2])
parts = ['#set document(title: "Charter")', '#set text(lang: "en")', "#set par(justify: true)"]
for a in range(articles):
    parts.append(f"= Article {a + 1}. Subject {a}")
    parts += [f"#enum.item({p + 1})[{words}{a}.{p}.]" for p in range(4)]
source = "\\n\\n".join(parts).encode()
sys.stdout.buffer.write(
    typst.compile(source, format="pdf", pdf_standards=["ua-1", "a-2a"], ignore_system_fonts=True)
)
"""


def run(script: str, articles: int) -> tuple[float, float]:
    """Seconds of one whole process on the clock and on the processor; fails without a PDF."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    made = subprocess.run(
        [sys.executable, "-c", script, WORDS, str(articles)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    seconds = time.perf_counter() - begun
    assert made.stdout.startswith(b"%PDF"), made.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs: int) -> int:
    ratios = {}
    for articles in (100, 1000):
        run(OURS, articles)
        pairs = [(run(OURS, articles), run(BARE, articles)) for _ in range(runs)]
        for at, clock in enumerate(("elapsed", "processor")):
            ours, bare = (statistics.median(pair[side][at] for pair in pairs) for side in (0, 1))
            ratios[articles, clock] = ours / bare
            print(
                f"{articles} articles, {clock}: {ours:.3f} s, bare {bare:.3f} s: {ours / bare:.2f}"
            )
    met = ratios[100, "elapsed"] <= BUDGET
    print(f"budget {BUDGET} at 100 articles: {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
