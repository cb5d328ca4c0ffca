"""Charters, seats, revisions and what is in them, without a word of it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import ViewOnly
from charter.models import Charter, Clause, Invitation, Membership, Revision, Webhook, Wording


@admin.register(Charter)
class CharterAdmin(ViewOnly):
    list_display = ("slug", "title", "stage", "head", "created_at", "created_by")
    list_filter = ("stage",)
    list_select_related = ("created_by",)
    search_fields = ("slug", "title")
    fields = (
        "slug", "title", "uuid", "stage", "working_language", "languages", "scheme", "head",
        "digest", "created_at", "created_by",
    )  # fmt: skip


@admin.register(Membership)
class MembershipAdmin(ViewOnly):
    """Seats are the chairs' to give and to take, so that the last chair's rule holds."""

    list_display = ("charter", "person", "role")
    list_filter = ("role",)
    list_select_related = ("charter", "person")
    search_fields = ("charter__slug", "person__email", "person__name")
    ordering = ("charter__slug", "person__name")
    fields = ("charter", "person", "role", "delegation")


@admin.register(Invitation)
class InvitationAdmin(ViewOnly):
    list_display = ("charter", "email", "role", "created_at", "expires_at", "accepted_at")
    list_filter = ("role",)
    list_select_related = ("charter",)
    search_fields = ("charter__slug", "email")
    ordering = ("-created_at",)
    fields = (
        "charter", "email", "role", "delegation", "invited_by", "created_at", "expires_at",
        "accepted_by", "accepted_at", "withdrawn_at",
    )  # fmt: skip


@admin.register(Revision)
class RevisionAdmin(ViewOnly):
    """History, without its messages: they speak of the text."""

    list_display = ("charter", "number", "cause", "author", "committed_at")
    list_filter = ("cause",)
    list_select_related = ("charter", "author")
    search_fields = ("charter__slug",)
    ordering = ("-pk",)
    fields = ("charter", "number", "cause", "author", "committed_at", "digest")


@admin.register(Clause)
class ClauseAdmin(ViewOnly):
    list_display = ("id", "charter", "kind", "struck")
    list_filter = ("kind", "struck")
    list_select_related = ("charter",)
    search_fields = ("charter__slug",)
    ordering = ("charter__slug", "rank")
    fields = ("id", "charter", "kind", "struck")


@admin.register(Wording)
class WordingAdmin(ViewOnly):
    """How long the words are, and in which language; not what they say."""

    list_display = ("clause_id", "charter", "language", "characters")
    list_filter = ("language",)
    list_select_related = ("charter",)
    search_fields = ("charter__slug",)
    ordering = ("charter__slug", "language", "pk")
    fields = ("clause_id", "charter", "language", "characters")
    readonly_fields = ("clause_id", "characters")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        found = super().get_queryset(request).defer("heading", "text")
        return found.annotate(length=Length("text"))

    @admin.display(description=_("characters"), ordering="length")
    def characters(self, row: Wording) -> int:
        return row.length  # type: ignore[attr-defined]


@admin.register(Webhook)
class WebhookAdmin(ViewOnly):
    """Which charters are told to other programs and how that goes; an address may hold a key."""

    list_display = ("uuid", "charter", "active", "failing_since", "stopped_at", "withdrawn_at")
    list_filter = ("active",)
    list_select_related = ("charter",)
    search_fields = ("charter__slug",)
    fields = (
        "uuid", "charter", "active", "failing_since", "stopped_at", "withdrawn_at", "created_at",
        "created_by",
    )  # fmt: skip
