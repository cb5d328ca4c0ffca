"""Stances and rungs as they are shown: a sign beside the words, and sums in a sentence."""

from django.utils.translation import ngettext

from charter.models import Rung, Stance
from charter.queries.positions import Summed

SIGNS = {
    Stance.AGREES: "✓",
    Stance.AD_REFERENDUM: "◐",
    Stance.RESERVES: "△",
    Stance.OBJECTS: "✕",
}
SILENT = "·"
STALE = "⟳"
# The more is filled, the further it is agreed; words stand beside it, or are said by it.
RUNGS = {Rung.OPEN: "○", Rung.DRAFTING_GROUP: "◔", Rung.AD_REFERENDUM: "◑", Rung.AGREED: "●"}


def said(one: Summed) -> str:
    """An organisation in words: "of 5 members: 3 agree, 1 reserves, 1 is silent"."""
    counts = {**one.stances, "silent": one.silent}
    phrases = {
        Stance.AGREES: ngettext("%(n)d agrees", "%(n)d agree", counts.get(Stance.AGREES, 0)),
        Stance.AD_REFERENDUM: ngettext(
            "%(n)d agrees ad referendum",
            "%(n)d agree ad referendum",
            counts.get(Stance.AD_REFERENDUM, 0),
        ),
        Stance.RESERVES: ngettext(
            "%(n)d reserves", "%(n)d reserve", counts.get(Stance.RESERVES, 0)
        ),
        Stance.OBJECTS: ngettext("%(n)d objects", "%(n)d object", counts.get(Stance.OBJECTS, 0)),
        "silent": ngettext("%(n)d is silent", "%(n)d are silent", one.silent),
    }
    parts = [phrases[key] % {"n": counts[key]} for key in phrases if counts.get(key)]
    if one.stale:
        stale = ngettext("%(n)d position is stale", "%(n)d positions are stale", one.stale)
        parts.append(stale % {"n": one.stale})
    members = ngettext("of %(n)d member", "of %(n)d members", one.members) % {"n": one.members}
    said = f"{members}: {', '.join(parts)}"
    if not one.absent:
        return said
    absent = ngettext(
        "%(n)d more member is not at the table",
        "%(n)d more members are not at the table",
        one.absent,
    )
    return f"{said}; {absent % {'n': one.absent}}"


def signed(one: Summed) -> str:
    """The same in signs and figures: "✓ 3 △ 1 · 2"."""
    counts = [(SIGNS[stance], one.stances.get(stance, 0)) for stance in SIGNS]
    return " ".join(f"{sign} {count}" for sign, count in (*counts, (SILENT, one.silent)) if count)
