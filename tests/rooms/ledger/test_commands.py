"""``broadsheet ledger`` at the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from broadsheet.cli.main import build_app
from broadsheet.ledger.values import Act
from tests.factories.deposit import verify_package
from tests.factories.guards import guards_lifted
from tests.factories.ledger import NOW, VI, a_picture, a_story, changed, erased, released, withdrawn

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), ["ledger", *words])


def test_a_whole_ledger_verifies() -> None:
    released(a_story())
    released(a_story())
    result = run("verify")
    assert (result.exit_code, result.stdout) == (0, "The ledger is whole: 2 releases, none changed, none missing.\n")
    assert json.loads(run("verify", "--json").stdout) == {"releases": 2, "damages": 0, "erasures": 0}


def test_a_tampered_ledger_is_told_and_ends_with_1() -> None:
    released(a_story())
    with guards_lifted():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_release SET released_by = 'someone'")
        result, as_json = run("verify"), run("verify", "--json")

    assert result.exit_code == as_json.exit_code == 1
    assert "Release 1 (urn:broadsheet:story:" in result.stdout
    assert "damaged" in result.stderr
    lines = [json.loads(line) for line in as_json.stdout.splitlines()]
    assert {"part": "row", "number": 1} in [{key: line.get(key) for key in ("part", "number")} for line in lines]
    assert lines[-1] == {"releases": 1, "damages": len(lines) - 1, "erasures": 0}


def test_show_tells_every_version_in_every_language() -> None:
    story = a_story()
    records = [released(story), released(changed(story, headline="Later"), act=Act.UPDATE), withdrawn(story, by="minh")]
    vietnamese = released(changed(story, locale=VI))

    shown = run("show", story.subject)
    assert shown.exit_code == 0
    for record in (*records, vietnamese):
        assert record.digest in shown.stdout
    assert "withdraw" in shown.stdout
    assert "minh" in shown.stdout
    only = [json.loads(line) for line in run("show", story.subject, "--locale", "vi", "--json").stdout.splitlines()]
    assert [(line["number"], line["act"], line["locale"]) for line in only] == [(4, "release", "vi")]


def test_show_gives_the_document_and_its_item() -> None:
    story = a_story(headline="Số ca mắc tăng")
    released(story, at=NOW)
    told = json.loads(run("show", story.subject, "--document", "--json").stdout.splitlines()[-1])
    assert told["document"]["headline"] == "Số ca mắc tăng"
    assert told["ninjs"]["headlines"][0]["value"] == "Số ca mắc tăng"
    assert "Số ca mắc tăng" in run("show", story.subject, "--document").stdout


def test_show_of_something_never_released_ends_with_1() -> None:
    result = run("show", "urn:broadsheet:story:none")
    assert (result.exit_code, result.stderr) == (1, "The ledger holds nothing of urn:broadsheet:story:none.\n")


@pytest.mark.parametrize("words", [["show", "story"], ["show", "urn:broadsheet:story:a", "--locale", "English"]])
def test_a_wrong_name_is_one_sentence(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert isinstance(result.exception, ValueError)
    assert len(str(result.exception).splitlines()) == 1


def test_what_was_erased_is_told_and_is_no_damage(tmp_path: Path) -> None:
    story = a_story(headline="Zanzibarine affair")
    released(story)
    assert run("export", str(tmp_path / "before")).exit_code == 0
    erased(story, reference="Order 9")
    told = "erased by order “Order 9” (release 2)"
    result = run("verify")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"1 documents of {story.subject} (en) were {told}.",
        "The ledger is whole: 2 releases, none changed, none missing.",
    ]
    as_json = [json.loads(line) for line in run("verify", "--json").stdout.splitlines()]
    assert (as_json[0]["number"], as_json[0]["reference"]) == (2, "Order 9")
    assert as_json[-1] == {"releases": 2, "damages": 0, "erasures": 1}

    shown = run("show", story.subject, "--document").stdout
    assert told in shown
    assert "The deposit package “before”" in shown
    assert "Zanzibarine" not in shown
    shown = json.loads(run("show", story.subject, "--json").stdout.splitlines()[-1])
    assert [copy["name"] for copy in shown["copies"]] == ["before"]

    after = run("export", str(tmp_path / "after"))
    assert (after.exit_code, "1 documents are not in it" in after.stdout) == (0, True)


def test_export_writes_a_package_and_says_what_to_note(tmp_path: Path) -> None:
    record = released(a_story())
    folder = tmp_path / "deposit"
    result = run("export", str(folder))
    assert result.exit_code == 0
    assert f"{folder} holds 1 releases, 1 documents, 0 pictures and 0 lines of the run log." in result.stdout
    assert f"The last release is 1, with the digest {record.digest}." in result.stdout
    assert verify_package(folder)[0] == 0
    assert json.loads((folder / "manifest.json").read_bytes())["paper"] == "The Test Post"

    told = json.loads(run("export", str(tmp_path / "again"), "--json").stdout)
    assert (told["number"], told["digest"], told["lost"]) == (1, record.digest, [])
    assert f"manifest.json has the digest {told['manifest']}." in verify_package(tmp_path / "again")[1]


def test_export_into_a_folder_that_holds_something_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    result = run("export", str(tmp_path))
    assert (result.exit_code, result.stderr) == (2, f"The folder {tmp_path} is not empty; name a new one.\n")


def test_export_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 250)
    result = run("export", str(long))
    assert result.exit_code == 1
    assert result.stderr == (
        f"The deposit package was not written to {long}: File name too long. Nothing of it was kept.\n"
    )


def test_export_of_a_ledger_that_lacks_something_ends_with_1(tmp_path: Path, settings: Settings) -> None:
    settings.PICTURES_DIR = tmp_path / "pictures"
    released(a_picture())
    result = run("export", str(tmp_path / "deposit"))
    assert result.exit_code == 1
    assert "The original of the picture of release 1 (" in result.stdout
    assert result.stderr == "The ledger lacks 1 of the things it should hold; run broadsheet ledger verify.\n"
