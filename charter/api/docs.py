"""The pages about the API: the schema to read and try, worked examples, the list of problems."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from charter.api.manual import blocks
from charter.api.problems import KINDS
from charter.api.unknown import Unknown


def start(request: HttpRequest) -> HttpResponseBase:
    """The way in: to the documentation for a browser, for a program a few addresses."""
    if request.method not in ("GET", "HEAD"):
        return Unknown.as_view()(request)
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        answer: HttpResponse = HttpResponseRedirect(reverse("api:docs"))
    else:
        answer = JsonResponse({name: reverse(f"api:{named}") for name, named in _DOORS.items()})
    patch_vary_headers(answer, ["Accept"])
    return answer


_DOORS = {
    "documentation": "docs",
    "examples": "examples",
    "problems": "problems",
    "schema": "schema",
    "me": "me",
    "charters": "charters",
}


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every address of the API, to read and to try."""
    return render(request, "api/docs.html")


@require_safe
def examples(request: HttpRequest) -> HttpResponse:
    """Worked examples, which the tests run."""
    return render(request, "api/examples.html", {"blocks": blocks()})


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """What each code of a problem document means."""
    kinds = [(code, status, title) for code, (status, title) in KINDS.items()]
    return render(request, "api/problems.html", {"kinds": kinds})
