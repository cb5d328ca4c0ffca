"""The child process that draws: an SVG on stdin, its PNG on stdout.

Run by `typesetting.py` as `python -I -S draw.py PACKAGES MEMORY SECONDS`, and never imported, like
`typeset.py` beside it. The first line is the resolution (pixels in an inch of the picture) and then
the folders of the fonts, the second what the picture shows; the rest is the SVG.
"""

import os
import resource
import sys

ROOM = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120


def main(packages: str, memory: int, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.append(packages)
    import typst

    head, alt, svg = sys.stdin.buffer.read().decode().split("\n", 2)
    resolution, *folders = head.split()
    try:
        png = typst.compile(
            f"{ROOM}/picture.typ",
            root=ROOM,
            font_paths=typst.Fonts(False, False, [f"{ROOM}/../fonts/{one}" for one in folders]),
            sys_inputs={"data": svg, "alt": alt},
            format="png",
            ppi=float(resolution),
        )
    except typst.TypstError as error:
        sys.stderr.write(str(error).splitlines()[0])
        return 1
    sys.stdout.buffer.write(png)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
