"""What an erasure will change, in sentences, for the two people who do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.actions.foreseeing import listed
from broadsheet.desk.erasing.pictures import only_shown_by, shown_by
from broadsheet.desk.models import Byline, Picture, PictureShown, StandingPage, Story, Topic
from broadsheet.desk.queries import pages_showing
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.handing_out import copies_holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.desk.erasing.reaching import Erasable


def foresee_erasure(row: Erasable, *, leaving: Iterable[str]) -> Iterator[str]:
    """Yield the sentences. ``leaving`` are those on what a page before readers leaves, and what stays."""
    yield (
        f"Every version of this {subject_of(row).kind} is destroyed, in the ledger and at the desk, "
        f"with its {_beside(row)}. Nobody can bring it back, not even you."
    )
    going = only_shown_by(row) if isinstance(row, Story | StandingPage) else []
    if isinstance(row, Story | StandingPage):
        yield from _of_page(row, going, leaving)
    elif isinstance(row, Picture):
        yield from _of_picture(row)
    else:
        yield from _of_topic(row) if isinstance(row, Topic) else _of_byline(row)
    yield (
        "The ledger keeps that it was erased, when, by whom and by which order, and proves it. "
        "Partners are told nothing."
    )
    yield from _copies([row, *going])


def _beside(row: Erasable) -> str:
    if isinstance(row, Story | StandingPage):
        return "drafts, comments, notices, appointments and preview links"
    return "words and tags" if isinstance(row, Picture) else "names in other languages"


def _of_page(page: Story | StandingPage, going: Sequence[Picture], leaving: Iterable[str]) -> Iterator[str]:
    kind = subject_of(page).kind
    if page.first_released_at is not None:
        yield f"Its page says in neutral words that the {kind} is no longer available (answer 410)."
        number = " A number of an archive, where it came from one, stays as well." if kind == "story" else ""
        yield f"Its address stays, so that it is never given to another: it ends in “{page.url_slug}”.{number}"
    yield from leaving
    if going:
        yield f"The pictures that only this {kind} shows are erased with it: {_titles(going)}."
    staying = Picture.objects.filter(pk__in=shown_by(page) - {each.pk for each in going})
    if staying:
        yield f"Pictures that are shown elsewhere too stay: {_titles(list(staying.order_by('pk')))}."


def _of_picture(picture: Picture) -> Iterator[str]:
    yield "Its file is destroyed, with every size made of it, here and on the site."
    shown = PictureShown.objects.filter(picture=picture).select_related("story").order_by("pk")
    pages: list[Erasable] = [*(each.story for each in shown), *(each.page for each in pages_showing(picture))]
    if pages:
        yield f"It is taken out of {_titles(pages)}; they stay without it, and their captions stay in their texts."


def _of_byline(byline: Byline) -> Iterator[str]:
    yield (
        "Its page leaves the site, in every language. "
        f"The log of what was pressed keeps its address, which ends in “{byline.key}”."
    )
    if signed := list(Story.objects.filter(bylines__byline=byline).only("title").distinct().order_by("-pk")):
        yield f"It is taken off {_titles(signed)}; they stay, and readers no longer see who signed them."
        yield (
            "The ledger's versions of these stories keep the name as it was printed, and inspectors read it: "
            "erase each story in which it may not stand."
        )
    yield "A name in a text, or in the credit of a picture, is not reached."


def _of_topic(topic: Topic) -> Iterator[str]:
    yield (
        "Its front leaves the site, in every language. "
        f"The log of what was pressed keeps its address, which ends in “{topic.key}”."
    )
    if about := list(Story.objects.filter(topics__topic=topic).only("title").distinct().order_by("-pk")):
        yield f"It is taken off {_titles(about)}; they stay, and no version of them in the ledger holds the name."
    yield "A name in a text is not reached."


def _copies(rows: Sequence[Erasable]) -> Iterator[str]:
    found = dict.fromkeys(
        copy for subject in map(subject_of, rows) for copy in copies_holding(subject.urn, subject.locale)
    )
    for copy in found:
        yield f"{copy.sentence()}, holds it and is not reached: call it back."


def _titles(rows: Sequence[Erasable]) -> str:
    return listed([f"“{row}”" for row in rows])
