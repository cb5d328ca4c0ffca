"""The deadlines of a charter's silence procedures as a calendar, opened by a feed's key."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from charter.exports.calendars import deadlines
from charter.formats import ical
from charter.web import feeds


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Every deadline there is or was."""
    seat = feeds.reader_seat(request, slug)

    def write(language: str) -> HttpResponse:
        data = deadlines(seat.charter, language, request.build_absolute_uri)
        return HttpResponse(data, content_type=ical.MEDIA_TYPE)

    return feeds.conditional(request, seat, write)
