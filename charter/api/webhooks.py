"""Webhooks: other programs that are told of what happens, and what they were told."""

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import webhooks as actions
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape, Text, Truth
from charter.api.paging import Paged, number, page_of, paged, sliced
from charter.api.preconditions import TAG
from charter.models import DeliveryState, EventName, Mishap
from charter.outward.addresses import LENGTH
from charter.queries import webhooks as queries

OFFERED = [name.value for name in actions.OFFERED]


class WebhookShape(Shape):
    """Who is told of what. `stopped_at`: since when it is told nothing, as it failed for days."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    events = serializers.ListField(child=Choice(choices=OFFERED))
    active = serializers.BooleanField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField()


class NewWebhook(Shape):
    """An address, by https, and the events it is told of."""

    url = Text(most=LENGTH)
    events = serializers.ListField(
        child=Choice(choices=OFFERED), allow_empty=False, max_length=len(OFFERED)
    )
    description = Text(most=actions.DESCRIPTION, default="")


class ChangedWebhook(NewWebhook):
    """The same, and whether it is told at all. One that has stopped goes on when it is `active`."""

    active = Truth(default=True)


class SecretShape(Shape):
    """What messages are signed with, as the Standard Webhooks specification writes it."""

    secret = serializers.CharField()


class KeptWebhookShape(SecretShape):
    """A new webhook with its secret, which no other answer shows."""

    webhook = WebhookShape()


class DeliveryShape(Shape):
    """One message for one webhook. `message` is the `webhook-id` it is sent under."""

    id = serializers.IntegerField()
    message = serializers.CharField()
    event = Choice(choices=EventName.values)
    at = serializers.DateTimeField()
    state = Choice(choices=DeliveryState.values)
    attempts = serializers.IntegerField()
    next_at = serializers.DateTimeField()
    tried_at = serializers.DateTimeField(allow_null=True)
    status = serializers.IntegerField(allow_null=True)
    milliseconds = serializers.IntegerField(allow_null=True)
    mishap = Choice(choices=Mishap.values, allow_null=True)


class OfWebhook(OfCharter):
    """Addresses about one webhook."""

    noun = "webhooks"

    def found(self) -> queries.Listener:
        one = queries.webhook_of(self.seat.charter, self.kwargs["webhook"])
        if one is None:
            raise Http404
        return one


class Webhooks(OfCharter):
    noun = "webhooks"
    rights = {"GET": Right.MANAGE, "POST": Right.MANAGE}
    issues_secrets = True

    @describe(answer=page_of(WebhookShape), query=Paged)
    def get(self, request: Request) -> Response:
        """The webhooks, in the order they were made."""
        found = queries.webhooks_of(self.seat.charter)
        return sliced(
            request, self.asked, found, lambda one: one.id, lambda one: WebhookShape(one).data
        )

    @describe(body=NewWebhook, answer=KeptWebhookShape, status=201)
    def post(self, request: Request) -> Response:
        """Have an address told of events.

        A message is a POST of JSON, signed as the Standard Webhooks specification says by
        `webhook-id`, `webhook-timestamp` and `webhook-signature`, an HMAC-SHA256 with
        the secret. Any status of the two hundreds takes it in; otherwise it comes again under the
        same id, ever more seldom, for three days. It may come twice and out of order. It
        carries ids, numbers, citations, who and when, and never a word of the
        text: `type`, `timestamp`, and in `data` the `charter` (`id`,
        `slug`), `by` (`id`, `name`), and by its
        `type`:

        - `revision.committed`: `revision`, `committed_at`, `cause`, `digest`, `clauses_changed`,
          and `clauses` (at most 200) with `id`, `citation`, `changes`, `languages`;
        - `thread.changed`: `thread`, `change`, `language`, `clause` (`id`, `citation` as of
          `revision`), or, of a thread on an amendment, `amendment` (`id`, `number`);
        - `amendment.changed`: `id`, `number`, `status`, `change`;
        - `position.taken`: `stance`, `delegation` (its code), `clause` or `amendment` (its id,
          else null), `revision`;
        - `silence.changed`: `number`, `kind`, `state`, `deadline`, `change`;
        - `statement.changed`: `id`, `number`, `kind`, `delegation` (its code), `clause` (its id,
          else null), `change`;
        - `rung.changed`: `clause` (its id), `rung`, `revision`;
        - `register.changed`: `parties`, the codes of those of which it says something else;
        - `membership.changed`: `person` (`id`, `name`), `change`;
        - `edition.named`: `edition`, `revision`, `name`, `symbol`;
        - `edition.withdrawn`: `edition`, `revision`;
        - `charter.changed`: `stage`, `languages`;
        - `webhook.tested`: nothing more.
        """
        charter = self.seat.charter
        made, secret = actions.add_webhook(actor=request.user, charter=charter, **self.said)
        said = {"webhook": queries.webhook_of(charter, made.pk), "secret": secret}
        there = reverse("api:webhook", args=[charter.slug, made.pk])
        return Response(KeptWebhookShape(said).data, status=201, headers={"Location": there})


class SingleWebhook(OfWebhook):
    rights = {"GET": Right.MANAGE, "PUT": Right.MANAGE, "DELETE": Right.MANAGE}

    def shown(self) -> dict:
        return WebhookShape(self.found()).data

    @describe(answer=WebhookShape)
    def get(self, request: Request, webhook: int) -> Response:
        """One webhook."""
        return Response(self.shown())

    @describe(body=ChangedWebhook, answer=WebhookShape, if_match=TAG)
    def put(self, request: Request, webhook: int) -> Response:
        """Another address or other events; switch it off or on."""
        actions.change_webhook(
            actor=request.user, charter=self.seat.charter, webhook=webhook, **self.said
        )
        return self.done()

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, webhook: int) -> Response:
        """Tell it nothing any more, not even what waits."""
        actions.withdraw_webhook(actor=request.user, charter=self.seat.charter, webhook=webhook)
        return Response(status=204)


class WebhookSecret(OfWebhook):
    rights = {"POST": Right.MANAGE}
    issues_secrets = True

    @describe(answer=SecretShape, status=201)
    def post(self, request: Request, webhook: int) -> Response:
        """Make another secret. For one day messages are signed with the former one too."""
        self.found()
        secret = actions.rotate_secret(
            actor=request.user, charter=self.seat.charter, webhook=webhook
        )
        return Response(SecretShape({"secret": secret}).data, status=201)


class WebhookTest(OfWebhook):
    rights = {"POST": Right.MANAGE}

    @describe(status=204)
    def post(self, request: Request, webhook: int) -> Response:
        """Have a message of the kind `webhook.tested` sent to this address alone."""
        self.found()
        actions.send_test(actor=request.user, charter=self.seat.charter, webhook=webhook)
        return Response(status=204)


class WebhookDeliveries(OfWebhook):
    rights = {"GET": Right.MANAGE}

    @describe(answer=page_of(DeliveryShape), query=Paged)
    def get(self, request: Request, webhook: int) -> Response:
        """What it was told in the last thirty days, the newest first, and how that went."""
        one = self.found()
        log = queries.log_of(
            self.seat.charter, one.id, before=number(self.asked), limit=self.asked["limit"]
        )
        shown = [DeliveryShape(telling).data for telling in log.tellings]
        return paged(request, shown, None if log.older is None else [log.older])


class DeliveryAgain(OfCharter):
    noun = "webhooks"
    rights = {"POST": Right.MANAGE}

    @describe(status=204)
    def post(self, request: Request, delivery: int) -> Response:
        """Send a message once more, under the same id."""
        if queries.webhook_of_delivery(self.seat.charter, delivery) is None:
            raise Http404
        actions.redeliver(actor=request.user, charter=self.seat.charter, delivery=delivery)
        return Response(status=204)
