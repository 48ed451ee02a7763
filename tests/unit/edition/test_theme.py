"""A paper may put its own templates, stylesheet and logo in place of ours; pages then name them and rest on them."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from broadsheet.edition import assets, environment
from broadsheet.edition.errors import BadTemplate, UnknownAsset
from broadsheet.ledger.values import LanguageLine
from broadsheet.plain.locales import Locale
from broadsheet.press.values import SheetPath
from tests.factories.edition import Site, words
from tests.factories.ledger import a_paper, a_story
from tests.factories.theme import start_again


@pytest.fixture
def theme(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The theme folder of a paper, still empty."""
    settings.PAPER_DIR = tmp_path
    folder = tmp_path / "theme"
    folder.mkdir()
    start_again()
    yield folder
    start_again()


def test_a_template_of_the_paper_is_printed_instead_of_ours(theme: Path) -> None:
    (theme / "gone.html").write_text('{% extends "base.html" %}{% block main %}<h1>Gone fishing</h1>{% endblock %}')
    (theme / "missing.html").write_text('{% extends "gone.html" %}')
    assert words(Site().page("/en/404.html"), "//h1") == ["Gone fishing"]


def test_a_changed_template_changes_the_digest_of_all_that_include_it(theme: Path) -> None:
    before = {name: environment.template_digest(name) for name in environment.TEMPLATES}
    source = Path(assets.__file__).parent / "templates" / "edition" / "cards.html"
    (theme / "cards.html").write_text(source.read_text() + "<!-- ours -->")
    start_again()
    changed = {name for name in environment.TEMPLATES if environment.template_digest(name) != before[name]}
    assert changed == {"home.html", "section.html", "byline.html"}


def test_a_stylesheet_of_the_paper_gets_an_address_of_its_own(theme: Path) -> None:
    renderer, path = environment.renderer_digest(), assets.theme_path(assets.STYLESHEET)
    (theme / "paper.css").write_text("body{color:red}")
    start_again()
    site = Site(a_story())
    (link,) = site.page("/en/").xpath("//link[@rel='stylesheet']/@href")
    assert link != path
    assert site.composer.asset(link).endswith(b"}\nbody{color:red}")
    assert environment.renderer_digest() != renderer


def test_a_changed_template_is_another_renderer_of_its_own_sheets_alone(theme: Path) -> None:
    def renderers() -> dict[str, str]:
        site = Site()
        paths = ("/en/", "/en/news/", "/en/404.html", "/")
        found = {
            path: site.composer.gather(path, lambda name: site.composer.compute(name, site.reader)) for path in paths
        }
        return {path: site.composer.renderer(gathered) for path, gathered in found.items()}

    before = renderers()
    assert len(set(before.values())) == 4
    (theme / "home.html").write_text('{% extends "base.html" %}')
    start_again()
    after = renderers()
    assert {path for path in after if after[path] != before[path]} == {"/en/"}


def test_a_logo_of_the_paper_is_described_with_its_own_size(theme: Path) -> None:
    data = BytesIO()
    Image.new("RGB", (320, 80)).save(data, "PNG")
    (theme / "logo.png").write_bytes(data.getvalue())
    assert assets.theme_picture_size(assets.LOGO) == (320, 80)


def test_a_template_that_includes_by_an_expression_is_refused(theme: Path) -> None:
    (theme / "gone.html").write_text("{% include name %}")
    with pytest.raises(BadTemplate):
        environment.template_digest("gone.html")


def test_the_address_of_an_older_stylesheet_is_unknown() -> None:
    with pytest.raises(UnknownAsset):
        assets.theme_asset(SheetPath("/assets/paper.0000000000000000.css"))


def test_every_asset_a_sheet_asks_for_can_be_had() -> None:
    site = Site()
    sheet = site.sheet("/en/")
    assert sheet is not None
    assert len(sheet.assets) == 5 + len(assets.font_names())
    assert all(site.composer.asset(path) for path in sheet.assets)


def test_the_stylesheet_names_each_font_by_the_digest_of_its_bytes() -> None:
    site = Site()
    sheet = site.sheet("/en/")
    assert sheet is not None
    named = re.findall(r'url\("([^"]+)"\)', site.composer.asset(assets.theme_path(assets.STYLESHEET)).decode())
    assert len(named) == len(assets.font_names()) == 10
    assert set(named) <= set(sheet.assets)


@pytest.mark.parametrize(
    ("locale", "asked_for"),
    [
        ("en", ["serif-latin"]),
        ("vi", ["serif-latin", "serif-vietnamese"]),
        ("ru", ["serif-cyrillic", "serif-latin"]),
        ("el", ["serif-greek", "serif-latin"]),
        ("ar", []),
        ("zh-Hant", []),
        ("tlh", []),
    ],
)
def test_a_page_asks_early_for_the_fonts_its_language_needs(locale: str, asked_for: list[str]) -> None:
    language = LanguageLine(Locale(locale), locale)
    page = Site(a_paper(languages=(language,))).page(f"/{locale}/")
    preloads = page.xpath("//link[@rel='preload' and @as='font' and @crossorigin]/@href")
    assert [path.removeprefix("/assets/").partition(".")[0] for path in preloads] == asked_for


def test_a_paper_with_fonts_of_its_own_asks_for_none_of_ours(theme: Path) -> None:
    (theme / "fonts.css").write_text('@font-face { font-family: "Ours"; src: url("ours.woff2") }')
    (theme / "ours.woff2").write_bytes(b"wOF2")
    site = Site()
    assert site.page("/en/").xpath("//link[@rel='preload']") == []
    assert assets.font_names() == ("ours.woff2",)
    assert site.composer.asset(assets.theme_path("ours.woff2")) == b"wOF2"


def test_the_script_is_small_and_a_page_is_whole_without_it() -> None:
    assert len(assets.theme_bytes(assets.SCRIPT)) < 15_000
    page = Site().page("/en/")
    assert page.xpath("//script[@src]/@src") == [assets.theme_path(assets.SCRIPT)]
    assert page.xpath("//button[not(@hidden)]") == []


def test_a_template_that_names_what_the_page_does_not_have_fails_loudly(theme: Path) -> None:
    (theme / "missing.html").write_text("{{ page.nothing }}")
    with pytest.raises(Exception, match="nothing"):
        Site().text("/en/404.html")
