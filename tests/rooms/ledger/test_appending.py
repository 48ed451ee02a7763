"""What one append writes, and what it refuses."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from django.db import transaction

from broadsheet.ledger import projecting
from broadsheet.ledger.actions import append_release, append_removal
from broadsheet.ledger.chaining import GENESIS, chain_digest
from broadsheet.ledger.errors import AddressTaken, LedgerError, NothingToRemove, NotInTransaction, ProjectorMissing
from broadsheet.ledger.models import Address, Current, LedgerDocument, Placement, Release
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, State
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.slugs import Slug
from broadsheet.press.queries import waiting
from tests.factories.ledger import EN, NOW, VI, a_byline, a_picture, a_story, changed, released, withdrawn

pytestmark = pytest.mark.django_db


def test_a_release_is_chained_to_the_one_before() -> None:
    first = released(a_story())
    second = released(a_byline())

    assert (first.number, first.previous_digest) == (1, GENESIS)
    assert (second.number, second.previous_digest) == (2, first.digest)
    assert [chain_digest(record) for record in (first, second)] == [first.digest, second.digest]
    assert LedgerReader().record(2) == second


def test_the_document_is_kept_by_the_digest_of_its_bytes() -> None:
    story = a_story(headline="Số ca mắc tăng 4,5 %")
    record = released(story)

    assert sha256_hex(LedgerReader().envelope(record.document_digest)) == record.document_digest
    assert LedgerReader().document(record.document_digest) == story


def test_versions_count_for_each_subject_and_locale_apart() -> None:
    story = a_story()
    versions = [
        released(story).version,
        released(changed(story, headline="Ferry stops"), act=Act.UPDATE).version,
        released(changed(story, locale=VI)).version,
        withdrawn(story).version,
        released(story).version,
    ]

    assert versions == [1, 2, 1, 3, 4]


def test_a_release_stands_and_a_withdrawal_leaves_every_list() -> None:
    story = a_story()
    released(story)
    standing = LedgerReader().current(story.subject, EN)
    assert standing is not None
    assert (standing.state, standing.version, standing.document) == (State.RELEASED, 1, story)
    assert [placed.subject for placed in LedgerReader().placed(list_name="newest", locale=EN, limit=None)] == [
        story.subject
    ]

    withdrawn(story, at=NOW + timedelta(days=1))
    standing = LedgerReader().current(story.subject, EN)
    assert standing is not None
    assert (standing.state, standing.version, standing.document) == (State.WITHDRAWN, 2, None)
    assert (standing.first_released_at, standing.last_released_at) == (NOW, NOW)
    assert LedgerReader().placed(list_name="newest", locale=EN, limit=None) == ()


def test_the_first_release_stays_the_first_after_an_update() -> None:
    story = a_story()
    released(story)
    released(changed(story, standfirst="It left."), act=Act.UPDATE, at=NOW + timedelta(days=2))

    standing = LedgerReader().current(story.subject, EN)
    assert standing is not None
    assert (standing.first_released_at, standing.last_released_at) == (NOW, NOW + timedelta(days=2))


def test_every_append_posts_a_notice_to_the_press() -> None:
    story = a_story()
    released(story)
    released(a_picture())
    assert waiting().notices == 2
    withdrawn(story)
    assert waiting().notices == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_appended_outside_a_transaction() -> None:
    with pytest.raises(NotInTransaction):
        append_release(document=a_story(), act=Act.RELEASE, released_by="lan", released_at=NOW, recorded_at=NOW)
    with pytest.raises(NotInTransaction):
        append_removal(subject=a_story().subject, locale=EN, act=Act.WITHDRAW, released_by="lan", recorded_at=NOW)
    assert Release.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_after_the_append_leaves_nothing() -> None:
    def act_that_fails() -> None:
        with transaction.atomic():
            released(a_story())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()

    assert [model.objects.count() for model in (Release, LedgerDocument, Current, Placement, Address)] == [0] * 5
    assert released(a_story()).number == 1


def test_what_is_not_released_cannot_be_withdrawn() -> None:
    story = a_story()
    with pytest.raises(NothingToRemove, match=story.subject):
        withdrawn(story)
    released(story)
    withdrawn(story)
    with pytest.raises(NothingToRemove):
        withdrawn(story)
    assert LedgerReader().last_number() == 2


def test_a_withdrawal_does_not_pass_as_a_release() -> None:
    with pytest.raises(LedgerError, match="append_removal"):
        released(a_story(), act=Act.WITHDRAW)


def test_a_story_cannot_take_the_address_of_another() -> None:
    one = a_story()
    released(one)
    withdrawn(one)
    with pytest.raises(AddressTaken, match=one.subject):
        released(a_story(address=one.address))
    released(a_story(address=one.address, locale=VI))


def test_a_released_story_keeps_its_slug() -> None:
    story = a_story()
    released(story)
    moved = changed(story, address=msgspec.structs.replace(story.address, slug=Slug("other")))
    with pytest.raises(AddressTaken, match="addresses stay"):
        released(moved, act=Act.UPDATE)


def test_without_a_projector_nothing_is_appended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projecting, "_registered", [])
    with pytest.raises(ProjectorMissing, match="INSTALLED_APPS"):
        released(a_story())
    assert Release.objects.count() == 0
