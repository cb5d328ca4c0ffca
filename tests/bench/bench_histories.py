"""Real texts, version after version: what an import keeps, loses and takes.

`uv run --group dev python -m tests.bench.bench_histories FOLDER`, on a private PostgreSQL of its
own. FOLDER holds a folder for each text, with its versions in Markdown in the order of their names:
`NAME/versions/*.md`, and `NAME/versions.json` where "lang" is its language. Every version becomes a
revision; then each is exported as of its revision and compared with the file, by `printed_words`.

  lost      words, and addresses of links, of all files that the exports have not
  differ    exports whose words or numbers are others than the file's, or in another order
  figures   those of them that differ in numbers alone
  again     exports, as Markdown and as plain text, that would change something if imported again
  kept      of the clauses of each two versions that follow one another, how many are in both
  seconds   for all imports of the history, reading the files with it
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.printed_words import addresses, printed_words
from tests.bench.server import private_server

HEAD = f"{'history':<30}" + "".join(
    f"{name:>10}"
    for name in ("versions", "lost", "links", "differ", "figures", "again", "kept", "seconds")
)


@dataclass
class Kept:
    """What became of one history."""

    name: str
    versions: int = 0
    lost: int = 0
    links: int = 0
    differ: int = 0
    figures: int = 0
    again: int = 0
    clauses: int = 0
    in_both: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        counts = (self.versions, self.lost, self.links, self.differ, self.figures, self.again)
        kept = f"{100 * self.in_both / self.clauses:.1f} %" if self.clauses else "–"
        cells = (*map(str, counts), kept, f"{self.seconds:.2f}")
        return f"{self.name:<30}" + "".join(f"{cell:>10}" for cell in cells)

    def compare(self, file: str, export: str) -> None:
        """Count what an export has not of the file it was imported from."""
        was, now = printed_words(file), printed_words(export)
        self.lost += (Counter(was) - Counter(now)).total()
        self.links += (Counter(addresses(file)) - Counter(addresses(export))).total()
        self.differ += was != now
        self.figures += was != now and _letters(was) == _letters(now)


def _letters(words: list[str]) -> list[str]:
    return [word for word in words if not word.isdecimal()]


def main(folder: str) -> None:
    with private_server():
        print(HEAD)
        for versions in sorted(Path(folder).glob("*/versions")):
            print(measured(versions), flush=True)


def measured(versions: Path) -> Kept:
    """One history, imported and exported."""
    from accounts.models import Person
    from charter.exports.documents import document
    from charter.formats.writers import write

    kept = Kept(versions.parent.name)
    facts = json.loads(versions.with_suffix(".json").read_text())
    actor, _ = Person.objects.get_or_create(email="bench@example.org", name="Bench")
    numbers: list[tuple[Path, int]] = []
    for file in sorted(versions.glob("*.md")):
        began = perf_counter()
        charter = imported(actor, kept.name, file, facts["lang"])
        kept.seconds += perf_counter() - began
        numbers.append((file, charter.head))
    ids: set[str] | None = None
    for file, number in numbers:
        made = document(charter, at=number)
        export = write(made, "md")
        plain = write(made, "txt")
        kept.versions += 1
        kept.compare(file.read_text("utf-8-sig"), export.decode())
        kept.again += again(made.outline, export, "md") + again(made.outline, plain, "txt")
        now = {clause.id for _, clause in made.outline.walk()}
        if ids is not None:
            kept.clauses += len(ids) + len(now)
            kept.in_both += 2 * len(ids & now)
        ids = now
    return kept


def imported(actor, slug: str, file: Path, language: str):
    """The charter with the file as its next revision, made if it is the first."""
    from charter.actions.charters import create_charter
    from charter.actions.imports import import_outline
    from charter.formats.reading import read
    from charter.models import Charter

    charter = Charter.objects.filter(slug=slug).first()
    manner = {"language": language, "scheme": charter.scheme if charter else None}
    outline = read(file.read_bytes(), file.name, **manner)
    if charter is None:
        return create_charter(
            actor=actor,
            title=slug,
            slug=slug,
            working_language=language,
            scheme=outline.scheme,
            outline=outline,
            heading=outline.title,
        )
    import_outline(actor=actor, charter=charter, outline=outline, keep_title=False)
    charter.refresh_from_db()
    return charter


def again(outline, export: bytes, format: str) -> bool:
    """Whether the export, imported into the text it is of, would change that."""
    from charter.formats.reading import read
    from charter.text.matching import match

    back = match(outline, read(export, f"export.{format}", outline.language, outline.scheme))
    return list(_shown(back)) != list(_shown(outline))


def _shown(outline) -> Iterator[tuple]:
    from charter.text.numbering import labels

    yield (outline.title,)
    for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True):
        yield depth, clause.id, clause.kind, label, clause.numeral, clause.heading, clause.text


if __name__ == "__main__":
    main(*sys.argv[1:])
