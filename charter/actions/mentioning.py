"""Whom of the members a comment names, as it is kept with the comment."""

from charter.models import Charter, Membership
from charter.text.mentions import calls, mentions


def mentioned_in(charter: Charter, text: str) -> list[list[int]]:
    """Each mention as [start, end, the keys of the persons], for `Message.mentioned`.

    One query, and none for a comment without an at sign. Whoever has no seat is not named.
    """
    if "@" not in text:
        return []
    seats = Membership.objects.filter(charter=charter, person__is_active=True)
    called = calls(seats.values_list("person", "person__name", "person__email"))
    return [[one.start, one.end, *one.keys] for one in mentions(text, called)]
