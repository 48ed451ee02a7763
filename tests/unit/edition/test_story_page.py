"""A story's page says what its document says, once, in the right places."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from broadsheet.ledger.blocks import Heading, ItemList, PictureUse, Quotation
from broadsheet.ledger.values import BylineUse, Dateline, LanguageLine, SourceUse
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from tests.factories.edition import Site, address, words
from tests.factories.ledger import (
    EN,
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paper,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    changed,
)

SEED_TIME = datetime(2025, 7, 20, 2, 33, tzinfo=UTC)


def test_the_headline_is_the_one_h1_and_stands_once_on_the_page() -> None:
    page = Site(story := a_story(headline="Ferry runs again")).story_page(story)
    assert words(page, "//h1") == ["Ferry runs again"]
    assert page.find("body").text_content().count("Ferry runs again") == 1


@pytest.mark.parametrize("locale", [EN, VI])
def test_the_time_is_day_month_year_in_the_papers_zone_in_every_language(locale: Locale) -> None:
    page = Site(story := a_story(locale=locale, published_at=SEED_TIME)).story_page(story)
    assert words(page, "//article//time") == ["20/07/2025 09:33"]
    assert page.xpath("//article//time/@datetime") == ["2025-07-20T09:33:00+07:00"]


def test_a_shown_update_stands_beside_the_first_time() -> None:
    story = a_story(published_at=SEED_TIME, updated_at=datetime(2025, 7, 20, 18, 0, tzinfo=UTC))
    page = Site(story).story_page(story)
    assert words(page, "//p[@class='times']") == ["20/07/2025 09:33 Updated 21/07/2025 01:00"]


def test_each_block_becomes_its_element_in_order() -> None:
    story = a_story(
        body=(
            a_paragraph("One <strong>bold</strong> word."),
            Heading("h", 2, "Crosshead"),
            Heading("i", 3, "Smaller"),
            ItemList("l", ordered=True, items=(SafeHtml("first"), SafeHtml("<em>second</em>"))),
            ItemList("m", ordered=False, items=(SafeHtml("loose"),)),
        ),
    )
    body = Site(story).story_page(story).xpath("//div[@class='body']")[0]
    assert [child.tag for child in body] == ["p", "h2", "h3", "ol", "ul"]
    assert words(body, "ol/li") == ["first", "second"]
    assert words(body, "p/strong") == ["bold"]


def test_a_quotation_names_its_speaker_and_keeps_the_original_words() -> None:
    quotation = Quotation("q", SafeHtml("I am ready."), "The president", "RT", "Я готов.", Locale("ru"))
    story = a_story(body=(quotation,))
    figure = Site(story).story_page(story).xpath("//figure[@class='quotation']")[0]
    assert words(figure, "blockquote/p") == ["I am ready."]
    assert words(figure, "details/summary") == ["In the original words"]
    assert words(figure, "details/p") == ["Я готов."]
    assert figure.xpath("details/p/@lang") == ["ru"]
    assert words(figure, "figcaption") == ["The president, RT"]


def test_words_of_a_right_to_left_language_keep_their_direction() -> None:
    story = a_story(body=(Quotation("q", SafeHtml("Peace."), original="سلام", original_locale=Locale("ar")),))
    assert Site(story).story_page(story).xpath("//details[@class='original']/p/@dir") == ["rtl"]


def test_a_right_to_left_page_says_so() -> None:
    languages = a_paper().languages
    arabic = languages[0].__class__(Locale("ar"), "العربية")
    story = a_story(locale=Locale("ar"))
    page = Site(a_paper(languages=(*languages, arabic)), story).story_page(story)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_the_lead_picture_shows_caption_and_credit_and_the_sizes_it_has() -> None:
    picture = a_picture(credit="Getty", focal_x=0.21, focal_y=0.68)
    story = a_story(lead=a_picture_use(picture.subject, caption="The leader.", alt="A man"))
    figure = Site(story, picture).story_page(story).xpath("//figure[@class='lead']")[0]
    assert words(figure, "figcaption") == ["The leader. Photo: Getty"]
    image = figure.xpath(".//img")[0]
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A man", "1600", "1200")
    assert image.get("class") == "fx20 fy70"
    assert image.get("src").endswith("-1080.jpg")
    assert [size.split()[1] for size in image.get("srcset").split(", ")] == ["320w", "720w", "1080w", "1440w", "1600w"]
    assert all(".webp " in size for size in figure.xpath(".//source/@srcset")[0].split(", "))


def test_every_file_the_page_names_is_an_asset_of_the_sheet() -> None:
    picture = a_picture()
    story = a_story(lead=a_picture_use(picture.subject), body=(a_picture_use(picture.subject),))
    site = Site(story, picture)
    sheet, page = site.sheet(address(story)), site.story_page(story)
    assert sheet is not None
    sets = page.xpath("//img/@srcset | //source/@srcset")
    named = {size.split()[0] for each in sets for size in each.split(", ")} | set(page.xpath("//img/@src"))
    named |= set(page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"))
    named |= {
        each.removeprefix("http://127.0.0.1:8000") for each in page.xpath("//meta[@property='og:image']/@content")
    }
    assert named <= set(sheet.assets)


def test_a_picture_that_is_not_out_leaves_no_gap() -> None:
    story = a_story(lead=a_picture_use(), body=(a_paragraph("Text."), a_picture_use()))
    page = Site(story).story_page(story)
    assert page.xpath("//figure") == []
    assert words(page, "//div[@class='body']/p") == ["Text."]


def test_a_credit_without_caption_and_neither_of_them() -> None:
    credited, bare = a_picture(credit="RT"), a_picture(credit="")
    body = (PictureUse("a", credited.subject, "", ""), PictureUse("b", bare.subject, "", ""))
    page = Site(story := a_story(body=body), credited, bare).story_page(story)
    assert words(page, "//figcaption") == ["Photo: RT"]


def test_bylines_lead_to_the_pages_of_their_people() -> None:
    lan, wire = a_byline(name="Lan Nguyễn"), a_byline(name="Coast Wire", is_agency=True)
    uses = (a_byline_use(lan.subject, role="in Hanoi"), BylineUse(wire.subject, "Coast Wire"))
    page = Site(story := a_story(bylines=uses), lan, wire).story_page(story)
    assert words(page, "//p[@class='byline']") == ["By Lan Nguyễn, in Hanoi · Coast Wire"]
    assert page.xpath("//a[@rel='author']/@href") == ["/en/by/lan-nguyen/", "/en/by/coast-wire/"]


def test_a_byline_nobody_released_is_printed_without_a_link() -> None:
    page = Site(story := a_story(bylines=(a_byline_use(name="RT"),))).story_page(story)
    assert words(page, "//p[@class='byline']") == ["By RT"]
    assert page.xpath("//p[@class='byline']//a") == []


def test_the_dateline_stands_before_the_text() -> None:
    page = Site(story := a_story(dateline=Dateline("Huế", date(2025, 7, 19)))).story_page(story)
    assert words(page, "//div[@class='body']/p[1]") == ["Huế, 19 July 2025"]
    assert page.xpath("//p[@class='dateline']/time/@datetime") == ["2025-07-19"]


def test_names_in_another_script_do_not_pull_at_the_words_beside_them() -> None:
    picture, lan = a_picture(credit="Lan Nguyễn / RT"), a_byline(name="Lan Nguyễn")
    languages = (*a_paper().languages, a_paper().languages[0].__class__(Locale("ar"), "العربية"))
    story = a_story(
        locale=Locale("ar"),
        lead=a_picture_use(picture.subject, caption="الميناء"),
        bylines=(a_byline_use(lan.subject, name="Lan Nguyễn"),),
        dateline=Dateline("Huế", date(2025, 7, 19)),
        sources=(SourceUse("RT"),),
        body=(Quotation("q", SafeHtml("سلام"), "The mayor", "radio"),),
    )
    page = Site(a_paper(languages=languages), picture, lan, story).story_page(story)
    isolated = ["Lan Nguyễn", "Lan Nguyễn / RT", "Huế", "The mayor", "radio", "RT", "Lan Nguyễn", "Lan Nguyễn"]
    assert words(page, "//article//bdi") == isolated
    assert words(page, "//p[@class='dateline']/time") == ["19 يوليو 2025"]


def test_sources_are_named_with_their_language() -> None:
    sources = (SourceUse("RT", "https://rt.example/", Locale("ru")), SourceUse("The mayor"))
    page = Site(story := a_story(sources=sources)).story_page(story)
    assert words(page, "//section[@class='sources']//li") == ["RT (Russian)", "The mayor"]
    assert page.xpath("//section[@class='sources']//a/@hreflang") == ["ru"]


def test_a_source_with_a_script_for_an_address_is_not_a_link() -> None:
    page = Site(story := a_story(sources=(SourceUse("X", "javascript:alert(1)"),))).story_page(story)
    assert page.xpath("//section[@class='sources']//a") == []


def test_language_versions_lead_to_each_other_both_ways() -> None:
    english, vietnamese = a_story(edition_key="k" * 32), a_story(edition_key="k" * 32, locale=VI, headline="Phà chạy")
    site = Site(english, vietnamese)
    for one, other in ((english, vietnamese), (vietnamese, english)):
        page = site.story_page(one)
        assert page.xpath("//nav[@class='languages']//a/@href") == [address(other)]
        assert page.xpath("//p[@class='versions']/a/@href") == [address(other)]
        links = {each.get("hreflang"): each.get("href") for each in page.xpath("//link[@rel='alternate'][@hreflang]")}
        assert links == {
            **{each.locale: "http://127.0.0.1:8000" + address(each) for each in (english, vietnamese)},
            "x-default": "http://127.0.0.1:8000" + address(english),
        }


def test_whoever_knows_no_language_of_the_paper_is_led_to_the_version_the_others_were_made_from() -> None:
    french, german = Locale("fr"), Locale("de")
    languages = (*a_paper().languages, LanguageLine(french, "Français"), LanguageLine(german, "Deutsch"))
    first = a_story(edition_key="k" * 32, locale=french, published_at=NOW)
    later = a_story(edition_key="k" * 32, locale=german, published_at=NOW + timedelta(days=1))
    site = Site(a_paper(languages=languages), first, later)
    for each in (first, later):
        default = site.story_page(each).xpath("//link[@hreflang='x-default']/@href")
        assert default == ["http://127.0.0.1:8000" + address(first)]


def test_a_story_in_one_language_leads_to_the_other_languages_front() -> None:
    page = Site(story := a_story()).story_page(story)
    assert page.xpath("//nav[@class='languages']//a/@href") == ["/vi/"]
    assert page.xpath("//link[@hreflang]") == []
    assert page.xpath("//p[@class='versions']") == []


def test_the_words_around_a_vietnamese_story_are_vietnamese() -> None:
    picture = a_picture(credit="Lan")
    story = a_story(locale=VI, lead=a_picture_use(picture.subject, caption=""), sources=(SourceUse("RT"),))
    page = Site(story, picture).story_page(story)
    assert words(page, "//figcaption") == ["Ảnh: Lan"]
    assert words(page, "//section[@class='sources']/h2") == ["Nguồn"]
    assert words(page, "//p[@class='kicker']") == ["Tin tức"]


def test_the_structured_data_says_the_same_as_the_page() -> None:
    picture, lan = a_picture(), a_byline()
    story = a_story(
        lead=a_picture_use(picture.subject),
        bylines=(a_byline_use(lan.subject),),
        published_at=SEED_TIME,
        headline='Breaking: </script><script>alert("x")</script> & more',
    )
    page = Site(story, picture, lan).story_page(story)
    assert len(page.xpath("//script[not(@src)]")) == 1
    data = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    assert data["headline"] == story.headline
    assert data["datePublished"] == data["dateModified"] == "2025-07-20T09:33:00+07:00"
    assert data["mainEntityOfPage"]["@id"] == page.xpath("//link[@rel='canonical']/@href")[0]
    assert data["author"][0]["url"] == "http://127.0.0.1:8000/en/by/lan-nguyen/"
    assert data["image"][0]["width"]["value"] == 1600


def test_a_story_without_picture_or_byline_still_has_an_image_and_an_author() -> None:
    page = Site(story := a_story()).story_page(story)
    data = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    assert data["author"] == [
        {"@type": "NewsMediaOrganization", "name": "The Test Post", "url": "http://127.0.0.1:8000/en/"}
    ]
    assert data["image"][0]["url"].startswith("http://127.0.0.1:8000/assets/social.")


def test_a_link_to_a_story_leads_to_its_address_and_one_to_a_draft_keeps_its_words() -> None:
    target, draft = a_story(), a_story()
    text = f'See <a href="{target.subject}">the ferry</a>, <a href="{draft.subject}">a draft</a>, <a href="https://x.example/">x</a>.'
    story = a_story(body=(a_paragraph(text),))
    page = Site(story, target).story_page(story)
    assert page.xpath("//div[@class='body']//a/@href") == [address(target), "https://x.example/"]
    assert words(page, "//div[@class='body']/p") == ["See the ferry, a draft, x."]


def test_a_link_prefers_the_language_of_the_page_and_crosses_over_where_it_must() -> None:
    target = a_story(locale=VI)
    story = a_story(body=(a_paragraph(f'<a href="{target.subject}">x</a>'),))
    assert Site(story, target).story_page(story).xpath("//div[@class='body']//a/@href") == [address(target)]


def test_the_address_stays_when_the_story_moves_to_another_section() -> None:
    story = changed(a_story(), section=a_section("sport").subject)
    page = Site(story, a_section("sport", title="Sport")).story_page(story)
    assert address(story).startswith("/en/news/")
    assert words(page, "//p[@class='kicker']") == ["Sport"]


def test_no_page_stands_at_another_day_or_section_of_the_same_slug() -> None:
    story = a_story(address=a_story().address.__class__("news", date(2026, 3, 4), Slug("ferry")))
    site = Site(story)
    assert site.sheet("/en/news/2026/03/04/ferry/") is not None
    assert site.sheet("/en/news/2026/03/05/ferry/") is None
    assert site.sheet("/en/sport/2026/03/04/ferry/") is None
    assert site.sheet("/vi/news/2026/03/04/ferry/") is None


def test_the_page_asks_nobody_else_for_anything_and_carries_no_style_or_script_of_its_own() -> None:
    picture = a_picture()
    page = Site(story := a_story(lead=a_picture_use(picture.subject)), picture).story_page(story)
    loaded = page.xpath("//@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded)
    assert (
        page.xpath("//style | //@style | //@onclick | //script[not(@type='application/ld+json') and not(@src)]") == []
    )
