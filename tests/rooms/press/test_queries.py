"""What the press says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.checks import run_checks

from broadsheet.press import composing, queries
from broadsheet.press.errors import ComposerMissing
from broadsheet.press.models import Fact
from broadsheet.press.values import Form, SheetPath
from tests.factories.toy_paper import ToyComposer, ToyPaper, story_path

if TYPE_CHECKING:
    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db


def test_an_explanation_names_every_reading_and_what_changed_since(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    Fact.objects.filter(name="byline:0").update(digest="other")
    told = queries.explain(story_path(1))
    assert told.state is not None
    assert told.state.form is Form.PAGE
    assert [reading.fact for reading in told.readings if reading.read != reading.now] == ["byline:0"]
    assert {reading.fact for reading in told.readings} == {"story:1", "byline:0", "place:1", "template:story"}


def test_an_explanation_of_a_sheet_that_never_was_is_empty(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    assert queries.explain(SheetPath("/nothing/")) == ("/nothing/", None, (), False, "")


def test_stale_sheets_are_those_that_read_an_older_fact(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    assert queries.stale_sheets() == ()
    Fact.objects.filter(name="byline:0").update(digest="other")
    assert queries.stale_sheets() == ("/by/0/", "/story/1/", "/story/2/")
    assert queries.stale_sheets(limit=1) == ("/by/0/",)


def test_what_waits_is_counted(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    assert not queries.something_due()
    newsroom.tell(newsroom.paper.release(), newsroom.paper.release())
    assert queries.waiting() == (2, 0, 0)
    assert queries.something_due()


def test_a_paper_without_a_composer_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "_registered", [])
    with pytest.raises(ComposerMissing, match="No composer is registered"):
        composing.the_composer()
    assert [each.id for each in run_checks() if each.id == "press.E001"] == ["press.E001"]
    composing.register_composer(ToyComposer(ToyPaper()))
    assert not [each for each in run_checks() if each.id == "press.E001"]
