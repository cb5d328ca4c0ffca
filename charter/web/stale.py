"""A place, kind or number that somebody changed meanwhile, shown so that a person may decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from charter.actions.refusals import StaleWording
from charter.actions.staleness import StaleClause
from charter.actions.values import Spot
from charter.exports.languages import isolated
from charter.models import Charter, ClauseKind
from charter.queries.texts import text_at
from charter.text.numbering import citations


@dataclass(frozen=True, slots=True)
class MovedOn:
    """What became of a property: what was read, what it is now, and what was wanted, as words."""

    message: str
    base: str
    theirs: str
    yours: str


def moved_on(stale: StaleClause, charter: Charter, language: str) -> MovedOn:
    """The three values as a page of this language tells them."""
    outline = text_at(charter, None, language)
    pairs = zip(outline.walk(), citations(outline), strict=True)
    cited = {one.id: isolated(said, language) for (_depth, one), said in pairs}
    sides = (_said(stale.part, one, cited) for one in (stale.base, stale.theirs, stale.yours))
    return MovedOn(str(stale.message), *sides)


def words_moved_on(stale: StaleWording) -> MovedOn:
    """Words that somebody changed before their clause was to be struck."""
    base, theirs = (
        " · ".join(filter(None, (one.heading, one.text))) or "—"
        for one in (stale.base, stale.theirs)
    )
    return MovedOn(str(stale.message), base, theirs, _("Strike"))


def _said(part: str, value: Spot | str | None, cited: dict[str, str]) -> str:
    if isinstance(value, Spot):
        return _place(str(value.parent), str(value.after) if value.after else "", cited)
    if part == "kind":
        return str(ClauseKind(value).label).capitalize()
    return {None: _("counted"), "": _("without a number")}.get(value) or str(value)


def _place(parent: str, after: str, cited: dict[str, str]) -> str:
    if after in cited:
        return _("After %(clause)s") % {"clause": cited[after]}
    if parent in cited:
        said = _("In %(clause)s") if after else _("First in %(clause)s")
        return said % {"clause": cited[parent]}
    return _("At the top level") if after else _("At the very beginning")
