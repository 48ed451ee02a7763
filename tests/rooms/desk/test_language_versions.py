"""Language versions, tied and untied by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import CannotLink
from broadsheet.desk.linking import tie_versions, untie_version
from broadsheet.desk.models import Story
from broadsheet.ledger.queries import LedgerReader
from tests.factories import desk
from tests.rooms.desk.conftest import NOW
from tests.rooms.desk.driving import told

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom


def english(title: str = "Harbour opens") -> Story:
    return desk.story(title=title, inside=desk.section())


def vietnamese(title: str = "Cảng mở lại") -> Story:
    return desk.story(title=title, inside=desk.section(locale="vi", title="Chính trị"))


def tie(client: Client, story: Story, other: Story) -> HttpResponse:
    return client.post(reverse("desk_languages", args=[story.pk]), {"other": str(other.pk)})


def keys(*stories: Story) -> set[str]:
    return {Story.objects.get(pk=story.pk).translation_key.hex for story in stories}


def test_two_languages_of_a_story_are_tied(chief: Client) -> None:
    story, other = english(), vietnamese()
    assert "are now versions of each other" in told(tie(chief, story, other))
    assert len(keys(story, other)) == 1
    html = chief.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Cảng mở lại" in html


def test_story_has_one_version_in_each_language(chief: Client) -> None:
    story, other = english(), vietnamese()
    tie(chief, story, other)
    html = tie(chief, english("Another"), other).content.decode()
    assert "are both in English; a story has one version in each language." in html
    assert len(keys(story, other)) == 1


def test_story_in_the_same_language_cannot_be_chosen(chief: Client) -> None:
    assert "Choose a story in another language." in tie(chief, english(), english("Another")).content.decode()


def test_untied_version_stands_alone(chief: Client) -> None:
    story, other = english(), vietnamese()
    tie(chief, story, other)
    chief.post(reverse("desk_languages", args=[story.pk]), {"untie": str(other.pk)})
    assert len(keys(story, other)) == 2


def test_tying_released_stories_updates_both_for_readers(newsroom: Newsroom, chief: Client) -> None:
    story, other = english(), vietnamese()
    with acting_as("system:test"):
        for each in (story, other):
            Release(each, now=NOW).execute()
    tie(chief, Story.objects.get(pk=story.pk), other)
    (key,) = keys(story, other)
    assert {standing.locale for standing in LedgerReader().editions(key)} == {"en", "vi"}
    assert newsroom.chief.get_username() == "chris"


def test_reporter_cannot_tie_what_is_not_theirs(newsroom: Newsroom) -> None:
    story, other = english(), vietnamese()
    answer = tie(newsroom.client(newsroom.reporter), story, other)
    assert answer.status_code in {302, 403}
    assert len(keys(story, other)) == 2


def test_story_alone_cannot_be_untied(db: None) -> None:  # noqa: ARG001 - asks for the database
    with pytest.raises(CannotLink, match="is not tied to any other story"):
        untie_version(story=english())


def test_tying_twice_is_said(db: None) -> None:  # noqa: ARG001 - asks for the database
    story, other = english(), vietnamese()
    with acting_as("system:test"):
        tie_versions(story=story, other=other)
        with pytest.raises(CannotLink, match="versions of each other already"):
            tie_versions(story=Story.objects.get(pk=story.pk), other=Story.objects.get(pk=other.pk))


def test_odd_number_to_untie_is_not_found(chief: Client) -> None:
    for odd in ("x", "-1", "999999", "٣"):
        assert chief.post(reverse("desk_languages", args=[english(odd).pk]), {"untie": odd}).status_code == 404
