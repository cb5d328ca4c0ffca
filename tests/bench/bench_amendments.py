"""Open amendments on a text that moves: 500 of them, two rivals on each of 250 clauses of 1,000.

`uv run --group dev python -m tests.bench.bench_amendments [TURNS]`, on a private PostgreSQL of its
own.

  carry     a revision that rewords 50 clauses with 100 open amendments on them, less the same
            revision of clauses that nobody wants to amend; the budget is 150 ms for the hundred.
            Beside it the merging of words alone
  rolling   the rolling text of everything, against the outline of the same text and one plain
            `difflib` comparison of words for each proposal
"""

import sys
from difflib import SequenceMatcher
from random import Random
from statistics import median
from time import perf_counter
from uuid import UUID

from tests.bench.bench_storage import build
from tests.bench.ledger import Ledger, Line, head
from tests.bench.server import private_server

RIVALS, AMENDED, TOUCHED = 2, 250, 50
BUDGET = 0.150  # seconds for a hundred amendments


def main(turns: int = 7) -> None:
    with private_server():
        measure(turns)


def measure(turns: int) -> None:
    charter, chair = build(1000)
    clauses = paragraphs(charter)
    began = perf_counter()
    amend(charter, chair, clauses[:AMENDED])
    print(f"{RIVALS * AMENDED} amendments tabled in {perf_counter() - began:.1f} s")
    ledger = Ledger()
    print(f"\n{head()}")
    for line in (*_carry(charter, chair, clauses, turns), *_rolling(charter, turns)):
        ledger.add(line)


def paragraphs(charter) -> list[UUID]:
    from charter.models import Wording

    rows = Wording.objects.filter(charter=charter, language="en").exclude(text="")
    return list(rows.order_by("clause_id").values_list("clause_id", flat=True))


def amend(charter, chair, clauses: list[UUID]) -> None:
    from charter.actions.amendments import draft_amendment, table_amendment
    from charter.actions.charters import change_charter
    from charter.actions.proposals import propose_rewording
    from charter.models import Wording
    from charter.text.words import Words

    change_charter(actor=chair, charter=charter, stage="negotiation")
    said = {row.clause_id: row for row in Wording.objects.filter(clause__in=clauses)}
    for nth, clause in enumerate(clauses):
        for rival in range(RIVALS):
            act = {"actor": chair, "charter": charter}
            made = draft_amendment(**act, title="A better text")
            words = said[clause].text.split(" ")
            words[10 + 8 * rival : 12 + 8 * rival] = [f"rival{rival}", f"of{nth}"]
            propose_rewording(
                **act,
                amendment=made.uuid,
                clause=clause,
                language="en",
                base=charter.head,
                words=Words(said[clause].heading, " ".join(words)),
            )
            table_amendment(**act, amendment=made.uuid)


def _carry(charter, chair, clauses: list[UUID], turns: int) -> list[Line]:
    from charter.models import ChangeStanding, ProposedChange
    from charter.text.amending import carry

    amended, free = clauses[:TOUCHED], clauses[-TOUCHED:]
    with_them, without = [], []
    for turn in range(turns):
        without.append(_reworded(charter, chair, free, turn))
        with_them.append(_reworded(charter, chair, amended, turn))
    found = ProposedChange.objects.filter(clause__in=amended, carried_at=charter.head)
    changes = list(found.filter(standing=ChangeStanding.AROUND))
    assert len(changes) == RIVALS * TOUCHED, len(changes)
    now = _said(amended)
    began = perf_counter()
    for change in changes:
        carry(change.base_text, change.text, now[change.clause_id].text, "en")
    merging = perf_counter() - began
    spent = max(median(with_them) - median(without), 1e-6)
    of = "carry of 100 touched amendments of 500, on commit"
    return [
        Line(of, spent, "150 ms", BUDGET, 1),
        Line(of, spent, "merging their words alone", merging),
    ]


def _reworded(charter, chair, clauses: list[UUID], turn: int) -> float:
    """Seconds to commit one more word at the end of each clause, in one revision."""
    from charter.actions.change_sets import commit_changes
    from charter.actions.operations import Reword
    from charter.text.words import Words

    charter.refresh_from_db()
    operations = [
        Reword(clause, {"en": Words(row.heading, f"{row.text} turn{turn}")})
        for clause, row in _said(clauses).items()
    ]
    began = perf_counter()
    commit_changes(actor=chair, charter=charter, base=charter.head, operations=operations)
    spent = perf_counter() - began
    charter.refresh_from_db()
    return spent


def _said(clauses: list[UUID]) -> dict:
    from charter.models import Wording

    return {row.clause_id: row for row in Wording.objects.filter(clause__in=clauses)}


def _rolling(charter, turns: int) -> list[Line]:
    from charter.models import ProposedChange
    from charter.queries import keeping
    from charter.queries.rolling import rolling_text
    from charter.queries.texts import text_at

    pairs = [
        (one.base_text.split(), one.text.split())
        for one in ProposedChange.objects.filter(amendment__charter=charter)
    ]

    def floor() -> None:
        text_at(charter)
        for base, proposed in pairs:
            SequenceMatcher(None, base, proposed, autojunk=False).get_opcodes()

    def ours() -> int:
        keeping.forget()
        return rolling_text(charter, "en").rolled.brackets

    assert ours() >= AMENDED
    acts = {"ours": ours, "floor": floor}
    spent: dict[str, list[float]] = {name: [] for name in acts}
    names = list(acts)
    for _turn in range(turns):
        Random(_turn).shuffle(names)
        for name in names:
            began = perf_counter()
            acts[name]()
            spent[name].append(perf_counter() - began)
    of = "rolling text, 1,000 clauses with 500 amendments"
    return [Line(of, median(spent["ours"]), "outline + difflib each", median(spent["floor"]))]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
