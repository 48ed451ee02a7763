"""The demo's standing pages and navigation, each made once and released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from broadsheet.demo.stream import body_stream, demo_key
from broadsheet.demo.values import read_pages
from broadsheet.desk.actions import Release
from broadsheet.desk.actions.navigating import send_navigation
from broadsheet.desk.models import Navigation, PaperHome, StandingPage

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.demo.values import DemoPage


def load_standing(*, now: datetime) -> None:
    """Make and release what is not there yet of every language the paper has.

    Units: ``now`` is UTC.
    """
    for home in PaperHome.objects.select_related("locale"):
        pages = [_load_page(page, home, now=now) for page in read_pages() if home.locale.language_code in page.versions]
        if pages and not Navigation.objects.filter(locale=home.locale).exists():
            footer = [{"type": "page", "value": {"target": page.pk, "label": ""}} for page in pages]
            menu = [{"type": "sections", "value": None}]
            send_navigation(Navigation(locale=home.locale, menu=menu, footer=footer), now=now)


def _load_page(page: DemoPage, home: PaperHome, *, now: datetime) -> StandingPage:
    code = home.locale.language_code
    key = demo_key("page", page.key, code)
    known = StandingPage.objects.filter(subject_key=key).first()
    if known is not None:
        return known
    version = page.versions[code]
    row = StandingPage(
        title=version.title,
        standfirst=version.standfirst,
        body=body_stream(version.body, name=f"page/{page.key}/{code}", pictures={}),
        purpose=page.purpose,
        subject_key=key,
        translation_key=demo_key("page", page.key),
        locale=home.locale,
        live=False,
    )
    with transaction.atomic():
        home.add_child(instance=row)
        row.save_revision()
        Release(row, now=now).execute()
    return row
