"""Topics, people and places on the reader site: their fronts, and what a change of one presses."""

import json

import pytest

from broadsheet.ledger.values import Act
from tests.factories.edition import address, searched, words
from tests.factories.ledger import (
    EN,
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paper,
    a_story,
    a_topic,
    changed,
    erased,
    released,
    withdrawn,
)
from tests.rooms.edition.conftest import Paper
from tests.rooms.edition.sheets import FEEDS, FULL_TEXT, LATEST, LISTS, SITEMAP

SEA = a_topic(names={VI: "Biển"}, descriptions={EN: "Everything about water.", VI: "Về biển."})
MINH = a_topic(name="Minh Đỗ", kind="person")
HUE = a_topic(name="Huế", kind="place")
TOPICS = (SEA, MINH, HUE)


@pytest.fixture
def paper(paper: Paper) -> Paper:
    """The paper with three topics, of which no story is yet."""
    for topic in TOPICS:
        released(topic)
    paper.press()
    return paper


def below(key: str, locale: str = "en") -> list[str]:
    return [f"/{locale}/topics/{key}/{end}" for end in ("", "2026/03/", "archive/", "rss.xml")]


def test_a_story_with_three_topics_writes_one_front_one_month_and_one_feed_for_each(paper: Paper) -> None:
    lan = a_byline()
    released(lan)
    signed = (a_byline_use(lan.subject),)
    topics = tuple(topic.subject for topic in TOPICS)
    released(a_story(bylines=signed, topics=topics))
    paper.press()
    released(story := a_story(bylines=signed, topics=topics))
    written = paper.press()
    own = {f"/en/topics/{topic.key}/{end}" for topic in TOPICS for end in ("", "2026/03/", "rss.xml")}
    of_lan = {f"/en/by/lan-nguyen/{end}" for end in ("", "2026/03/", "rss.xml")}
    around = {*LISTS, *SITEMAP, *FEEDS, *LATEST, searched(story)}
    assert set(written) == {address(story), *around, *of_lan, *own}
    assert len(written) == 25


def test_a_topic_has_a_front_months_an_archive_and_a_feed_from_its_first_story_to_its_last(paper: Paper) -> None:
    assert all(paper.read(path) is None for path in below("the-sea"))
    released(story := a_story(topics=(SEA.subject,)))
    written = paper.press()
    assert {*below("the-sea"), "/en/topics/"} <= set(written)
    front = paper.page("/en/topics/the-sea/")
    assert (words(front, "//h1"), words(front, "//header/p[@class='line']")) == (
        *(["The sea"], ["Everything about water."]),
    )
    assert words(front, "//h2") == [story.headline]
    assert words(paper.page("/en/topics/the-sea/2026/03/"), "//ul[@class='lines']//a") == [story.headline]
    assert words(paper.page("/en/topics/the-sea/archive/"), "//main//ul[@class='links']/li") == ["March 2026"]
    feed = paper.read("/en/topics/the-sea/rss.xml")
    assert feed is not None
    assert b"<content:encoded>" not in feed.data
    assert paper.read("/vi/topics/the-sea/") is None
    withdrawn(story)
    paper.press()
    assert all(paper.read(path) is None for path in below("the-sea"))
    assert words(paper.page("/en/topics/"), "//main//li") == []


def test_all_topics_of_a_language_stand_in_three_parts_by_name_in_its_own_words(paper: Paper) -> None:
    released(zoo := a_topic(name="Zoo"))
    released(dam := a_topic(name="Đập"))
    topics = [each.subject for each in (zoo, SEA, dam, HUE, MINH)]
    released(a_story(topics=tuple(topics)))
    released(a_story(locale=VI, topics=(SEA.subject,)))
    paper.press()
    page = paper.page("/en/topics/")
    assert words(page, "//main//h2") == ["Topics", "People", "Places"]
    assert words(page, "//main//li") == ["Đập", "The sea", "Zoo", "Minh Đỗ", "Huế"]
    vietnamese = paper.page("/vi/topics/")
    assert words(vietnamese, "//main//h2") == ["Chủ đề"]
    assert vietnamese.xpath("//main//li/a/@href") == ["/vi/topics/the-sea/"]
    assert words(vietnamese, "//main//li") == ["Biển"]


def test_a_story_leads_to_its_topics_and_tells_programs_of_them(paper: Paper) -> None:
    released(story := a_story(topics=(MINH.subject, SEA.subject)))
    paper.press()
    page = paper.page(address(story))
    assert page.xpath("//nav[@class='topics']//a/@href") == ["/en/topics/minh-do/", "/en/topics/the-sea/"]
    assert page.xpath("//meta[@property='article:tag']/@content") == ["Minh Đỗ", "The sea"]
    structured = json.loads(words(page, "//script[@type='application/ld+json']")[0])
    assert structured["keywords"] == ["Minh Đỗ", "The sea"]
    assert [(each["@type"], each["name"]) for each in structured["about"]] == [
        *(("Person", "Minh Đỗ"), ("Thing", "The sea")),
    ]
    assert structured["about"][0]["url"] == "http://127.0.0.1:8000/en/topics/minh-do/"
    for feed, category in (("atom.xml", '<category term="The sea"/>'), ("rss.xml", "<category>The sea</category>")):
        stored = paper.read(f"/en/{feed}")
        assert stored is not None
        assert category in stored.data.decode()


def test_a_new_name_reaches_every_page_that_says_it_and_no_other(paper: Paper) -> None:
    released(story := a_story(topics=(SEA.subject, HUE.subject)))
    released(a_story(topics=(HUE.subject,)))
    released(a_story(locale=VI, topics=(SEA.subject,)))
    paper.press()
    released(a_topic(subject=SEA.subject, key=SEA.key, name="The ocean", names={VI: "Biển"}), act=Act.UPDATE)
    paper.press()
    assert words(paper.page(address(story)), "//nav[@class='topics']//a") == ["The ocean", "Huế"]
    released(a_topic(subject=SEA.subject, key=SEA.key, name="Water", names={VI: "Biển"}), act=Act.UPDATE)
    assert set(paper.press()) == {address(story), *below("the-sea"), "/en/topics/", *FULL_TEXT, searched(story)}


def test_another_description_is_the_fronts_and_its_feeds_alone(paper: Paper) -> None:
    released(a_story(topics=(SEA.subject,)))
    paper.press()
    said = a_topic(subject=SEA.subject, key=SEA.key, names=SEA.names, descriptions={EN: "Salt.", VI: "Về biển."})
    released(said, act=Act.UPDATE)
    assert set(paper.press()) == {"/en/topics/the-sea/", "/en/topics/the-sea/rss.xml"}
    assert words(paper.page("/en/topics/the-sea/"), "//header/p[@class='line']") == ["Salt."]


def test_what_is_said_of_a_topic_while_its_language_is_out_of_the_paper_is_known_when_it_is_back(paper: Paper) -> None:
    released(a_story(locale=VI, topics=(SEA.subject,)))
    paper.press()
    both = a_paper()
    released(a_paper(languages=both.languages[:1]), act=Act.UPDATE)
    paper.press()
    said = a_topic(subject=SEA.subject, key=SEA.key, names=SEA.names, descriptions={VI: "Mặn."})
    released(said, act=Act.UPDATE)
    paper.press()
    released(both, act=Act.UPDATE)
    paper.press()
    assert words(paper.page("/vi/topics/the-sea/"), "//header/p[@class='line']") == ["Mặn."]
    released(SEA, act=Act.UPDATE)
    paper.press()
    assert words(paper.page("/vi/topics/the-sea/"), "//header/p[@class='line']") == ["Về biển."]


def test_a_story_about_something_else_leaves_the_topic_it_was_about(paper: Paper) -> None:
    released(story := a_story(topics=(SEA.subject,)))
    paper.press()
    released(changed(story, topics=(HUE.subject,)), act=Act.UPDATE)
    paper.press()
    assert all(paper.read(path) is None for path in below("the-sea"))
    assert all(paper.read(path) for path in below("hue"))


def test_an_erased_person_is_named_nowhere_and_the_stories_stay(paper: Paper) -> None:
    released(story := a_story(topics=(MINH.subject, SEA.subject)))
    paper.press()
    erased(MINH, at=NOW)
    paper.press()
    assert not [path for path, stored in paper.store.sheets.items() if "Minh Đỗ".encode() in stored.data]
    assert not [path for path in paper.store.walk() if "minh-do" in path]
    assert words(paper.page(address(story)), "//nav[@class='topics']//a") == ["The sea"]
