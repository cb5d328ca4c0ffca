"""What was found, counted by what it is found in: part, principle, person, kind, language."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from charter.queries.search_found import Found

MOST = 30  # options of one facet; the rest are those with the fewest

Values = Mapping[str, Callable[[Found], Iterable[str]]]


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, and how many would be left if it were chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way of narrowing what was found; `name` is its parameter in the address."""

    name: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


def narrowed(
    found: Sequence[Found], values: Values, chosen: Mapping[str, str]
) -> tuple[list[Found], dict[str, Counter[str]]]:
    """What all the chosen values hold for, and for each facet the counts of its values among what
    the other facets leave. What is chosen of a facet that there is not is let go."""
    chosen = {name: chosen[name] for name in values if chosen.get(name)}
    left: list[Found] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in values}
    for one in found:
        own = {name: tuple(read(one)) for name, read in values.items()}
        missed = [name for name, value in chosen.items() if value not in own[name]]
        if not missed:
            left.append(one)
        for name in missed if len(missed) == 1 else () if missed else values:
            counts[name].update(own[name])
    return left, counts


def facet(
    name: str,
    counts: Counter[str],
    chosen: str,
    label: Callable[[str], str],
    order: Mapping[str, int] | None = None,
) -> Facet:
    """The options of a facet, the most frequent first, or by `order`; what was chosen stays."""
    values = [value for value, _count in counts.most_common(MOST)]
    if chosen and chosen not in values:
        values.append(chosen)
    if order is not None:
        values.sort(key=lambda value: order.get(value, len(order)))
    else:
        values.sort(key=lambda value: (-counts[value], label(value)))
    options = (Option(one, label(one), counts[one], one == chosen) for one in values)
    return Facet(name, tuple(options))
