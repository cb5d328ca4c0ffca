"""Tables, constraints and indexes. No HTTP, no rendering, and no writing: see `actions`."""

from charter.models.charters import Charter, Scheme, Stage
from charter.models.clauses import ROOT, Clause, ClauseKind, Wording
from charter.models.editions import Edition
from charter.models.members import Delegation, Membership, Role, Standing
from charter.models.parties import Party, PartyKind, PartyMembership
from charter.models.principles import ClausePrinciple, Principle
from charter.models.revisions import Cause, Revision
from charter.models.threads import AnchorState, Comment, Thread

__all__ = [
    "ROOT",
    "AnchorState",
    "Cause",
    "Charter",
    "Clause",
    "ClauseKind",
    "ClausePrinciple",
    "Comment",
    "Delegation",
    "Edition",
    "Membership",
    "Party",
    "PartyKind",
    "PartyMembership",
    "Principle",
    "Revision",
    "Role",
    "Scheme",
    "Stage",
    "Standing",
    "Thread",
    "Wording",
]
