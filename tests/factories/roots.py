"""What Wagtail's migrations put into a new database, put back after a transactional test has emptied it."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page


def put_back_roots() -> None:
    """Make the root of pages, the root of collections, the first language and the right to enter the desk again."""
    language, _made = Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root", locale=language)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    admin, _made = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    Permission.objects.get_or_create(
        content_type=admin, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
