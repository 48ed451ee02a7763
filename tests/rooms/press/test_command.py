"""``broadsheet press`` as a person or a machine calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from broadsheet.cli.main import build_app
from broadsheet.press import composing
from broadsheet.press.locking import only_press
from broadsheet.press.models import Fact, Run
from broadsheet.press.stores import FolderStore
from tests.oracles.harness import full_press
from tests.rooms.press.test_one_press import elsewhere

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from pytest_django.fixtures import SettingsWrapper

    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


@pytest.fixture
def paper(open_newsroom: Newsroom, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    settings.PRESSED_DIR = open_newsroom.data_dir / "pressed"
    monkeypatch.setattr(composing, "_registered", [open_newsroom.composer])
    return open_newsroom


@pytest.fixture
def folder(paper: Newsroom) -> Path:
    return paper.data_dir / "pressed"


def broadsheet(*words: str) -> Result:
    return CliRunner().invoke(build_app(), ["press", *words])


def test_press_all_then_due_then_check(paper: Newsroom, folder: Path) -> None:
    paper.paper.release()
    assert broadsheet("all").exit_code == 0
    paper.tell(paper.paper.release())
    result = broadsheet()
    assert result.exit_code == 0
    assert "1 notices, 7 put, 0 removed, 0 unchanged, 0 failed." in result.stdout
    assert broadsheet().stdout == "Nothing is due.\n"
    store = FolderStore(folder)
    assert {path: store.read(path) for path in store.walk()} == full_press(paper.composer).sheets
    assert broadsheet("check", "--deep").exit_code == 0


def test_a_machine_reads_one_object_a_run(paper: Newsroom) -> None:
    paper.tell(paper.paper.release(), paper.paper.release())
    (line,) = broadsheet("--json").stdout.splitlines()
    report = json.loads(line)
    assert report["notices"] == 2
    assert "/story/2/" in report["put"]


def test_check_names_what_waits_is_stale_or_failed(paper: Newsroom) -> None:
    paper.paper.release()
    broadsheet("all")
    Fact.objects.filter(name="byline:0").update(digest="other")
    Run.objects.update(state=Run.State.OPEN)
    paper.tell(paper.paper.release())
    result = broadsheet("check", "--json")
    assert result.exit_code == 1
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    assert {each["about"] for each in findings} == {"notices", "runs", "/by/0/", "/story/1/"}
    assert "4 found" in result.stderr


def test_a_deep_check_finds_a_damaged_file(paper: Newsroom, folder: Path) -> None:
    paper.paper.release()
    broadsheet("all")
    (folder / "story/1/index.html").write_text("half")
    assert broadsheet("check").exit_code == 0
    result = broadsheet("check", "--deep")
    assert result.exit_code == 1
    assert result.stdout == "/story/1/: its file is not what a full press would put\n"


def test_a_sheet_that_failed_is_status_one_and_tried_again_by_the_next_press(paper: Newsroom) -> None:
    paper.tell(paper.paper.release())
    paper.composer.on_render = lambda gathered: 1 / 0 if gathered.template == "story" else None
    result = broadsheet()
    assert result.exit_code == 1
    assert "/story/1/: ZeroDivisionError: division by zero" in result.stderr
    assert broadsheet("check").exit_code == 1
    paper.composer.on_render = lambda _: None
    assert broadsheet().exit_code == 0


def test_explain_shows_every_reading(paper: Newsroom) -> None:
    paper.paper.release()
    broadsheet("all")
    Fact.objects.filter(name="byline:0").update(digest="other")
    result = broadsheet("explain", "/story/1/")
    assert result.exit_code == 0
    assert "  read byline:0 at " in result.stdout
    assert "and has changed since: other" in result.stdout
    told = json.loads(broadsheet("explain", "/story/1/", "--json").stdout)
    assert {reading["fact"] for reading in told["readings"]} == {"story:1", "byline:0", "place:1", "template:story"}


@pytest.mark.parametrize(("path", "status"), [("/nothing/", 1), ("nothing", 2), ("/../x/", 2)])
def test_explain_of_an_unknown_or_impossible_path_is_one_sentence(paper: Newsroom, path: str, status: int) -> None:  # noqa: ARG001 - registers the composer
    result = broadsheet("explain", path)
    assert result.exit_code == status
    assert result.stderr.count("\n") == 1


def test_pressing_while_another_press_works_is_one_sentence(paper: Newsroom) -> None:
    with only_press(paper.data_dir):
        result = elsewhere(broadsheet)
    assert result.exit_code == 1
    assert result.stderr == "Another press works on this paper; there is one at a time.\n"


def test_a_paper_nobody_composes_is_one_sentence(paper: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - sets the folders
    monkeypatch.setattr(composing, "_registered", [])
    result = broadsheet()
    assert result.exit_code == 1
    assert "No composer is registered" in result.stderr
