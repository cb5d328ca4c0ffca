"""Django's admin with the operator's site in the place of its own."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    default_site = "charter.admin.site.OperatorSite"

    def ready(self) -> None:
        super().ready()
        # Looked for by itself is only the package, which is read before any model can be.
        import_module("charter.admin.records")
