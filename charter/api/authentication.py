"""Who asks: the holder of a token, or on the pages of documentation whoever is signed in there.

A request that says who it is and is wrong is refused, and never taken for somebody else's.
"""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import Scope, Token
from accounts.tokens import holder
from charter.api.problems import Problem

LONGEST = 200  # characters of a secret worth looking up


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer <secret>`; `request.auth` is the `Token`."""

    def authenticate(self, request: Request):
        said = request.headers.get("Authorization")
        if said is None:
            return None
        kind, _space, secret = said.partition(" ")
        token = None
        if kind.lower() == "bearer" and 0 < len(secret) <= LONGEST:
            token = holder(secret.strip())
        if token is None:
            raise AuthenticationFailed()
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="charter"'


class BrowserSession(SessionAuthentication):
    """Somebody signed in, whose writes carry the secret of the site's own forms."""


class WithinScope(BasePermission):
    """Somebody, and with a token that only reads nothing but GET and HEAD."""

    def has_permission(self, request: Request, view: object) -> bool:
        if not request.user.is_authenticated:
            return False
        token = request.auth
        reads = isinstance(token, Token) and token.scope != Scope.WRITE
        if reads and request.method not in SAFE_METHODS:
            raise Problem("read_only_token")
        return True


class _Bearer(OpenApiAuthenticationExtension):
    target_class = "charter.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token from the account page, of scope read or write.",
        }


class _Session(OpenApiAuthenticationExtension):
    target_class = "charter.api.authentication.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "charter-session",
            "description": "Signed in in this browser; writes need X-CSRFToken too.",
        }
