"""What acts change, in words: the pieces their sentences share. Each act composes its own in ``foresee``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from broadsheet.desk.actions.companions import unreleased_companions
from broadsheet.desk.actions.moments import said_by_the_paper
from broadsheet.desk.compiling import NAVIGATION_KEY
from broadsheet.desk.compiling.story import topics_of
from broadsheet.desk.front_stream import ends_of
from broadsheet.desk.models import StandingPage
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.arrangements import NavigationDocument, SubjectEntry
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadsheet.desk.models import Front, Navigation, Story

_NAMED: Final = 5


def listed(words: Sequence[str]) -> str:
    """Return the words as a sentence lists them; of many only the first."""
    if len(words) > _NAMED:
        return f"{', '.join(words[:_NAMED])} and {len(words) - _NAMED} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def places_of(page: Story | StandingPage) -> str:
    """Return where readers find it once it is released; empty for a standing page no menu leads to."""
    return _menus_of(page) if isinstance(page, StandingPage) else _lists_of(page)


def _lists_of(story: Story) -> str:
    places = ["the home front"]
    places += [f"the front of {story.section}"] if story.section else []
    places += [f"the page of {use.byline}" for use in story.bylines.all() if use.byline and not use.byline.is_erased]
    places += [f"the front of {topic}" for topic in topics_of(story)]
    return ", ".join([*places, "the feed"])


def _menus_of(page: StandingPage) -> str:
    """Return the menus that lead to it: those the navigation names it in, without one the foot."""
    standing = LedgerReader().current(make_urn("navigation", NAVIGATION_KEY), Locale(page.locale.language_code))
    navigation = standing.document if standing is not None else None
    if not isinstance(navigation, NavigationDocument):
        return "the foot of every page"
    entries = {"the menu": navigation.menu, "the foot": navigation.footer}
    urn = subject_of(page).urn
    named = [
        place
        for place, links in entries.items()
        if any(isinstance(link, SubjectEntry) and link.target == urn for link in links)
    ]
    return f"{' and '.join(named)} of every page" if named else ""


def led_by(navigation: Navigation) -> tuple[str, ...]:
    """Return what a navigation changes for readers."""
    entries = [*navigation.menu, *navigation.footer]
    targets = [entry.value["target"] for entry in entries if entry.block_type in {"section", "page"}]
    waiting = list(dict.fromkeys(f"“{target.title}”" for target in targets if target is not None and not target.live))
    return (
        f"The head and the foot of every page in {navigation.locale.get_display_name()} lead where it says; all are pressed again.",
        *([f"Left out until readers have it: {listed(waiting)}."] if waiting else []),
    )


def shown_on(front: Front, *, now: datetime) -> tuple[str, ...]:
    """Return what a front changes for readers, and what will go from it by itself.  Units: ``now`` is UTC."""
    named = [child.value["story"] for stream in (front.strip, front.slots, front.featured) for child in stream]
    waiting = list(dict.fromkeys(f"“{story.title}”" for story in named if story is not None and not story.live))
    ends = ends_of(front)
    coming = [end for end in ends if end > now]
    return (
        f"Readers see it on the {_place(front)}; below stand the newest stories that are not above. No other page is pressed.",
        *([f"Left out until readers have it: {listed(waiting)}."] if waiting else []),
        *([f"Something goes by itself, next at {said_by_the_paper(coming[0])}."] if coming else []),
        *(["What has ended already is not shown."] if len(coming) < len(ends) else []),
    )


def _place(front: Front) -> str:
    return f"front of {front.section.title}" if front.section is not None else "home front"


def other_versions(page: Story | StandingPage) -> str:
    """Return the names of the languages in which readers have a version of it; empty for none."""
    names = dict(settings.LANGUAGES)
    versions = LedgerReader().editions(page.translation_key.hex)
    others = [version.locale for version in versions if version.subject != subject_of(page).urn]
    return listed([names.get(locale, locale) for locale in others])


def released_along(row: Any) -> str:  # noqa: ANN401 - any subject's row
    """Return what goes to readers with the row, as they do not have it yet; empty for nothing."""
    subjects = [subject_of(companion) for companion in unreleased_companions(row)]
    return listed([f"the {subject.kind} “{subject.title}”" for subject in subjects])
