"""What programs ask for: robots.txt, sitemaps, the manifest. Checked by a schema and rules nobody here wrote."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from broadsheet.edition import assets
from broadsheet.ledger.values import LanguageLine
from broadsheet.plain.locales import Locale
from broadsheet.press.values import Form
from tests.factories.edition import Site, address
from tests.factories.ledger import EN, NOW, VI, a_paper, a_story

if TYPE_CHECKING:
    from pathlib import Path

BASE = "http://127.0.0.1:8000"
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def found(site: Site, path: str, expression: str) -> list[str]:
    return [str(each) for each in etree.fromstring(site.text(path).encode()).xpath(expression, namespaces=MAPS)]


def test_robots_may_read_everything_and_are_told_of_the_sitemaps() -> None:
    assert Site().text("/robots.txt").splitlines() == [
        *("User-agent: *", "Allow: /", ""),
        *(f"Sitemap: {BASE}/{name}" for name in ("sitemap.xml", "sitemaps/en/news.xml", "sitemaps/vi/news.xml")),
    ]


def test_the_index_leads_to_every_day_of_every_language_newest_first() -> None:
    days = [a_story(published_at=NOW - timedelta(days=days)) for days in (0, 1, 40)]
    site = Site(*days, a_story(locale=VI))
    assert found(site, "/sitemap.xml", "//s:loc/text()") == [
        *(f"{BASE}/sitemaps/en/2026/{day}.xml" for day in ("03/04", "03/03", "01/23")),
        f"{BASE}/sitemaps/vi/2026/03/04.xml",
    ]


def test_a_day_holds_its_own_stories_and_when_each_last_changed() -> None:
    story = a_story()
    site = Site(story, a_story(published_at=NOW - timedelta(days=1)))
    path = "/sitemaps/en/2026/03/04.xml"
    assert found(site, path, "//s:loc/text()") == [BASE + address(story)]
    assert found(site, path, "//s:lastmod/text()") == ["2026-03-04T12:06:07+07:00"]
    assert site.sheet("/sitemaps/en/2026/03/05.xml") is None
    assert site.sheet("/sitemaps/vi/2026/03/04.xml") is None


@pytest.mark.parametrize(
    ("locale", "code"), [("pt-BR", "pt"), ("zh-Hant", "zh-tw"), ("zh", "zh-cn"), ("zh-Hans-SG", "zh-cn"), ("vi", "vi")]
)
def test_the_news_sitemap_holds_today_and_yesterday_in_words_search_engines_know(locale: str, code: str) -> None:
    spoken = Locale(locale)
    # At noon of the paper's day: NOW is 12:06 there.
    ages = {"Today": timedelta(0), "Yesterday": timedelta(hours=36), "Before": timedelta(hours=37)}
    stories = [a_story(headline=f"{age} & <co>", locale=spoken, published_at=NOW - ages[age]) for age in ages]
    site = Site(a_paper(languages=(LanguageLine(spoken, "One"),)), *stories)
    path = f"/sitemaps/{locale}/news.xml"
    assert found(site, path, "//n:title/text()") == ["Today & <co>", "Yesterday & <co>"]
    assert set(found(site, path, "//n:language/text()")) == {code}
    assert set(found(site, path, "//n:name/text()")) == {"The Test Post"}


def test_the_manifest_opens_the_home_front_of_its_language() -> None:
    site = Site(a_paper(name='The "<Post>"'))
    manifest = json.loads(site.text("/vi/site.webmanifest"))
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ('The "<Post>"', "vi", "/vi/")
    assert {icon["src"] for icon in manifest["icons"]} <= set(assets.theme_paths())
    assert site.page("/vi/").xpath("//link[@rel='manifest']/@href") == ["/vi/site.webmanifest"]


@pytest.fixture
def check(shared_data: Path) -> Any:
    """The check of sitemaps, as a module; it opens with the schema of sitemaps.org."""
    spec = importlib.util.spec_from_file_location("sitemap_check", shared_data / "tools" / "sitemap_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_a_check_nobody_here_wrote_follows_the_index_and_finds_nothing(check: Any, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    stories = [
        a_story(locale=locale, headline="Ferry & <b>", published_at=now - timedelta(hours=hours))
        for locale in (EN, VI)
        for hours in (0, 20, 90)
    ]
    site = Site(a_paper(base_url=tmp_path.as_uri()), *stories)
    site.reader.now = now
    for path in site.composer.every_sheet(site.reader):
        sheet = site.sheet(path)
        if sheet is not None and sheet.form is Form.FILE:
            file = tmp_path / path.removeprefix("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(sheet.data)
    assert len(list(tmp_path.glob("sitemaps/*/2*/*/*.xml"))) >= 4
    assert check.main([(tmp_path / "sitemap.xml").as_uri()]) == 0
    wrong: list[str] = []
    for news in tmp_path.glob("sitemaps/*/news.xml"):
        check.check(news.as_uri(), wrong, set())
    # The schema of sitemaps.org asks for one of the news elements, and there is none here.
    assert [each for each in wrong if "No matching global element declaration" not in each] == []
