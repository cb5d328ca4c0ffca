"""The child process that typesets: the data of one document on stdin, its PDF on stdout.

Run by `typesetting.py` as `python -I -S typeset.py PACKAGES MEMORY SECONDS`, and never imported:
nothing of Django, of the database or of the environment is in this process, and it limits its own
memory (bytes) and processor time (seconds) before it reads a word. Ends with 0 and the PDF, or
with 1 and a line that says why on stderr.
"""

import json
import resource
import sys
from functools import partial
from pathlib import Path
from typing import cast

ROOM = Path(__file__).resolve().parent


def main(packages: str, memory: int, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.append(packages)
    import typst

    job = json.loads(sys.stdin.buffer.read())
    fonts = [ROOM.parent / "fonts" / folder for folder in job["fonts"]]
    compiled = partial(
        typst.compile,
        ROOM / "charter.typ",
        root=ROOM,
        sys_inputs={"data": job["data"]},
        timestamp=job["timestamp"],
        format="pdf",
    )
    try:
        only = typst.Fonts(False, False, fonts)
        pdf = compiled(font_paths=only, pdf_standards=["ua-1", "a-2a"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            sys.stderr.write(str(error).splitlines()[0])
            return 1
        # A script that our fonts do not cover: every word with whatever fonts the machine has is
        # worth more than the archival standard, which forbids a missing glyph.
        pdf = compiled(font_paths=typst.Fonts(True, True, fonts))
    sys.stdout.buffer.write(cast(bytes, pdf))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
