"""A calendar of deadlines as iCalendar (RFC 5545), for programs that fetch it again and again.

Times are in UTC. An event keeps its id for good; each change of it has a higher sequence number, by
which calendars know which of two they have is the later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, vText

MEDIA_TYPE = "text/calendar; charset=utf-8"
EXTENSION = "ics"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something must have happened.

    `id` is unique in the world and stays; `sequence` counts its changes from 0; `changed_at` is the
    last of them. `url` leads to what it is about.
    """

    id: str
    at: datetime
    summary: str
    description: str
    url: str
    sequence: int
    changed_at: datetime
    status: Literal["CONFIRMED", "CANCELLED"]


def write(name: str, language: str, deadlines: Iterable[Deadline]) -> bytes:
    """The calendar `name`, its words in `language`, as bytes in UTF-8."""
    calendar = Calendar()
    calendar.add("prodid", "-//Charter//Charter//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in deadlines:
        calendar.add_component(_event(one, language))
    written: bytes = calendar.to_ical()
    return written


def _event(deadline: Deadline, language: str) -> Event:
    """An event without length, which keeps nobody busy."""
    event, spoken = Event(), {"LANGUAGE": language}
    event.add("uid", deadline.id)
    event.add("dtstamp", deadline.changed_at.astimezone(UTC))
    event.add("last-modified", deadline.changed_at.astimezone(UTC))
    event.add("sequence", deadline.sequence)
    event.add("dtstart", deadline.at.astimezone(UTC))
    event.add("summary", deadline.summary, parameters=spoken)
    event.add("description", deadline.description, parameters=spoken)
    event.add("url", deadline.url)
    event.add("status", deadline.status)
    event.add("transp", "TRANSPARENT")
    return event
