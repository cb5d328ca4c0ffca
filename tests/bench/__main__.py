"""Every bench, each in a process of its own, and one table of all that they measured.

`uv run --group dev python -m tests.bench [NAME …]`, the names of benches being those of the files:
text, storage, pages, search, import, pdf, amendments, negotiation, bytes. Exits with 1 when a
budget was missed or a bench failed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.ledger import head, read

BENCHES = (
    "text",
    "storage",
    "pages",
    "search",
    "import",
    "pdf",
    "amendments",
    "negotiation",
    "bytes",
)


def main(names: tuple[str, ...]) -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "lines")
        kept.touch()
        environment = {**os.environ, "CHARTER_BENCH_LEDGER": str(kept)}
        for name in names:
            print(f"— {name}", flush=True)
            command = [sys.executable, "-m", f"tests.bench.bench_{name}"]
            if subprocess.run(command, env=environment, check=False).returncode:
                failed.append(name)
        lines = read(kept)
    print(f"\n{head()}", *lines, sep="\n")
    missed = [line for line in lines if not line.kept]
    budgets = sum(line.budget is not None for line in lines)
    print(f"\n{budgets - len(missed)} of {budgets} budgets kept")
    if failed:
        print("failed:", *failed)
    return 1 if missed or failed else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or BENCHES))
