"""What a story or standing page shows besides itself: its section, its bylines, its topics, its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.desk.actions.act import hold
from broadsheet.desk.body_pictures import pictures_of
from broadsheet.desk.compiling.story import topics_of
from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.desk.models import Byline, Picture, Section, Topic

    Companion = Section | Byline | Topic | Picture


def unreleased_companions(row: Any) -> Iterator[Companion]:  # noqa: ANN401 - any subject's row
    """Yield what the row shows and readers cannot have yet, each once. Other rows than stories and pages show nothing.

    Shapes: the section, then bylines, topics and pictures, each by number, so that two acts lock them in the same order.
    """
    if isinstance(row, Story | StandingPage):
        yield from _unreleased(list(_companions(row)))


def hold_unreleased_companions(row: Any) -> list[Companion]:  # noqa: ANN401 - any subject's row
    """Return the same, each row held. One that another act released while this one waited for it is left out."""
    return _unreleased([hold(companion) for companion in unreleased_companions(row)])


def _unreleased(rows: Sequence[Companion]) -> list[Companion]:
    subjects = [subject_of(row) for row in rows]
    released = LedgerReader().released_among((each.urn, each.locale) for each in subjects)
    return [row for row, each in zip(rows, subjects, strict=True) if (each.urn, each.locale) not in released]


def _companions(page: Story | StandingPage) -> Iterator[Companion]:
    shown: list[Any] = list(pictures_of(page.body))
    if isinstance(page, Story):
        if page.section is not None:
            yield page.section
        signing = [use.byline for use in page.bylines.select_related("byline")]
        yield from _by_number(byline for byline in signing if byline is not None and not byline.is_erased)
        yield from _by_number(topics_of(page))
        shown.append(page.lead_picture)
    yield from _by_number(picture for picture in shown if picture is not None)


def _by_number(rows: Iterable[Any]) -> list[Any]:
    return [row for _, row in sorted({row.pk: row for row in rows}.items())]
