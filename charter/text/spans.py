"""The words that differ between two wordings, as spans that rebuild both.

Exact: without its insertions a diff is the base, without its deletions the new text. Readable:
whole words, deletions before insertions, a rewritten phrase as one block. Long texts are narrowed
to the paragraphs and sentences that differ (`regions`), their words aligned (`align`), each change
laid where it reads best (`changes`), and islands between changes given up (`coalesce`).
"""

from charter.text.align import Hunk
from charter.text.changes import changes
from charter.text.coalesce import coalesced
from charter.text.redline import Op, Span
from charter.text.regions import regions
from charter.text.worded import Edges, Worded, worded

Piece = tuple[Op, str]


def diff(base: str, new: str, language: str = "") -> tuple[Span, ...]:
    """The spans between two wordings; `language` is a BCP 47 tag, or "" when not known.

    No span is empty, and no two adjacent ones have the same operation.
    """
    spans: list[Span] = []
    op: Op = "equal"
    held = ""
    for kind, text in pieces(base, new, language):
        if kind == op:
            held = held + text if held else text
        else:
            if held:
                spans.append(Span(op, held))
            op, held = kind, text
    if held:
        spans.append(Span(op, held))
    return tuple(spans)


def pieces(base: str, new: str, language: str = "", fine: bool = False) -> list[Piece]:
    """The same in smaller pieces, never empty; `fine` gives up no island between changes."""
    found: list[Piece] = []
    at = 0
    for b0, b1, n0, n1 in regions(base, new):
        found.append(("equal", base[at:b0]))
        found += within(worded(base[b0:b1], language), worded(new[n0:n1], language), fine)
        at = b1
    found.append(("equal", base[at:]))
    return [piece for piece in found if piece[1]]


def within(base: Worded, new: Worded, fine: bool = False) -> list[Piece]:
    """The pieces of texts that are short or differ throughout, empty ones among them."""
    hunks = changes(base, new)
    if not fine:
        hunks = coalesced(base, new, hunks)
    text, other = base.text, new.text
    found: list[Piece] = []
    b = n = 0  # words told of
    at = to = 0  # code points told of
    for b0, b1, n0, n1 in _to_the_ends(base, new, hunks):
        was, now = base.edges(b0, b1), new.edges(n0, n1)
        same = text[at : was[0]]
        if same != other[to : now[0]]:
            found.append(("equal", text[at : base.start(b)]))
            found += _respaced(base, new, range(b, b0), n - b)
            same = ""
        head, tail = _kept(text, other, was, now)
        at, to = was[3] - tail, now[3] - tail
        found += (
            ("equal", same + text[was[0] : was[0] + head]),
            ("delete", text[was[0] + head : at]),
            ("insert", other[now[0] + head : to]),
        )
        b, n = b1, n1
    found.append(("equal", text[at:]))
    return found


def _to_the_ends(base: Worded, new: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """The changes, with an empty one where white space begins or ends the text."""
    words, others = len(base.words), len(new.words)
    if not hunks or (hunks[0][0] and hunks[0][2] and (base.gap(0) or new.gap(0))):
        hunks = [(0, 0, 0, 0), *hunks]
    if hunks[-1][1] < words and hunks[-1][3] < others:
        hunks = [*hunks, (words, words, others, others)]
    return hunks


def _kept(text: str, other: str, was: Edges, now: Edges) -> tuple[int, int]:
    """How much of the white space before and behind a change it leaves alone, in code points."""
    lead, behind = text[was[0] : was[1]], text[was[2] : was[3]]
    new_lead, new_behind = other[now[0] : now[1]], other[now[2] : now[3]]
    wordless, new_wordless = was[1] > was[2], now[1] > now[2]
    if lead == new_lead and behind == new_behind and not wordless and not new_wordless:
        return len(lead), len(behind)
    head = _alike(lead, new_lead)
    if head < max(len(lead), len(new_lead)) and behind == new_behind:
        head = 0  # white space that is the same behind the change is better kept whole there
    # Where a side has no words, the white space before and behind them is the same.
    old_tail = behind[head:] if wordless else behind
    new_tail = new_behind[head:] if new_wordless else new_behind
    return head, _alike(old_tail[::-1], new_tail[::-1])


def _respaced(base: Worded, new: Worded, words: range, shift: int) -> list[Piece]:
    """Words that stand in both texts, `shift` words further on in the new one, with other white
    space between them.
    """
    text, ends, new_ends = base.text, base.ends, new.ends
    found: list[Piece] = []
    told = base.start(words.start)
    for at in words[1:]:
        length = len(base.words[at])
        was = text[ends[at - 1] : ends[at] - length]
        now = new.text[new_ends[at - 1 + shift] : new_ends[at + shift] - length]
        if was == now:
            continue
        head = _alike(was, now)
        tail = _alike(was[head:][::-1], now[head:][::-1])
        start, stop = ends[at - 1] + head, ends[at] - length - tail
        found += (
            ("equal", text[told:start]),
            ("delete", text[start:stop]),
            ("insert", now[head : len(now) - tail]),
        )
        told = stop
    found.append(("equal", text[told : base.end(words.stop)]))
    return found


def _alike(one: str, other: str) -> int:
    """How many characters two runs of white space share at their beginning."""
    if one == other:
        return len(one)
    if "\r" in one or "\r" in other:
        return 0  # a line feed stays with the carriage return before it
    shared = 0
    while one[shared : shared + 1] == other[shared : shared + 1]:
        shared += 1
    return shared
