"""The difference between two versions says everything that changed, and gives back both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.desk.inspecting import differences
from broadsheet.desk.inspecting.differences import BlockDifference, Difference, Span, TextDifference
from broadsheet.desk.inspecting.fields import block_fields, fields_of
from broadsheet.desk.inspecting.words import Mark, merged
from broadsheet.ledger.arrangements import (
    BreakingStrip,
    FrontDocument,
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    Pin,
    SectionsEntry,
    SubjectEntry,
)
from broadsheet.ledger.blocks import (
    Block,
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
from broadsheet.ledger.values import (
    BylineDocument,
    BylineUse,
    Correction,
    PageDocument,
    PaperDocument,
    PictureDocument,
    SectionDocument,
    SourceUse,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.html import SafeHtml, clean_inline, escape_inline
from broadsheet.plain.urns import make_urn
from tests.factories.ledger import (
    EN,
    NOW,
    a_byline,
    a_front,
    a_navigation,
    a_page,
    a_paper,
    a_picture,
    a_section,
    a_story,
    a_topic,
    changed,
)


def paragraph(name: str, markup: str) -> Paragraph:
    return Paragraph(id=name, html=clean_inline(markup))


A, B, C, D = (paragraph(name, f"Words of {name}.") for name in "abcd")
STORY = a_story(body=(A, B, C, D))


def field(difference: Difference, name: str) -> TextDifference:
    return next(field for field in difference.fields if field.name == name)


def told(difference: TextDifference) -> list[tuple[str, str]]:
    return [(span.kind, span.text) for span in difference.spans]


def fates(*body: Block) -> list[tuple[str, int | None, int | None]]:
    difference = differences(STORY, changed(STORY, body=body))
    return [(block.fate, block.old_place, block.new_place) for block in difference.blocks]


def of_paragraph(old: str, new: str, **more: Any) -> TextDifference:
    documents = (changed(STORY, body=(paragraph("a", markup),)) for markup in (old, new))
    return differences(*documents, **more).blocks[0].fields[0]


def test_the_same_document_has_no_difference() -> None:
    difference = differences(STORY, STORY)
    assert not difference.is_changed
    assert {block.fate for block in difference.blocks} == {"same"}


def test_a_changed_word_is_deleted_and_inserted() -> None:
    difference = differences(STORY, changed(STORY, headline="Ferry stops again"))
    assert told(field(difference, "Headline")) == [
        ("same", "Ferry "),
        ("deleted", "runs"),
        ("inserted", "stops"),
        ("same", " again"),
    ]
    assert [text.name for text in difference.fields if text.is_changed] == ["Headline"]


def test_words_changed_in_a_row_are_read_together() -> None:
    assert told(of_paragraph("The old red boat sank.", "The big new boat sank."))[1:3] == [
        ("deleted", "old red"),
        ("inserted", "big new"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "deleted", "inserted"),
    [
        ("Bão số ba vào Đà Nẵng", "Bão số bốn vào Đà Nẵng", "ba", "bốn"),
        ("وصل القارب أمس", "وصل القارب اليوم", "أمس", "اليوم"),
        ("東京へ行く", "大阪へ行く", "東京", "大阪"),
        ("ไปบ้าน", "ไปวัด", "บ้าน", "วัด"),
        ("It cost 3,500 dong", "It cost 4,500 dong", "3,500", "4,500"),
    ],
)
def test_words_are_found_in_every_script(old: str, new: str, deleted: str, inserted: str) -> None:
    changes = [pair for pair in told(of_paragraph(old, new)) if pair[0] != "same"]
    assert changes == [("deleted", deleted), ("inserted", inserted)]


def test_a_link_that_leads_elsewhere_is_a_changed_mark_and_no_changed_word() -> None:
    old, new = (f'See <a href="https://{host}.example/">the list</a>.' for host in ("a", "b"))
    difference = of_paragraph(old, new)
    marked = Span(
        "marked", "the list", (Mark("a", "https://b.example/"),), old_marks=(Mark("a", "https://a.example/"),)
    )
    assert difference.spans == (Span("same", "See "), marked, Span("same", "."))
    assert difference.is_changed


def test_emphasis_that_came_or_went_is_told() -> None:
    assert told(of_paragraph("A <em>fine</em> day", "A fine day")) == [
        ("same", "A "),
        ("marked", "fine"),
        ("same", " day"),
    ]


def test_a_block_that_was_moved_is_not_deleted_and_added() -> None:
    assert fates(D, A, B, C) == [("moved", 4, 1), ("same", 1, 2), ("same", 2, 3), ("same", 3, 4)]


def test_a_moved_block_that_changed_too_says_both() -> None:
    new = changed(STORY, body=(paragraph("d", "Words of somebody."), A, B, C))
    block = differences(STORY, new).blocks[0]
    assert (block.fate, block.fields[0].is_changed) == ("moved", True)


def test_blocks_are_deleted_where_they_stood_and_inserted_where_they_stand() -> None:
    assert fates(A, paragraph("x", "New."), C, D) == [
        ("same", 1, 1),
        ("deleted", 2, None),
        ("inserted", None, 2),
        ("same", 3, 3),
        ("same", 4, 4),
    ]


def test_a_block_cut_out_and_pasted_under_a_new_id_is_known_by_its_words() -> None:
    pasted = msgspec.structs.replace(D, id="new")
    assert fates(pasted, A, B, C)[0] == ("moved", 4, 1)


def test_two_blocks_with_one_id_are_both_told() -> None:
    twice = changed(STORY, body=(A, A, B))
    difference = differences(twice, changed(STORY, body=(A, B)))
    assert [block.fate for block in difference.blocks] == ["same", "deleted", "same"]


def test_a_heading_in_place_of_a_paragraph_of_the_same_id_is_another_block() -> None:
    heading = Heading(id="a", level=2, text="Words of a.")
    assert [fate for fate, *_ in fates(heading, B, C, D)] == ["deleted", "inserted", "same", "same", "same"]


def test_every_part_of_every_block_is_compared() -> None:
    old: tuple[Block, ...] = (
        Heading(id="h", level=2, text="Wind"),
        ItemList(id="l", ordered=False, items=(SafeHtml("one"), SafeHtml("two"))),
        Quotation(id="q", words=SafeHtml("Yes."), speaker="Lan", original="Vâng."),
        PictureUse(id="p", picture=make_urn("picture", "a"), caption="Boats", alt="Three boats"),
        PullQuote(id="u", words="We wait.", speaker="Lan"),
        Gallery(id="g", pictures=(PictureUse("g-1", make_urn("picture", "a"), "Boats", "Boats"),), title="All"),
        Table(id="t", rows=(("Day", "Tons"), ("Monday", "4")), title="Catch", has_head=True),
        FactBox(id="f", title="Wind", paragraphs=(SafeHtml("Force <em>7</em>."),)),
        Timeline(id="m", events=(TimelineEvent("1975", SafeHtml("Built.")),), title="So far"),
    )
    new: tuple[Block, ...] = (
        Heading(id="h", level=3, text="Wind"),
        ItemList(id="l", ordered=True, items=(SafeHtml("one"), SafeHtml("three"))),
        Quotation(id="q", words=SafeHtml("No."), speaker="Minh", original="Không."),
        PictureUse(id="p", picture=make_urn("picture", "b"), caption="Ships", alt="Three ships"),
        PullQuote(id="u", words="We go.", speaker="Minh"),
        Gallery(id="g", pictures=(PictureUse("g-1", make_urn("picture", "b"), "Boats", "Boats"),), title="Some"),
        Table(id="t", rows=(("Day", "Tons"), ("Monday", "5")), title="The catch", names_rows=True),
        FactBox(id="f", title="The wind", paragraphs=(SafeHtml("Force <em>8</em>."),)),
        Timeline(id="m", events=(TimelineEvent("1976", SafeHtml("Opened.")),), title="Since then"),
    )
    difference = differences(changed(STORY, body=old), changed(STORY, body=new))
    assert [[part.name for part in block.fields if part.is_changed] for block in difference.blocks] == [
        ["Level"],
        ["", "Kind"],
        ["", "Speaker", "Original words"],
        ["Caption", "Alternative text", "Subject"],
        ["", "Speaker"],
        ["", "Pictures"],
        ["", "Rows", "Names"],
        ["", "Text"],
        ["", "Times", "Events"],
    ]


def test_every_field_of_a_story_is_compared() -> None:
    new = changed(
        STORY,
        edition_key="ab",
        address=msgspec.structs.replace(STORY.address, section="sea"),
        section=make_urn("section", "sea"),
        headline="Another",
        published_at=NOW + timedelta(days=1),
        standfirst="Another.",
        updated_at=NOW,
        bylines=(BylineUse(byline=make_urn("byline", "a"), name="Lan", role="Reporter"),),
        sources=(SourceUse(name="The office", url="https://a.example/"),),
        corrections=(Correction("It was ten.", NOW),),
        lead=PictureUse(id="l", picture=make_urn("picture", "a"), caption="Boats", alt="Three boats"),
        genre="opinion",
        topics=(make_urn("topic", "a"),),
    )
    unchanged = {text.name for text in differences(STORY, new).fields if not text.is_changed}
    assert unchanged == {"Dateline"}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (
            StoryDocument,
            (
                "address bylines body corrections dateline edition_key genre headline lead published_at section sources "
                "standfirst topics updated_at"
            ),
        ),
        (SectionDocument, "description key order title"),
        (PageDocument, "body corrections edition_key published_at purpose slug standfirst title"),
        (NavigationDocument, "footer menu"),
        (SectionsEntry, ""),
        (FrontEntry, "label"),
        (SubjectEntry, "label target"),
        (LinkEntry, "label url"),
        (FrontDocument, "featured layout section slots strip"),
        (Pin, "story until"),
        (BreakingStrip, "story until words"),
        (BylineDocument, "is_agency key name names"),
        (TopicDocument, "descriptions key kind name names"),
        (
            PictureDocument,
            (
                "alt caption copyright creator credit focal_x focal_y height_px licence media_type original text_locale "
                "usage width_px"
            ),
        ),
        (PaperDocument, "base_url languages name zone"),
        (Paragraph, "html id"),
        (Heading, "id level text"),
        (ItemList, "id items ordered"),
        (Quotation, "id original original_locale source speaker words"),
        (PictureUse, "alt caption id picture"),
        (PullQuote, "id speaker words"),
        (Gallery, "id pictures title"),
        (Table, "has_head id names_rows rows title"),
        (FactBox, "id paragraphs title"),
        (Timeline, "events id title"),
        (TimelineEvent, "when words"),
    ],
)
def test_no_field_is_kept_in_the_ledger_that_the_difference_does_not_tell(document: type, told: str) -> None:
    kept = {field.name for field in msgspec.structs.fields(document)} - {"subject", "locale"}
    assert kept == set(told.split()), "teach inspecting.fields the new field, then name it here"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (a_section(), a_section(title="News of today"), "Title"),
        (a_byline(), a_byline(is_agency=True), "Agency"),
        (a_topic(), a_topic(descriptions={EN: "Water."}), "Descriptions"),
        (a_picture(), a_picture(credit="Minh"), "Credit"),
        (a_paper(), a_paper(zone="Europe/Paris"), "Zone"),
        (a_page(body=()), a_page(body=(), title="Contact"), "Title"),
        (a_navigation(), a_navigation(menu=(SectionsEntry(),)), "Menu"),
        (
            a_navigation(footer=(FrontEntry("Home"), LinkEntry("https://a.example/", "Shop"))),
            a_navigation(footer=(SubjectEntry(make_urn("page", "about"), "Shop"),)),
            "Footer",
        ),
        (a_front(layout="lead"), a_front(layout="row"), "Layout"),
        (a_front(STORY), a_front(Pin(STORY.subject, until=NOW)), "Slots"),
        (a_front(), a_front(featured=(Pin(STORY.subject),)), "Featured"),
        (
            a_front(strip=BreakingStrip("Closed", until=NOW)),
            a_front(strip=BreakingStrip("Closed", until=NOW, story=STORY.subject)),
            "Breaking strip",
        ),
    ],
)
def test_documents_of_every_kind_are_compared(old: Any, new: Any, name: str) -> None:
    difference = differences(old, new)
    assert name in [text.name for text in difference.fields if text.is_changed]
    assert difference.blocks == ()


def test_a_text_beyond_the_allowance_is_replaced_whole_and_says_so() -> None:
    old, new = ("Begin " + " ".join(f"{word}{number}" for number in range(50)) + " end." for word in ("a", "b"))
    difference = of_paragraph(old, new, allowance=46_000)
    assert difference.is_whole
    assert [kind for kind, _ in told(difference)] == ["same", "deleted", "inserted", "same"]
    assert not of_paragraph(old, new).is_whole


def test_the_allowance_is_one_for_the_whole_document() -> None:
    words = [" ".join(f"{side}{number}" for number in range(50)) for side in "ab"]
    old, new = (changed(STORY, body=(paragraph("a", text), paragraph("b", text))) for text in words)
    blocks = differences(old, new, allowance=56_000).blocks
    assert [block.fields[0].is_whole for block in blocks] == [False, True]


def test_the_longest_texts_are_compared_within_the_allowance() -> None:
    old, new = (" ".join(f"{side}{number % 7}" for number in range(400_000)) for side in "ab")
    difference = of_paragraph(old, new)
    assert difference.is_whole
    assert text_of(difference.old()) == old


# Whatever was changed, both texts come back

WORDS = st.lists(st.sampled_from(["the", "a", "Đà", "Nẵng", "字", "3,5", ",", " ", "\n", "<", "&", "🇻🇳"]), max_size=12)
TEXT = st.one_of(st.text(max_size=30), WORDS.map("".join))
TAG = st.sampled_from(["em", "strong", 'a href="https://a.example/"', 'a href="urn:broadsheet:story:b"', "br"])
PIECE = st.tuples(TAG, TEXT).map(lambda pair: f"<{pair[0]}>{escape_inline(pair[1])}</{pair[0].split()[0]}>")
MARKUP = st.lists(st.one_of(PIECE, TEXT.map(escape_inline)), max_size=5).map(lambda parts: clean_inline("".join(parts)))
IDS = st.sampled_from("abcdef")
BLOCK = st.one_of(
    st.builds(Paragraph, id=IDS, html=MARKUP),
    st.builds(Heading, id=IDS, level=st.sampled_from([2, 3]), text=TEXT),
    st.builds(ItemList, id=IDS, ordered=st.booleans(), items=st.lists(MARKUP, max_size=3).map(tuple)),
    st.builds(Quotation, id=IDS, words=MARKUP, speaker=TEXT),
)
BODY = st.lists(BLOCK, max_size=6).map(tuple)
STORIES = st.builds(lambda headline, body: changed(STORY, headline=headline, body=body), TEXT, BODY)


def text_of(runs: Any) -> str:
    return "".join(run.text for run in runs)


def bodies(blocks: tuple[BlockDifference, ...], side: str) -> list[Any]:
    there = [block for block in blocks if getattr(block, f"{side}_place") is not None]
    there.sort(key=lambda block: getattr(block, f"{side}_place"))
    return [(block.name, [(part.name, getattr(part, side)()) for part in block.fields]) for block in there]


@given(STORIES, STORIES, st.sampled_from([0, 2_000, 100_000_000]))
def test_the_difference_gives_back_both_versions(old: StoryDocument, new: StoryDocument, allowance: int) -> None:
    difference = differences(old, new, allowance=allowance)
    for document, side in ((old, "old"), (new, "new")):
        whole = [(part.name, merged(part.runs)) for part in fields_of(document)]
        assert [(part.name, getattr(part, side)()) for part in difference.fields] == whole
        told_bodies = [parts for _name, parts in bodies(difference.blocks, side)]
        assert told_bodies == [[(part.name, merged(part.runs)) for part in block_fields(b)] for b in document.body]
    # Not the other way round: a block with another id and the same words may be told as removed and added.
    assert difference.is_changed or readable(old) == readable(new)


def readable(story: StoryDocument) -> Any:
    blocks = [(type(block), [(part.name, merged(part.runs)) for part in block_fields(block)]) for block in story.body]
    return story.headline, blocks
