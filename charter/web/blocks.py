"""The pieces of a text one after another, in blocks, and the lines of its outline."""

from collections.abc import Iterator

from charter.web.pieces import Pieces


def laid_out(pieces: Pieces) -> Iterator[bytes]:
    """The clauses as UTF-8, a block for each heading."""
    block = -1
    for piece in pieces.clauses:
        if piece.block != block:
            yield b'</div></div><div class="block"><div class="clauses">'[12 * (block < 0) :]
            block = piece.block
        yield piece.opening
        yield piece.rest
    if block >= 0:
        yield b"</div></div>"


def entries(pieces: Pieces) -> Iterator[str]:
    """The lines of the outline."""
    for entry in pieces.entries:
        states = entry.dots and f'<span class="states">{entry.dots}</span>'
        yield f"{entry.opening}{states}</a></li>"
