"""History rows belong to a revision, and nothing that has history is written outside one."""

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
    """What every history row carries beside the state it keeps.

    `revision_number` repeats the revision's, so that a read as of a number touches one index.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    revision_number = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Kept(HistoricalRecords):
    """History whose rows are found by the object and the revision number, or by the revision.

    `as_of` names the unique index of the first; `covering` are columns kept in it, so that the
    narrow tables are read from the index alone. No other index is made: with one more on the
    revision number the planner leaves this one and walks the whole history.
    """

    _date_indexing = False

    def __init__(self, *, as_of: str, covering: tuple[str, ...] = (), **options) -> None:
        super().__init__(
            bases=[RevisionBound],
            history_id_field=models.BigAutoField(),
            user_db_constraint=False,
            **options,
        )
        self.as_of = as_of
        self.covering = covering

    def copy_fields(self, model):
        fields = super().copy_fields(model)
        for field in fields.values():
            field.db_index = False
        return fields

    def _get_history_user_fields(self):
        fields = super()._get_history_user_fields()
        fields["history_user"].db_index = False
        return fields

    def get_meta_options(self, model):
        options = super().get_meta_options(model)
        options["constraints"] = [
            models.UniqueConstraint(
                fields=["id", "revision_number"], include=self.covering, name=self.as_of
            )
        ]
        return options


class RevisedQuerySet(models.QuerySet):
    """Rows that change only while a revision of a charter is open."""

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for row in objs:
            _require_revision(self.model, row.charter_id)
        return super().bulk_create(objs, *args, **kwargs)

    def update(self, **changes):
        if open_charter.get() is None:
            raise OutsideRevision(f"{self.model.__name__} changes only inside a revision.")
        return super().update(**changes)

    update.alters_data = True

    def delete(self):
        _never(self.model)

    delete.alters_data = True


def guard(model: type[models.Model]) -> type[models.Model]:
    """Refuse `save()` and `delete()` of `model`: a revision's draft writes it with its history."""
    pre_save.connect(_not_by_itself, sender=model, dispatch_uid=f"by-itself-{model.__name__}")
    pre_delete.connect(_never, sender=model, dispatch_uid=f"never-{model.__name__}")
    return model


def _not_by_itself(sender, raw=False, **kwargs):
    raise OutsideRevision(f"{sender.__name__} is saved only by a revision: draft.keep(…).")


def _never(sender, **kwargs):
    raise OutsideRevision(f"{sender.__name__} is never deleted: strike or withdraw it.")


def _require_revision(model, charter_id):
    if charter_id is None or open_charter.get() != charter_id:
        raise OutsideRevision(f"{model.__name__} is written only inside a revision of its charter.")
