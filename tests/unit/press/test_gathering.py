"""Gathering a sheet: every reading is recorded, and a story page never reads a moving list."""

from __future__ import annotations

import pytest

from broadsheet.press.errors import BadSheetPath, MovingFactInStory
from broadsheet.press.kernel import Facts, compose_sheet, gather_sheet
from broadsheet.press.values import Form, SheetPath
from tests.factories.toy_paper import LATEST, TEMPLATE, ToyComposer, ToyPaper, story_path


@pytest.fixture
def paper() -> ToyPaper:
    paper = ToyPaper()
    paper.release()
    paper.release(related=(1,), byline=2)
    return paper


def gathered_sheet(composer: ToyComposer, path: str):  # noqa: ANN201 - the kernel's own
    facts = Facts(composer=composer, reader=composer.paper)
    return gather_sheet(composer=composer, path=SheetPath(path), facts=facts)


def test_everything_a_story_shows_is_a_reading(paper: ToyPaper) -> None:
    sheet = gathered_sheet(ToyComposer(paper), "/story/2/")
    assert set(sheet.readings) == {"story:2", "byline:2", "card:1", "place:2", TEMPLATE}


def test_a_sheet_that_does_not_exist_has_readings_too(paper: ToyPaper) -> None:
    sheet = gathered_sheet(ToyComposer(paper), "/day/5/")
    assert sheet.gathered is None
    assert set(sheet.readings) == {"day:5"}


def test_a_story_that_reads_a_moving_list_fails_and_says_which(paper: ToyPaper) -> None:
    composer = ToyComposer(paper)
    composer.on_gather = lambda _, read: read(LATEST)
    sheet = gathered_sheet(composer, "/story/2/")
    assert isinstance(sheet.failure, MovingFactInStory)
    assert str(sheet.failure) == "/story/2/ read the moving list latest:; a story sheet may read settled facts only."
    assert gathered_sheet(composer, "/section/0/").failure is None


def test_a_tombstone_may_not_read_a_moving_list_either(paper: ToyPaper) -> None:
    paper.change(1, state="gone")
    composer = ToyComposer(paper)
    composer.on_gather = lambda _, read: read(LATEST)
    assert isinstance(gathered_sheet(composer, "/story/1/").failure, MovingFactInStory)


def test_a_sheet_that_fails_keeps_the_readings_it_got_to(paper: ToyPaper) -> None:
    paper.bylines.clear()
    sheet = gathered_sheet(ToyComposer(paper), "/story/2/")
    assert isinstance(sheet.failure, KeyError)
    assert set(sheet.readings) == {"story:2", "byline:2"}


def test_an_unclean_path_fails_before_anything_is_read(paper: ToyPaper) -> None:
    sheet = gathered_sheet(ToyComposer(paper), "/story/../2/")
    assert isinstance(sheet.failure, BadSheetPath)
    assert sheet.readings == {}


def test_a_preview_composes_one_sheet_from_a_reader_alone(paper: ToyPaper) -> None:
    sheet = compose_sheet(composer=ToyComposer(ToyPaper()), path=story_path(2), reader=paper)
    assert sheet is not None
    assert sheet.form is Form.PAGE
    assert b"Headline 2" in sheet.data
    assert sheet.assets == ("/pictures/p2.svg",)


def test_a_preview_of_a_sheet_that_does_not_exist_is_nothing(paper: ToyPaper) -> None:
    assert compose_sheet(composer=ToyComposer(paper), path=SheetPath("/day/5/"), reader=paper) is None


def test_a_preview_that_fails_raises_what_went_wrong(paper: ToyPaper) -> None:
    paper.bylines.clear()
    with pytest.raises(KeyError):
        compose_sheet(composer=ToyComposer(paper), path=story_path(2), reader=paper)
