"""Kill, takedown, correct and restore, called as code calls them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model

from broadsheet.desk.actions import Correct, Kill, Release, Restore, Takedown, Update, Withdraw
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import (
    ActRefused,
    CannotRestore,
    NotAllowed,
    NothingToUpdate,
    NotReady,
    NotReleased,
    WasRemoved,
    WayClosed,
)
from broadsheet.desk.models import Picture, Story
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.documents import decode_ninjs
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Correction, PictureDocument, Removal, State, StoryDocument
from tests.factories import desk
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chief_at_work")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


def text(row: Story) -> StoryDocument:
    document = standing(row).document
    assert isinstance(document, StoryDocument)
    return document


def a_released_story(**fields: Any) -> Story:
    story = desk.story(**fields)
    story.save_revision()
    Release(again(story), now=NOW).execute()
    return again(story)


def edited(story: Story, **fields: Any) -> Story:
    """Save a draft with these fields changed, as the form does."""
    draft = again(story).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return again(story)


def test_killed_story_leaves_its_notice_in_the_ledger_and_the_text_out_of_what_partners_get() -> None:
    story = a_released_story(title="Bridge to close")
    Kill(story, now=LATER, words="The bridge  stays open.").execute()
    killed = standing(story)
    assert (killed.state, killed.document, killed.removal) == (
        State.KILLED,
        None,
        Removal(words="The bridge stays open."),
    )
    item = decode_ninjs(LedgerReader().envelope(killed.document_digest))
    assert item["pubStatus"] == "canceled"
    assert "The bridge stays open." in item["edNote"]
    assert not {"headlines", "bodies", "descriptions", "associations"} & item.keys()
    assert not again(story).live
    assert status_of(again(story)) is StoryStatus.KILLED


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 601])
def test_kill_needs_a_notice_of_a_readable_length(words: str) -> None:
    story = a_released_story()
    with pytest.raises(NotReady, match=r"told so|is the most"):
        Kill(story, now=LATER, words=words).execute()
    assert again(story).live


def test_what_was_withdrawn_can_be_killed_and_what_was_killed_not_again() -> None:
    story = a_released_story()
    Withdraw(story, now=LATER).execute()
    Kill(again(story), now=LATER, words="Wrong.").execute()
    with pytest.raises(NotReleased, match="is killed already"):
        Kill(again(story), now=LAST, words="Wrong.").execute()
    assert [record.act for record in LedgerReader().versions(subject_of(story).urn, standing(story).locale)] == [
        "release",
        "withdraw",
        "kill",
    ]


def test_a_draft_readers_never_had_cannot_be_killed() -> None:
    with pytest.raises(NotReleased, match="never before readers"):
        Kill(desk.story(), now=NOW, words="Wrong.").execute()


def test_a_section_is_not_killed() -> None:
    story = a_released_story()
    with pytest.raises(WayClosed, match="Withdraw it"):
        Kill(story.section, now=LATER, words="Wrong.").execute()


def test_no_button_brings_a_killed_story_back() -> None:
    story = a_released_story(title="Bridge to close")
    Kill(story, now=LATER, words="Wrong.").execute()
    with pytest.raises(WasRemoved, match=r"killed “Bridge to close” at .* restoring"):
        Release(again(story), now=LAST).execute()
    with pytest.raises(WasRemoved):
        again(story).save_revision().publish()
    assert standing(story).state is State.KILLED
    assert not again(story).live


def test_takedown_keeps_the_order_and_says_nothing_to_readers() -> None:
    story = a_released_story()
    Takedown(story, now=LATER, reference="Court of Đà Nẵng, 12/2026").execute()
    assert standing(story).removal == Removal(reference="Court of Đà Nẵng, 12/2026")
    assert status_of(again(story)) is StoryStatus.TAKEN_DOWN
    with pytest.raises(NotReady, match="Name the order"):
        Takedown(a_released_story(), now=LATER, reference=" ").execute()


def test_only_an_administrator_restores_what_an_order_took_down(newsroom: Newsroom) -> None:
    story = a_released_story()
    first = standing(story).number
    Takedown(story, now=LATER, reference="Order 7").execute()
    with acting_as(newsroom.chief), pytest.raises(NotAllowed, match="administrator"):
        Restore(again(story), now=LAST, number=first).execute()
    with acting_as(get_user_model().objects.create_superuser("ada", password="secret")):
        Restore(again(story), now=LAST, number=first).execute()
    assert standing(story).state is State.RELEASED
    assert again(story).live


def test_killed_picture_goes_although_a_story_shows_it_and_comes_into_no_other() -> None:
    picture = desk.picture()
    story = a_released_story(lead_picture=picture)
    Kill(picture, now=LATER, words="Not what it shows.").execute()
    assert standing(picture).state is State.KILLED
    assert standing(story).state is State.RELEASED
    with pytest.raises(WasRemoved, match="Boats"):
        Release(desk.story(lead_picture=picture), now=LAST).execute()


def test_correction_goes_out_with_the_note_and_the_changed_text() -> None:
    story = a_released_story(title="Ferry costs 5,000 dong")
    story = edited(story, title="Ferry costs 15,000 dong")
    story.title = "Ferry costs 15,000 dong"
    Correct(story, now=LATER, words="An earlier version gave the wrong fare.").execute()
    record = LedgerReader().record(standing(story).number)
    assert (record.act, record.version) == ("correct", 2)
    assert text(story).corrections == (Correction("An earlier version gave the wrong fare.", LATER),)
    item = decode_ninjs(LedgerReader().envelope(record.document_digest))
    assert item["edNote"] == "CORRECTION: An earlier version gave the wrong fare."


def test_note_alone_is_a_correction_and_later_updates_keep_it() -> None:
    story = a_released_story()
    Correct(story, now=LATER, words="The mayor's name is Hoà.").execute()
    assert [each.words for each in text(story).corrections] == ["The mayor's name is Hoà."]
    story = again(story)
    story.standfirst = "More is known."
    story.save()
    assert len(text(story).corrections) == 1
    with pytest.raises(NothingToUpdate):
        Update(again(story), now=LAST).execute()


def test_an_earlier_revision_published_again_does_not_lose_the_note() -> None:
    story = a_released_story()
    before = again(story).latest_revision
    Correct(story, now=LATER, words="A note.").execute()
    story = edited(story, title="Newer")
    before.publish()
    assert [each.words for each in text(story).corrections] == ["A note."]


def test_correction_without_a_note_or_of_what_has_no_page_is_refused() -> None:
    story = a_released_story()
    with pytest.raises(NotReady, match="what was wrong"):
        Correct(story, now=LATER, words=" ").execute()
    with pytest.raises(WayClosed, match="no page for a note"):
        Correct(story.section, now=LATER, words="A note.").execute()
    with pytest.raises(NotReleased, match="nothing to correct"):
        Correct(desk.story(), now=LATER, words="A note.").execute()


def test_restored_story_is_what_it_was_with_all_its_parts() -> None:
    target, lan = a_released_story(title="Linked"), desk.byline()
    body = [
        desk.paragraph(f'See <a linktype="page" id="{target.pk}">this</a> and <b>that</b>.'),
        desk.block("heading", {"text": "Why", "level": "3"}),
        desk.block("list", {"ordered": True, "items": ["<p>One</p>", "<p>Two</p>"]}),
        desk.block(
            "quotation",
            {"words": "<p>We wait.</p>", "speaker": "Hai", "source": "", "original": "Chờ.", "original_locale": "vi"},
        ),
        desk.block("picture", {"picture": desk.picture().pk, "caption": "At the quay", "alt": "A boat"}),
        *desk.asides(),
    ]
    story = a_released_story(
        title="First",
        standfirst="So it began.",
        body=body,
        bylines=[(lan, "at sea")],
        sources=[("RT", "https://rt.example/1")],
        lead_picture=desk.picture(),
        lead_caption="The port",
        dateline_place="Huế",
        genre="interview",
    )
    first, number = text(story), standing(story).number
    story = edited(story, title="Second", standfirst="", body=[], lead_picture=None)
    story.title, story.standfirst, story.lead_picture, story.bylines, story.sources = "Second", "", None, [], []
    story.genre = "news"
    story.save()
    assert text(story).headline == "Second"
    record = Restore(again(story), now=LAST, number=number).execute()
    assert (record.act, record.version) == ("restore", 3)
    assert text(story) == first
    restored = again(story)
    assert subject_of(restored).compile() == first
    assert subject_of(restored.get_latest_revision_as_object()).compile() == first


def test_restored_version_shows_no_later_correction() -> None:
    story = a_released_story(title="First")
    number = standing(story).number
    Correct(story, now=LATER, words="Premature.").execute()
    Restore(again(story), now=LAST, number=number).execute()
    assert text(story).corrections == ()
    with pytest.raises(NothingToUpdate):
        Restore(again(story), now=LAST, number=number).execute()


def test_restored_story_keeps_the_section_it_stands_in_now() -> None:
    story = a_released_story()
    number = standing(story).number
    again(story).move(desk.section(key="arts", title="Arts"), pos="last-child")
    Withdraw(again(story), now=LATER).execute()
    Restore(again(story), now=LAST, number=number).execute()
    assert text(story).section.endswith(":arts")
    assert text(story).address.section == "politics"
    assert status_of(again(story)) is StoryStatus.RELEASED


def test_only_a_version_readers_had_of_this_story_can_be_restored() -> None:
    story, other = a_released_story(), a_released_story()
    Withdraw(story, now=LATER).execute()
    for number in (standing(story).number, standing(other).number, 0, 10**6):
        with pytest.raises(CannotRestore, match="no version"):
            Restore(again(story), now=LAST, number=number).execute()


def test_story_whose_picture_was_killed_meanwhile_is_not_restored_with_it() -> None:
    picture = desk.picture()
    story = a_released_story(lead_picture=picture)
    number = standing(story).number
    Withdraw(story, now=LATER).execute()
    Kill(Picture.objects.get(pk=picture.pk), now=LATER, words="Staged.").execute()
    with pytest.raises(WasRemoved, match="Boats"):
        Restore(again(story), now=LAST, number=number).execute()
    assert standing(story).state is State.WITHDRAWN
    assert not again(story).live


def test_killed_picture_comes_back_as_it_was() -> None:
    picture = desk.picture(credit="Lan Nguyễn", focal_point_x=16, focal_point_y=12)
    a_released_story(lead_picture=picture)
    before, number = standing(picture).document, standing(picture).number
    Kill(picture, now=LATER, words="Doubtful.").execute()
    row = Picture.objects.get(pk=picture.pk)
    row.credit = "Somebody else"
    row.save()
    Restore(Picture.objects.get(pk=picture.pk), now=LAST, number=number).execute()
    assert isinstance(before, PictureDocument)
    assert standing(picture).document == before


ACTS = {
    "correct": lambda story: Correct(story, now=LATER, words="A note."),
    "kill": lambda story: Kill(story, now=LATER, words="A notice."),
    "takedown": lambda story: Takedown(story, now=LATER, reference="Order 1"),
    "restore": lambda story: Restore(story, now=LATER, number=1),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_reporters_and_editors_do_none_of_this(newsroom: Newsroom, act: str, role: str) -> None:
    story = a_released_story()
    with acting_as(getattr(newsroom, role)), pytest.raises(NotAllowed):
        ACTS[act](story).execute()
    assert standing(story).version == 1


@pytest.mark.parametrize("act", ACTS)
def test_chief_editor_limited_to_other_sections_does_none_of_this(newsroom: Newsroom, act: str) -> None:
    story = a_released_story()
    newsroom.chief.section_limits.create(section_key="arts")
    with acting_as(get_user_model().objects.get(pk=newsroom.chief.pk)), pytest.raises(NotAllowed):
        ACTS[act](story).execute()
    assert standing(story).version == 1


@pytest.mark.parametrize("act", ACTS)
def test_each_act_says_before_what_it_will_change(act: str) -> None:
    story = a_released_story(bylines=[(desk.byline(name="Lê Thu"), "")])
    sentences = ACTS[act](story).foresee()
    assert len(sentences) >= 4
    assert all(sentence.endswith((".", ")")) for sentence in sentences)
    assert standing(story).version == 1


def test_refused_act_leaves_no_note_behind() -> None:
    story = a_released_story()
    with pytest.raises(ActRefused):
        Correct(desk.story(), now=LATER, words="A note.").execute()
    assert text(story).corrections == ()
    assert again(story).corrections.count() == 0
