"""The values actions take and give back."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final
from uuid import UUID

from charter.models import Clause, Revision
from charter.text.words import Words

__all__ = ["UNCHANGED", "Committed", "Spot", "Unchanged", "Words"]


class Unchanged(Enum):
    """The type of `UNCHANGED`, for arguments where None means something."""

    UNCHANGED = auto()


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a clause stands: in `parent` (None: the top level), behind `after` (None: first)."""

    parent: UUID | None
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of an action on a text; `revision` None: there was nothing to change.

    `merged` says that somebody else's words were combined with the ones given.
    """

    revision: Revision | None
    clause: Clause | None = None
    merged: bool = False
