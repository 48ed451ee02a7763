"""What the ledger gets of a story, and what keeps a draft from going out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.compiling import compile_draft, compile_story, problems_of
from broadsheet.desk.errors import NotAddressed, NotReady
from broadsheet.desk.models import Picture, Story, StoryByline
from broadsheet.ledger.blocks import (
    FactBox,
    Gallery,
    Heading,
    ItemList,
    Paragraph,
    PictureUse,
    PullQuote,
    Quotation,
    Table,
    Timeline,
    TimelineEvent,
)
from broadsheet.ledger.values import Address, BylineUse, Dateline, SourceUse
from broadsheet.plain.canonical import canonical_bytes
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn
from tests.factories import desk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ADDRESS = {"first_section_key": "politics", "first_day": date(2026, 3, 4), "url_slug": "harbour", "published_at": NOW}


def sentences(story: Story) -> list[str]:
    return [f"{problem.field}: {problem.sentence}" for problem in problems_of(story)]


def test_whole_story_is_compiled_as_the_editor_wrote_it() -> None:
    lan = desk.byline(name="Lan Nguyễn", names={"vi": "Nguyễn Thị Lan"})
    agency = desk.byline(name="Reuters", is_agency=True)
    boats = desk.picture(alt="Three boats", caption="The boats")
    story = desk.story(
        title="  The harbour\nopens again ",
        standfirst="After ten years.",
        bylines=[(lan, "in Da Nang"), (agency, "")],
        sources=[("Port authority", "https://port.example/")],
        dateline_place="Đà Nẵng",
        dateline_day=date(2026, 3, 3),
        lead_picture=boats,
        lead_caption="Boats at dawn",
        genre="analysis",
        **ADDRESS,
    )
    document = compile_story(story)
    assert document.genre == "analysis"
    assert document.subject == make_urn("story", story.subject_key.hex)
    assert document.edition_key == story.translation_key.hex
    assert document.address == Address(section="politics", day=date(2026, 3, 4), slug=Slug("harbour"))
    assert document.section == make_urn("section", "politics")
    assert document.headline == "The harbour opens again"
    assert document.published_at == NOW
    assert document.bylines == (
        BylineUse(byline=make_urn("byline", lan.subject_key.hex), name="Lan Nguyễn", role="in Da Nang"),
        BylineUse(byline=make_urn("byline", agency.subject_key.hex), name="Reuters"),
    )
    assert document.dateline == Dateline(place="Đà Nẵng", day=date(2026, 3, 3))
    assert document.lead == PictureUse(
        id="lead", picture=make_urn("picture", boats.subject_key.hex), caption="Boats at dawn", alt="Three boats"
    )
    assert document.sources == (SourceUse(name="Port authority", url="https://port.example/"),)


def test_body_blocks_become_blocks_of_the_ledger_with_their_ids() -> None:
    boats = desk.picture(alt="Three boats", caption="The boats")
    blocks = [
        desk.block("paragraph", "<p>One.</p><p></p><p>Two <b>bold</b>.</p>"),
        desk.block("heading", {"text": "A crosshead", "level": "3"}),
        desk.block("list", {"ordered": True, "items": ["<p>first</p>", "<p></p>", "<p>second</p>"]}),
        desk.block(
            "quotation",
            {
                "words": "<p>We waited.</p>",
                "speaker": "Minh",
                "source": "",
                "original": "Chúng tôi chờ.",
                "original_locale": "vi",
            },
        ),
        desk.block("picture", {"picture": boats.pk, "caption": "", "alt": ""}),
        desk.block("heading", {"text": " ", "level": "2"}),
        desk.block("list", {"ordered": False, "items": ["<p></p>"]}),
        desk.block(
            "quotation", {"words": "", "speaker": "Nobody", "source": "", "original": "", "original_locale": ""}
        ),
    ]
    ids = [each["id"] for each in blocks]
    assert compile_story(desk.story(body=blocks, **ADDRESS)).body == (
        Paragraph(id=ids[0], html="One."),
        Paragraph(id=f"{ids[0]}-2", html="Two <strong>bold</strong>."),
        Heading(id=ids[1], level=3, text="A crosshead"),
        ItemList(id=ids[2], ordered=True, items=("first", "second")),
        Quotation(
            id=ids[3], words="We waited.", speaker="Minh", original="Chúng tôi chờ.", original_locale=Locale("vi")
        ),
        PictureUse(
            id=ids[4], picture=make_urn("picture", boats.subject_key.hex), caption="The boats", alt="Three boats"
        ),
    )


def test_what_stands_beside_the_text_becomes_blocks_of_the_ledger() -> None:
    blocks = desk.asides()
    pull, gallery, table, box, timeline = (each["id"] for each in blocks)
    compiled = compile_story(desk.story(body=[desk.paragraph("Text."), *blocks], **ADDRESS)).body[1:]
    first, second = (each["picture"] for each in blocks[1]["value"]["pictures"])
    urns = [make_urn("picture", Picture.objects.get(pk=number).subject_key.hex) for number in (first, second)]
    assert compiled == (
        PullQuote(pull, "We waited for ten years.", "Minh"),
        Gallery(
            gallery,
            (
                PictureUse(f"{gallery}-1", urns[0], "One", "A boat"),
                PictureUse(f"{gallery}-2", urns[1], "Two", "A boat"),
            ),
            "All boats",
        ),
        Table(table, (("Day", "Tons"), ("Monday", "4")), "Catch", has_head=True, names_rows=True),
        FactBox(box, "The harbour", ("Built in <strong>1908</strong>.", "Deep.")),
        Timeline(timeline, (TimelineEvent("1975", "Closed."),), "So far"),
    )


def test_blocks_beside_the_text_that_say_nothing_are_left_out() -> None:
    empty = [
        desk.block("pull_quote", {"words": " ", "speaker": "Minh"}),
        desk.block("gallery", {"title": "Nothing", "pictures": []}),
        desk.block("table", {"title": "Nothing", "rows": "\n | \n", "has_head": True, "names_rows": False}),
        desk.block("fact_box", {"title": "Nothing", "text": "<p></p>"}),
        desk.block("timeline", {"title": "", "events": [{"when": "1975", "words": ""}]}),
    ]
    assert compile_story(desk.story(body=[desk.paragraph("Text."), *empty], **ADDRESS)).body[1:] == ()


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (
            "table",
            {"title": "Catch", "rows": "Day | Tons\n| Monday | 4 | 5 |"},
            "The table “Catch” has 3 cells in row 2 and 2 in the first. Give each row as many.",
        ),
        (
            "table",
            {"title": "", "rows": "Day\nMonday"},
            "A table has one column. Write a list instead, or put | between its cells.",
        ),
        (
            "table",
            {"title": "", "rows": "a|b\n" * 201},
            "A table is too large; 200 rows of 20 cells are the most.",
        ),
        (
            "fact_box",
            {"title": " ", "text": "<p>Deep.</p>"},
            "A fact box has no title. Say what the facts are about.",
        ),
        (
            "timeline",
            {"title": "", "events": [{"when": "", "words": "<p>Closed.</p>"}]},
            "An event of a timeline has no time. Say when it was.",
        ),
        (
            "gallery",
            {"title": "", "pictures": [{"picture": None, "caption": "", "alt": ""}] * 2},
            "A picture in the body is missing. Choose one, or remove the block.",
        ),
    ],
)
def test_block_that_does_not_say_what_it_should_is_a_problem(kind: str, value: dict[str, Any], sentence: str) -> None:
    story = desk.story(body=[desk.paragraph("Text."), desk.block(kind, value)])
    assert set(sentences(story)) == {f"body: {sentence}"}


def test_pictures_of_a_gallery_need_what_every_picture_needs() -> None:
    bare = {"picture": desk.picture(credit="", alt="").pk, "caption": "", "alt": ""}
    story = desk.story(body=[desk.paragraph("Text."), desk.block("gallery", {"title": "", "pictures": [bare]})])
    assert sentences(story) == [
        "body: A gallery has one picture. Add another, or place it as a picture.",
        "body: The picture “Boats” has no credit. Add it to the picture.",
        "body: The picture “Boats” has no alternative text in the story's language. Write it beside it.",
    ]
    shown = compile_draft(story, now=NOW, zone="UTC").pictures
    assert list(shown) == [make_urn("picture", Picture.objects.get().subject_key.hex)]


def test_same_draft_compiles_to_the_same_bytes_from_row_and_revision() -> None:
    story = desk.story(bylines=[(desk.byline(), "")], body=[desk.paragraph("x"), desk.paragraph("y")], **ADDRESS)
    from_row = canonical_bytes(compile_story(Story.objects.get(pk=story.pk)))
    assert canonical_bytes(compile_story(story.save_revision().as_object())) == from_row


def test_byline_is_printed_as_written_in_the_story_language() -> None:
    lan = desk.byline(name="Lan Nguyen", names={"vi": "Nguyễn Thị Lan"})
    vietnamese = desk.story(inside=desk.section(locale="vi"), bylines=[(lan, "")], **ADDRESS)
    assert [byline.name for byline in compile_story(vietnamese).bylines] == ["Nguyễn Thị Lan"]


def test_link_to_another_story_names_it_for_ever() -> None:
    other = desk.story(title="Another")
    story = desk.story(body=[desk.paragraph(f'See <a linktype="page" id="{other.pk}">it</a>.')], **ADDRESS)
    urn = make_urn("story", other.subject_key.hex)
    assert compile_story(story).body[0].html == f'See <a href="{urn}">it</a>.'


def test_link_to_a_page_that_is_no_story_is_a_problem() -> None:
    story = desk.story(body=[desk.paragraph(f'<a linktype="page" id="{desk.section().pk}">section</a>')])
    assert sentences(story) == [
        "body: A link in the body leads to a page of the desk that readers cannot have. Change or remove it."
    ]


def test_picture_words_in_another_language_are_not_printed() -> None:
    boats = desk.picture(alt="Ba chiếc thuyền", caption="Thuyền", text_locale="vi")
    story = desk.story(lead_picture=boats)
    assert sentences(story) == [
        "lead_picture: The picture “Boats” has no alternative text in the story's language. Write it beside it."
    ]
    story.lead_alt = "Three boats"
    assert sentences(story) == []
    assert compile_draft(story, now=NOW, zone="UTC").document.lead.caption == ""


def test_everything_missing_is_named_at_once_with_its_field() -> None:
    boats = desk.picture(credit=" ", alt="")
    body = [desk.block("picture", {"picture": boats.pk, "caption": "", "alt": ""})]
    story = desk.story(title="\u202e\u200f", body=body)
    story.title = "\u202e "
    story.bylines = [StoryByline(byline=None, role="in Da Nang")]
    with pytest.raises(NotReady) as caught:
        compile_story(story)
    assert [problem.field for problem in caught.value.problems] == ["title", "bylines", "body", "body", "body"]
    assert str(caught.value).startswith("The story has no headline. A byline is empty.")


def test_overlong_headline_is_a_problem_with_its_length() -> None:
    assert sentences(desk.story(title="x" * 201)) == [
        "title: The headline has 201 characters; 200 is the most a page can carry."
    ]


def test_ready_story_without_an_address_is_refused() -> None:
    with pytest.raises(NotAddressed):
        compile_story(desk.story())


def test_old_revision_brings_no_old_address_back() -> None:
    story = desk.story(url_slug="proposed")
    revision = story.save_revision()
    Story.objects.filter(pk=story.pk).update(first_released_at=NOW, **ADDRESS)
    revision.refresh_from_db()
    document = compile_story(revision.as_object())
    assert (document.address.slug, document.address.day) == ("harbour", date(2026, 3, 4))


def test_empty_draft_is_shown_anyway() -> None:
    story = Story(title="", locale=desk.section().locale)
    draft = compile_draft(story, now=NOW, zone="Asia/Ho_Chi_Minh")
    assert draft.document.headline == ""
    assert draft.document.body == ()
    assert draft.document.address.day == date(2026, 3, 4)
    assert draft.pictures == {}


def test_draft_carries_the_pictures_it_shows_without_credit_too() -> None:
    lead, inside = desk.picture(credit=""), desk.picture()
    body = [desk.block("picture", {"picture": inside.pk, "caption": "", "alt": ""})]
    draft = compile_draft(desk.story(lead_picture=lead, body=body), now=NOW, zone="UTC")
    assert set(draft.pictures) == {make_urn("picture", each.subject_key.hex) for each in (lead, inside)}


def test_control_characters_that_slipped_into_the_row_never_reach_the_document() -> None:
    story = desk.story(title="Har\x07bour\u202e opens", body=[desk.paragraph("a\x0bb\u202ec")], **ADDRESS)
    document = compile_story(story)
    assert document.headline == "Harbour opens"
    assert document.body[0].html == "abc"


def test_story_with_an_empty_byline_is_refused_by_the_act_with_that_sentence() -> None:
    story = desk.story()
    story.bylines = [StoryByline(byline=None, role="in Da Nang")]
    story.save()
    with acting_as("system:test"), pytest.raises(NotReady, match="A byline is empty"):
        Release(Story.objects.get(pk=story.pk), now=NOW).execute()
