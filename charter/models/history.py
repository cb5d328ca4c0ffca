"""History rows belong to a revision, and nothing that has history is saved outside one."""

from contextvars import ContextVar

from django.db import models
from django.db.models.signals import pre_delete, pre_save
from simple_history.models import HistoricalRecords

from charter.models.revisions import Revision

# The charter whose revision is open in this context; `actions.revisions` sets it.
open_charter: ContextVar[int | None] = ContextVar("open_charter", default=None)


class OutsideRevision(RuntimeError):
    """Somebody tried to change a text without opening a revision."""


class RevisionBound(models.Model):
    """What every history row carries beside the state it keeps."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    revision_number = models.PositiveIntegerField()

    class Meta:
        abstract = True


def kept(*, index: str) -> HistoricalRecords:
    """History for a model with a `charter` column; `index` names its as-of index."""
    return HistoricalRecords(
        bases=[RevisionBound],
        meta_options={
            "indexes": [models.Index(fields=["id", "-revision_number"], name=index)],
        },
    )


def guard(model: type[models.Model]) -> type[models.Model]:
    """Refuse to save `model` outside a revision of its charter, and to delete it at all."""
    pre_save.connect(_within_revision, sender=model, dispatch_uid=f"within-{model.__name__}")
    pre_delete.connect(_never, sender=model, dispatch_uid=f"never-{model.__name__}")
    return model


def _within_revision(sender, instance, **kwargs):
    if open_charter.get() != instance.charter_id:
        raise OutsideRevision(f"{sender.__name__} may be saved only inside a revision.")


def _never(sender, instance, **kwargs):
    raise OutsideRevision(f"{sender.__name__} is never deleted: strike or withdraw it.")
