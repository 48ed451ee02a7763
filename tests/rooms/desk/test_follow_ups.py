"""A follow-up is a new draft with nothing of the old story but a link that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.log_actions import registry

from broadsheet.desk.actions import Release
from broadsheet.desk.actions.follow_up import start_follow_up
from broadsheet.desk.actors import acting_as
from broadsheet.desk.compiling import compile_draft
from broadsheet.desk.errors import NotAllowed, NotReleased
from broadsheet.desk.models import SectionLimit, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.edition.addresses import path_of, story_path
from broadsheet.edition.preview import preview_story
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import StoryDocument
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import press, told

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


def released(newsroom: Newsroom, title: str = "The harbour opens", **fields: object) -> Story:
    story = desk.story(title=title, owner=newsroom.editor, **fields)
    with acting_as(newsroom.chief):
        Release(story, now=utc_now()).execute()
    return Story.objects.get(pk=story.pk)


def test_it_is_a_draft_of_ones_own_in_the_same_section_and_language(newsroom: Newsroom) -> None:
    old = released(
        newsroom, inside=desk.section(key="arts", title="Arts", locale="vi"), bylines=[(desk.byline(), "in Huế")]
    )
    with acting_as(newsroom.reporter):
        new = Story.objects.get(pk=start_follow_up(old).pk)
    assert (new.section, new.locale, new.owner) == (old.section, old.locale, newsroom.reporter)
    assert (new.live, new.title, new.get_parent().pk) == (False, "Follow-up: The harbour opens", old.section.pk)
    assert new.translation_key != old.translation_key
    assert list(new.bylines.all()) == []
    assert "Words of a story." not in str(new.body)
    entry = registry.get_logs_for_instance(new).get(action="broadsheet.follow_up")
    assert entry.user == newsroom.reporter
    assert LedgerReader().current(subject_of(new).urn, subject_of(new).locale) is None


def test_the_link_leads_readers_to_the_old_story(newsroom: Newsroom) -> None:
    old = released(newsroom, title="Tea & <b>“sugar”</b>")
    with acting_as(newsroom.chief):
        new = start_follow_up(old)
        Release(Story.objects.get(pk=new.pk), now=utc_now()).execute()
    document = LedgerReader().current(subject_of(new).urn, subject_of(new).locale).document
    assert isinstance(document, StoryDocument)
    assert subject_of(old).urn in document.body[0].html
    old_document = LedgerReader().current(subject_of(old).urn, subject_of(old).locale).document
    draft = compile_draft(new, now=utc_now(), zone="UTC")
    page = preview_story(draft.document, pictures={}, now=utc_now()).decode()
    assert f'{path_of(story_path(old_document))}">Tea &amp; &lt;b&gt;' in page


def test_the_editor_does_not_take_the_link_for_broken_and_keeps_it(newsroom: Newsroom) -> None:
    old = released(newsroom)
    with acting_as(newsroom.reporter):
        words = start_follow_up(old).body[0].value.source
    converter = ContentstateConverter(features=["link"])
    shown = converter.from_database_format(words)
    assert reverse("wagtailadmin_pages:edit", args=[old.pk]) in shown
    assert f'<a linktype="page" id="{old.pk}">The harbour opens</a>' in converter.to_database_format(shown)
    gone = converter.from_database_format('<p><a linktype="page" id="999999">Gone</a></p>')
    assert "/edit/" not in gone


def test_a_long_headline_still_fits(newsroom: Newsroom) -> None:
    old = released(newsroom, title="H" * 200)
    with acting_as(newsroom.reporter):
        assert len(start_follow_up(old).title) == 200


def test_only_who_may_write_in_the_section_starts_one(newsroom: Newsroom) -> None:
    old = released(newsroom)
    SectionLimit.objects.create(user=newsroom.reporter, section_key="arts")
    for who in (newsroom.reporter, newsroom.inspector, "system:clock"):
        with acting_as(who), pytest.raises(NotAllowed):
            start_follow_up(old)
    reporter = newsroom.client(newsroom.reporter)
    screen = reverse("desk_follow_up", args=[old.pk])
    assert reporter.get(screen).status_code in {302, 403}
    assert "You may not write in" in told(reporter.post(screen))
    assert Story.objects.count() == 1


def test_what_readers_do_not_have_has_no_follow_up(newsroom: Newsroom) -> None:
    with acting_as(newsroom.reporter), pytest.raises(NotReleased):
        start_follow_up(desk.story(owner=newsroom.reporter))


def test_at_the_desk_the_button_leads_to_the_new_form(newsroom: Newsroom) -> None:
    old = released(newsroom)
    editor = newsroom.client(newsroom.editor)
    screen = reverse("desk_follow_up", args=[old.pk])
    assert screen in editor.get(reverse("wagtailadmin_pages:edit", args=[old.pk])).content.decode()
    assert "The harbour opens" in editor.get(screen).content.decode()
    made = editor.post(screen)
    new = Story.objects.exclude(pk=old.pk).get()
    assert made.headers["location"] == reverse("wagtailadmin_pages:edit", args=[new.pk])
    assert "Follow-up: The harbour opens" in editor.get(made.headers["location"]).content.decode()
    press(editor, new, None, title="Its own headline")
    assert Story.objects.get(pk=new.pk).get_latest_revision_as_object().title == "Its own headline"
