"""What acts change, in words: the pieces their sentences share. Each act composes its own in ``foresee``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from broadsheet.desk.actions.companions import unreleased_companions
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.desk.models import Story

_NAMED: Final = 5


def listed(words: Sequence[str]) -> str:
    """Return the words as a sentence lists them; of many only the first."""
    if len(words) > _NAMED:
        return f"{', '.join(words[:_NAMED])} and {len(words) - _NAMED} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def places_of(story: Story) -> str:
    """Return the lists a released story stands in."""
    places = ["the home front"]
    places += [f"the front of {story.section}"] if story.section else []
    places += [f"the page of {use.byline}" for use in story.bylines.all() if use.byline]
    return ", ".join([*places, "the feed"])


def other_versions(story: Story) -> str:
    """Return the names of the languages in which readers have a version of the story; empty for none."""
    names = dict(settings.LANGUAGES)
    versions = LedgerReader().editions(story.translation_key.hex)
    others = [version.locale for version in versions if version.subject != subject_of(story).urn]
    return listed([names.get(locale, locale) for locale in others])


def released_along(row: Any) -> str:  # noqa: ANN401 - any subject's row
    """Return what goes to readers with the row, as they do not have it yet; empty for nothing."""
    subjects = [subject_of(companion) for companion in unreleased_companions(row)]
    return listed([f"the {subject.kind} “{subject.title}”" for subject in subjects])
