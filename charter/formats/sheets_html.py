"""Sheets as HTML: a table for a page of the site, and a standalone page to take away."""

from collections.abc import Iterator
from html import escape

from charter.formats import languages
from charter.formats.html import Notes, runs_html
from charter.formats.html_page import POLICY
from charter.formats.sheets import Cell, Drawn, Grid, Listed, Manner, Said, Sheet
from charter.formats.styles import styles

MEDIA_TYPE = "text/html; charset=utf-8"


def write(sheet: Sheet) -> bytes:
    """UTF-8. The page runs and fetches nothing."""
    return "".join(_page(sheet)).encode()


def _page(sheet: Sheet) -> Iterator[str]:
    spoken, notes = sheet.spoken or sheet.language, Notes()
    yield (
        f'<!doctype html>\n<html lang="{escape(sheet.language)}" '
        f'dir="{languages.direction(spoken)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.title)}</title>\n<style>\n{styles('sheet.css')}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{escape(sheet.title)}</h1>\n"
    )
    for line in (sheet.symbol, *sheet.under, sheet.foot):
        yield f"<p>{escape(line)}</p>\n" if line else ""
    yield "</header>\n<main>\n"
    for block in sheet.blocks:
        yield f"<h2>{escape(block.name)}</h2>\n" if block.name != sheet.title else ""
        yield from _block(block, spoken, notes)
    yield f"{notes.html()}</main>\n</body>\n</html>\n"


def _block(block: Grid | Listed | Drawn, spoken: str, notes: Notes) -> Iterator[str]:
    if isinstance(block, Drawn):
        yield f"<figure>{block.svg}<figcaption>{escape(block.description)}</figcaption></figure>\n"
    elif isinstance(block, Listed):
        items = (f"<li>{cell_html(cell, spoken, notes)}</li>" for cell in block.items)
        yield f"<ul>{''.join(items)}</ul>\n"
    else:
        body = body_html(block, spoken, notes)
        yield f"<table>\n{head_html(block)}<tbody>{body}</tbody></table>\n"


def head_html(grid: Grid) -> str:
    """The row of headings."""
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in grid.columns)
    return f"<thead><tr>{cells}</tr></thead>"


def body_html(grid: Grid, spoken: str, notes: Notes) -> str:
    """The rows. Each cell says its column, for where a page sets cells below one another."""
    names = [escape(name) for name in grid.columns]
    return "".join(
        f'<tr><th scope="row">{cell_html(row[0], spoken, notes)}</th>'
        + "".join(
            f'<td data-label="{name}">{cell_html(cell, spoken, notes)}</td>'
            for name, cell in zip(names[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in grid.rows
    )


def cell_html(cell: Cell, spoken: str, notes: Notes) -> str:
    """The paragraphs of a cell; `spoken` is the language of words and titles."""
    return "".join(_paragraph(said, spoken, notes) for said in cell)


def _paragraph(said: Said, spoken: str, notes: Notes) -> str:
    html = runs_html(said.runs, notes)
    if said.manner in (Manner.WORDS, Manner.TITLE):
        attributes = f' lang="{escape(spoken)}" dir="{languages.direction(spoken)}"'
    else:
        attributes = ""
    return f'<p class="{said.manner.value}"{attributes}>{html}</p>'
