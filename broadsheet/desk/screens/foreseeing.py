"""What stands between a story's draft and readers, for the screens that say so."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from broadsheet.desk.actions import Release, Update
from broadsheet.desk.errors import ActRefused, NothingToUpdate, NotReady

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import Story


def sending(story: Story, *, now: datetime) -> Release | Update:
    """Return the act that sends the draft to readers.

    It has a copy of the row: an act fills in the address it would give, and a form beside it must not show that.
    """
    return (Update if story.live else Release)(copy(story), now=now)


def hindrances_of(story: Story, *, now: datetime) -> tuple[str, ...]:
    """Return in sentences why the draft cannot go out at that moment; that nothing has changed hinders nobody."""
    try:
        sending(story, now=now).check()
    except NothingToUpdate:
        return ()
    except NotReady as refused:
        return tuple(problem.sentence for problem in refused.problems)
    except ActRefused as refused:
        return (str(refused),)
    return ()
