"""A person's own choices: a language, which wins over the browser's, and a time zone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin

from accounts import zones


class PersonLanguage(MiddlewareMixin):
    """Stands after LocaleMiddleware, which names the language in the answer, and after sign-in."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def process_request(self, request: HttpRequest) -> None:
        wish = getattr(request.user, "language", "")
        if wish in dict(settings.LANGUAGES):
            translation.activate(wish)
            request.LANGUAGE_CODE = wish  # type: ignore[attr-defined]


class PersonTimeZone(MiddlewareMixin):
    """Stands after sign-in. A zone ends with its request: the thread answers others after it."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def process_request(self, request: HttpRequest) -> None:
        zone = zones.named(getattr(request.user, "time_zone", ""))
        if zone:
            timezone.activate(zone)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        timezone.deactivate()
        return response
