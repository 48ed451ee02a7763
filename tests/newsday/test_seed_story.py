"""The story this project began with, taken in and read as a reader reads it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html
from PIL import Image

from tests.newsday.archive_paper import ArchivePaper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.shared, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> Path:
    return shared_data / "seed" / "story.ninjs.json"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, seed: Path) -> ArchivePaper:
    folder = tmp_path_factory.mktemp("seed")
    pictures = folder / "pictures"
    pictures.mkdir()
    Image.new("RGB", (1280, 853), "slategrey").save(pictures / "zelensky-photo.jpg")
    paper = ArchivePaper(folder / "paper")
    done = paper.run(["import", "ninjs", seed, "--pictures", pictures])
    assert (done.status, done.stdout) == (0, "1 items: 1 imported.\n"), done
    paper.press()
    return paper


@pytest.fixture(scope="module")
def page(paper: ArchivePaper) -> html.HtmlElement:
    day = "/en/international/2025/07/20/"
    (path,) = [path for path in paper.pages() if path.startswith(day) and path != day]
    return html.fromstring((paper.pressed / path.strip("/") / "index.html").read_bytes())


@pytest.fixture(scope="module")
def words(page: html.HtmlElement) -> str:
    """What a reader sees, on one line."""
    (article,) = page.xpath("//main")
    return " ".join(" ".join(article.xpath(".//text()[not(ancestor::script or ancestor::style)]")).split())


@pytest.fixture(scope="module")
def item(seed: Path) -> dict[str, object]:
    return json.loads(seed.read_bytes())


def test_the_headline_stands_there_once(words: str, page: html.HtmlElement) -> None:
    headline = "Mr Zelensky again called for a personal meeting with Mr Putin"
    assert words.count(headline) == 1
    assert [heading.text_content().strip() for heading in page.xpath("//h1")] == [headline]


def test_byline_and_time_stand_there_in_the_papers_zone(words: str, page: html.HtmlElement) -> None:
    assert "Hoang Bach" in words
    assert "20/07/2025 09:33" in words
    assert page.xpath("//main//time/@datetime")[0].startswith("2025-07-20T")


def test_the_picture_has_its_caption_and_credit(page: html.HtmlElement) -> None:
    (figure,) = page.xpath("//main//figure")
    assert figure.xpath(".//img[@alt and @src and @width and @height]")
    caption = " ".join(figure.xpath(".//figcaption")[0].text_content().split())
    assert "Ukrainian leader Vladimir Zelensky." in caption
    assert "Getty" in caption


def test_every_paragraph_and_every_quotation_is_there_word_for_word(
    words: str, item: dict[str, list[dict[str, str]]]
) -> None:
    body = item["bodies"][0]["value"]
    paragraphs = [html.fromstring(part).text_content() for part in re.findall(r"<p>.*?</p>", body)]
    assert len(paragraphs) == 8
    for paragraph in [*paragraphs, item["descriptions"][0]["value"]]:
        assert " ".join(paragraph.split()) in words
    for quotation in re.findall(r"[“\"]([^”\"]+)[”\"]", " ".join(paragraphs)):
        assert quotation in words


def test_the_source_is_named(words: str) -> None:
    assert re.search(r"\bSources?\b:?\s*RT\b", words), words[-300:]


@pytest.mark.parametrize(
    "furniture",
    ["DNUM", "687c3e56203027079653f6ea", "Featured Nghe An Newspaper", "POWERED BY", "ONECMS", " x Mr Zelensky"],
)
def test_nothing_of_the_old_pages_furniture_is_there(furniture: str, page: html.HtmlElement, words: str) -> None:
    assert furniture not in words
    assert furniture not in html.tostring(page, encoding="unicode")


def test_the_story_stands_on_the_front_on_its_section_and_in_the_feed(paper: ArchivePaper) -> None:
    for name in ("en/index.html", "en/international/index.html", "en/atom.xml"):
        assert "Mr Zelensky again called" in (paper.pressed / name).read_text(encoding="utf-8"), name


def test_without_its_picture_the_story_goes_in_and_the_picture_is_reported(tmp_path: Path, seed: Path) -> None:
    paper = ArchivePaper(tmp_path / "paper")
    done = paper.run(["import", "ninjs", seed, "--json", "--report", tmp_path / "report.jsonl"])
    report = json.loads(done.stdout)
    assert (done.status, report["outcome"], report["uri"]) == (0, "imported", "urn:seed:zelensky-meeting")
    (note,) = report["notes"]
    assert note["kind"] == "picture"
    assert "Ukrainian leader Vladimir Zelensky." in note["text"]
    assert json.loads((tmp_path / "report.jsonl").read_text(encoding="utf-8")) == report
    again = paper.run(["import", "ninjs", seed])
    assert (again.status, again.stdout) == (0, "1 items: 1 unchanged.\n")


def _garbled(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _masked(data: bytes) -> bytes:
    return data.replace(b"Hoang Bach", b"Hoang Bach DNUM_CAZAHZCACF")


@pytest.mark.parametrize(
    ("spoil", "words"), [(_garbled, "not JSON"), (_masked, "placeholder DNUM_CAZAHZCACF"), (lambda _: b"", "empty")]
)
def test_a_spoilt_file_is_refused_with_a_sentence_and_status_1(
    tmp_path: Path, paper: ArchivePaper, seed: Path, spoil: Callable[[bytes], bytes], words: str
) -> None:
    file = tmp_path / "spoilt.json"
    file.write_bytes(spoil(seed.read_bytes().replace(b"urn:seed:zelensky-meeting", b"urn:seed:other")))
    done = paper.run(["import", "ninjs", file])
    assert done.status == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["no-such-file"], [".", "--pictures", "nowhere"], ["SEED", "--section", "Not a key"]]
)
def test_wrong_use_is_one_sentence_and_status_2(paper: ArchivePaper, seed: Path, arguments: list[str]) -> None:
    done = paper.run(["import", "ninjs", *(str(seed) if word == "SEED" else word for word in arguments)])
    assert (done.status, len(done.stderr.strip().splitlines())) == (2, 1), done
