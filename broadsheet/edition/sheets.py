"""What each sheet reads, and the plain values it shows. A sheet that does not exist is None.

It must never ask the ledger itself: all it knows comes through ``read``, so that the press knows it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.addresses import (
    ArchiveSheet,
    AuthorsSheet,
    BreakingSheet,
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
    ResultsSheet,
    RobotsSheet,
    RootSheet,
    RssSheet,
    SearchedSheet,
    SectionSheet,
    Sheet,
    SheetForPrograms,
    SitemapIndexSheet,
    SitemapSheet,
    StorySheet,
    TopicSheet,
    TopicsSheet,
    path_of,
)
from broadsheet.edition.archive_sheets import archive_sheet, authors_sheet, day_sheet, month_sheet, topics_sheet
from broadsheet.edition.correction_sheets import corrections_month_sheet, corrections_sheet
from broadsheet.edition.feed_sheets import feed_sheet, rss_sheet
from broadsheet.edition.finding import sheet_at
from broadsheet.edition.frames import Head
from broadsheet.edition.front_sheets import breaking_sheet, front_sheet, latest_sheet
from broadsheet.edition.gathering import Work
from broadsheet.edition.machine_sheets import (
    manifest_sheet,
    news_sitemap_sheet,
    robots_sheet,
    sitemap_index_sheet,
    sitemap_sheet,
)
from broadsheet.edition.page_sheets import page_sheet
from broadsheet.edition.pages import BarePage, MovedPage, PictureFile
from broadsheet.edition.pictures import picture_files
from broadsheet.edition.redirects import redirect_sheet
from broadsheet.edition.search_sheets import results_sheet, searched_sheet
from broadsheet.edition.story_sheets import story_sheet
from broadsheet.ledger.pictures import picture_at
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from broadsheet.edition.values import PaperLine, PictureLine
    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn
    from broadsheet.press.composing import ReadFact


def gather(path: SheetPath, read: ReadFact, *, link_prefix: str = "") -> Gathered | None:
    """Return what the sheet at that address shows, or None where there is none.

    Shapes: ``link_prefix`` stands before links in texts and lists; only previews have one.
    """
    if (picture := picture_at(path)) is not None:
        return _picture_sheet(path, picture, read)
    return _own_sheet(path, read, link_prefix) or redirect_sheet(path, read)


def _own_sheet(path: SheetPath, read: ReadFact, link_prefix: str) -> Gathered | None:
    sheet = sheet_at(path)
    paper: PaperLine | None = read(names.PAPER)
    if sheet is None or paper is None or not paper.languages:
        return None
    locale = _locale_of(sheet, paper)
    if locale not in paper.locales:
        return None
    read(names.RENDERER)
    return _gather(sheet, Work(read=read, paper=paper, locale=locale, path=path, link_prefix=link_prefix))


def _gather(sheet: Sheet, work: Work) -> Gathered | None:  # noqa: C901, PLR0912 - one case a kind of sheet
    gathered: Gathered | None
    match sheet:
        case RootSheet():
            gathered = _root_sheet(work)
        case HomeSheet() | SectionSheet() | BylineSheet() | TopicSheet():
            gathered = front_sheet(work, sheet)
        case PageSheet():
            gathered = page_sheet(work, sheet.slug)
        case StorySheet():
            gathered = story_sheet(work, sheet.slug)
        case ArchiveSheet():
            gathered = archive_sheet(work, sheet.front)
        case MonthSheet():
            gathered = month_sheet(work, sheet.front, sheet.month)
        case DaySheet():
            gathered = day_sheet(work, sheet.day)
        case AuthorsSheet():
            gathered = authors_sheet(work)
        case TopicsSheet():
            gathered = topics_sheet(work)
        case CorrectionsSheet():
            gathered = corrections_sheet(work)
        case CorrectionsMonthSheet():
            gathered = corrections_month_sheet(work, sheet.month)
        case MissingSheet():
            gathered = _missing_sheet(work)
        case _:
            gathered = _gather_for_programs(sheet, work)
    return gathered


def _gather_for_programs(sheet: SheetForPrograms, work: Work) -> Gathered | None:  # noqa: C901 - one case a kind of sheet
    gathered: Gathered | None
    match sheet:
        case FeedSheet():
            gathered = feed_sheet(work)
        case RssSheet():
            gathered = rss_sheet(work, sheet.front)
        case LatestSheet():
            gathered = latest_sheet(work, sheet.front)
        case BreakingSheet():
            gathered = breaking_sheet(work)
        case RobotsSheet():
            gathered = robots_sheet(work)
        case SitemapIndexSheet():
            gathered = sitemap_index_sheet(work)
        case SitemapSheet():
            gathered = sitemap_sheet(work, sheet.day)
        case NewsSitemapSheet():
            gathered = news_sitemap_sheet(work)
        case ManifestSheet():
            gathered = manifest_sheet(work)
        case SearchedSheet():
            gathered = searched_sheet(work, sheet.key)
        case ResultsSheet():
            gathered = results_sheet(work)
    return gathered


def _picture_sheet(path: SheetPath, picture: Urn, read: ReadFact) -> Gathered | None:
    """A file that came with a page is a sheet only once it may have to go: it stays while its picture has it."""
    line: PictureLine | None = read(names.picture_fact(picture))
    if line is None or path not in picture_files(line):
        return None
    return Gathered(template="", form=Form.FILE, rank=Rank.ASSET, values=PictureFile(path))


def _root_sheet(work: Work) -> Gathered:
    moved = MovedPage(path=path_of(HomeSheet(work.locale)))
    return Gathered(template="", form=Form.MOVED, rank=Rank.LIST, values=moved)


def _missing_sheet(work: Work) -> Gathered:
    title = work.titled(work.say("Page not found"))
    page = BarePage(frame=work.frame(Head(path=None, title=title, description="", versions={})))
    return work.sheet("missing.html", page, rank=Rank.LIST, form=Form.FILE)


def _locale_of(sheet: Sheet, paper: PaperLine) -> Locale:
    """Return the language of the sheet; outside every language the paper's first one speaks."""
    match sheet:
        case RootSheet() | RobotsSheet() | SitemapIndexSheet():
            locale = None
        case RssSheet(front) | LatestSheet(front) | ArchiveSheet(front) | MonthSheet(front, _):
            locale = front.locale
        case _:
            locale = sheet.locale
    return locale or paper.locales[0]
