"""The child process that typesets: what to typeset on stdin, its PDF on stdout.

Run by `typesetting.py` as `python -I -S typeset.py PACKAGES MEMORY SECONDS TEMPLATE`, and never
imported: nothing of Django, of the database or of the environment is in this process, and it
limits its own memory (bytes) and processor time (seconds) before it reads a word. The first line
is the PDF's time and then the folders of its fonts; the rest is the data that the template reads.
Ends with 0 and the PDF, or with 1 and a line that says why on stderr.
"""

# Each module more that is imported here is time that every PDF takes.
import os
import resource
import sys

ROOM = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120


def main(packages: str, memory: int, seconds: int, template: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.append(packages)
    import typst

    head, _, data = sys.stdin.buffer.read().decode().partition("\n")
    timestamp, *folders = head.split()
    fonts = [f"{ROOM}/../fonts/{folder}" for folder in folders]

    def compiled(known: typst.Fonts, archival: bool) -> bytes:
        return typst.compile(
            f"{ROOM}/{template}",
            root=ROOM,
            font_paths=known,
            sys_inputs={"data": data},
            timestamp=int(timestamp),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"] if archival else [],
        )

    try:
        pdf = compiled(typst.Fonts(False, False, fonts), archival=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            sys.stderr.write(str(error).splitlines()[0])
            return 1
        # A script that our fonts do not cover: every word with whatever fonts the machine has is
        # worth more than the archival standard, which forbids a missing glyph.
        pdf = compiled(typst.Fonts(True, True, fonts), archival=False)
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
