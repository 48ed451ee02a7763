"""Addresses of the desk. It is a host of its own, so the admin stands at ``/``; no reader page is served here."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", include(wagtailadmin_urls)),
]
