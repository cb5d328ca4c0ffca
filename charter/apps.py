from django.apps import AppConfig


class Charter(AppConfig):
    name = "charter"
    default_auto_field = "django.db.models.BigAutoField"
