"""What is done to the ledger shows on exactly the pages that say it, and nowhere else."""

import json
from datetime import timedelta
from io import BytesIO

import msgspec
import pytest
from django.db import transaction
from PIL import Image

from broadsheet.edition.values import THE_HOUSE
from broadsheet.ledger.pictures import keep_original
from broadsheet.ledger.values import (
    Act,
    BreakingStrip,
    Correction,
    PictureDocument,
    Pin,
    SectionsEntry,
    StoryDocument,
    SubjectEntry,
)
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import key_of, make_urn
from broadsheet.press.actions import post_notice
from broadsheet.press.values import Form, Subject
from tests.factories.edition import address, searched, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_front,
    a_navigation,
    a_page,
    a_paper,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    changed,
    erased,
    killed,
    released,
    taken_down,
    withdrawn,
)
from tests.rooms.edition.conftest import Paper

FRONTS = ["/en/", "/en/news/"]
#: Every list that shows a headline of the day, in the order they are written.
LISTS = ["/en/", "/en/archive/2026/03/04/", "/en/news/", "/en/news/2026/03/"]
SITEMAP = ["/sitemaps/en/2026/03/04.xml"]
FULL_TEXT = ["/en/atom.xml", "/en/rss.xml"]
FEEDS = ["/en/atom.xml", "/en/news/rss.xml", "/en/rss.xml", "/sitemaps/en/news.xml"]
LATEST = ["/_fragments/1/en/latest.html", "/_fragments/1/en/news/latest.html"]
#: What the first story of a day, a month and a section opens, and the last one closes.
BUCKETS = ["/en/archive/2026/03/", "/en/archive/2026/03/04/", "/en/news/2026/03/", *SITEMAP]
#: Pages of the language that show no story by themselves.
FIXED = {"/en/by/", "/en/corrections/", "/en/404.html", "/404.html", "/_search/en/results.html"}
INDEXES = ["/en/archive/", "/en/news/archive/", "/sitemap.xml"]
#: All that changes with the first story of a paper, and with its last.
AROUND = {*FRONTS, *BUCKETS, *INDEXES, *FEEDS, *LATEST}


EMPTY = (
    *(
        "",
        "news/",
        "atom.xml",
        "rss.xml",
        "news/rss.xml",
        "archive/",
        "news/archive/",
        "by/",
        "corrections/",
        "404.html",
    ),
    "site.webmanifest",
)


def test_before_the_first_story_the_whole_empty_paper_stands(paper: Paper) -> None:
    pages = {path for path in paper.store.walk() if not path.startswith("/assets/")}
    assert pages == {
        *("/", "/404.html", "/robots.txt", "/sitemap.xml", "/sitemaps/en/news.xml", "/sitemaps/vi/news.xml"),
        *(f"/{locale}/{name}" for locale in ("en", "vi") for name in EMPTY),
        *(f"/_fragments/1/{locale}/{name}latest.html" for locale in ("en", "vi") for name in ("", "news/")),
        *(f"/_search/{locale}/results.html" for locale in ("en", "vi")),
    }


def test_a_released_story_writes_its_page_its_lists_and_the_feeds_in_this_order(paper: Paper) -> None:
    released(a_story())
    paper.press()
    released(story := a_story())
    assert paper.press() == [address(story), *LISTS, *SITEMAP, searched(story), *FEEDS, *LATEST]
    assert words(paper.page("/en/"), "//h2") == [story.headline] * 2


def test_the_first_story_of_all_opens_its_day_and_its_months_before_anything_leads_there(paper: Paper) -> None:
    released(story := a_story())
    written = paper.press()
    assert written[0] == address(story)
    assert set(written[1:]) == {*AROUND, searched(story)}
    assert len(written) == len(AROUND) + 2
    for leading, target in (
        ("/en/archive/", BUCKETS[1]),
        ("/en/news/archive/", BUCKETS[2]),
        ("/sitemap.xml", *SITEMAP),
    ):
        assert written.index(target) < written.index(leading)


@pytest.mark.parametrize("archive", [0, 30])
def test_a_release_costs_the_same_whatever_the_size_of_the_archive(paper: Paper, archive: int) -> None:
    for number in range(archive):
        released(a_story(published_at=NOW - timedelta(days=number + 1)))
    released(a_story())
    paper.press()
    released(a_story())
    assert len(paper.press()) == 13


def test_a_new_headline_reaches_every_page_that_shows_it(paper: Paper) -> None:
    released(story := a_story(headline="Old"))
    paper.press()
    released(changed(story, headline="New"), act=Act.UPDATE)
    assert paper.press() == [address(story), *LISTS, searched(story), *FEEDS, *LATEST]
    assert all(words(paper.page(path), "//h2") == ["New"] for path in FRONTS)


def test_a_new_body_leaves_the_fronts_alone(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    released(changed(story, body=(a_paragraph("Quite another text."),)), act=Act.UPDATE, at=NOW + timedelta(hours=1))
    assert paper.press() == [address(story), *SITEMAP, searched(story), *FULL_TEXT]


def test_a_withdrawn_story_is_gone_first_and_then_dropped_by_the_lists(paper: Paper) -> None:
    released(story := a_story(headline="Too early"))
    paper.press()
    withdrawn(story)
    written = paper.press()
    assert written[0] == address(story)
    assert set(written) == {address(story), searched(story), *AROUND}
    assert written[-4:] == BUCKETS, "what is empty goes once nothing leads there"
    gone = paper.read(address(story))
    assert gone is not None
    assert gone.form is Form.GONE
    assert not any(b"Too early" in stored.data for stored in paper.store.sheets.values())


def test_a_story_released_again_stands_at_its_old_address(paper: Paper) -> None:
    released(story := a_story())
    withdrawn(story)
    paper.press()
    released(story, at=NOW + timedelta(days=1))
    paper.press()
    stored = paper.read(address(story))
    assert stored is not None
    assert stored.form is Form.PAGE


def test_a_version_in_another_language_adds_itself_to_the_first_one_and_leaves_with_it(paper: Paper) -> None:
    released(english := a_story())
    paper.press()
    released(vietnamese := a_story(locale=VI, edition_key=english.edition_key))
    around = {path.replace("/en/", "/vi/") for path in AROUND}
    assert set(paper.press()) == {address(english), address(vietnamese), searched(vietnamese), *around}
    assert words(paper.page(address(english)), "//p[@class='versions']/a") == ["Tiếng Việt"]
    withdrawn(vietnamese)
    paper.press()
    assert paper.page(address(english)).xpath("//p[@class='versions']") == []


def test_a_renamed_section_reaches_every_page_of_its_language_and_none_of_the_other(paper: Paper) -> None:
    released(story := a_story())
    released(a_story(locale=VI))
    paper.press()
    released(a_section(title="Today"), act=Act.UPDATE)
    written = paper.press()
    pages = {*LISTS, "/en/archive/", "/en/archive/2026/03/", "/en/news/archive/", *FIXED, searched(story)}
    assert set(written) == {address(story), *pages, *FULL_TEXT, "/en/news/rss.xml"}
    assert words(paper.page(address(story)), "//p[@class='kicker']") == ["Today"]


def test_a_withdrawn_section_leaves_no_front_and_no_link_to_it(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    withdrawn(a_section())
    paper.press()
    assert paper.read("/en/news/") is None
    assert not any(b'href="/en/news/"' in stored.data for stored in paper.store.sheets.values())
    assert paper.page(address(story)).xpath("//p[@class='kicker']") == []


def test_a_bylines_page_comes_with_its_first_story_and_leaves_with_its_last(paper: Paper) -> None:
    lan = a_byline()
    released(lan)
    assert paper.press() == []
    released(story := a_story(bylines=(a_byline_use(lan.subject),)))
    assert "/en/by/lan-nguyen/" in paper.press()
    withdrawn(story)
    assert "/en/by/lan-nguyen/" in paper.press()
    assert paper.read("/en/by/lan-nguyen/") is None


def with_picture(paper: Paper) -> tuple[PictureDocument, StoryDocument]:
    """A released picture of unknown credit, and the pressed story that leads with it."""
    data = BytesIO()
    Image.new("RGB", (800, 600), "navy").save(data, "JPEG")
    kept = keep_original(data=data.getvalue(), pictures_dir=paper.data_dir / "pictures")
    picture = a_picture(original=kept.digest, width_px=800, height_px=600, credit="Unknown")
    released(picture)
    released(story := a_story(lead=a_picture_use(picture.subject)))
    paper.press()
    return picture, story


def picture_files(paper: Paper) -> list[str]:
    return sorted(path for path in paper.store.walk() if path.startswith("/pictures/"))


def test_a_corrected_credit_reaches_the_pages_that_show_the_picture(paper: Paper) -> None:
    released(a_story())
    picture, story = with_picture(paper)
    assert len(picture_files(paper)) == 7
    released(msgspec.structs.replace(picture, credit="Lan"))
    assert set(paper.press()) == {address(story), *FRONTS, *FULL_TEXT}, (
        "fronts show its files, whose names say the credit"
    )
    page = paper.page(address(story))
    assert words(page, "//figcaption/span") == ["Photo: Lan"]
    files = [paper.read(src) for src in page.xpath("//figure//img/@src")]
    assert files
    assert all(b"<photoshop:Credit>Lan</photoshop:Credit>" in stored.data for stored in files if stored)
    assert len(picture_files(paper)) == 7, "the files with the wrong credit are gone"
    assert all(b"Unknown" not in paper.store.sheets[path].data for path in picture_files(paper))


def test_the_files_of_a_killed_picture_leave_with_it_after_the_pages_and_come_back_with_it(paper: Paper) -> None:
    picture, story = with_picture(paper)
    other = a_picture(subject=make_urn("picture", "another"), original=picture.original, width_px=800, height_px=600)
    released(other)
    released(a_story(lead=a_picture_use(other.subject)))
    paper.press()
    before = picture_files(paper)
    assert len(before) == 14, "the same photograph, taken in twice, has files of its own each time"
    killed(picture)
    order = paper.press()
    assert address(story) in order
    assert {path for path in before if key_of(other.subject) in path} == set(picture_files(paper))
    released(picture, act=Act.RESTORE)
    paper.press()
    assert picture_files(paper) == before
    withdrawn(picture)
    paper.press()
    assert len(picture_files(paper)) == 7


def test_files_about_to_go_stay_where_their_picture_comes_back_first(paper: Paper) -> None:
    picture, _story = with_picture(paper)
    before = dict(paper.store.sheets)
    withdrawn(picture)
    released(picture, act=Act.RESTORE)
    paper.press()
    assert paper.store.sheets == before


def test_a_paper_that_gives_up_a_language_takes_all_of_it_down_and_can_put_it_back(paper: Paper) -> None:
    released(story := a_story(locale=VI))
    paper.press()
    before = dict(paper.store.sheets)
    released(a_paper(languages=a_paper().languages[:1]), act=Act.UPDATE)
    paper.press()
    assert [path for path in paper.store.walk() if path.startswith("/vi/")] == []
    released(a_paper(), act=Act.UPDATE)
    paper.press()
    assert paper.read(address(story)) == before[address(story)]
    assert paper.store.sheets == before


def test_a_paper_that_begins_a_language_gets_its_fronts_and_its_stories(paper: Paper) -> None:
    languages = a_paper().languages
    french = languages[0].__class__(Locale("fr"), "Français")
    released(story := a_story(locale=Locale("fr")))
    assert paper.press() == []
    released(a_paper(languages=(*languages, french)), act=Act.UPDATE)
    paper.press()
    assert paper.read("/fr/") is not None
    assert paper.read(address(story)) is not None


def test_a_new_release_of_the_product_presses_nothing_when_it_changes_nothing(paper: Paper) -> None:
    released(a_story())
    paper.press()
    with transaction.atomic():
        post_notice(subject=THE_HOUSE, now=NOW)
    assert paper.press() == []


def test_a_linked_story_that_is_withdrawn_is_no_longer_linked(paper: Paper) -> None:
    released(target := a_story())
    released(story := a_story(body=(a_paragraph(f'<a href="{target.subject}">the ferry</a>'),)))
    paper.press()
    assert paper.page(address(story)).xpath("//div[@class='body']//a/@href") == [address(target)]
    withdrawn(target)
    paper.press()
    assert paper.page(address(story)).xpath("//div[@class='body']//a") == []
    assert words(paper.page(address(story)), "//div[@class='body']/p") == ["the ferry"]


def test_a_killed_story_says_the_papers_words_before_any_list_changes(paper: Paper) -> None:
    released(story := a_story(headline="Too good to be true"))
    paper.press()
    killed(story, words="The minister said <nothing> of the kind.")
    written = paper.press()
    assert written[0] == address(story)
    assert set(written) == {address(story), searched(story), *AROUND}
    gone = paper.read(address(story))
    assert gone is not None
    assert gone.form is Form.GONE
    assert words(paper.page(address(story)), "//p[@class='kill']") == ["The minister said <nothing> of the kind."]
    assert not any(b"Too good" in stored.data for stored in paper.store.sheets.values())


def test_a_story_taken_down_looks_like_a_withdrawn_one(paper: Paper) -> None:
    released(story := a_story())
    withdrawn(story)
    paper.press()
    neutral = paper.read(address(story))
    released(story)
    paper.press()
    taken_down(story, reference="Order 12/2026")
    paper.press()
    assert paper.read(address(story)) == neutral
    assert not any(b"12/2026" in stored.data for stored in paper.store.sheets.values())


def test_an_erased_story_looks_like_one_that_was_taken_down_though_no_document_of_it_is_left(paper: Paper) -> None:
    released(story := a_story(headline="Zanzibarine affair"))
    taken_down(story)
    paper.press()
    neutral = paper.read(address(story))
    released(story)
    paper.press()
    erased(story, reference="Order 12/2026")
    assert set(paper.press()) == {address(story), searched(story), *AROUND}
    assert paper.read(address(story)) == neutral
    for words_of_it in (b"12/2026", b"Zanzibarine"):
        assert not any(words_of_it in stored.data for stored in paper.store.sheets.values())
    assert paper.press() == []


def test_a_killed_story_that_is_erased_no_longer_says_why_it_was_killed(paper: Paper) -> None:
    released(story := a_story())
    killed(story, words="Invented.")
    paper.press()
    erased(story)
    assert paper.press() == [address(story)]
    assert words(paper.page(address(story)), "//p[@class='kill']") == []


def test_a_version_in_another_language_that_is_erased_leaves_the_menus_of_the_others(paper: Paper) -> None:
    released(english := a_story())
    released(vietnamese := a_story(locale=VI, edition_key=english.edition_key))
    paper.press()
    erased(vietnamese)
    paper.press()
    assert paper.page(address(english)).xpath("//p[@class='versions']") == []


def test_an_erased_picture_is_gone_from_the_stories_that_show_it(paper: Paper) -> None:
    drawing = BytesIO()
    Image.effect_noise((40, 30), 90).save(drawing, "PNG")
    original = keep_original(data=drawing.getvalue(), pictures_dir=paper.data_dir / "pictures").digest
    released(picture := a_picture(original=original, width_px=40, height_px=30))
    released(story := a_story(lead=a_picture_use(picture.subject)))
    paper.press()
    assert paper.page(address(story)).xpath("//main//img")
    erased(picture)
    assert [path for path in paper.store.sheets if path.startswith("/pictures/")]
    assert address(story) in paper.press()
    assert not paper.page(address(story)).xpath("//main//img")
    assert not [path for path in paper.store.sheets if path.startswith("/pictures/")]


def test_an_erased_standing_page_looks_like_one_that_was_taken_down(paper: Paper) -> None:
    released(page := a_page(title="Zanzibarine imprint"))
    taken_down(page)
    paper.press()
    neutral = paper.read("/en/pages/zanzibarine-imprint/")
    released(page)
    paper.press()
    erased(page, reference="Order 12/2026")
    assert "/en/pages/zanzibarine-imprint/" in paper.press()
    assert paper.read("/en/pages/zanzibarine-imprint/") == neutral
    for words_of_it in (b"12/2026", b"Zanzibarine"):
        assert not any(words_of_it in stored.data for stored in paper.store.sheets.values())
    assert paper.press() == []


def test_an_erased_byline_has_no_page_and_stands_over_no_story(paper: Paper) -> None:
    released(byline := a_byline(name="Zanzibarine Nguyễn", key="zanzibarine"))
    released(other := a_byline(name="Lan", key="lan"))
    uses = tuple(a_byline_use(each.subject, name=each.name) for each in (byline, other))
    released(story := a_story(bylines=uses))
    paper.press()
    assert words(paper.page(address(story)), "//*[@rel='author']") == ["Zanzibarine Nguyễn", "Lan"]
    assert words(paper.page("/en/by/zanzibarine/"), "//h1") == ["Zanzibarine Nguyễn"]
    erased(byline)
    assert address(story) in paper.press()
    assert not any(b"anzibarine" in stored.data for stored in paper.store.sheets.values())
    assert "/en/by/zanzibarine/" not in paper.store.sheets
    assert words(paper.page(address(story)), "//*[@rel='author']") == ["Lan"]
    assert paper.press() == []


def test_what_was_withdrawn_and_then_killed_says_so(paper: Paper) -> None:
    released(story := a_story())
    withdrawn(story)
    paper.press()
    killed(story, words="Invented.")
    assert paper.press() == [address(story)]
    assert words(paper.page(address(story)), "//p[@class='kill']") == ["Invented."]


def test_a_correction_stands_on_the_page_in_the_feeds_among_all_and_in_the_structured_data(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    at = NOW + timedelta(days=1)
    released(changed(story, corrections=(Correction("The fare is 15,000 dong.", at),)), act=Act.CORRECT, at=at)
    among_all = {"/en/corrections/", "/en/corrections/2026/03/"}
    assert set(paper.press()) == {address(story), *SITEMAP, *FULL_TEXT, *among_all, searched(story)}
    page = paper.page(address(story))
    assert "The fare is 15,000 dong." in words(page, "//section[@class='corrections']/p")[0]
    assert words(page, "//a[@class='corrected']") == ["Corrected"]
    structured = json.loads(words(page, "//script[@type='application/ld+json']")[0])
    assert structured["correction"][0]["text"] == "The fare is 15,000 dong."
    assert structured["dateModified"] == "2026-03-05T12:06:07+07:00"
    feed = paper.read("/en/atom.xml")
    assert feed is not None
    assert "Correction, 05/03/2026 12:06:" in feed.data.decode()
    assert "<updated>2026-03-05T12:06:07+07:00</updated>" in feed.data.decode()


def test_a_killed_picture_leaves_every_page_that_showed_it(paper: Paper) -> None:
    data = BytesIO()
    Image.new("RGB", (800, 600), "navy").save(data, "JPEG")
    kept = keep_original(data=data.getvalue(), pictures_dir=paper.data_dir / "pictures")
    released(picture := a_picture(original=kept.digest, width_px=800, height_px=600))
    released(story := a_story(lead=a_picture_use(picture.subject)))
    paper.press()
    killed(picture)
    assert set(paper.press()) == {address(story), *FRONTS, searched(story), *FULL_TEXT}
    pages = [stored for path, stored in paper.store.sheets.items() if path.endswith("/")]
    assert not any(kept.digest.encode() in stored.data for stored in pages)


#: Every page of the language that has a head and a foot, while no story is out.
ENGLISH = {"/en/", "/en/news/", "/en/archive/", "/en/news/archive/", *FIXED}


def test_a_released_page_stands_first_and_then_in_the_foot_of_every_page_of_its_language(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    released(a_page())
    written = paper.press()
    assert set(written) == {"/en/pages/about-us/", address(story), *ENGLISH, *BUCKETS[:3]}
    assert words(paper.page(address(story)), "//footer//li")[0] == "About us"


def test_a_killed_page_says_the_papers_words_first_and_no_menu_leads_to_it(paper: Paper) -> None:
    released(page := a_page())
    released(a_navigation(menu=(SubjectEntry(page.subject),)))
    paper.press()
    killed(page, words="The address was <not> ours.")
    assert paper.press()[0] == "/en/pages/about-us/"
    sheet, gone = paper.read("/en/pages/about-us/"), paper.page("/en/pages/about-us/")
    assert sheet is not None
    assert sheet.form is Form.GONE
    assert words(gone, "//h1") == ["This page was killed"]
    assert words(gone, "//p[@class='kill']") == ["The address was <not> ours."]
    assert paper.page("/en/").xpath("//nav[@class='sections']") == []


def test_another_text_of_a_page_is_on_its_own_sheet_only(paper: Paper) -> None:
    released(page := a_page())
    paper.press()
    released(msgspec.structs.replace(page, body=(a_paragraph("Quite another text."),)), act=Act.UPDATE)
    assert paper.press() == ["/en/pages/about-us/"]


def test_a_withdrawn_page_answers_gone_and_leaves_no_dead_link(paper: Paper) -> None:
    released(page := a_page())
    released(a_navigation(menu=(SectionsEntry(), SubjectEntry(page.subject))))
    paper.press()
    withdrawn(page)
    written = paper.press()
    assert written[0] == "/en/pages/about-us/"
    assert set(written[1:]) == ENGLISH
    gone = paper.read("/en/pages/about-us/")
    assert gone is not None
    assert gone.form is Form.GONE
    assert words(paper.page("/en/pages/about-us/"), "//h1") == ["This page is no longer available"]
    assert words(paper.page("/en/"), "//nav[@class='sections']//a") == ["News"]


def test_a_navigation_that_is_withdrawn_gives_way_to_what_was_there_before_it(paper: Paper) -> None:
    before = paper.read("/en/")
    released(navigation := a_navigation())
    assert set(paper.press()) == ENGLISH
    withdrawn(navigation)
    assert set(paper.press()) == ENGLISH
    assert paper.read("/en/") == before


def test_an_unchanged_navigation_presses_nothing(paper: Paper) -> None:
    released(a_navigation(menu=(SectionsEntry(),), footer=()))
    assert paper.press() == []


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
    assert paper.press() == ["/en/"]
    assert words(paper.page("/en/"), "//h2")[0] == "Newest"
    assert words(paper.page("/en/"), "//p[@class='breaking']") == []
