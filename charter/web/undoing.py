"""A revision undone: what would come of it, and what a person has to decide for that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.previews import preview_undo
from charter.actions.refusals import Entangled, Refused
from charter.actions.settling import Settled
from charter.actions.undoing import undo_revision
from charter.actions.values import Committed
from charter.queries.history import Entry, NoRevision, revision_of
from charter.queries.principles import names_of
from charter.web import asked, compare
from charter.web.clause_forms import MessageForm
from charter.web.disentangling import decided, disentangled, entangled
from charter.web.merging import too_long
from charter.web.replies import form_page, posted

ROUNDS = 5


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what undoing a revision would change now, or what stands in the way; then do it."""
    seat = enter(request.user, slug, Right.EDIT)
    language = asked.language(request, seat)
    try:
        entry = revision_of(seat.charter, number, language)
    except NoRevision as error:
        raise Http404(str(error)) from error
    form = MessageForm(posted(request))
    if request.method == "POST":
        return _done(request, seat, language, entry, form)
    return _page(request, seat, language, entry, form)


def _done(
    request: HttpRequest, seat: Seat, language: str, entry: Entry, form: MessageForm
) -> HttpResponse:
    refusal = too_long(request.POST)
    if refusal:
        form.add_error(None, refusal)
        return _page(request, seat, language, entry, form, 422)
    settled = disentangled(request.POST, seat.charter, entry.number)
    if "compose" in request.POST or not form.is_valid():
        return _page(request, seat, language, entry, form, 200 if form.is_valid() else 422)
    try:
        done = _undone(request, seat, entry.number, form.cleaned_data["message"], settled)
    except Entangled as caught:
        return _page(request, seat, language, entry, form, 409, caught)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, seat, language, entry, form, 422)
    if done.revision is None:
        messages.info(request, _("Nothing of it was left to undo."))
        return redirect("revision", seat.charter.slug, entry.number)
    said = _("Revision %(number)d is undone by revision %(new)d.")
    messages.success(request, said % {"number": entry.number, "new": done.revision.number})
    return redirect("revision", seat.charter.slug, done.revision.number)


def _undone(
    request: HttpRequest, seat: Seat, number: int, message: str, settled: Settled | None
) -> Committed:
    """Undo it; what a decision leads to, such as a child that cannot come back either, is decided
    likewise if the form decides all at once."""
    for _round in range(ROUNDS):
        try:
            return undo_revision(
                actor=seat.person,
                charter=seat.charter,
                number=number,
                message=message,
                settled=settled,
            )
        except Entangled as caught:
            more = decided(request.POST, caught, settled)
            if more is None:
                raise
            settled, last = more, caught
    raise last


def _page(
    request: HttpRequest,
    seat: Seat,
    language: str,
    entry: Entry,
    form: MessageForm,
    status: int = 200,
    caught: Entangled | None = None,
) -> HttpResponse:
    """What would change, or the form of what is entangled; with the refusal if there is one."""
    context = {
        "seat": seat,
        "language": language,
        "entry": entry,
        "form": form,
        "form_id": "undoing",
        "principle_names": names_of(seat.charter, language),
        "everything": False,
    }
    try:
        if caught is not None:
            raise caught
        if status != 422:
            redline = preview_undo(
                actor=seat.person, charter=seat.charter, number=entry.number, language=language
            )
            context |= {"redline": redline, "counts": compare.counts(redline)}
    except Entangled as error:
        context |= entangled(request.POST, seat, language, entry, error, stale=status == 409)
        return form_page(request, "history/entangled.html", context, status)
    except Refused as refused:
        context["refusal"] = refused.message
        status = 422
    return render(request, "history/undo.html", context, status=status)
