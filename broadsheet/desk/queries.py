"""Reads of the desk for its acts, screens and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import GroupPagePermission

from broadsheet.desk.models import Byline, DeskNotice, PaperHome, Picture, PictureShown, Section, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn


def released_stories_using(row: object, *, limit: int) -> Iterator[Story]:
    """Yield live stories that show this section, byline or picture, at most so many. None use a story."""
    live = Story.objects.filter(live=True).order_by("-pk")
    found: QuerySet[Story]
    if isinstance(row, Section):
        found = live.filter(section=row)
    elif isinstance(row, Byline):
        found = live.filter(bylines__byline=row).distinct()
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


def notices_of(user: Any) -> QuerySet[DeskNotice]:  # noqa: ANN401 - any user model
    """Return what that person was told, newest first, with what a list shows of it."""
    notices = DeskNotice.objects.filter(user=user).select_related("by", "story__locale").defer("story__body")
    return notices.order_by("-at", "-pk")


def unread_notices(user: Any, *, at_most: int) -> int:  # noqa: ANN401 - any user model
    """Return how many of them are unread; the database stops counting at that number."""
    return int(DeskNotice.objects.filter(user=user, read_at=None)[:at_most].count())


def live_without_release() -> Iterator[Story | Section]:
    """Yield the pages that are live at the desk and that readers do not have: somebody went round the acts."""
    for page in _live_pages():
        subject = subject_of(page)
        standing = LedgerReader().current(subject.urn, subject.locale)
        if standing is None or standing.state is not State.RELEASED:
            yield page


def released_without_live() -> Iterator[tuple[Urn, Locale]]:
    """Yield the stories and sections readers have and that are not live at the desk (any more)."""
    live = {(subject.urn, subject.locale) for subject in map(subject_of, _live_pages())}
    reader = LedgerReader()
    for kind in ("story", "section"):
        for standing in reader.standings(kind):
            here = (standing.subject, standing.locale)
            if standing.state is State.RELEASED and here not in live:
                yield here


def _live_pages() -> Iterator[Story | Section]:
    for model in (Section, Story):
        yield from model.objects.filter(live=True).select_related("locale").iterator(chunk_size=500)
