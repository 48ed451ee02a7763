"""An arranged front changes with what stands in its slots, and no other front with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from broadsheet.ledger.arrangements import BreakingStrip, Pin
from broadsheet.ledger.values import Document
from broadsheet.press.actions import post_notice
from broadsheet.press.values import Subject
from tests.factories.edition import words
from tests.factories.ledger import NOW, a_front, a_section, a_story, erased, killed, released, withdrawn
from tests.rooms.edition.conftest import Paper

BREAKING = "/_fragments/1/en/breaking.html"


def test_a_front_is_pressed_alone_when_it_is_arranged_and_when_it_is_withdrawn(paper: Paper) -> None:
    stories = [a_story(headline=f"Story {number}") for number in range(3)]
    for story in stories:
        released(story)
    paper.press()
    released(front := a_front(stories[0], layout="lead"))
    assert paper.press() == ["/en/"]
    assert words(paper.page("/en/"), "//h2")[0] == "Story 0"
    withdrawn(front)
    assert paper.press() == ["/en/"]


def test_a_story_that_goes_gives_its_slot_to_the_next_and_the_fronts_without_it_stay(paper: Paper) -> None:
    old = a_story(headline="Old", published_at=NOW - timedelta(days=400), section=a_section("sport").subject)
    heirs = [a_story(headline=f"Heir {number}", published_at=NOW - timedelta(days=number)) for number in range(25)]
    for document in (a_section("sport"), old, *heirs, a_front(old, heirs[3], layout="lead"), a_front(section="news")):
        released(document)
    paper.press()
    killed(old)
    written = paper.press()
    assert "/en/" in written
    assert "/en/news/" not in written
    assert words(paper.page("/en/"), "//h2")[0] == "Heir 3"
    erased(heirs[3])
    paper.press()
    assert words(paper.page("/en/"), "//h2")[0] == "Heir 0"


@pytest.mark.parametrize("take_away", [killed, withdrawn, erased])
@pytest.mark.parametrize("section", ["", "news"])
def test_what_readers_cannot_have_leaves_every_place_of_a_front_to_the_next(
    paper: Paper, section: str, take_away: Callable[[Document], Any]
) -> None:
    names = ["Slot", "Next slot", "Waiting", "Featured", "Next featured", "Strip", "Never out"]
    slot, next_slot, waiting, featured, next_featured, strip, never = (
        a_story(headline=name, published_at=NOW - timedelta(days=day), section=a_section("news").subject)
        for day, name in enumerate(names)
    )
    released(never)
    take_away(never)
    front = a_front(
        Pin(slot.subject),
        Pin(next_slot.subject, until=NOW + timedelta(days=9)),
        Pin(never.subject),
        Pin(waiting.subject),
        section=section,
        layout="lead",
        featured=(Pin(featured.subject), Pin(next_featured.subject)),
        strip=BreakingStrip("Bridge closed", until=NOW + timedelta(days=9), story=strip.subject),
    )
    for document in (slot, next_slot, waiting, featured, next_featured, strip, front):
        released(document)
    paper.press()
    path = f"/en/{section}/" if section else "/en/"
    lead, part, breaking = "//*[@class='first']//h2", "(//section)[1]//h3", "//p[@class='breaking']"
    page = paper.page(path)
    assert (words(page, lead), words(page, part)) == (["Slot"], ["Featured", "Next featured"])
    assert words(page, breaking) == ["Breaking news Bridge closed"]
    for story in (slot, featured, strip):
        take_away(story)
    assert path in paper.press()
    page = paper.page(path)
    assert (words(page, lead), words(page, part)) == (["Next slot"], ["Next featured"])
    assert words(page, breaking) == []
    take_away(next_slot)
    paper.press()
    assert words(paper.page(path), lead) == ["Waiting"]
    take_away(next_featured)
    paper.press()
    assert not any("Never out" in each for each in words(paper.page(path), "//h2 | //h3"))


def test_a_pin_and_a_strip_leave_at_their_moment_when_the_press_is_told(paper: Paper) -> None:
    story, other = a_story(headline="Pinned", published_at=NOW - timedelta(days=1)), a_story(headline="Newest")
    end = NOW + timedelta(hours=1)
    strip = BreakingStrip("Bridge closed", until=end)
    front = a_front(Pin(story.subject, until=end), layout="lead", strip=strip)
    for document in (story, other, front):
        released(document)
    paper.now = end - timedelta(seconds=1)
    paper.press()
    assert words(paper.page("/en/"), "//h2")[0] == "Pinned"
    assert words(paper.page("/en/"), "//p[@class='breaking']") == ["Breaking news Bridge closed"]
    paper.now = end
    with transaction.atomic():
        post_notice(subject=Subject(front.subject, front.locale), now=end)
    assert paper.press() == ["/en/", BREAKING]
    assert words(paper.page("/en/"), "//h2")[0] == "Newest"
    assert words(paper.page("/en/"), "//p[@class='breaking']") == []
