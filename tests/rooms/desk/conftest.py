"""A desk set up as a paper's is, with one person in each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.permissions import CHIEF_EDITORS, EDITORS, INSPECTORS, PHOTO_EDITORS, REPORTERS
from broadsheet.ledger.models import Release as Row

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@dataclass
class Newsroom:
    """The people, and a browser for each."""

    reporter: Any
    editor: Any
    chief: Any
    photo: Any
    inspector: Any

    def client(self, user: Any) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser


def person(name: str, group: str) -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret", first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
    return user


def make_newsroom() -> Newsroom:
    set_up_desk(settings.CONFIGURATION, now=NOW)
    return Newsroom(
        reporter=person("rita", REPORTERS),
        editor=person("edda", EDITORS),
        chief=person("chris", CHIEF_EDITORS),
        photo=person("phuc", PHOTO_EDITORS),
        inspector=person("ina", INSPECTORS),
    )


@pytest.fixture
def newsroom(db: None) -> Newsroom:  # noqa: ARG001 - asks for the database
    return make_newsroom()


@pytest.fixture
def acts() -> Any:
    """Tells which acts the ledger holds of stories, in order; the paper's and companions' own are left out."""

    def of(kind: str = "story") -> list[str]:
        return list(Row.objects.filter(kind=kind).order_by("number").values_list("act", flat=True))

    return of
