"""Who may do which act where: every role, every act, inside and outside the sections a person works in, done for real."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from broadsheet.desk.actions import (
    Correct,
    Erase,
    Kill,
    Release,
    Restore,
    Takedown,
    Update,
    Withdraw,
    ask_to_erase,
    make_appointment,
)
from broadsheet.desk.actions.holding import lift_hold, put_on_hold
from broadsheet.desk.actions.importing import Import
from broadsheet.desk.actions.sharing import share_preview
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import ActRefused, NotAllowed
from broadsheet.desk.models import Byline, Front, Navigation, Picture, SectionLimit, StandingPage, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now
from tests.factories import desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

#: In which state each act finds its subject, and how it is done.
ACTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "release": ("draft", lambda row: Release(row, now=utc_now())),
    "update": ("changed", lambda row: Update(row, now=utc_now())),
    "correct": ("released", lambda row: Correct(row, now=utc_now(), words="It was Tuesday.")),
    "withdraw": ("released", lambda row: Withdraw(row, now=utc_now())),
    "kill": ("released", lambda row: Kill(row, now=utc_now(), words="It was not so.")),
    "takedown": ("released", lambda row: Takedown(row, now=utc_now(), reference="Order 12/2026")),
    "restore": ("killed", lambda row: Restore(row, now=utc_now(), number=first_number(row))),
    "restore after takedown": ("taken down", lambda row: Restore(row, now=utc_now(), number=first_number(row))),
    "import": ("draft", lambda row: Import(row, now=utc_now())),
    "erase": ("to be erased", lambda row: Erase(row, now=utc_now())),
    "erase a draft": ("a draft to be erased", lambda row: Erase(row, now=utc_now())),
}
OF_PAGES = (*(act for act in ACTS if act != "import"),)
OF_NAVIGATIONS = ("release", "update", "withdraw", "restore")
OF_PICTURES = (
    "release",
    "update",
    "kill",
    "takedown",
    "restore",
    "restore after takedown",
    "erase",
    "erase a draft",
)
OF_BYLINES = ("release", "update", "withdraw", "restore", "erase", "erase a draft")
ADMINISTRATORS_ALONE = {"import", "restore after takedown", "erase", "erase a draft"}

CHIEFS_ACTS = {*ACTS} - ADMINISTRATORS_ALONE
#: A chief editor "outside" is limited to another section, "inside" to the story's own; "former" may no longer log in.
STORY_RIGHTS: dict[str, set[str]] = {
    "reporter": set(),
    "editor": set(),
    "photo editor": set(),
    "inspector": set(),
    "chief editor": CHIEFS_ACTS,
    "chief editor inside": CHIEFS_ACTS,
    "chief editor outside": set(),
    "chief editor and inspector": set(),
    "former chief editor": set(),
    "administrator": {*ACTS},
    "former administrator": set(),
}
#: A standing page and a navigation stand in no section: who is limited to some, whichever, does nothing to them.
PAGE_RIGHTS: dict[str, set[str]] = {
    **{role: rights & {*OF_PAGES} for role, rights in STORY_RIGHTS.items()},
    "chief editor inside": set(),
}
NAVIGATION_RIGHTS: dict[str, set[str]] = {role: rights & {*OF_NAVIGATIONS} for role, rights in PAGE_RIGHTS.items()}
#: A section's front is in its section; the home front belongs to the whole paper, as a navigation does.
SECTION_FRONT_RIGHTS: dict[str, set[str]] = {role: rights & {*OF_NAVIGATIONS} for role, rights in STORY_RIGHTS.items()}
_PICTURES = {*OF_PICTURES} - ADMINISTRATORS_ALONE
PICTURE_RIGHTS: dict[str, set[str]] = {
    "reporter": set(),
    "editor": set(),
    "photo editor": _PICTURES,
    "inspector": set(),
    "chief editor": _PICTURES,
    # A picture stands in no section.
    "chief editor outside": _PICTURES,
    "photo editor and inspector": set(),
    "former photo editor": set(),
    "administrator": {*OF_PICTURES},
}


#: A byline stands in no section and belongs to all languages.
BYLINE_RIGHTS: dict[str, set[str]] = {
    **{role: rights & {*OF_BYLINES} for role, rights in STORY_RIGHTS.items()},
    "chief editor outside": {*OF_BYLINES} - ADMINISTRATORS_ALONE,
}


CHANGES: dict[type, dict[str, Any]] = {
    Story: {"title": "Another headline"},
    StandingPage: {"title": "Another title"},
    Navigation: {"footer": [("front", {"label": "Home"})]},
    Front: {"layout": "row"},
    Picture: {"credit": "Minh"},
    Byline: {"name": "Minh"},
}


def first_number(row: Any) -> int:
    subject = subject_of(row)
    return LedgerReader().versions(subject.urn, subject.locale)[0].number


def person(newsroom: Newsroom, role: str) -> Any:
    """Return somebody in that role."""
    name = role.removeprefix("former ")
    users = {
        "reporter": newsroom.reporter,
        "editor": newsroom.editor,
        "chief": newsroom.chief,
        "photo": newsroom.photo,
        "inspector": newsroom.inspector,
    }
    if name == "administrator":
        user = get_user_model().objects.create_superuser("ada", "ada@example.org", "secret")
    else:
        user = users[name.split()[0]]
    if name.endswith("and inspector"):
        user.groups.add(newsroom.inspector.groups.get())
    if name.endswith(("inside", "outside")):
        key = "politics" if name.endswith("inside") else "arts"
        SectionLimit.objects.create(user=user, section_key=key)
    user.is_active = name == role
    user.save()
    return user


def brought_to(row: Any, state: str) -> Any:
    """Bring the draft there as the system itself, and return it as it is then."""
    with acting_as("system:test"):
        if state not in {"draft", "a draft to be erased"}:
            Release(row, now=utc_now()).execute()
        if state == "killed":
            Kill(row, now=utc_now(), words="It was not so.").execute()
        if state == "withdrawn":
            Withdraw(row, now=utc_now()).execute()
        if state == "taken down":
            Takedown(row, now=utc_now(), reference="Order 12/2026").execute()
    row = type(row).objects.get(pk=row.pk)
    if state.endswith("to be erased"):
        with acting_as(get_user_model().objects.create_superuser("bea", "bea@example.org", "secret")):
            ask_to_erase(row, reference="Order 12/2026", now=utc_now())
    if state == "changed":
        type(row).objects.filter(pk=row.pk).update(**CHANGES[type(row)])
    return type(row).objects.get(pk=row.pk)


def is_done(user: Any, row: Any, act: str) -> bool:
    """Return whether the person may do it, done in a transaction that is taken back; refused means nothing happened."""
    _, make = ACTS[act]
    with transaction.atomic():
        before = LedgerReader().last_number()
        try:
            with acting_as(user):
                make(row).execute()
        except NotAllowed:
            assert LedgerReader().last_number() == before
            return False
        except ActRefused as refused:
            pytest.fail(f"{act} is refused for another reason: {refused}")
        else:
            assert LedgerReader().last_number() > before
            return True
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("act", ACTS)
def test_each_role_does_to_a_story_what_its_table_says_and_nothing_else(newsroom: Newsroom, act: str) -> None:
    story = brought_to(desk.story(), ACTS[act][0])
    done = {role for role in STORY_RIGHTS if tried(newsroom, role, story, act)}
    assert done == {role for role, allowed in STORY_RIGHTS.items() if act in allowed}


@pytest.mark.parametrize("act", OF_PAGES)
def test_each_role_does_to_a_standing_page_what_its_table_says_and_nothing_else(newsroom: Newsroom, act: str) -> None:
    page = brought_to(desk.standing_page(), ACTS[act][0])
    done = {role for role in PAGE_RIGHTS if tried(newsroom, role, page, act)}
    assert done == {role for role, allowed in PAGE_RIGHTS.items() if act in allowed}


@pytest.mark.parametrize("act", OF_NAVIGATIONS)
def test_each_role_does_to_a_navigation_what_its_table_says_and_nothing_else(newsroom: Newsroom, act: str) -> None:
    draft = desk.navigation(menu=[("sections", None)])
    draft.save()
    navigation = brought_to(draft, "withdrawn" if act == "restore" else ACTS[act][0])
    done = {role for role in NAVIGATION_RIGHTS if tried(newsroom, role, navigation, act)}
    assert done == {role for role, allowed in NAVIGATION_RIGHTS.items() if act in allowed}


@pytest.mark.parametrize("act", OF_NAVIGATIONS)
@pytest.mark.parametrize(
    ("section", "rights"), [("politics", SECTION_FRONT_RIGHTS), ("", NAVIGATION_RIGHTS)], ids=["section", "home"]
)
def test_each_role_does_to_a_front_what_its_table_says_and_nothing_else(
    newsroom: Newsroom, act: str, section: str, rights: dict[str, set[str]]
) -> None:
    draft = desk.front(of=desk.section(key=section) if section else None)
    draft.save()
    front = brought_to(draft, "withdrawn" if act == "restore" else ACTS[act][0])
    done = {role for role in rights if tried(newsroom, role, front, act)}
    assert done == {role for role, allowed in rights.items() if act in allowed}


@pytest.mark.parametrize("act", OF_PICTURES)
def test_each_role_does_to_a_picture_what_its_table_says_and_nothing_else(newsroom: Newsroom, act: str) -> None:
    picture: Picture = brought_to(desk.picture(), ACTS[act][0])
    done = {role for role in PICTURE_RIGHTS if tried(newsroom, role, picture, act)}
    assert done == {role for role, allowed in PICTURE_RIGHTS.items() if act in allowed}


@pytest.mark.parametrize("act", OF_BYLINES)
def test_each_role_does_to_a_byline_what_its_table_says_and_nothing_else(newsroom: Newsroom, act: str) -> None:
    byline: Byline = brought_to(desk.byline(), "withdrawn" if act == "restore" else ACTS[act][0])
    done = {role for role in BYLINE_RIGHTS if tried(newsroom, role, byline, act)}
    assert done == {role for role, allowed in BYLINE_RIGHTS.items() if act in allowed}


SOON = timedelta(days=1)
#: What is done beside a subject and changes nothing for readers yet; and the act whose right it takes. None: to edit.
BESIDE: dict[str, tuple[str, str | None, Callable[[Any], Any]]] = {
    "hold": ("draft", "release", lambda row: put_on_hold(row, reason="Sued.")),
    "lift": ("draft", "release", lift_hold),
    "release at": ("draft", "release", lambda row: appointed(row, Act.RELEASE)),
    "withdraw at": ("released", "withdraw", lambda row: appointed(row, Act.WITHDRAW)),
    "share": ("draft", None, lambda row: share_preview(row, days=1, now=utc_now())),
}
#: Whoever may edit: a chief editor who is an inspector as well reads the ledger and changes nothing.
EDIT_STORY = {"editor", "chief editor", "chief editor inside", "administrator"}
EDIT_PAGE = EDIT_STORY - {"chief editor inside"}
OF_BESIDE_NAVIGATIONS = ("release at", "withdraw at")


def appointed(row: Any, act: Act) -> Any:
    seen = getattr(row, "latest_revision_created_at", None)
    return make_appointment(row, act=act, due_at=utc_now() + SOON, text_seen=seen, now=utc_now())


def is_done_beside(newsroom: Newsroom, role: str, row: Any, deed: str) -> bool:
    """Return whether somebody in that role may do it, done in a transaction that is taken back."""
    with transaction.atomic():
        try:
            user = get_user_model().objects.get(pk=person(newsroom, role).pk)
            with acting_as(user):
                BESIDE[deed][2](type(row).objects.get(pk=row.pk))
        except NotAllowed:
            return False
        else:
            return True
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("deed", BESIDE)
@pytest.mark.parametrize(
    ("make", "rights", "may_edit"),
    [(desk.story, STORY_RIGHTS, EDIT_STORY), (desk.standing_page, PAGE_RIGHTS, EDIT_PAGE)],
    ids=["story", "standing page"],
)
def test_each_role_does_beside_a_story_or_page_what_its_table_says(
    newsroom: Newsroom, deed: str, make: Any, rights: dict[str, set[str]], may_edit: set[str]
) -> None:
    state, act, _ = BESIDE[deed]
    row = brought_to(make(), state)
    done = {role for role in rights if is_done_beside(newsroom, role, row, deed)}
    assert done == (may_edit if act is None else {role for role, allowed in rights.items() if act in allowed})


@pytest.mark.parametrize("deed", OF_BESIDE_NAVIGATIONS)
def test_each_role_appoints_a_navigation_as_its_table_says(newsroom: Newsroom, deed: str) -> None:
    state, act, _ = BESIDE[deed]
    draft = desk.navigation(menu=[("sections", None)])
    draft.save()
    row = brought_to(draft, state)
    done = {role for role in NAVIGATION_RIGHTS if is_done_beside(newsroom, role, row, deed)}
    assert done == {role for role, allowed in NAVIGATION_RIGHTS.items() if act in allowed}


def tried(newsroom: Newsroom, role: str, row: Any, act: str) -> bool:
    """Try it as somebody who is in that role for this once."""
    with transaction.atomic():
        try:
            user = get_user_model().objects.get(pk=person(newsroom, role).pk)
            return is_done(user, row, act)
        finally:
            transaction.set_rollback(True)
