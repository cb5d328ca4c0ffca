"""What a person decided where an undoing is entangled with later revisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from charter.actions.refusals import Hindrance
from charter.actions.values import Words


@dataclass(frozen=True, slots=True)
class Settled:
    """Decisions made reading revision `base`.

    `words` are by clause and language; `left` and `forced` name hindrances by their keys: acts
    that are not done, and acts that are done all the same.
    """

    base: int
    words: Mapping[tuple[UUID, str], Words] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    forced: frozenset[str] = frozenset()

    def leaves(self, hindrance: Hindrance) -> bool:
        """Whether what it hinders shall stay as it is."""
        return hindrance.key in self.left

    def forces(self, hindrance: Hindrance) -> bool:
        """Whether what it hinders shall be done all the same."""
        return hindrance.can_be_forced and hindrance.key in self.forced
