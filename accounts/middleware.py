"""A person's own choice of language wins over the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin


class PersonLanguage(MiddlewareMixin):
    """Stands after LocaleMiddleware, which names the language in the answer, and after sign-in."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def process_request(self, request: HttpRequest) -> None:
        wish = getattr(request.user, "language", "")
        if wish in dict(settings.LANGUAGES):
            translation.activate(wish)
            request.LANGUAGE_CODE = wish  # type: ignore[attr-defined]
