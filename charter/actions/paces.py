"""How fast callers may ask, agreed between all processes through one row a caller.

The generic cell rate algorithm (ITU-T I.371): the row says when the allowance is full again. Each
request moves that moment by one interval, and is refused when it would then lie further ahead than
the whole allowance takes to fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from random import random

from django.db import connection

# In the order of the names, so that two requests of one person never wait for one another in turn.
_SPEND = """
INSERT INTO charter_pace AS pace (caller, full_at)
SELECT caller, clock_timestamp() + each * interval '1 second'
FROM unnest(%(callers)s::text[], %(eaches)s::float8[]) AS given (caller, each)
ORDER BY caller
ON CONFLICT (caller) DO UPDATE
SET full_at = greatest(pace.full_at, clock_timestamp()) + (excluded.full_at - clock_timestamp())
WHERE pace.full_at + (excluded.full_at - clock_timestamp())
  <= clock_timestamp() + %(window)s * interval '1 second'
RETURNING caller, extract(epoch FROM full_at - clock_timestamp())::float8
"""

_STANDING = """
SELECT caller, extract(epoch FROM full_at - clock_timestamp())::float8
FROM charter_pace WHERE caller = ANY(%s)
"""

# A row whose moment has passed says the same as no row.
_FORGET = "DELETE FROM charter_pace WHERE full_at < clock_timestamp() - interval '1 hour'"
_FORGETTING = 0.001  # of the requests


@dataclass(frozen=True, slots=True)
class Limit:
    """`caller` may ask `most` times at once, and from then on `most` times in each WINDOW."""

    name: str
    caller: str
    most: int


WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Pace:
    """What is left of a limit: `left` requests at once, all of them after `full_in` seconds.

    `wait` is 0 where this request was let through, else the seconds until one will be.
    """

    limit: Limit
    left: int
    full_in: int
    wait: int


def spend(limits: Sequence[Limit]) -> list[Pace]:
    """Count one request against each limit, whose callers differ. One statement, two if refused."""
    callers = [limit.caller for limit in limits]
    with connection.cursor() as cursor:
        if random() < _FORGETTING:
            cursor.execute(_FORGET)
        cursor.execute(
            _SPEND,
            {
                "callers": callers,
                "eaches": [WINDOW / limit.most for limit in limits],
                "window": WINDOW,
            },
        )
        passed = dict(cursor.fetchall())
        refused = [caller for caller in callers if caller not in passed]
        standing: dict[str, float] = {}
        if refused:
            cursor.execute(_STANDING, [refused])
            standing = dict(cursor.fetchall())
    return [_pace(limit, passed.get(limit.caller), standing) for limit in limits]


def _pace(limit: Limit, passed: float | None, standing: dict[str, float]) -> Pace:
    each = WINDOW / limit.most
    ahead = standing.get(limit.caller, float(WINDOW)) if passed is None else passed
    left = max(0, int((WINDOW - ahead) / each + 0.001)) if passed is not None else 0
    wait = 0 if passed is not None else max(1, ceil(ahead + each - WINDOW))
    return Pace(limit, left, max(0, ceil(ahead)), wait)
