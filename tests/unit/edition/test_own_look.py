"""A paper makes the site its own as the page about it says: the examples there are what is tried here."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from broadsheet.edition import assets, environment
from broadsheet.plain.configuration import FILE_NAME, load_configuration
from tests.factories.edition import Site
from tests.factories.edition import words as read
from tests.factories.ledger import a_story
from tests.factories.theme import start_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

HOWTO = (Path(__file__).resolve().parents[3] / "docs" / "howto" / "your-own-look.md").read_text(encoding="utf-8")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 96"><path d="M0 0h9v9z"/></svg>'
CATALOGUE = "theme/locale/en/LC_MESSAGES/edition.po"


def example(named: str) -> str:
    """The indented lines that follow where the page names that file last before an example."""
    found = re.search(rf"`{re.escape(named)}`[^\n]*:\n\n((?:(?: {{4}}.*)?\n)+)", HOWTO)
    assert found is not None, f"the page has no example of {named}"
    return dedent(found[1])


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The folder of a paper that did what the page says of settings."""
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "nameplate.svg").write_text(DRAWING)
    (tmp_path / FILE_NAME).write_text(example(FILE_NAME), encoding="utf-8")
    settings.PAPER_DIR = tmp_path
    settings.CONFIGURATION = load_configuration(tmp_path)
    start_again()
    yield tmp_path
    start_again()


def put(folder: Path, name: str, text: str) -> None:
    """Write a file of the paper."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    start_again()


@pytest.mark.usefixtures("folder")
def test_settings_bring_colours_nameplate_foot_and_contact() -> None:
    site = Site(story := a_story())
    page = site.story_page(story)
    (nameplate,) = page.xpath("//header//img")
    assert (nameplate.get("alt"), nameplate.get("width"), nameplate.get("height")) == ("The Test Post", "640", "96")
    assert site.composer.asset(nameplate.get("src")) == DRAWING.encode()
    assert read(page, "//div[@class='colophon']/p") == [
        "The Harbour Post, 1 Quay Street",
        "Published by Harbour Media",
        "Contact",
    ]
    assert page.xpath("//div[@class='colophon']//a/@href") == ["mailto:editors@example.org"]
    stylesheet = site.composer.asset(assets.theme_path(assets.STYLESHEET)).decode()
    assert ":root { --accent: #0a5c8c; }" in stylesheet
    assert stylesheet.count("--accent: #8fc8ee") == 2
    assert read(site.page("/vi/"), "//div[@class='colophon']/p") == ["Liên hệ"]


def test_words_of_the_paper_come_first_and_ours_where_it_says_nothing(folder: Path) -> None:
    put(folder, CATALOGUE, example(CATALOGUE))
    site = Site()
    assert read(site.page("/en/"), "//main/p") == ["The presses are warming up."]
    assert read(site.page("/en/404.html"), "//h1") == ["Page not found"]
    assert read(site.page("/vi/"), "//main/p") == ["Chưa có bài nào."]


def test_words_of_another_language_lie_over_its_own_catalogue(folder: Path) -> None:
    put(folder, CATALOGUE.replace("/en/", "/vi/"), example(CATALOGUE).replace("The presses are", "Máy in đang"))
    site = Site()
    assert read(site.page("/vi/"), "//main/p") == ["Máy in đang warming up."]
    assert read(site.page("/vi/404.html"), "//h1") == ["Không tìm thấy trang"]


def test_a_template_changes_one_block_of_ours(folder: Path) -> None:
    before = environment.template_digest("story.html")
    put(folder, "theme/base.html", example("theme/base.html"))
    assert environment.template_digest("story.html") != before
    page = Site(story := a_story()).story_page(story)
    assert read(page, "//p[@class='line']") == ["Founded on the quay in 1908"]
    assert read(page, "//h1") == [story.headline]
    assert page.xpath("//nav[@class='sections']") != []


def test_what_the_paper_says_of_its_look_is_part_of_every_page(folder: Path, settings: Settings) -> None:
    before = environment.renderer_digest()
    put(folder, FILE_NAME, example(FILE_NAME).replace("1 Quay Street", "2 Quay Street"))
    settings.CONFIGURATION = load_configuration(folder)
    assert environment.renderer_digest() != before
