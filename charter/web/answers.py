"""What the answers to refusals of `charter.access` look like: 404, 403, or the way to sign in."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charter.access import Forbidden, NotVisible
from charter.queries.stages import forbidden_because


class AccessAnswers:
    """Middleware: a charter that is not visible is not there, whoever asks.

    Somebody who has not signed in is sent to sign in, charter or no charter, and so learns
    nothing either. A script is told so with 401, or it would take the sign-in page for its answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Forbidden):
            said = {"by_stage": error.stage, "because": forbidden_because(error)}
            return render(request, "403.html", said, status=403)
        if isinstance(error, NotVisible):
            if not request.user.is_authenticated and request.htmx:
                return HttpResponse(status=401)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return render(request, "404.html", status=404)
        return None
