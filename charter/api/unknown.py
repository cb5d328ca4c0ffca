"""Whatever the API has no address for."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from charter.api.endpoints import Endpoint


class Unknown(Endpoint):
    """Answers everybody alike, so that nothing is learned by asking."""

    authentication_classes = []
    permission_classes = []

    def initial(self, request: Request, *args: object, **named: object) -> None:
        raise Http404

    def http_method_not_allowed(self, request: HttpRequest, *_a: object) -> HttpResponseBase:
        raise Http404
