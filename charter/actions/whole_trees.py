"""All clauses of a charter in memory, for a change set: its later operations meet the earlier ones,
which are not in the database yet."""

from collections import defaultdict
from uuid import UUID

from charter.actions.rows import fetch
from charter.models import Charter, Clause


class WholeTree:
    """The clauses, struck ones too, each one object however often it is asked for."""

    def __init__(self, charter: Charter) -> None:
        self._rows: dict[UUID, Clause] = {}
        self._inside: dict[UUID | None, dict[UUID, Clause]] = defaultdict(dict)
        self._stands: dict[UUID, UUID | None] = {}
        for row in fetch(Clause, "FROM charter_clause WHERE charter_id = %s", [charter.pk]):
            self.put(row)

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, row: Clause) -> None:
        """Take in a clause that is new, or that stands elsewhere now."""
        if row.pk in self._rows:
            self._inside[self._stands[row.pk]].pop(row.pk)
        self._rows[row.pk] = row
        self._stands[row.pk] = row.parent_id
        self._inside[row.parent_id][row.pk] = row

    def lineage(self, clause: UUID | None) -> list[Clause]:
        """The clause (None: the root) and what it stands in, up to the root; empty without one."""
        row = self._rows.get(clause) if clause else next(iter(self._inside[None].values()), None)
        line = []
        while row is not None:
            line.append(row)
            row = self._rows[row.parent_id] if row.parent_id else None
        return line

    def children(self, parent: UUID) -> list[Clause]:
        """What stands directly inside, struck or not, in order."""
        return sorted(self._inside[parent].values(), key=lambda row: (row.rank, row.pk))

    def below(self, clause: UUID) -> list[UUID]:
        """The clause and all below it."""
        found = [clause]
        for outer in found:
            found += self._inside[outer]
        return found

    def height(self, clause: UUID) -> int:
        """How many clauses stand in one line from this one downwards, itself included."""
        level, height = [clause], 0
        while level:
            height += 1
            level = [inner for outer in level for inner in self._inside[outer]]
        return height
