"""What the paper corrected, for whoever wants to know all of it: the newest notes, and those of every month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.addresses import CorrectionsMonthSheet, CorrectionsSheet, path_of
from broadsheet.edition.frames import Head
from broadsheet.edition.list_pages import CorrectionsPage, ShownNote
from broadsheet.edition.moments import shown_time
from broadsheet.edition.pages import Link
from broadsheet.edition.words import month_name
from broadsheet.press.values import Gathered, Rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.edition.calendars import Month
    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import CorrectionLine

_TEMPLATE = "corrections.html"


def corrections_sheet(work: Work) -> Gathered:
    """Return the newest corrections, and where those of each month stand."""
    months: tuple[Month, ...] = work.read(names.corrected_fact(work.locale))
    title = work.say("Corrections")
    versions = {locale: path_of(CorrectionsSheet(locale)) for locale in work.paper.locales}
    page = CorrectionsPage(
        frame=work.frame(Head(path=work.path, title=work.titled(title), description=title, versions=versions)),
        title=title,
        notes=_notes(work, work.read(names.corrections_fact(work.locale, names.NEWEST))),
        months=tuple(Link(month_name(each, work.locale), _path_of_month(work, each)) for each in months),
    )
    # After the months it leads to.
    return work.sheet(_TEMPLATE, page, rank=Rank.FEED)


def corrections_month_sheet(work: Work, month: Month) -> Gathered | None:
    """Return the corrections of a month, None where there are none."""
    lines: tuple[CorrectionLine, ...] = work.read(names.corrections_fact(work.locale, month))
    if not lines:
        return None
    title = f"{work.say('Corrections')}: {month_name(month, work.locale)}"
    page = CorrectionsPage(
        frame=work.frame(Head(path=work.path, title=work.titled(title), description=title, versions={})),
        title=title,
        notes=_notes(work, lines),
        up=Link(work.say("All corrections"), path_of(CorrectionsSheet(work.locale))),
    )
    return work.sheet(_TEMPLATE, page, rank=Rank.LIST)


def _notes(work: Work, lines: Iterable[CorrectionLine]) -> tuple[ShownNote, ...]:
    return tuple(
        ShownNote(line.path, line.title, line.words, shown_time(line.at, work.paper.zone, locale=work.locale))
        for line in lines
    )


def _path_of_month(work: Work, month: Month) -> str:
    return path_of(CorrectionsMonthSheet(work.locale, month))
