"""An inspector reads the ledger and changes nothing, whatever is asked of the desk and by whatever request."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver
from django.utils.regex_helper import normalize

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.models import LogIn, Story
from broadsheet.desk.permissions import CHIEF_EDITORS
from tests.factories import desk
from tests.rooms.desk.driving import create, fields, press
from tests.rooms.desk.test_permissions import REQUESTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
#: One's own log-in, and what is answered to anybody.
OWN = {
    "desk_account",
    "desk_log_in",
    "desk_log_in_code",
    "desk_log_ins",
    "desk_second_factor",
    "desk_ask_for_letter",
    "desk_new_password",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "desk_health",
    "desk_shared_preview",
}
READ = {"ledger_list", "ledger_subject", "ledger_release", "ledger_envelope", "ledger_differences", "desk_picture"}
SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}


def paths(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Yield an address for every pattern of the desk."""
    for entry in patterns:
        for part in written(entry.pattern):
            if isinstance(entry, URLResolver):
                yield from paths(entry.url_patterns, before + part)
            else:
                yield (before + part).replace("//", "/nowhere/")  # the last pattern takes whatever is left


def written(pattern: Any) -> list[str]:
    if isinstance(pattern, RoutePattern):
        return [re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1], "1"), str(pattern))]
    return [text % dict.fromkeys(names, "1") for text, names in normalize(str(pattern))]


def rows() -> dict[str, int]:
    """Count every table but those of a log-in."""
    left_out = {"sessions", "django_tasks_database"}
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in left_out and model is not LogIn
    }


def test_every_address_but_the_ledgers_is_refused(newsroom: Newsroom) -> None:
    desk.story()
    client = newsroom.client(newsroom.inspector)
    before = rows()
    tried: set[str] = set()
    for path in paths(get_resolver().url_patterns):
        name = resolve(path).view_name
        for method in ("get", "post"):
            if name in OWN:
                continue
            status = getattr(client, method)(path).status_code
            if method == "get" and (name in READ or name == "wagtailadmin_home"):
                assert status in {200, 302, 404}, (method, path)
            else:
                assert status == 403, (method, path)
        tried.add(name)
    assert len(tried) > 150
    assert {"wagtailadmin_pages:edit", "wagtail_bulk_action", "desk_languages", "wagtailusers_users:add"} <= tried
    assert rows() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/dismissibles/", "/ledger/", "/pages/1/edit/", "/api/main/pages/"])
def test_no_other_way_to_ask_is_let_through(newsroom: Newsroom, method: str, path: str) -> None:
    assert getattr(newsroom.client(newsroom.inspector), method)(path).status_code == 403


@pytest.mark.parametrize("wish", REQUESTS)
def test_forged_forms_change_nothing(newsroom: Newsroom, acts: Any, wish: str) -> None:
    story = desk.story(owner=newsroom.inspector)
    before = rows()
    name, args, data = REQUESTS[wish](story)
    client = newsroom.client(newsroom.inspector)
    response = client.post(reverse(f"wagtailadmin_pages:{name}", args=args), {**fields(title="Forged"), **data})
    assert response.status_code == 403
    assert (acts(), rows()) == ([], before)


def test_who_is_in_another_group_as_well_still_changes_nothing(newsroom: Newsroom, acts: Any) -> None:
    newsroom.inspector.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    story = desk.story()
    client = newsroom.client(newsroom.inspector)
    assert press(client, story, "action-publish").status_code == 403
    assert create(client, desk.section(), None).status_code == 403
    with acting_as(newsroom.inspector), pytest.raises(NotAllowed):
        Release(story, now=NOW).execute()
    assert (acts(), Story.objects.count()) == ([], 1)


def test_an_inspector_withdraws_nothing(newsroom: Newsroom) -> None:
    story = desk.story()
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    with acting_as(newsroom.inspector), pytest.raises(NotAllowed):
        Withdraw(story, now=NOW).execute()


def test_an_inspector_comes_to_the_ledger_and_finds_nothing_else_in_the_menu(newsroom: Newsroom) -> None:
    client = newsroom.client(newsroom.inspector)
    response = client.get("/", follow=True)
    assert response.redirect_chain == [("/ledger/", 302)]
    page = response.content.decode()
    props = page[page.index('id="wagtail-sidebar-props"') :]
    assert '"Ledger"' in props
    for words in ('"Stories"', '"Pictures"', '"Sections"', '"Bylines"', '"Reports"', '"Settings"'):
        assert words not in props
    assert '"_args": ["/ledger/"]' in props, "the search box looks in the ledger"


@pytest.mark.parametrize("path", ["/account/", "/account/log-ins/", "/account/second-factor/"])
def test_an_inspector_keeps_an_own_account(newsroom: Newsroom, path: str) -> None:
    assert newsroom.client(newsroom.inspector).get(path).status_code == 200


def test_a_refusal_says_what_an_inspector_does(newsroom: Newsroom) -> None:
    page = newsroom.client(newsroom.inspector).get("/stories/").content.decode()
    assert "An inspector reads the ledger and changes nothing." in page


def test_an_administrator_in_the_group_stays_an_administrator(newsroom: Newsroom) -> None:
    admin = get_user_model().objects.create_superuser("ada", "ada@example.org", "secret")
    admin.groups.add(*Group.objects.all())
    assert newsroom.client(admin).get("/stories/").status_code == 200


@pytest.mark.parametrize(("who", "sees"), [("reporter", False), ("editor", True), ("chief", True), ("inspector", True)])
def test_reporters_do_not_see_the_ledger(newsroom: Newsroom, who: str, sees: bool) -> None:  # noqa: FBT001
    story = desk.story(owner=newsroom.reporter)
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    client = newsroom.client(getattr(newsroom, who))
    subject = f"/ledger/subjects/urn:broadsheet:story:{story.subject_key.hex}/"
    for path in ("/ledger/", subject, "/ledger/releases/1/", "/ledger/releases/1/document.json"):
        assert (client.get(path).status_code == 200) is sees, path
    if who != "inspector":
        assert ('"/ledger/"' in client.get("/").content.decode()) is sees
        form = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
        assert (subject in form) is sees
        assert ("Ledger history" in form) is sees


def test_a_story_never_released_has_no_history_to_go_to(newsroom: Newsroom) -> None:
    form = newsroom.client(newsroom.chief).get(reverse("wagtailadmin_pages:edit", args=[desk.story().pk]))
    assert "Ledger history" not in form.content.decode()
