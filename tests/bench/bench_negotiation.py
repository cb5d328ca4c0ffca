"""The pages of a table in full session: 1,000 clauses, 500 amendments, twenty delegations.

`uv run --group dev python -m tests.bench.bench_negotiation [TURNS]`, on a private PostgreSQL of
its own. Two rivals stand on each of 250 clauses; each delegation holds something on every tenth
clause. Every request is a signed-in person's and passes all middleware, in process. The floors are
the views of `floors.py` behind the same middleware: SQL by hand, strings joined with `escape`, and
for the redlines of the amendments the bare engine. "First reader" comes to a process that has read
nothing yet.
"""

import sys

from tests.bench.bench_amendments import AMENDED, RIVALS, amend, paragraphs
from tests.bench.bench_pages import client_of, get
from tests.bench.bench_storage import build
from tests.bench.ledger import Ledger, Line, head, in_turns
from tests.bench.server import private_server

DELEGATIONS = 20
EVERY = 10  # each delegation holds a position on every tenth clause
STANCES = ("agrees", "agrees", "ad_referendum", "reserves", "objects")
PAGES = (
    ("convergence", "convergence/", "positions/"),
    ("amendments", "amendments/", "amendments/"),
    ("rolling text", "rolling/", "amendments/"),
    ("compilation", "compilation/", "amendments/"),
)


def main(turns: int = 9) -> None:
    with private_server():
        from django.conf import settings

        settings.ROOT_URLCONF = "tests.bench.floors"
        measure(turns)


def measure(turns: int) -> None:
    charter, chair = build(1000)
    clauses = paragraphs(charter)
    amend(charter, chair, clauses[:AMENDED])
    held = _hold(charter, chair, clauses[::EVERY])
    ledger, client = Ledger(), client_of(chair)
    print(f"{RIVALS * AMENDED} amendments, {held} positions of {DELEGATIONS} delegations")
    print(f"\n{head()}")
    for name, page, floor in PAGES:
        for line in _page(client, turns, charter.slug, name, page, floor):
            ledger.add(line)


def _hold(charter, chair, clauses) -> int:
    """Every delegation holds something on each of these clauses."""
    from accounts.models import Person
    from charter.actions.members import add_member
    from charter.actions.parties import add_delegation, add_party
    from charter.actions.positions import take_position

    act = {"actor": chair, "charter": charter}
    for nth in range(DELEGATIONS):
        person = Person.objects.create_user(f"d{nth}@example.org", name=f"Delegate {nth}")
        party = add_party(**act, kind="state", code=f"S{nth}", names={"en": f"State {nth}"})
        team = add_delegation(**act, party=party.pk, standing="participant")
        add_member(**act, person=person, role="drafter", delegation=team.pk)
        for place, clause in enumerate(clauses):
            stance = STANCES[(nth + place) % len(STANCES)]
            take_position(actor=person, charter=charter, clause=clause, stance=stance)
    return DELEGATIONS * len(clauses)


def _page(client, turns: int, slug: str, name: str, page: str, floor: str):
    from charter.queries.keeping import forget

    address = f"/charters/{slug}/{page}"

    def first() -> None:
        forget()
        get(client, address)

    found = in_turns(
        {
            "ours": lambda: get(client, address),
            "first": first,
            "floor": lambda: get(client, f"/floor/{slug}/{floor}"),
        },
        turns,
    )
    beside = "plain SQL + engine + strings" if "amend" in floor else "plain SQL + joined strings"
    yield Line(f"page: {name}", found["ours"], beside, found["floor"])
    yield Line(f"page: {name}, first reader", found["first"], beside, found["floor"])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
