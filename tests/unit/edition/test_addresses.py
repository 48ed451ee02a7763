"""Every sheet has one address, and the address leads back to the sheet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.edition.addresses import (
    ArchiveSheet,
    AuthorsSheet,
    BylineSheet,
    CorrectionsMonthSheet,
    CorrectionsSheet,
    DaySheet,
    FeedSheet,
    HomeSheet,
    LatestSheet,
    ManifestSheet,
    MissingSheet,
    MonthSheet,
    NewsSitemapSheet,
    PageSheet,
    RobotsSheet,
    RootSheet,
    RssSheet,
    SectionSheet,
    Sheet,
    SitemapIndexSheet,
    SitemapSheet,
    StorySheet,
    TopicSheet,
    TopicsSheet,
    path_of,
)
from broadsheet.edition.calendars import month_of
from broadsheet.edition.finding import sheet_at
from broadsheet.plain.errors import BadAddress
from broadsheet.plain.locales import Locale
from broadsheet.plain.old_addresses import old_address
from broadsheet.plain.slugs import Slug
from broadsheet.press.sheet_paths import clean_segments
from broadsheet.press.values import SheetPath

LOCALES = st.sampled_from(["en", "vi", "pt-BR", "zh-Hant", "es-419", "tlh"]).map(Locale)
WORDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
SLUGS = WORDS.map(Slug)
DAYS = st.dates(min_value=date(1000, 1, 1))
FRONTS = st.one_of(
    st.builds(HomeSheet, LOCALES),
    st.builds(SectionSheet, LOCALES, WORDS),
    st.builds(BylineSheet, LOCALES, SLUGS),
    st.builds(TopicSheet, LOCALES, SLUGS),
)
SHEETS: st.SearchStrategy[Sheet] = st.one_of(
    st.just(RootSheet()),
    st.builds(HomeSheet, LOCALES),
    st.builds(SectionSheet, LOCALES, WORDS),
    st.builds(BylineSheet, LOCALES, SLUGS),
    st.builds(TopicSheet, LOCALES, SLUGS),
    st.builds(TopicsSheet, LOCALES),
    st.builds(PageSheet, LOCALES, SLUGS),
    st.builds(StorySheet, LOCALES, WORDS, DAYS, SLUGS),
    st.builds(RssSheet, FRONTS),
    st.builds(LatestSheet, st.builds(HomeSheet, LOCALES) | st.builds(SectionSheet, LOCALES, WORDS)),
    st.builds(ArchiveSheet, FRONTS),
    st.builds(MonthSheet, FRONTS, DAYS.map(month_of)),
    st.builds(DaySheet, LOCALES, DAYS),
    st.builds(AuthorsSheet, LOCALES),
    st.builds(CorrectionsSheet, LOCALES),
    st.builds(CorrectionsMonthSheet, LOCALES, DAYS.map(month_of)),
    st.just(RobotsSheet()),
    st.just(SitemapIndexSheet()),
    st.builds(SitemapSheet, LOCALES, DAYS),
    st.builds(NewsSitemapSheet, LOCALES),
    st.builds(ManifestSheet, LOCALES),
    st.builds(FeedSheet, LOCALES),
    st.builds(MissingSheet, st.none() | LOCALES),
)


@given(SHEETS)
def test_an_address_leads_back_to_its_sheet(sheet: Sheet) -> None:
    found = sheet_at(path_of(sheet))
    assert found == sheet
    assert type(found) is type(sheet)


@given(SHEETS)
def test_every_address_is_one_the_press_can_publish(sheet: Sheet) -> None:
    clean_segments(path_of(sheet))


@given(st.text(alphabet="/abcenvi0123456789-.%é\x00", max_size=40))
def test_any_text_that_is_taken_for_an_address_is_spelled_as_the_sheet_spells_it(text: str) -> None:
    sheet = sheet_at(SheetPath(text))
    assert sheet is None or path_of(sheet) == text


@pytest.mark.parametrize(
    "path",
    [
        "",
        "en/",
        "/en",
        "/EN/",
        "//",
        "/en//",
        "/en/politics",
        "/en/Politics/",
        "/en/../",
        "/en/pages/",
        "/en/pages/about",
        "/en/pages/About/",
        "/en/politics/2026/02/30/slug/",
        "/en/politics/2026/2/3/slug/",
        "/en/politics/٢٠٢٦/02/03/slug/",
        "/en/politics/2026/02/03/slug",
        "/en/politics/2026/02/03/",
        "/en/feed.xml",
        "/assets/",
        "/en/politics/2026/02/03/slug/more/",
    ],
)
def test_no_sheet_stands_at_another_spelling(path: str) -> None:
    sheet = sheet_at(SheetPath(path))
    assert sheet is None or isinstance(sheet, SectionSheet)


def test_a_story_keeps_its_first_day_in_its_address() -> None:
    sheet = StorySheet(Locale("vi"), "bien", date(2025, 7, 20), Slug("cau-cang-mo-lai"))
    assert path_of(sheet) == "/vi/bien/2025/07/20/cau-cang-mo-lai/"


@given(SHEETS)
def test_no_old_address_can_be_a_folder_where_a_file_of_the_site_stands(sheet: Sheet) -> None:
    path = path_of(sheet)
    if not path.endswith("/"):
        for below in (path, f"{path}/below/", f"{path}.gz"):
            with pytest.raises(BadAddress):
                old_address(below)
