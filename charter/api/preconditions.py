"""ETags, and the writes that say in `If-Match` what they were made against.

The tag of a text is `"<revision>-<digest>-<program>"`, and a write of the text sends it back or
just `"<revision>"`: any revision will do that the write can still be merged with. The tag of an
amendment is `"<version>-<hash>"`: a write of it sends that back or just `"<version>"`, for what
carrying brings leaves the version as it is. The tag of the register of parties is
`"<digest>-<hash>"`, and a register is taken in against that or just `"<digest>"`, whichever file it
came with. The tag of anything else is the hash of how it goes out, and a write of it needs the one
that stands now.
"""

import re
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from django.utils.translation import gettext as _
from rest_framework.request import Request

from charter.access import Seat
from charter.api.problems import Problem
from charter.data import ROOT
from charter.models import Charter
from charter.program import digest_of
from charter.queries.points import digest_at

Precondition = Literal["revision", "tag", "version", "register"]
REVISION: Precondition = "revision"
TAG: Precondition = "tag"
VERSION: Precondition = "version"
REGISTER: Precondition = "register"

_TAG = re.compile(r'(?:W/)?"([!#-~]{1,100})"')
_REVISION = re.compile(r"([0-9]{1,9})(?:-([0-9a-f]{16})-[0-9a-f]{8})?")
_VERSION = re.compile(r"([0-9]{1,9})(?:-[0-9a-f]{16})?")
_REGISTER = re.compile(r"([0-9a-f]{32})(?:-[0-9a-f]{16})?")


def tag_of_text(number: int, digest: str) -> str:
    """The tag of whatever follows from the text of one revision."""
    return f'"{number}-{digest[:16]}-{program()}"'


def tag_of(content: bytes) -> str:
    """The tag of what goes out in these bytes."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def tag_of_version(version: int, content: bytes) -> str:
    """The tag of what goes out in these bytes and is written by its version."""
    return f'"{version}-{sha256(content).hexdigest()[:16]}"'


def tag_of_register(digest: str, content: bytes) -> str:
    """The tag of the register of this digest, as it goes out in these bytes."""
    return f'"{digest}-{sha256(content).hexdigest()[:16]}"'


def register(request: Request) -> str:
    """The digest of the register a write was made against. Problem when If-Match names none."""
    found = _REGISTER.fullmatch(_given(request))
    if found is None:
        raise Problem("bad_precondition", _("If-Match holds the ETag of a register or its trial."))
    return found[1]


def version(request: Request) -> int:
    """The version a write was made against. Problem when If-Match names none."""
    found = _VERSION.fullmatch(_given(request))
    if found is None:
        raise Problem("bad_precondition", _('If-Match names a version, such as "3".'))
    return int(found[1])


def base(request: Request, seat: Seat) -> int:
    """The revision a write was made against. Problem when it names none, or one that is not.

    A tag with a digest also vouches for the past: 412 when another text stands in that revision.
    """
    said = _given(request)
    found = _REVISION.fullmatch(said)
    if found is None:
        raise Problem("bad_precondition", _('If-Match names a revision, such as "12".'))
    number, digest = int(found[1]), found[2]
    charter: Charter = seat.charter
    if not 1 <= number <= charter.head:
        raise Problem("stale", _("There is no such revision in this charter."), head=charter.head)
    if digest is not None and not digest_at(charter, number).startswith(digest):
        raise Problem("stale", _("That revision has another digest."), head=charter.head)
    return number


def require_tag(request: Request, standing: str, theirs: Any) -> None:
    """Nothing when If-Match is the tag of what stands. Problem with `theirs`, which it is, else."""
    if _given(request) != standing.removeprefix("W/").strip('"'):
        raise Problem(
            "stale",
            _("It has changed since it was read. Read it again, and send its ETag."),
            headers={"ETag": standing},
            theirs=theirs,
        )


def _given(request: Request) -> str:
    said = request.headers.get("If-Match")
    if said is None:
        raise Problem("precondition_required", _("Say in If-Match what you have read."))
    found = _TAG.fullmatch(said.strip())
    if found is None:
        raise Problem("bad_precondition", _("If-Match holds one entity tag in quotes."))
    return found[1]


@cache
def program() -> str:
    """Eight digits of the code that makes answers of rows."""
    return digest_of(ROOT, {"charter": {".py"}})[:8]
