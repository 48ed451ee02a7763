"""Two people, one button: one act is done, and the other person is told who was first and when."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.urls import reverse

from broadsheet.desk.actions import Erase, Release, Update, ask_to_erase
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import ActRefused, AlreadyReleased
from broadsheet.desk.models import Story
from broadsheet.ledger.models import Release as Row
from tests.factories import desk
from tests.rooms.desk.conftest import make_newsroom, person
from tests.rooms.desk.driving import approve, create, press, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def two(transactional_db: None) -> tuple[Newsroom, Any]:  # noqa: ARG001 - asks for the database
    newsroom = make_newsroom()
    return newsroom, person("carla", "Chief editors")


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do every deed in a thread of its own, starting together; return what each gave or raised."""
    ready = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        ready.wait(timeout=20)
        try:
            results[place] = deed()
        except Exception as error:  # noqa: BLE001 - handed to the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.parametrize("turn", range(3))
def test_two_releases_by_act(two: tuple[Newsroom, Any], acts: Any, turn: int) -> None:
    newsroom, carla = two
    story = desk.story(title=f"Harbour opens {turn}")

    def release(user: Any) -> Any:
        with acting_as(user):
            return Release(story, now=NOW).execute()

    results = at_once(lambda: release(newsroom.chief), lambda: release(carla))
    refused = [result for result in results if isinstance(result, AlreadyReleased)]
    assert acts() == ["release"], results
    assert len(refused) == 1, results
    first = next(result.released_by for result in results if not isinstance(result, Exception))
    assert refused[0].by == first
    assert first.title() in str(refused[0])
    assert "12:06" in str(refused[0])


@pytest.mark.parametrize("turn", range(3))
def test_two_presses_of_release_in_the_form(two: tuple[Newsroom, Any], acts: Any, turn: int) -> None:
    newsroom, carla = two
    with acting_as(newsroom.chief):
        story = desk.story(title="Harbour opens")
        story.save_revision(user=newsroom.chief)
    seen = loaded(newsroom.client(newsroom.chief), story)
    clients = [newsroom.client(user) for user in (newsroom.chief, carla)]
    titles = ["Harbour opens early", "Harbour opens late"]
    responses = at_once(
        *(
            lambda client=client, title=title: press(client, story, "action-publish", title=title, **seen)
            for client, title in zip(clients, titles, strict=True)
        )
    )
    assert turn >= 0
    assert all(response.status_code in {200, 302} for response in responses), responses
    assert acts() == ["release"], [told(response) for response in responses]
    words = [told(response) for response in responses]
    lost = next(place for place, word in enumerate(words) if "Readers have it" not in word)
    winner = "Chris" if lost == 1 else "Carla"
    assert winner in words[lost]
    # What the slower one typed is in the form again, or saved as a draft: it is not lost.
    kept = responses[lost].content.decode() + " ".join(str(r.content) for r in story.revisions.all())
    assert titles[lost] in kept


def test_second_form_opened_before_the_first_release_is_told_and_keeps_its_text(
    two: tuple[Newsroom, Any], acts: Any
) -> None:
    newsroom, carla = two
    with acting_as(newsroom.chief):
        story = desk.story(title="Harbour opens")
        story.save_revision(user=newsroom.chief)
    seen = loaded(newsroom.client(carla), story)
    press(newsroom.client(newsroom.chief), story, "action-publish", title="Harbour opens early")
    response = press(newsroom.client(carla), story, "action-publish", title="Harbour opens late", **seen)
    assert response.status_code == 200
    assert "Chris saved another version" in response.content.decode()
    assert "Harbour opens late" in response.content.decode()
    assert acts() == ["release"]
    assert Story.objects.get(pk=story.pk).title == "Harbour opens early"


@contextmanager
def saved_between_two_reads(story: Story, user: Any, title: str) -> Iterator[None]:
    """Let somebody save another version right after a form read which version is the newest."""
    has_saved = False

    def save_once(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal has_saved
        found = execute(sql, *rest)
        if not has_saved and sql.startswith("SELECT") and 'FROM "wagtailcore_revision"' in sql:
            has_saved = True
            other = Story.objects.get(pk=story.pk)
            other.title = title
            other.save_revision(user=user)
        return found

    with connection.execute_wrapper(save_once):
        yield
    assert has_saved


def test_text_sent_while_somebody_saves_is_in_the_form_again(two: tuple[Newsroom, Any]) -> None:
    newsroom, carla = two
    story = desk.story(title="Harbour opens")
    story.save_revision(user=newsroom.chief)
    client = newsroom.client(carla)
    seen = loaded(client, story)
    with saved_between_two_reads(story, newsroom.chief, "Harbour opens early"):
        response = press(client, story, "action-publish", title="Harbour opens late", **seen)
    assert response.status_code == 200
    assert "Chris saved another version" in response.content.decode()
    assert "Harbour opens late" in response.content.decode()


def test_form_opened_while_somebody_saves_holds_the_version_it_names(two: tuple[Newsroom, Any]) -> None:
    newsroom, carla = two
    story = desk.story(title="Harbour opens")
    story.save_revision(user=newsroom.chief)
    with saved_between_two_reads(story, newsroom.chief, "Harbour opens early"):
        form = newsroom.client(carla).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    newest = Story.objects.get(pk=story.pk).latest_revision
    assert newest is not None
    assert re.search(rf'name="loaded_revision_id"[^>]*value="{newest.pk}"', form)
    assert "Harbour opens early" in form


def test_object_held_since_before_a_release_is_not_saved_over_it(two: tuple[Newsroom, Any], acts: Any) -> None:
    newsroom, carla = two
    story = desk.story(title="Harbour opens")
    held = Story.objects.get(pk=story.pk)
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    held.standfirst = "Old words."
    with acting_as(carla), pytest.raises(AlreadyReleased):
        held.save()
    assert acts() == ["release"]
    assert Story.objects.get(pk=story.pk).live


def test_two_last_approvals(two: tuple[Newsroom, Any], acts: Any) -> None:
    newsroom, carla = two
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    approve(newsroom.client(newsroom.editor), Story.objects.get())
    story = Story.objects.get()
    clients = [newsroom.client(user) for user in (newsroom.chief, carla)]
    responses = at_once(*(lambda client=client: approve(client, story) for client in clients))
    assert all(getattr(response, "status_code", 500) == 302 for response in responses), responses
    assert acts() == ["release"]


def test_stories_with_the_same_new_byline_and_headline_are_released_side_by_side(
    two: tuple[Newsroom, Any], acts: Any
) -> None:
    newsroom, carla = two
    lan, boats = desk.byline(), desk.picture()
    stories = [desk.story(title="Harbour opens", bylines=[(lan, "")], lead_picture=boats) for _ in range(4)]

    def release(story: Story, user: Any) -> Any:
        with acting_as(user):
            return Release(story, now=NOW).execute()

    results = at_once(
        *(
            lambda story=story, user=user: release(story, user)
            for story, user in zip(stories, [newsroom.chief, carla] * 2, strict=True)
        )
    )
    assert not [result for result in results if isinstance(result, Exception)], results
    assert acts() == ["release"] * 4
    assert acts("byline") == acts("picture") == acts("section") == ["release"]


def test_update_and_move_at_once_leave_desk_and_ledger_agreeing(two: tuple[Newsroom, Any]) -> None:
    newsroom, carla = two
    arts = desk.section(key="arts", title="Arts")
    story = desk.story(title="Harbour opens")
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()

    def retitle() -> None:
        with acting_as(newsroom.chief):
            page = Story.objects.get(pk=story.pk)
            page.title = "Harbour opens again"
            page.save()

    def move() -> None:
        with acting_as(carla):
            Story.objects.get(pk=story.pk).move(arts, pos="last-child")

    results = at_once(retitle, move)
    assert all(result is None or isinstance(result, ActRefused) for result in results), results
    row = Story.objects.get(pk=story.pk)
    with acting_as(newsroom.chief), pytest.raises(ActRefused, match="Nothing in"):
        Update(row, now=NOW).execute()


def loaded(client: Client, story: Story) -> dict[str, str]:
    """Open the form, and return what it will say it was opened on."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    context = form.context_data if hasattr(form, "context_data") else form.context
    latest = story.get_latest_revision()
    assert context is not None
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def test_two_who_agree_to_an_erasure_at_once_make_one(two: tuple[Newsroom, Any]) -> None:
    newsroom, _ = two
    first, second, third = (
        get_user_model().objects.create_superuser(name, f"{name}@example.org") for name in ("ada", "bea", "cleo")
    )
    story = desk.story(title="Zanzibarine affair")
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=NOW)

    def agree(who: Any) -> Any:
        with acting_as(who):
            return Erase(Story.objects.get(pk=story.pk), now=NOW).execute()

    results = at_once(lambda: agree(second), lambda: agree(third))
    assert sorted(type(each).__name__ for each in results) == ["ReleaseRecord", "WasErased"]
    assert Row.objects.filter(act="erase").count() == 1


def test_a_draft_saved_while_its_story_is_erased_leaves_no_word(two: tuple[Newsroom, Any]) -> None:
    newsroom, _ = two
    first, second = (get_user_model().objects.create_superuser(name, f"{name}@example.org") for name in ("ada", "bea"))
    story = desk.story()
    story.save_revision()
    with acting_as(newsroom.chief):
        Release(Story.objects.get(pk=story.pk), now=NOW).execute()
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=NOW)
    opened = Story.objects.get(pk=story.pk)
    chief = newsroom.client(newsroom.chief)

    def agree() -> Any:
        with acting_as(second):
            return Erase(Story.objects.get(pk=story.pk), now=NOW).execute()

    at_once(agree, lambda: press(chief, opened, None, title="Zanzibarine affair"))
    row = Story.objects.get(pk=story.pk)
    assert (row.title, row.draft_title, row.revisions.count()) == ("Erased by order", "Erased by order", 0)
