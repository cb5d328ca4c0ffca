from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [path("", include("accounts.urls"))]
for room in ("charter.web", "charter.api"):
    if find_spec(f"{room}.urls"):
        urlpatterns.append(path("", include(f"{room}.urls")))
