"""Whose proposals can be asked for: each delegation's, and those of whoever sits with none.

The last is where the chair's compromise stands.
"""

from collections.abc import Collection
from dataclasses import dataclass

from charter.models import Charter, Delegation

CHAIR = 0  # the key of those who sit with no delegation


class NoSuchDelegation(LookupError):
    """No delegation of the charter has this key, or this code."""


@dataclass(frozen=True, slots=True)
class Proposing:
    """`key` and `code` are a delegation's; those who sit with none are CHAIR, "" and ""."""

    key: int
    code: str
    name: str


def proposing(charter: Charter, language: str) -> tuple[Proposing, ...]:
    """Every delegation by its code, and last those who sit with none. One query."""
    teams = Delegation.objects.filter(charter=charter).select_related("party")
    found = [Proposing(one.pk, one.party.code, one.party.name(language)) for one in teams]
    return (*found, Proposing(CHAIR, "", ""))


def chosen(charter: Charter, language: str, keys: Collection[int]) -> tuple[Proposing, ...]:
    """Those of these keys. NoSuchDelegation for the first key that is nobody's."""
    found = tuple(one for one in proposing(charter, language) if one.key in keys)
    for missing in sorted(set(keys) - {one.key for one in found}):
        raise NoSuchDelegation(missing)
    return found


def keys_of(charter: Charter, codes: Collection[str]) -> frozenset[int]:
    """The keys of delegations by their parties' codes, in any case; "CHAIR" is CHAIR.

    NoSuchDelegation for the first code that is nobody's.
    """
    known = {"CHAIR": CHAIR} | {
        one.code.upper(): one.key for one in proposing(charter, "") if one.code
    }
    for code in codes:
        if code.upper() not in known:
            raise NoSuchDelegation(code)
    return frozenset(known[code.upper()] for code in codes)
