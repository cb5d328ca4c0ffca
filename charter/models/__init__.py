"""Tables, constraints and indexes. No HTTP, no rendering, and no writing: see `actions`."""

from charter.models.amendment_threads import AmendmentComment, AmendmentThread
from charter.models.amendments import (
    OPEN_STATUSES,
    Amendment,
    AmendmentDeed,
    AmendmentStatus,
    ChangeStanding,
    ChangeState,
    DeedKind,
    ProposedAct,
    ProposedChange,
    Sponsorship,
)
from charter.models.books import KeptBook
from charter.models.charters import Charter, Scheme, Stage
from charter.models.clauses import ROOT, Clause, ClauseKind, Wording
from charter.models.editions import Edition
from charter.models.feeds import FeedKey
from charter.models.invitations import Invitation
from charter.models.ladder import LadderStep, Rung
from charter.models.members import Delegation, Membership, Role, Standing
from charter.models.notices import (
    Following,
    LetterPace,
    Mailing,
    Notice,
    NoticeKind,
    NoticeWish,
)
from charter.models.parties import Party, PartyKind, PartyMembership
from charter.models.positions import BLOCKING, HELD, Position, Stance, Visibility
from charter.models.presence import Presence
from charter.models.principles import ClausePrinciple, Principle
from charter.models.requests import KeptAnswer, Pace
from charter.models.revisions import Cause, Revision
from charter.models.search import (
    SearchState,
    SoughtAmendmentComment,
    SoughtChange,
    SoughtComment,
    SoughtWord,
    SoughtWording,
)
from charter.models.seatings import Seating, SeatingKind
from charter.models.silence import (
    Silence,
    SilenceDeed,
    SilenceDeedKind,
    SilenceFailure,
    SilenceItem,
    SilenceKind,
    SilenceState,
)
from charter.models.stages import StageStep
from charter.models.statements import Statement, StatementKind, StatementWithdrawal
from charter.models.threads import AnchorState, Comment, Thread
from charter.models.webhooks import Delivery, DeliveryState, EventName, Mishap, OutboxEntry, Webhook

__all__ = [
    "BLOCKING",
    "HELD",
    "OPEN_STATUSES",
    "ROOT",
    "Amendment",
    "AmendmentComment",
    "AmendmentDeed",
    "AmendmentStatus",
    "AmendmentThread",
    "AnchorState",
    "Cause",
    "ChangeStanding",
    "ChangeState",
    "Charter",
    "Clause",
    "ClauseKind",
    "ClausePrinciple",
    "Comment",
    "DeedKind",
    "Delegation",
    "Delivery",
    "DeliveryState",
    "Edition",
    "EventName",
    "FeedKey",
    "Following",
    "Invitation",
    "KeptAnswer",
    "KeptBook",
    "LadderStep",
    "LetterPace",
    "Mailing",
    "Membership",
    "Mishap",
    "Notice",
    "NoticeKind",
    "NoticeWish",
    "OutboxEntry",
    "Pace",
    "Party",
    "PartyKind",
    "PartyMembership",
    "Position",
    "Presence",
    "Principle",
    "ProposedAct",
    "ProposedChange",
    "Revision",
    "Role",
    "Rung",
    "Scheme",
    "SearchState",
    "Seating",
    "SeatingKind",
    "Silence",
    "SilenceDeed",
    "SilenceDeedKind",
    "SilenceFailure",
    "SilenceItem",
    "SilenceKind",
    "SilenceState",
    "SoughtAmendmentComment",
    "SoughtChange",
    "SoughtComment",
    "SoughtWord",
    "SoughtWording",
    "Sponsorship",
    "Stage",
    "StageStep",
    "Stance",
    "Standing",
    "Statement",
    "StatementKind",
    "StatementWithdrawal",
    "Thread",
    "Visibility",
    "Webhook",
    "Wording",
]
