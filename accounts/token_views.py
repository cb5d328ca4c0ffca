"""One's own tokens: which there are, a new one, the end of one or of all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import tokens as keys
from accounts.forms import NewToken


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and a form for one more; its secret is on the answer to the form and nowhere."""
    form = NewToken(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = keys.issue(request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _page(request, NewToken(), made=token, secret=secret)
    return _page(request, form)


@require_POST
@login_required
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    if not keys.revoke(request.user, token_id):
        raise Http404(str(token_id))
    messages.success(request, _("The token works no more."))
    return redirect("accounts:tokens")


@require_POST
@login_required
def revoke_all(request: HttpRequest) -> HttpResponse:
    keys.revoke_all(request.user)
    messages.success(request, _("None of your tokens works any more."))
    return redirect("accounts:tokens")


def _page(request: HttpRequest, form: NewToken, **more: object) -> HttpResponse:
    context = {"form": form, "tokens": keys.tokens_of(request.user), **more}
    status = 422 if form.errors else 200
    return render(request, "accounts/tokens.html", context, status=status)
