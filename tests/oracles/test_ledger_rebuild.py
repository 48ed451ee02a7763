"""Whatever was released, updated, withdrawn and moved: ``Current`` and ``Placement`` rebuilt equal those written live."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.ledger import projecting, rebuilding
from broadsheet.ledger.actions import rebuild_current
from broadsheet.ledger.models import Current, Placement
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, BylineDocument, Document, SectionDocument, State, StoryDocument
from broadsheet.ledger.verifying import verify
from broadsheet.plain.urns import make_urn
from tests.factories.ledger import (
    EN,
    NOW,
    VI,
    ListsByDay,
    a_byline,
    a_navigation,
    a_page,
    a_section,
    a_story,
    changed,
    released,
    withdrawn,
)

SUBJECTS = 6
STEPS = st.lists(
    st.tuples(
        st.integers(0, SUBJECTS - 1),
        st.sampled_from(["release", "update", "import", "withdraw", "move"]),
        st.sampled_from([EN, VI]),
        st.integers(-1000, 1000),
    ),
    max_size=25,
)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two, so that a history of six subjects goes through several."""
    monkeypatch.setattr(projecting, "_registered", [ListsByDay()])
    monkeypatch.setattr(rebuilding, "BATCH", 2)


def derived_rows() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    current = [field.name for field in Current._meta.fields if field.name != "id"]
    placement = [field.name for field in Placement._meta.fields if field.name != "id"]
    return (
        sorted(Current.objects.values_list(*current)),
        sorted(Placement.objects.values_list(*placement)),
    )


def subjects() -> list[Document]:
    return [a_story(), a_story(), a_section(), a_byline(), a_page(), a_navigation()]


def play(step: tuple[int, str, str, int], documents: list[Document], turn: int) -> None:
    place, act, locale, minutes = step
    at = NOW + timedelta(minutes=minutes, seconds=turn)
    document = documents[place]
    if not isinstance(document, BylineDocument | SectionDocument):
        document = msgspec.structs.replace(document, locale=locale)
    standing = LedgerReader().current(document.subject, document.locale)
    is_out = standing is not None and standing.state is State.RELEASED
    if act == "withdraw":
        if is_out:
            withdrawn(document, at=at)
    elif act == "move" and isinstance(document, StoryDocument):
        documents[place] = moved = changed(document, section=make_urn("section", f"s{turn}"), published_at=at)
        released(moved, act=Act.UPDATE, at=at)
    else:
        released(document, act=Act.RELEASE if act == "move" else Act(act), at=at)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_rebuilt_equals_live_after_any_history(steps: list[tuple[int, str, str, int]]) -> None:
    with transaction.atomic():
        documents = subjects()
        for turn, step in enumerate(steps):
            play(step, documents, turn)
        live = derived_rows()
        assert list(verify(alias="default")) == []

        Current.objects.update(state="lost")
        Placement.objects.create(locale="en", list_name="ghost", sort_at=NOW, subject="urn:broadsheet:story:ghost")
        rebuild_current()

        assert derived_rows() == live
        transaction.set_rollback(True)
