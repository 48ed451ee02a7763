"""What benches share: the demo with all its programs, drafts, percentiles. Import it only once Django is set up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeVar

from wagtail.models import Locale

from broadsheet.cli.processes import Processes
from broadsheet.cli.running import answers, programs
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Byline, Picture, Section, Story, StoryByline, put_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ACTOR: Final = "system:bench"
LANGUAGE: Final = "en"
_READY_SECONDS: Final = 120
_WORDS: Final = "<p>The harbour master counted the boats twice and wrote the number down.</p>"

Found = TypeVar("Found")


class BenchFailed(Exception):
    """What was to be measured did not happen."""


def beside_paper(measure: Callable[[], Found], *, desk_port: int, site_port: int) -> Found:
    """Run the paper, which must be prepared, and return what was measured meanwhile.

    Raises: BenchFailed, and whatever measuring raises.
    """
    processes = Processes(programs(desk_port=desk_port, site_port=site_port))
    found: list[Found] = []

    def announce() -> None:
        try:
            found.append(measure())
        finally:
            processes.stop()

    ended_well = processes.run(
        is_ready=lambda: answers(desk_port, "/login/"), announce=announce, ready_seconds=_READY_SECONDS
    )
    if not ended_well:
        raise BenchFailed
    return found[0]


def percentile_ms(ranked: Sequence[float], share: float) -> float:
    """Return it of these seconds in milliseconds, by nearest rank, so that it is a time that was really seen."""
    return round(ranked[math.ceil(share * len(ranked)) - 1] * 1000, 1)


def make_draft(title: str) -> Story:
    """Return a draft as an editor makes one: with a byline and a picture."""
    section = Section.objects.filter(locale=Locale.objects.get(language_code=LANGUAGE)).order_by("pk")[0]
    # "Any": modelcluster lets rows be assigned to a child relation, and the types do not know.
    story: Any = Story(
        title=title,
        body=[{"type": "paragraph", "value": _WORDS} for _ in range(30)],
        lead_picture=Picture.objects.order_by("pk").first(),
        lead_alt="Boats",
        locale=section.locale,
        section=section,
        live=False,
    )
    story.bylines = put_in_order([StoryByline(byline=Byline.objects.order_by("pk")[0])])
    with acting_as(ACTOR):
        section.add_child(instance=story)
        story.save_revision()
    return story  # type: ignore[no-any-return]  # see above
