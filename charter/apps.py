from django.apps import AppConfig


class Charter(AppConfig):
    name = "charter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import leaving
        from charter import metrics
        from charter.actions import outbox, telling
        from charter.queries.members import needed_as_chair

        outbox.attend()
        telling.attend()
        metrics.attend()
        leaving.object_with(needed_as_chair)
