"""Reads of the desk for its acts, screens and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from wagtail.models import GroupPagePermission

from broadsheet.desk.body_pictures import picture_numbers_of
from broadsheet.desk.models import (
    Byline,
    DeskNotice,
    PaperHome,
    Picture,
    PictureShown,
    Section,
    StandingPage,
    Story,
    Topic,
)
from broadsheet.desk.showing import page_numbers
from broadsheet.desk.subjects import PAGE_MODELS, subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from wagtail.models import Page

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Kind, Urn

_PAGE_KINDS: Final[tuple[Kind, ...]] = ("story", "section", "page")


def released_stories_using(row: object, *, limit: int) -> Iterator[Story]:
    """Yield live stories that show this section, byline, topic or picture, at most so many. None use a story."""
    live = Story.objects.filter(live=True).order_by("-pk")
    found: QuerySet[Story]
    if isinstance(row, Section):
        found = live.filter(section=row)
    elif isinstance(row, Byline):
        found = live.filter(bylines__byline=row).distinct()
    elif isinstance(row, Topic):
        found = live.filter(topics__topic=row).distinct()
    elif isinstance(row, Picture):
        found = live.filter(pictures_shown__picture=row, pictures_shown__in_released=True)
    else:
        return
    yield from found[:limit]


def was_released(row: Any) -> bool:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Return whether readers have or had it."""
    if isinstance(row, Story):
        return row.first_released_at is not None
    subject = subject_of(row)
    return LedgerReader().current(subject.urn, subject.locale) is not None


def sections_to_write_in(user: Any) -> QuerySet[Section]:  # noqa: ANN401 - any user model
    """Return the sections the person may begin stories in, by language and then as the tree has them."""
    sections = Section.objects.select_related("locale").order_by("locale_id", "path")
    if user.is_superuser:
        return sections
    grants = GroupPagePermission.objects.filter(group__user=user, permission__codename="add_page")
    sections = sections.filter(locale__in=PaperHome.objects.filter(pk__in=grants.values("page")).values("locale"))
    limits = list(user.section_limits.values_list("section_key", flat=True))
    return sections.filter(key__in=limits) if limits else sections


def uses_of(picture: Picture) -> list[PictureShown]:
    """Return where the picture is shown, by language and story; one query, whatever their number."""
    shown = PictureShown.objects.filter(picture=picture).select_related("story__locale", "story__section")
    return list(shown.order_by("story__locale__language_code", "story__title", "story_id"))


class PageShowing(NamedTuple):
    """A standing page that shows a picture, and in which of its texts."""

    page: StandingPage
    in_released: bool
    in_draft: bool


def pages_showing(picture: Picture) -> list[PageShowing]:
    """Return the standing pages that show the picture, by language and title; one query."""
    pages = StandingPage.objects.select_related("locale", "latest_revision").order_by("locale__language_code", "title")
    found = []
    for page in pages:
        released, draft = page_numbers(page)
        showing = PageShowing(page, picture.pk in released, picture.pk in draft)
        if showing.in_released or showing.in_draft:
            found.append(showing)
    return found


def released_pages_showing(row: object) -> list[StandingPage]:
    """Return the released standing pages that show this picture; none show anything else."""
    if not isinstance(row, Picture):
        return []
    pages = StandingPage.objects.filter(live=True).order_by("pk")
    return [page for page in pages if row.pk in picture_numbers_of(page.body)]


def notices_of(user: Any) -> QuerySet[DeskNotice]:  # noqa: ANN401 - any user model
    """Return what that person was told, newest first, with what a list shows of it."""
    notices = DeskNotice.objects.filter(user=user).select_related("by", "page__locale")
    return notices.order_by("-at", "-pk")


def unread_notices(user: Any, *, at_most: int) -> int:  # noqa: ANN401 - any user model
    """Return how many of them are unread; the database stops counting at that number."""
    return int(DeskNotice.objects.filter(user=user, read_at=None)[:at_most].count())


def live_without_release() -> Iterator[Page]:
    """Yield the pages that are live at the desk and that readers do not have: somebody went round the acts."""
    for page in _live_pages():
        subject = subject_of(page)
        standing = LedgerReader().current(subject.urn, subject.locale)
        if standing is None or standing.state is not State.RELEASED:
            yield page


def released_without_live() -> Iterator[tuple[Urn, Locale]]:
    """Yield the stories, standing pages and sections readers have and that are not live at the desk (any more)."""
    live = {(subject.urn, subject.locale) for subject in map(subject_of, _live_pages())}
    reader = LedgerReader()
    for kind in _PAGE_KINDS:
        for standing in reader.standings(kind):
            here = (standing.subject, standing.locale)
            if standing.state is State.RELEASED and here not in live:
                yield here


def _live_pages() -> Iterator[Page]:
    for model in PAGE_MODELS:
        yield from model.objects.filter(live=True).select_related("locale").iterator(chunk_size=500)
