"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler400 = "charter.api.problems.bad_request"
handler500 = "charter.api.problems.server_error"

urlpatterns = [
    path("api/", include("charter.api.urls")),
    path("", include("accounts.urls")),
    path("", include("charter.web.urls")),
]
if settings.ADMIN_PATH:
    urlpatterns.insert(0, path(settings.ADMIN_PATH, admin.site.urls))
