"""Time zones by their names in the IANA database, as this machine knows them."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

Choices = list[tuple[str, list[tuple[str, str]]]]


@cache
def by_region() -> Choices:
    """The zones of places in groups: [("Asia", [("Asia/Almaty", "Almaty"), …]), …]."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(_names()):
        region, slash, place = name.partition("/")
        if slash and region not in ("Etc", "SystemV", "US"):
            regions.setdefault(region, []).append((name, place.replace("_", " ")))
    return sorted(regions.items())


def named(name: str) -> ZoneInfo | None:
    """The zone of this name; None for "" and for a name that this machine does not know."""
    return ZoneInfo(name) if name in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())
