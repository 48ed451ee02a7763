"""Topics, people and places at the desk: how they are made, go out with a story, are renamed, and go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.desk.actions import Erase, Release, Restore, Withdraw
from broadsheet.desk.actions.erase import ask_to_erase
from broadsheet.desk.actors import acting_as
from broadsheet.desk.compiling import compile_draft, compile_story, compile_topic, problems_of
from broadsheet.desk.errors import NotAllowed, StillInUse, WasErased, WayClosed
from broadsheet.desk.models import Story, Topic
from broadsheet.desk.screens.addresses import form_address, screen_address
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.models import LedgerDocument
from broadsheet.ledger.values import Act, State, StoryDocument
from broadsheet.plain.urns import make_urn
from tests.factories import desk
from tests.rooms.desk.driving import fields, press
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def add_topic(client: Client, **told: Any) -> HttpResponse:
    data = {"name": "Lý Thường Kiệt", "kind": "person", "key": "", "names": inline_formset([]), **told}
    return client.post(reverse("wagtailsnippets_desk_topic:add"), nested_form_data(data))


def edit_topic(client: Client, topic: Topic, **told: Any) -> HttpResponse:
    data = {"name": topic.name, "kind": topic.kind, "key": topic.key, "names": inline_formset([]), **told}
    return client.post(form_address(topic), nested_form_data(data))


def test_topic_holds_names_and_descriptions_of_all_languages_in_one_document() -> None:
    document = compile_topic(
        desk.topic(key="sea", kind="place", names={"vi": ("Biển", "Về  biển."), "en": ("", "Water.")})
    )
    assert (document.key, document.name, document.kind, document.locale) == ("sea", "The sea", "place", "mul")
    assert document.names == {"vi": "Biển"}
    assert document.descriptions == {"vi": "Về biển.", "en": "Water."}


def test_topic_gets_its_key_from_its_name_and_a_second_one_of_it_is_told_of_the_first(chief: Client) -> None:
    add_topic(chief)
    assert (Topic.objects.get().key, Topic.objects.get().kind) == ("ly-thuong-kiet", "person")
    assert "Use that topic, or give this one a key." in add_topic(chief).content.decode()
    assert Topic.objects.count() == 1


def test_story_names_its_topics_in_order_and_each_once() -> None:
    sea, minh, erased = desk.topic(), desk.topic(name="Minh", kind="person"), desk.topic(is_erased=True)
    story = desk.story(topics=[minh, sea, erased, minh], first_section_key="politics", first_day=NOW.date())
    story.url_slug, story.published_at = "harbour", NOW
    wanted = tuple(make_urn("topic", each.subject_key.hex) for each in (minh, sea))
    assert compile_story(story).topics == wanted
    draft = compile_draft(story, now=NOW, zone="UTC")
    assert [topic.name for topic in draft.topics] == ["Minh", "The sea"]


def test_rows_below_a_restored_story_are_numbered() -> None:
    minh, lan, sea, sky = desk.byline(name="Minh"), desk.byline(name="Lan"), desk.topic(), desk.topic(name="The sky")
    story = desk.story(
        bylines=[(minh, ""), (lan, "")], topics=[sky, sea], sources=[("RT", "https://rt.example"), ("AFP", "")]
    )
    with acting_as("system:test"):
        number = Release(story, now=NOW).execute().number
        story = again(story)
        story.title, story.bylines, story.topics, story.sources = "Another", [], [], []
        story.save()
        Restore(again(story), now=LATER, number=number).execute()
    restored = again(story)
    assert [(row.byline, row.sort_order) for row in restored.bylines.all()] == [(minh, 0), (lan, 1)]
    assert [(row.topic, row.sort_order) for row in restored.topics.all()] == [(sky, 0), (sea, 1)]
    assert [(row.name, row.sort_order) for row in restored.sources.all()] == [("RT", 0), ("AFP", 1)]


def test_more_topics_than_help_a_reader_are_named_before_the_release() -> None:
    story = desk.story(topics=[desk.topic(name=f"Topic {number}") for number in range(13)])
    assert [problem.sentence for problem in problems_of(story)] == [
        "The story has 13 topics; 12 are the most. Leave the least important out."
    ]


def test_topics_go_out_with_the_first_story_about_them_and_are_foreseen(newsroom: Newsroom, acts: Any) -> None:
    sea = desk.topic()
    with acting_as(newsroom.chief):
        story = desk.story(topics=[sea])
        words = " ".join(Release(story, now=NOW).foresee())
        assert "the front of The sea" in words
        assert "the topic “The sea”" in words
        Release(story, now=NOW).execute()
        Release(desk.story(topics=[sea]), now=NOW).execute()
    assert acts("topic") == ["release"]
    document = standing(story).document
    assert isinstance(document, StoryDocument)
    assert document.topics == (subject_of(sea).urn,)


def test_renaming_a_topic_is_an_update_of_it_and_of_no_story(newsroom: Newsroom, acts: Any, chief: Client) -> None:
    sea = desk.topic()
    with acting_as(newsroom.chief):
        Release(desk.story(topics=[sea]), now=NOW).execute()
    edit_topic(chief, sea, name="The wide sea")
    assert (acts("topic"), acts("story")) == (["release", "update"], ["release"])
    assert standing(sea).document.name == "The wide sea"


def test_key_never_changes_once_readers_have_it(newsroom: Newsroom, chief: Client) -> None:
    sea = desk.topic(key="sea")
    with acting_as(newsroom.chief):
        Release(sea, now=NOW).execute()
        sea.key = "ocean"
        with pytest.raises(WayClosed, match="keeps its key “sea”"), transaction.atomic():
            sea.save()
    edit_topic(chief, sea, key="ocean", name="The ocean")
    assert (again(sea).key, again(sea).name) == ("sea", "The ocean")


def test_topic_of_a_released_story_is_not_withdrawn_and_one_of_none_goes_with_its_row(
    newsroom: Newsroom, acts: Any
) -> None:
    sea, sky = desk.topic(), desk.topic(name="The sky")
    with acting_as(newsroom.chief):
        Release(desk.story(title="Harbour opens", topics=[sea]), now=NOW).execute()
        Release(sky, now=NOW).execute()
        with pytest.raises(StillInUse, match="Harbour opens"):
            Withdraw(sea, now=LATER).execute()
        sky.delete()
    assert acts("topic") == ["release", "release", "withdraw"]


def test_reporter_and_editor_do_not_release_a_topic(newsroom: Newsroom) -> None:
    for person in (newsroom.reporter, newsroom.editor, newsroom.inspector):
        with acting_as(person), pytest.raises(NotAllowed):
            Release(desk.topic(), now=NOW).execute()


def test_inspectors_read_topics_in_the_ledger_only(newsroom: Newsroom) -> None:
    sea = desk.topic(names={"vi": ("Biển", "Về biển.")})
    with acting_as(newsroom.chief):
        number = Release(sea, now=NOW).execute().number
    inspector = newsroom.client(newsroom.inspector)
    assert inspector.get(form_address(sea)).status_code == 403
    page = inspector.get(reverse("ledger_release", args=[number])).content.decode()
    assert "vi: Về biển." in page
    assert "vi: Biển" in page


def test_topics_are_chosen_in_the_form_and_no_more_than_twelve(chief: Client) -> None:
    story, sea = desk.story(), desk.topic()
    chosen = inline_formset([{"topic": str(sea.pk)}])
    press(chief, story, "action-publish", topics=chosen)
    assert [row.topic for row in again(story).topics.all()] == [sea]
    assert standing(story).document.topics == (subject_of(sea).urn,)
    many = inline_formset([{"topic": str(sea.pk)}] * 13)
    answer = chief.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), fields(title="T", topics=many))
    assert "at most 12" in answer.content.decode()


def test_restoring_a_version_brings_its_topics_back(newsroom: Newsroom) -> None:
    sea, sky = desk.topic(), desk.topic(name="The sky")
    with acting_as(newsroom.chief):
        story = desk.story(topics=[sea, sky])
        number = Release(story, now=NOW).execute().number
        draft = again(story)
        draft.topics = []
        draft.save_revision().publish()
        assert standing(story).document.topics == ()
        Restore(again(story), now=LATER, number=number).execute()
    assert [row.topic for row in again(story).topics.all()] == [sea, sky]
    assert standing(story).document.topics == tuple(subject_of(each).urn for each in (sea, sky))


def test_restoring_a_topic_brings_back_its_names_and_leaves_its_key(newsroom: Newsroom) -> None:
    sea = desk.topic(key="sea", names={"vi": ("Biển", "Về biển.")})
    with acting_as(newsroom.chief):
        number = Release(sea, now=NOW).execute().number
        sea = again(sea)
        sea.name, sea.names = "Ocean", []
        sea.save()
        Restore(again(sea), now=LATER, number=number).execute()
    assert (again(sea).name, again(sea).key) == ("The sea", "sea")
    assert [(row.name, row.description) for row in again(sea).names.all()] == [("Biển", "Về biển.")]


def test_person_erased_by_order_is_named_nowhere_in_the_ledger_and_at_the_desk(first: Any, second: Any) -> None:
    person = desk.topic(
        name="Zanzibarine Nguyễn", kind="person", key="zanzibarine", names={"vi": ("Wombat", "Wombat!")}
    )
    with acting_as(first):
        story = desk.story(title="Ferry costs", topics=[person])
        number = Release(story, now=NOW).execute().number
        ask_to_erase(person, reference="Order 7", now=NOW)
    with acting_as(second):
        act = Erase(again(person), now=LATER)
        assert "It is taken off “Ferry costs”" in " ".join(act.foresee())
        act.execute()
    left = again(person)
    assert (left.name, left.key, left.kind, left.names.count()) == (
        *("Erased by order", person.subject_key.hex, "topic", 0),
    )
    assert (standing(person).state, standing(story).state) == (State.ERASED, State.RELEASED)
    held = b"".join(bytes(data) for data in LedgerDocument.objects.values_list("bytes", flat=True)).decode()
    assert not [word for word in ("Zanzibarine", "zanzibarine", "Wombat") if word in held]
    with acting_as(second):
        with pytest.raises(WasErased, match="This topic was erased by order"):
            Release(left, now=LATER).execute()
        Withdraw(Story.objects.get(pk=story.pk), now=LATER).execute()
        Restore(Story.objects.get(pk=story.pk), now=LATER, number=number).execute()
    assert standing(story).document.topics == ()


def test_two_administrators_erase_a_topic_on_its_screen(newsroom: Newsroom, first: Any) -> None:
    person = desk.topic(name="Zanzibarine Nguyễn", kind="person")
    screen = screen_address(person, Act.ERASE)
    assert screen in newsroom.client(first).get(form_address(person)).content.decode()
    assert screen not in newsroom.client(newsroom.chief).get(form_address(person)).content.decode()
    assert newsroom.client(first).get(screen).status_code == 200
