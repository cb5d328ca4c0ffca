"""History rows belong to a revision, and nothing that has history is written outside one."""

from django.db import models
from django.db.models.signals import pre_delete, pre_save
from simple_history.models import HistoricalRecords

from charter.models.revisions import Revision


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
    """Rows that only `actions.writing` writes, with their history, when a revision is committed."""

    def bulk_create(self, *args, **kwargs):
        _not_by_itself(self.model)

    def bulk_update(self, *args, **kwargs):
        _not_by_itself(self.model)

    def update(self, **kwargs):
        _not_by_itself(self.model)

    def delete(self):
        _never(self.model)

    for _method in (bulk_create, bulk_update, update, delete):
        _method.alters_data = True


def guard(model: type[models.Model]) -> type[models.Model]:
    """Refuse `save()` and `delete()` of `model`: a revision writes it, and nothing removes it."""
    pre_save.connect(_not_by_itself, sender=model, dispatch_uid=f"by-itself-{model.__name__}")
    pre_delete.connect(_never, sender=model, dispatch_uid=f"never-{model.__name__}")
    return model


def _not_by_itself(sender, **kwargs):
    raise OutsideRevision(f"{sender.__name__} is saved only by a revision: draft.keep(…).")


def _never(sender, **kwargs):
    raise OutsideRevision(f"{sender.__name__} is never deleted: strike or withdraw it.")
