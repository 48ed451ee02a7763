"""A desk set up as a paper's is, with one person in each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.actors import acting_as
from broadsheet.desk.permissions import CHIEF_EDITORS, EDITORS, INSPECTORS, PHOTO_EDITORS, REPORTERS
from broadsheet.ledger.models import Release as Row

if TYPE_CHECKING:
    from collections.abc import Iterator

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
def chief(newsroom: Newsroom) -> Client:
    """The browser of the chief editor."""
    return newsroom.client(newsroom.chief)


@pytest.fixture
def first(newsroom: Newsroom) -> Any:  # noqa: ARG001 - the desk must be set up
    """An administrator."""
    return get_user_model().objects.create_superuser("ada", "ada@example.org", "secret")


@pytest.fixture
def second(first: Any) -> Any:  # noqa: ARG001 - made after the first
    """Another administrator."""
    return get_user_model().objects.create_superuser("bea", "bea@example.org", "secret")


@pytest.fixture
def chief_at_work(newsroom: Newsroom) -> Iterator[None]:
    """Whatever the test does, the chief editor does it unless it is said otherwise."""
    with acting_as(newsroom.chief):
        yield


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Coordinates]:
    """A clock that stands, at first at the file's NOW; sessions and saves of a draft see it too."""
    with time_machine.travel(request.module.NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def acts() -> Any:
    """Tells which acts the ledger holds of stories, in order; the paper's and companions' own are left out."""

    def of(kind: str = "story") -> list[str]:
        return list(Row.objects.filter(kind=kind).order_by("number").values_list("act", flat=True))

    return of
