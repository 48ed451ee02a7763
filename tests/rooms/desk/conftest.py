"""A desk set up as a paper's is, with one person in each role."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from wagtail.models import Site

from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.actors import acting_as
from broadsheet.desk.permissions import CHIEF_EDITORS, EDITORS, INSPECTORS, PHOTO_EDITORS, REPORTERS
from broadsheet.ledger.models import Release as Row
from tests.factories.rows import every_table, put_rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.factories.rows import Rows

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


_PEOPLE = {"rita": REPORTERS, "edda": EDITORS, "chris": CHIEF_EDITORS, "phuc": PHOTO_EDITORS, "ina": INSPECTORS}


def make_newsroom() -> Newsroom:
    """Set the desk up, with its people: by their rows where the database is as it was at the first time."""
    before, after = _rows_around_setting_up()
    if rows_of(before) == before:
        put_rows(after, instead_of=before)
        Site.clear_site_root_paths_cache()
    else:
        _set_up()
    people = get_user_model().objects.in_bulk(list(_PEOPLE), field_name="username")
    return Newsroom(*(people[name] for name in _PEOPLE))


def _set_up() -> None:
    set_up_desk(settings.CONFIGURATION, now=NOW)
    for name, group in _PEOPLE.items():
        person(name, group)


@functools.cache
def _rows_around_setting_up() -> tuple[Rows, Rows]:
    """Return the rows before and after, of tables in which they differ; found once in each process of tests."""
    before = rows_of(every_table())
    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        _set_up()
        after = rows_of(before)
        transaction.set_rollback(True)
    changed = [table for table in before if before[table] != after[table]]
    return {table: before[table] for table in changed}, {table: after[table] for table in changed}


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
