"""What stands in the place of a page that is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition.frames import Head
from broadsheet.edition.pages import GonePage
from broadsheet.press.values import Form, Gathered, Rank

if TYPE_CHECKING:
    from broadsheet.edition.gathering import Work


def tombstone(work: Work, *, said: str, kill_notice: str) -> Gathered:
    """Return the page that says what became of it.  Shapes: an empty ``kill_notice`` is none."""
    frame = work.frame(Head(path=None, title=work.titled(said), description="", versions={}))
    page = GonePage(frame=frame, title=said, kill_notice=kill_notice)
    return work.sheet("gone.html", page, rank=Rank.TOMBSTONE, form=Form.GONE)
