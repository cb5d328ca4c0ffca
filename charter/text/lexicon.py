"""The words of a text by the pieces between its spaces, each of which is cut once and remembered.

Drafts use the same words again and again, and looking one up takes a tenth of the time of finding
its boundaries. No rule of `tokens` joins anything over a space but marks that stand on white space
and white space itself; a piece that has either at its ends is not kept, and a text that holds one
is cut as a whole.
"""

from functools import lru_cache
from itertools import accumulate, compress

from charter.text.tokens import tokens

# The words of a piece, and how far on from the last word each of them ends.
_Piece = tuple[list[str], list[int]]

_PIECES = 20_000  # kept for one language, some 7 MB
_LONGEST = 40  # code points of a piece that is kept


class _Lexicon(dict[str, _Piece]):
    """The words of pieces in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self[""] = [""], [1]

    def __missing__(self, piece: str) -> _Piece:
        """The words of a piece; LookupError when it cannot be cut apart from its neighbours."""
        cut = tokens(f" {piece} ", self.language)
        if cut[0] != " " or cut[-1] != " " or "\u202f" in piece:
            raise LookupError(piece)
        words: list[str] = []
        steps: list[int] = []
        step = 1  # the space before it
        for token in cut[1:-1]:
            step += len(token)
            word = token.strip()
            if word:
                words.append(token)
                steps.append(step)
                step = 0
            if word and word != token:
                raise LookupError(piece)
        if len(piece) <= _LONGEST:
            if len(self) >= _PIECES:
                self.clear()
                self[""] = [""], [1]
            self[piece] = words, steps
        return words, steps


_lexicon = lru_cache(maxsize=8)(_Lexicon)


def words_and_ends(text: str, language: str = "") -> tuple[list[str], list[int]]:
    """The tokens of a text that are no white space, and where each of them ends, in code points."""
    lexicon = _lexicon(language)
    words: list[str] = []
    steps: list[int] = []
    try:
        for piece in text.replace("\n", " ").split(" "):
            some, far = lexicon[piece]
            words += some
            steps += far
    except LookupError:
        return _cut_whole(text, language)
    steps[0] -= 1  # no space stands before the first piece
    ends = list(accumulate(steps))
    if all(words):
        return words, ends
    return list(filter(None, words)), list(compress(ends, words))


def _cut_whole(text: str, language: str) -> tuple[list[str], list[int]]:
    pieces = tokens(text, language)
    kept = [*map(str.strip, pieces)]
    return [*compress(pieces, kept)], [*compress(accumulate(map(len, pieces)), kept)]


def forget() -> None:
    """Drops the words that are kept, as a measurement needs."""
    _lexicon.cache_clear()
