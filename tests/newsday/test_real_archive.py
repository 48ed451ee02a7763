"""Real articles, as archives really hold them: each goes to readers or is refused with a reason, and the pages are sound.

In CI every fourth of 1,928 goes through and 120 pages are checked; elsewhere every thirty-second, so that the suite
stays short.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.newsday.archive_paper import TOOLS, ArchivePaper, node
from tests.newsday.articles import items

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.shared,
    pytest.mark.timeout(3600),
]

_IN_CI = os.environ.get("CI") == "true"
EVERY = 4 if _IN_CI else 32
SAMPLE = 120 if _IN_CI else 12
#: The address of a story; that of a day ends with the day.
STORY = re.compile(r"/20\d\d/\d\d/\d\d/[^/]+/")


@pytest.fixture(scope="module")
def archive(shared_data: Path) -> list[dict[str, Any]]:
    return list(items(sorted((shared_data / "articles").glob("*.jsonl"))))[::EVERY]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> ArchivePaper:
    return ArchivePaper(tmp_path_factory.mktemp("archive") / "paper")


@pytest.fixture(scope="module")
def report(paper: ArchivePaper, archive: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What became of each item; the import is run a second time to see that it takes over nothing."""
    file, told = paper.folder / "items.jsonl", paper.folder / "report.jsonl"
    file.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in archive), encoding="utf-8")
    done = paper.run(["import", "ninjs", file, "--report", told])
    found = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    assert done.status == (1 if any(item["outcome"] == "refused" for item in found) else 0), done.stderr
    assert "Traceback" not in done.stderr
    paper.press()
    return found


@pytest.fixture(scope="module")
def sample(paper: ArchivePaper, report: list[dict[str, Any]]) -> Iterator[list[str]]:
    """Addresses of pages, served: three in four of stories, the rest of fronts, bylines and the archive."""
    assert report
    stories = [path for path in paper.pages() if STORY.search(path)]
    others = [path for path in paper.pages() if not STORY.search(path)]
    choose = random.Random(1928)
    some = choose.sample(stories, min(len(stories), SAMPLE * 3 // 4)) + choose.sample(
        others, min(len(others), SAMPLE // 4)
    )
    with paper.serving():
        yield [paper.site + path for path in some]


def test_every_article_is_released_or_refused_with_a_reason(
    paper: ArchivePaper, archive: list[dict[str, Any]], report: list[dict[str, Any]]
) -> None:
    assert [item["uri"] for item in report] == [item["uri"] for item in archive]
    refused = [item for item in report if item["outcome"] == "refused"]
    assert all(item["sentence"] for item in refused)
    # Digital.gov left six of its articles in no section.
    assert {item["sentence"].partition(";")[0] for item in refused} <= {
        "The item names no subject to find its section by"
    }
    assert len(refused) == sum(not item["subjects"] for item in archive)
    assert sum(bool(STORY.search(path)) for path in paper.pages()) == len(archive) - len(refused)


def test_what_was_left_out_is_reported_with_its_words(report: list[dict[str, Any]]) -> None:
    notes = [note for item in report for note in item.get("notes", [])]
    assert {"link", "picture", "field"} <= {note["kind"] for note in notes}
    assert all(note["sentence"] for note in notes)


def test_importing_the_archive_again_takes_over_nothing(paper: ArchivePaper, report: list[dict[str, Any]]) -> None:
    taken = sum(item["outcome"] == "imported" for item in report)
    done = paper.run(["import", "ninjs", paper.folder / "items.jsonl"])
    assert f"{taken} unchanged" in done.stdout
    assert "imported" not in done.stdout
    assert paper.run(["ledger", "verify"]).status == 0
    paper.press()
    assert paper.run(["press", "check"]).status == 0


def test_the_pages_are_valid_html(paper: ArchivePaper, sample: list[str]) -> None:
    files = [str(paper.pressed / url.removeprefix(paper.site).strip("/") / "index.html") for url in sample]
    vnu = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # One article shows off typography with made-up Latin, and the validator says that it is not English.
    options = ["--filterpattern", ".*Lorem ipsum.*"]
    done = subprocess.run(["java", "-jar", str(vnu), *options, *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr[-3000:]) == (0, "")


@pytest.mark.browser
def test_the_pages_are_accessible(sample: list[str], shared_data: Path) -> None:
    done = node(shared_data / "tools" / "axe.mjs", *sample)
    assert done.status == 0, [line for line in done.stdout.splitlines() if not line.startswith("ok")][
        :20
    ] or done.stderr
    assert done.stdout.count("ok  ") == 2 * len(sample)


def test_the_stories_describe_themselves_to_machines(sample: list[str], shared_data: Path) -> None:
    stories = [url for url in sample if STORY.search(url)]
    done = subprocess.run(
        [sys.executable, str(shared_data / "tools" / "jsonld_check.py"), "--article", *stories],
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{len(stories)} passed, 0 failed" in done.stdout, (done.stdout[-2000:], done.stderr[-1000:])
