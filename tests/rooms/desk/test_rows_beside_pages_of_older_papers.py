"""What older papers kept beside stories alone stands beside their pages after the migration."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from broadsheet.desk.models import Appointment, CorrectionNote, DeskNotice, PreviewLink
from tests.factories import desk

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
SIX = NOW + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_rows_that_hung_on_stories_hang_on_their_pages_after_the_migration(newsroom: Newsroom) -> None:
    story = desk.story(title="The harbour opens again")
    revision = story.save_revision()
    executor = MigrationExecutor(connection)
    latest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "desk"]
    try:
        executor.migrate([("desk", "0013_appointment_in_row")])
        old = executor.loader.project_state([("desk", "0013_appointment_in_row")]).apps
        beside: dict[str, Any] = {"story_id": story.pk}
        old.get_model("desk", "StoryCorrection").objects.create(**beside, words="It is Tuesday.", at=NOW)
        who = newsroom.editor.pk
        old.get_model("desk", "DeskNotice").objects.create(**beside, user_id=who, event="kill", at=NOW)
        old.get_model("desk", "Appointment").objects.create(**beside, act="withdraw", due_at=SIX, made_at=NOW)
        old.get_model("desk", "PreviewLink").objects.create(
            **beside, token_digest="0" * 64, revision_id=revision.pk, made_by_id=who, made_at=NOW, expires_at=SIX
        )
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
    for model in (CorrectionNote, DeskNotice, Appointment, PreviewLink):
        assert model.objects.get().page.specific == story
    assert CorrectionNote.objects.get().words == "It is Tuesday."
