"""Many appending at once: the chain has no gap, no number twice, and verifies."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from broadsheet.ledger import projecting
from broadsheet.ledger.actions import reserve_slug
from broadsheet.ledger.models import Current, Release
from broadsheet.ledger.values import Act
from broadsheet.ledger.verifying import verify
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn
from tests.factories.ledger import EN, NOW, ListsByDay, a_key, a_story, changed, released

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = 8
EACH = 12

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


@pytest.fixture(autouse=True)
def _lists_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projecting, "_registered", [ListsByDay()])


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Call ``work(number of the thread)`` in eight threads that start together; each closes its connection."""
    start = threading.Barrier(THREADS)

    def one(number: int) -> Any:
        try:
            start.wait(timeout=10)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_eight_people_releasing_at_once_make_one_chain() -> None:
    shared = a_story(headline="Everybody writes this one")
    own = [a_story() for _ in range(THREADS)]

    def release_and_update(number: int) -> None:
        for turn in range(EACH):
            at = NOW + timedelta(seconds=turn)
            released(changed(shared, standfirst=f"{number} {turn}"), act=Act.UPDATE, at=at)
            released(changed(own[number], standfirst=str(turn)), act=Act.UPDATE, at=at)

    at_once(release_and_update)

    total = THREADS * EACH * 2
    assert list(Release.objects.order_by("number").values_list("number", flat=True)) == list(range(1, total + 1))
    assert Current.objects.get(subject=shared.subject).version == THREADS * EACH
    assert {row.version for row in Current.objects.exclude(subject=shared.subject)} == {EACH}
    assert list(verify()) == []


def test_eight_stories_wanting_one_address_get_eight() -> None:
    given = at_once(
        lambda _: [reserve_slug(locale=EN, wanted=Slug("ferry"), subject=make_urn("story", a_key())) for _ in range(3)],
    )
    slugs = [slug for each in given for slug in each]
    assert sorted(slugs) == sorted(["ferry", *(f"ferry-{number}" for number in range(2, 3 * THREADS + 1))])


def test_one_story_reserved_by_eight_gets_one_address() -> None:
    subject = make_urn("story", a_key())
    given = at_once(lambda number: reserve_slug(locale=EN, wanted=Slug(f"ferry-{number}"), subject=subject))
    assert len(set(given)) == 1


def test_verifying_sees_one_moment_and_keeps_nobody_waiting() -> None:
    released(a_story())
    seen: list[int] = []

    def append() -> None:
        try:
            released(a_story())
        finally:
            connections.close_all()

    def append_meanwhile(number: int) -> None:
        seen.append(number)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(append).result(timeout=10)

    assert list(verify(walked=append_meanwhile)) == []
    assert seen == [1]
    assert Release.objects.count() == 2
