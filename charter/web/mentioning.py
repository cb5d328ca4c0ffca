"""The names that a comment can call, for the list that is offered behind an at sign."""

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from charter.access import Right, enter
from charter.queries.members import members_of
from charter.web import asked


@require_safe
def names(request: HttpRequest, slug: str) -> JsonResponse:
    """The other members by name, each with the delegation they sit with."""
    seat = enter(request.user, slug, Right.COMMENT)
    members = members_of(seat.charter, asked.language(request, seat))
    others = sorted(
        (one for one in members if one.person_id != seat.person.pk),
        key=lambda one: one.name.casefold(),
    )
    found = [{"name": one.name, "delegation": one.delegation} for one in others]
    response = JsonResponse({"names": found})
    patch_cache_control(response, private=True, max_age=60)
    return response
