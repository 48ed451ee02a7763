"""Which facts a change may have changed: those after it and those before it."""

from datetime import date
from typing import Any

import msgspec

from broadsheet.edition import names
from broadsheet.edition.calendars import month_of
from broadsheet.edition.environment import TEMPLATES
from broadsheet.edition.facts import compute
from broadsheet.edition.touched import touched_facts
from broadsheet.edition.values import THE_HOUSE
from broadsheet.ledger.values import Document
from broadsheet.plain.locales import Locale
from broadsheet.press.values import THE_DAY, FactName, Subject
from tests.factories.edition import Site
from tests.factories.ledger import (
    EN,
    VI,
    a_byline,
    a_byline_use,
    a_navigation,
    a_page,
    a_paper,
    a_picture,
    a_section,
    a_story,
    a_topic,
    changed,
)


def touched(subject: Subject | Document, *, before: Site | None, after: Site) -> frozenset[FactName]:
    """The facts touched when the site has changed from one to the other."""
    named = subject if isinstance(subject, Subject) else Subject(subject.subject, subject.locale)

    def stored(name: FactName) -> Any:
        return compute(name, before.reader) if before is not None else None

    return touched_facts(named, stored=stored, reader=after.reader)


def test_a_moved_story_touches_the_section_it_left_and_the_one_it_came_to() -> None:
    story = a_story()
    sport = a_section("sport")
    moved = changed(story, section=sport.subject)
    facts = touched(moved, before=Site(sport, story), after=Site(sport, moved))
    assert {names.list_fact(EN, f"section:{key}") for key in ("news", "sport")} <= facts
    assert names.list_fact(EN, names.NEWEST) in facts


def test_a_story_touches_the_bylines_it_lost_and_won() -> None:
    lan, binh = a_byline(name="Lan"), a_byline(name="Bình")
    story = a_story(bylines=(a_byline_use(lan.subject),))
    signed = changed(story, bylines=(a_byline_use(binh.subject),))
    facts = touched(signed, before=Site(lan, binh, story), after=Site(lan, binh, signed))
    for byline in (lan, binh):
        assert names.list_fact(EN, names.list_of(byline.subject)) in facts
        assert names.line_fact(EN, byline.subject) in facts


def test_a_story_tied_to_another_one_touches_both_groups_of_versions() -> None:
    story = a_story(edition_key="a" * 32)
    tied = changed(story, edition_key="b" * 32)
    facts = touched(tied, before=Site(story), after=Site(tied))
    assert {names.editions_fact("a" * 32), names.editions_fact("b" * 32)} <= facts


def test_a_story_touches_nothing_in_other_languages_but_its_versions() -> None:
    story = a_story()
    facts = touched(story, before=None, after=Site(story))
    assert not [name for name in facts if f":{VI}:" in name]


def test_a_section_touches_its_front_and_the_navigation_of_its_language() -> None:
    section = a_section()
    facts = touched(section, before=Site(), after=Site())
    assert facts == {"section:en:news", "sections:en", "navigation:en", "shelf:en:section:news"}


def test_a_standing_page_touches_itself_its_versions_before_and_after_and_the_menus() -> None:
    page = a_page(edition_key="a" * 32)
    tied = msgspec.structs.replace(page, edition_key="b" * 32)
    facts = touched(tied, before=Site(page), after=Site(tied))
    assert facts == {
        names.page_fact(EN, page.subject),
        names.page_place_fact(EN, page.subject),
        names.address_fact(EN, page.slug),
        names.editions_fact("a" * 32),
        names.editions_fact("b" * 32),
        names.navigation_fact(EN),
    }


def test_a_navigation_touches_the_menus_of_its_language() -> None:
    navigation = a_navigation()
    assert touched(navigation, before=None, after=Site(navigation)) == {names.navigation_fact(EN)}


def test_a_picture_touches_itself() -> None:
    picture = a_picture()
    assert touched(picture, before=None, after=Site(picture)) == {names.picture_fact(picture.subject)}


def test_a_byline_touches_itself_in_every_language_and_the_address_it_had() -> None:
    lan = a_byline(key="lan")
    renamed = a_byline(subject=lan.subject, key="lan-nguyen")
    facts = touched(renamed, before=Site(lan), after=Site(renamed))
    assert {"byline-key:lan", "byline-key:lan-nguyen"} <= facts
    assert {names.line_fact(locale, lan.subject) for locale in (EN, VI)} <= facts


def test_a_topic_touches_itself_what_it_says_and_the_list_of_all_in_every_language() -> None:
    sea = a_topic()
    facts = touched(sea, before=None, after=Site(sea))
    assert facts == {
        "topic-key:the-sea",
        *(names.line_fact(locale, sea.subject) for locale in (EN, VI)),
        *(names.about_fact(locale, sea.subject) for locale in (EN, VI)),
        *(names.shelf_fact(locale, names.list_of(sea.subject)) for locale in (EN, VI)),
        *map(names.topics_fact, (EN, VI)),
    }


def test_a_renamed_paper_touches_no_story() -> None:
    before, after = Site(a_story()), Site(a_paper(name="New"), a_story())
    assert touched(a_paper(), before=before, after=after) == {names.PAPER}


def every_bucket(locale: Locale, *lists: str) -> set[FactName]:
    """The facts of lists with one story of the fourth of March, which stands in the first of them."""
    day, month = date(2026, 3, 4), month_of(date(2026, 3, 4))
    return {
        *(names.shelf_fact(locale, name) for name in (names.NEWEST, *lists)),
        *(names.near_fact(locale, month, name) for name in (names.NEWEST, lists[0])),
        *(names.near_fact(locale, day, names.NEWEST), names.bucket_fact(locale, day, names.NEWEST)),
        names.bucket_fact(locale, month, lists[0]),
        *(names.days_fact(locale, month), names.sitemap_fact(locale, day), names.window_fact(locale)),
        *(names.authors_fact(locale), names.topics_fact(locale)),
        names.corrected_fact(locale),
    }


def test_a_paper_in_another_zone_touches_every_day_and_month_there_is() -> None:
    story = a_story()
    before, after = Site(story), Site(a_paper(zone="America/Lima"), story)
    facts = touched(a_paper(), before=before, after=after)
    assert every_bucket(EN, "section:news") <= facts
    assert names.bucket_fact(EN, date(2026, 3, 4), names.NEWEST) in facts
    assert names.place_fact(EN, story.subject) not in facts


def test_the_turn_of_the_day_touches_what_is_of_today_in_each_language() -> None:
    assert touched(THE_DAY, before=None, after=Site()) == {names.window_fact(EN), names.window_fact(VI)}


def test_a_language_begun_or_given_up_touches_all_that_stands_in_it() -> None:
    story, lan, sea = a_story(locale=VI), a_byline(), a_topic()
    one, both = Site(a_paper(languages=a_paper().languages[:1]), story, lan, sea), Site(story, lan, sea)
    wanted = {
        names.place_fact(VI, story.subject),
        names.editions_fact(story.edition_key),
        names.section_fact(VI, "news"),
        *(names.line_fact(VI, each.subject) for each in (lan, sea)),
        names.about_fact(VI, sea.subject),
        names.PAPER,
        *every_bucket(VI, "section:news", names.list_of(lan.subject), names.list_of(sea.subject)),
    }
    assert touched(a_paper(), before=one, after=both) == wanted
    assert touched(a_paper(), before=both, after=one) == wanted


def test_the_house_touches_every_template() -> None:
    facts = touched(THE_HOUSE, before=None, after=Site())
    assert facts == {names.RENDERER, *map(names.template_fact, TEMPLATES)}


def test_subjects_no_sheet_shows_touch_nothing() -> None:
    assert touched(Subject("urn:broadsheet:elsewhere:sea", "mul"), before=None, after=Site()) == frozenset()
