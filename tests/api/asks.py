"""Every address of a charter in the API, with what each method needs. The walks go along it."""

from datetime import UTC, datetime, timedelta

from charter.access import Right
from charter.api.preconditions import REGISTER, REVISION, TAG, VERSION
from charter.models import Amendment
from tests.api.walk import COMMENT, EDIT, MANAGE, PROPOSE, READ, WORDS, Ask, Table

TABLE, HOLD, WITHDRAW = Right.TABLE, Right.HOLD, Right.WITHDRAW
DECLARE = Right.DECLARE
ADOPT, AGREE, DEFINE, CORRECT = Right.ADOPT, Right.AGREE, Right.DEFINE, Right.CORRECT


def _set(table: Table) -> dict:
    clause = str(table.scene.first)
    operations = [
        {"op": "insert", "kind": "article", "words": WORDS, "name": "a"},
        {"op": "move", "clause": "new:a", "before": str(table.scene.other)},
        {"op": "reword", "clause": clause, "words": {"en": {"text": "Other words."}}},
    ]
    return {"message": "A set", "operations": operations}


def _split(table: Table) -> dict:
    return {"names": {"en": "Calm"}, "clauses": [str(table.scene.second)]}


def _adopting(table: Table) -> dict:
    own = Amendment.objects.get(uuid=table.ids["amendment"])
    return {"changes": [{"change": str(table.ids["change"]), "version": own.version}]}


def _at(name: str, **more):
    """A body that names a clause of the scene."""
    return lambda table: {"clause": str(getattr(table.scene, name)), **more}


def _in(days: int) -> str:
    """A moment so many days from now."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")


def _silencing(name: str):
    """A body that puts a clause of the scene under silence."""
    return lambda table: {"clauses": [str(getattr(table.scene, name))], "deadline": _in(5)}


PLAIN = {"text": "# A charter of tests\n\n## Article 1\n\nOther words.\n", "name": "new.md"}
PLACE = {"role": "reviewer"}
ENTRIES = {"text": "code,kind,name_en\nRUS,state,Russia\n"}
TOLD = {"url": "https://example.org/told", "events": ["revision.committed"]}

OF_CHARTERS: dict[str, dict[str, Ask]] = {
    "charter": {"GET": Ask(READ)},
    "settings": {"GET": Ask(READ), "PATCH": Ask(MANAGE, {"stage": "negotiation"}, TAG)},
    "stages": {"GET": Ask(READ)},
    "text": {"GET": Ask(READ)},
    "blame": {"GET": Ask(READ)},
    "clause_blame": {"GET": Ask(READ)},
    "exports": {"GET": Ask(READ, query="?format=txt")},
    "imports": {"POST": Ask(EDIT, PLAIN, REVISION)},
    "import_preview": {"POST": Ask(EDIT, PLAIN)},
    "clauses": {"POST": Ask(EDIT, {"kind": "article", "words": WORDS}, REVISION)},
    "struck": {"GET": Ask(READ)},
    "clause": {
        "GET": Ask(READ),
        "PATCH": Ask(EDIT, {"words": {"en": {"text": "New words."}}}, REVISION),
    },
    "clause_history": {"GET": Ask(READ)},
    "clause_corrections": {
        "POST": Ask(
            CORRECT, {"words": {"en": {"text": "New words."}}, "message": "A slip"}, REVISION
        )
    },
    "clause_strike": {"POST": Ask(EDIT, {}, REVISION)},
    "clause_restore": {"POST": Ask(EDIT, {"message": "Back"}, REVISION)},
    "clause_move": {"POST": Ask(EDIT, {"parent": None}, REVISION)},
    "clause_brackets": {
        "GET": Ask(READ),
        "POST": Ask(EDIT, {"act": "place", "start": 0, "end": 3}, REVISION),
    },
    "brackets": {"GET": Ask(READ)},
    "numbers_freeze": {"POST": Ask(DEFINE, {}, REVISION)},
    "numbers_release": {"POST": Ask(DEFINE, {}, REVISION)},
    "principles": {
        "GET": Ask(READ),
        "POST": Ask(DEFINE, {"names": {"en": "Trust"}}, REVISION),
    },
    "principle": {
        "GET": Ask(READ),
        "PATCH": Ask(DEFINE, {"names": {"en": "Openness to all"}}, REVISION),
    },
    "principle_withdraw": {"POST": Ask(DEFINE, {}, REVISION)},
    "principle_restore": {"POST": Ask(DEFINE, {}, REVISION)},
    "principle_clauses": {"GET": Ask(READ)},
    "principle_merge": {"POST": Ask(DEFINE, {"into": "order"}, REVISION)},
    "principle_split": {"POST": Ask(DEFINE, _split, REVISION)},
    "coverage": {"GET": Ask(READ)},
    "courses": {"GET": Ask(READ)},
    "statistics": {"GET": Ask(READ)},
    "revisions": {"GET": Ask(READ), "POST": Ask(EDIT, _set, REVISION)},
    "revision": {"GET": Ask(READ)},
    "revision_undo": {"POST": Ask(EDIT, {}, REVISION)},
    "revision_undo_preview": {"POST": Ask(EDIT, {})},
    "clause_return_preview": {"POST": Ask(EDIT, {"revision": 5})},
    "clause_return": {"POST": Ask(EDIT, {"revision": 5, "with_children": True}, REVISION)},
    "compare": {"GET": Ask(READ, query="?since=1")},
    "concordance": {"GET": Ask(READ, query="?since=1")},
    "search": {"GET": Ask(READ, query="?q=party")},
    "positions": {
        "GET": Ask(READ),
        "POST": Ask(HOLD, lambda table: {"clause": str(table.scene.first), "stance": "agrees"}),
    },
    "positions_withdraw": {
        "POST": Ask(WITHDRAW, lambda table: {"clause": str(table.scene.second)})
    },
    "ladder": {"GET": Ask(READ)},
    "clause_ladder": {"GET": Ask(READ), "POST": Ask(AGREE, {"rung": "agreed"}, REVISION)},
    "silences": {
        "GET": Ask(READ),
        "POST": Ask(Right.SILENCE, _silencing("other"), REVISION),
    },
    "silence": {"GET": Ask(READ)},
    "silence_break": {"POST": Ask(Right.OBJECT, {"reason": "Against instructions."})},
    "silence_extend": {"POST": Ask(Right.SILENCE, {"deadline": _in(9)})},
    "silence_call_off": {"POST": Ask(MANAGE, {"note": "Not ripe."})},
    "statements": {
        "GET": Ask(READ),
        "POST": Ask(DECLARE, _at("second", kind="reservation", text="We reserve our position.")),
    },
    "statement": {"GET": Ask(READ)},
    "statement_withdraw": {"POST": Ask(WITHDRAW, {"note": "No longer needed"})},
    "convergence": {"GET": Ask(READ, query="?since=2")},
    "editions": {"GET": Ask(READ), "POST": Ask(MANAGE, {"revision": 2, "name": "Rev.1"})},
    "edition": {
        "GET": Ask(READ),
        "PUT": Ask(MANAGE, {"name": "Draft 0"}, TAG),
        "DELETE": Ask(MANAGE, None, TAG),
    },
    "threads": {
        "GET": Ask(READ),
        "POST": Ask(COMMENT, lambda table: {"clause": str(table.scene.second), "text": "Why?"}),
    },
    "thread": {"GET": Ask(READ)},
    "thread_comments": {"POST": Ask(COMMENT, {"text": "Because."})},
    "thread_resolve": {"POST": Ask(COMMENT)},
    "thread_reopen": {"POST": Ask(COMMENT)},
    "thread_reanchor": {"POST": Ask(COMMENT, {"start": 4, "end": 11})},
    "amendments": {"GET": Ask(READ), "POST": Ask(PROPOSE, {"title": "On calm"})},
    "amendment": {"GET": Ask(READ), "PATCH": Ask(PROPOSE, {"rationale": "Calm."}, VERSION)},
    "amendment_table": {"POST": Ask(TABLE, None, VERSION)},
    "amendment_withdraw": {"POST": Ask(WITHDRAW, {"note": "Agreed otherwise"}, VERSION)},
    "amendment_reject": {"POST": Ask(MANAGE, {}, VERSION)},
    "amendment_supersede": {
        "POST": Ask(MANAGE, lambda table: {"other": str(table.ids["theirs"])}, VERSION)
    },
    "amendment_join": {"POST": Ask(TABLE)},
    "amendment_leave": {"POST": Ask(WITHDRAW)},
    "amendment_effect": {"GET": Ask(READ)},
    "amendment_threads": {
        "GET": Ask(READ),
        "POST": Ask(COMMENT, lambda table: {"change": str(table.ids["change"]), "text": "Why?"}),
    },
    "amendment_thread": {"GET": Ask(READ)},
    "amendment_thread_comments": {"POST": Ask(COMMENT, {"text": "Because."})},
    "amendment_thread_resolve": {"POST": Ask(COMMENT)},
    "amendment_thread_reopen": {"POST": Ask(COMMENT)},
    "amendment_thread_reanchor": {"POST": Ask(COMMENT, {"start": 0, "end": 3})},
    "rewordings": {"POST": Ask(PROPOSE, _at("second", words={"text": "Calm."}), VERSION)},
    "insertions": {
        "POST": Ask(PROPOSE, {"clauses": [{"kind": "article", "text": "Calm."}]}, VERSION)
    },
    "strikes": {"POST": Ask(PROPOSE, _at("second"), VERSION)},
    "moves": {"POST": Ask(PROPOSE, _at("other"), VERSION)},
    "change": {"GET": Ask(READ), "DELETE": Ask(PROPOSE, None, VERSION)},
    "adoption": {"POST": Ask(ADOPT, _adopting, REVISION)},
    "adoption_plan": {"POST": Ask(ADOPT, _adopting)},
    "rolling": {"GET": Ask(READ)},
    "compilation": {"GET": Ask(READ, query="?everything=true")},
    "compilation_file": {"GET": Ask(READ, query="?format=html")},
    "members": {"GET": Ask(READ)},
    "member": {
        "GET": Ask(READ),
        "PUT": Ask(MANAGE, PLACE, TAG),
        "DELETE": Ask(MANAGE, None, TAG),
    },
    "member_confirm": {"POST": Ask(READ)},
    "member_decline": {"POST": Ask(READ)},
    "delegation_seatings": {"GET": Ask(READ)},
    "invitations": {
        "GET": Ask(MANAGE),
        "POST": Ask(MANAGE, {"email": "another@example.org", "role": "observer"}),
    },
    "invitation": {"GET": Ask(MANAGE), "DELETE": Ask(MANAGE, None, TAG)},
    "invitation_renew": {"POST": Ask(MANAGE)},
    "webhooks": {"GET": Ask(MANAGE), "POST": Ask(MANAGE, TOLD)},
    "webhook": {
        "GET": Ask(MANAGE),
        "PUT": Ask(MANAGE, TOLD, TAG),
        "DELETE": Ask(MANAGE, None, TAG),
    },
    "webhook_secret": {"POST": Ask(MANAGE)},
    "webhook_test": {"POST": Ask(MANAGE)},
    "deliveries": {"GET": Ask(MANAGE)},
    "delivery_again": {"POST": Ask(MANAGE)},
    "parties": {
        "GET": Ask(READ),
        "POST": Ask(MANAGE, {"kind": "state", "code": "RUS", "names": {"en": "Russia"}}),
    },
    "party": {
        "GET": Ask(READ),
        "PUT": Ask(MANAGE, {"kind": "organisation", "code": "CSTO", "names": {"en": "CSTO"}}, TAG),
        "DELETE": Ask(MANAGE, None, TAG),
    },
    "parties_export": {"GET": Ask(READ)},
    "parties_import": {"POST": Ask(MANAGE, ENTRIES, REGISTER)},
    "parties_import_preview": {"POST": Ask(MANAGE, ENTRIES)},
    "party_members": {
        "GET": Ask(READ),
        "POST": Ask(
            MANAGE,
            lambda table: {
                "member": table.ids["state"],
                "since": "1900-01-01",
                "until": "1901-01-01",
            },
        ),
    },
    "party_member": {
        "GET": Ask(READ),
        "PUT": Ask(MANAGE, {"since": "1993-12-31", "until": None}, TAG),
        "DELETE": Ask(MANAGE, None, TAG),
    },
    "presence": {"GET": Ask(READ)},
    "delegation_activity": {"GET": Ask(READ)},
    "delegations": {
        "GET": Ask(READ),
        "POST": Ask(MANAGE, lambda table: {"party": table.ids["party"], "standing": "observer"}),
    },
    "delegation": {
        "GET": Ask(READ),
        "PUT": Ask(MANAGE, {"standing": "initiator"}, TAG),
        "DELETE": Ask(MANAGE, None, TAG),
    },
    "feeds": {"GET": Ask(READ), "POST": Ask(READ), "DELETE": Ask(READ)},
    "history_feed": {"GET": Ask(READ)},
    "clause_feed": {"GET": Ask(READ)},
    "silence_calendar": {"GET": Ask(READ)},
    "following": {"GET": Ask(READ), "POST": Ask(READ, {"clause": None})},
    "following_end": {"POST": Ask(READ, {"clause": None})},
    "notice_settings": {"GET": Ask(READ), "PATCH": Ask(READ, {"letters": "off"}, TAG)},
}

# Addresses of no charter: the status of each method for somebody with a token that writes.
OPEN: dict[str, dict[str, int]] = {
    "me": {"GET": 200, "PATCH": 428},
    "search_everywhere": {"GET": 400},
    "charters": {"GET": 200, "POST": 422},
    "invitation_key": {"POST": 422},
    "notices": {"GET": 200},
    "notices_read": {"POST": 422},
    "own_invitations": {"GET": 200},
    "own_invitation_accept": {"POST": 404},
    "own_invitation_decline": {"POST": 404},
}
