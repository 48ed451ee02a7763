"""Facts are plain, keep what the press must remember, and know which of them move."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from broadsheet.edition import facts, names
from broadsheet.edition.calendars import month_of
from broadsheet.edition.values import PAPER_URN, Place
from broadsheet.ledger.arrangements import BreakingStrip
from broadsheet.ledger.values import Correction, Redirect, RedirectsDocument, State
from broadsheet.plain.old_addresses import shelf_of
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn
from broadsheet.press.kernel import encode_value, fact_digest
from broadsheet.press.values import FactName, SheetPath
from tests.factories.edition import Site, address
from tests.factories.ledger import (
    EN,
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_front,
    a_page,
    a_paper,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    a_topic,
    changed,
)

LAN = a_byline(names={VI: "Nguyễn Lan"})
SEA = a_topic(kind="place", names={VI: "Biển"}, descriptions={EN: "All of it."})
PICTURE = a_picture()
STORY = a_story(bylines=(a_byline_use(LAN.subject),), lead=a_picture_use(PICTURE.subject), topics=(SEA.subject,))
ABOUT = a_page(corrections=(Correction("The street is Sea Street.", NOW),))
FRONT = a_front(STORY, strip=BreakingStrip("Bridge closed", until=NOW + timedelta(hours=1)))
SHELF = make_urn("redirects", shelf_of("/old/"))
MOVED = RedirectsDocument(SHELF, (Redirect("/old/", "/en/"),))
SITE = Site(LAN, SEA, PICTURE, STORY, ABOUT, FRONT, MOVED)
TODAY = STORY.address.day
MOVING = [
    names.front_fact(EN, FRONT.subject),
    names.strip_fact(EN),
    names.list_fact(EN, names.NEWEST),
    names.shelf_fact(EN, names.NEWEST),
    names.near_fact(EN, TODAY, names.NEWEST),
    names.bucket_fact(EN, month_of(TODAY), names.list_of(STORY.section)),
    names.days_fact(EN, month_of(TODAY)),
    names.sitemap_fact(EN, TODAY),
    names.window_fact(EN),
    names.authors_fact(EN),
    names.topics_fact(EN),
    names.corrections_fact(EN, names.NEWEST),
    names.corrected_fact(EN),
]
EVERY_KIND = [
    names.PAPER,
    names.RENDERER,
    names.sections_fact(EN),
    names.section_fact(EN, "news"),
    names.navigation_fact(EN),
    names.page_fact(EN, ABOUT.subject),
    names.page_place_fact(EN, ABOUT.subject),
    names.story_fact(EN, STORY.subject),
    names.card_fact(EN, STORY.subject),
    names.place_fact(EN, STORY.subject),
    names.address_fact(EN, STORY.address.slug),
    names.editions_fact(STORY.edition_key),
    names.line_fact(EN, LAN.subject),
    names.key_fact("byline", LAN.key),
    names.line_fact(EN, SEA.subject),
    names.key_fact("topic", SEA.key),
    names.about_fact(EN, SEA.subject),
    names.picture_fact(PICTURE.subject),
    names.redirects_fact(SHELF),
    names.redirect_fact(SheetPath("/old/")),
    *MOVING,
    names.template_fact("story.html"),
]


def value(name: FactName, site: Site = SITE) -> Any:
    return facts.compute(name, site.reader)


def test_this_file_knows_every_kind_there_is() -> None:
    assert {name.partition(":")[0] for name in EVERY_KIND} == set(facts._KINDS)


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_fact_comes_back_from_the_press_as_it_went(name: FactName) -> None:
    assert value(name)
    assert facts.decode(name, encode_value(value(name))) == value(name)


@pytest.mark.parametrize("name", EVERY_KIND)
def test_only_lists_move(name: FactName) -> None:
    assert facts.is_moving(name) is (name in MOVING)


def test_the_place_of_a_story_says_all_the_lists_it_stands_in() -> None:
    assert value(names.place_fact(EN, STORY.subject)) == Place(
        state=State.RELEASED,
        path=address(STORY),
        slug=STORY.address.slug,
        section=STORY.section,
        bylines=(LAN.subject,),
        edition_key=STORY.edition_key,
        published_at=STORY.published_at,
        topics=(SEA.subject,),
    )


def test_a_body_edit_leaves_the_card_as_it_is() -> None:
    edited = Site(LAN, PICTURE, changed(STORY, body=()))
    card, story = names.card_fact(EN, STORY.subject), names.story_fact(EN, STORY.subject)
    assert fact_digest(value(card)) == fact_digest(value(card, edited))
    assert fact_digest(value(story)) != fact_digest(value(story, edited))


def test_a_byline_is_named_in_the_language_and_has_a_page_where_it_has_stories() -> None:
    here, there = value(names.line_fact(EN, LAN.subject)), value(names.line_fact(VI, LAN.subject))
    assert (here.name, here.path) == ("Lan Nguyễn", "/en/by/lan-nguyen/")
    assert (there.name, there.path) == ("Nguyễn Lan", "")


def test_what_a_topic_says_of_itself_is_in_the_language_or_nothing() -> None:
    here, there = value(names.line_fact(EN, SEA.subject)), value(names.line_fact(VI, SEA.subject))
    assert (here.name, here.path) == ("The sea", "/en/topics/the-sea/")
    assert (there.name, there.path) == ("Biển", "")
    assert (value(names.about_fact(EN, SEA.subject)), value(names.about_fact(VI, SEA.subject))) == ("All of it.", "")


def test_what_was_never_released_is_none() -> None:
    ghost = a_story()
    for name in (
        names.story_fact(EN, ghost.subject),
        names.card_fact(VI, STORY.subject),
        names.place_fact(EN, ghost.subject),
        names.section_fact(EN, "sport"),
        names.line_fact(EN, a_byline().subject),
        names.line_fact(EN, a_topic().subject),
        names.key_fact("byline", Slug("nobody")),
        names.picture_fact(a_picture().subject),
        names.address_fact(EN, Slug("nothing")),
    ):
        assert value(name) is None


def test_the_languages_of_a_story_do_not_follow_the_order_of_the_paper() -> None:
    vietnamese = changed(STORY, subject=a_story().subject, locale=VI)
    languages = a_paper().languages
    one = Site(STORY, vietnamese)
    other = Site(a_paper(languages=languages[::-1]), STORY, vietnamese)
    name = names.editions_fact(STORY.edition_key)
    assert [line.locale for line in value(name, one)] == ["en", "vi"]
    assert value(name, one) == value(name, other)


def test_places_in_a_language_the_paper_gave_up_are_gone() -> None:
    site = Site(a_paper(languages=a_paper().languages[1:]), STORY, a_section())
    assert value(names.place_fact(EN, STORY.subject), site) is None
    assert value(names.section_fact(EN, "news"), site) is None
    assert value(names.editions_fact(STORY.edition_key), site) == ()


def test_the_paper_is_one_subject() -> None:
    assert a_paper().subject == PAPER_URN
    assert msgspec.to_builtins(value(names.PAPER))["zone"] == "Asia/Ho_Chi_Minh"
