"""The demo's fronts: each language has them, and each shows stories readers have in it."""

from collections import Counter

from broadsheet.demo.fronts import DemoFront, read_fronts
from broadsheet.demo.values import Stage, read_newsroom, read_stories

FRONTS = read_fronts()
STORIES = {story.key: story for story in read_stories() if story.stage is Stage.RELEASED}
LOCALES = {"en", "vi", "es", "fr", "ar"}


def stories_of(front: DemoFront) -> list[str]:
    return [pin.story for pin in (*front.slots, *front.featured)]


def test_the_home_front_is_arranged_in_every_language_and_no_front_twice() -> None:
    arranged = Counter((front.section, locale) for front in FRONTS for locale in front.locales)
    assert set(arranged.values()) == {1}
    assert {locale for section, locale in arranged if not section} == LOCALES
    sections = {section.key for section in read_newsroom().sections}
    assert {section for section, locale in arranged if section and locale == "en"} == sections


def test_each_begins_with_a_picture_and_shows_stories_of_its_languages_none_twice_or_paid_for() -> None:
    for front in FRONTS:
        shown = stories_of(front)
        assert shown
        assert len(set(shown)) == len(shown)
        assert STORIES[shown[0]].picture
        assert all(STORIES[key].genre != "sponsored" for key in shown)
        assert all(set(front.locales) <= set(STORIES[key].versions) for key in shown)


def test_a_section_shows_its_own_stories() -> None:
    for front in (front for front in FRONTS if front.section):
        assert {STORIES[key].section for key in stories_of(front)} == {front.section}


def test_a_strip_ends_and_has_words_in_each_of_its_languages() -> None:
    strips = [(front, front.strip) for front in FRONTS if front.strip is not None]
    assert {locale for front, _ in strips for locale in front.locales} == LOCALES
    for front, strip in strips:
        assert set(strip.words) == set(front.locales)
        assert strip.hours > 0
        assert not strip.story or set(front.locales) <= set(STORIES[strip.story].versions)
