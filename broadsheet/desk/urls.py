"""Addresses of the desk. It is a host of its own, so the admin stands at ``/``; no reader page is served here."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from broadsheet.desk.screens.health import health
from broadsheet.desk.screens.preview import desk_media, picture_size

urlpatterns = [
    path("healthz", health, name="desk_health"),
    path("media/<path:path>", desk_media),
    path("pictures/<path:path>", picture_size, name="desk_picture"),
    path("", include(wagtailadmin_urls)),
]
