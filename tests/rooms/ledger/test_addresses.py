"""Slugs are reserved once and for ever."""

from __future__ import annotations

import pytest

from broadsheet.ledger.actions import reserve_slug
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.slugs import SLUG_BYTES, Slug
from broadsheet.plain.urns import make_urn
from tests.factories.ledger import EN, VI, a_key, a_story, released

pytestmark = pytest.mark.django_db


def reserve(wanted: str, *, subject: str | None = None, locale: str = "en") -> str:
    urn = make_urn("story", subject or a_key())
    return reserve_slug(locale=VI if locale == "vi" else EN, wanted=Slug(wanted), subject=urn)


def test_the_first_gets_what_it_wants_and_the_next_a_number() -> None:
    assert [reserve("ferry") for _ in range(40)] == ["ferry", *(f"ferry-{number}" for number in range(2, 41))]
    assert reserve("ferry", locale="vi") == "ferry"


def test_a_story_keeps_its_address_whatever_it_wants_later() -> None:
    assert reserve("ferry", subject="a") == "ferry"
    assert reserve("harbour", subject="a") == "ferry"
    assert reserve("harbour", subject="a", locale="vi") == "harbour"
    assert reserve("harbour", subject="b") == "harbour"


def test_a_long_slug_stays_within_its_bytes_with_its_number() -> None:
    wanted = "x" * SLUG_BYTES
    assert [len(reserve(wanted)) for _ in range(12)] == [SLUG_BYTES] * 12


def test_the_address_of_a_released_story_is_taken_for_everybody_else() -> None:
    story = a_story()
    released(story)
    assert reserve(story.address.slug) == f"{story.address.slug}-2"
    assert LedgerReader().subject_at(locale=EN, slug=story.address.slug) == story.subject
