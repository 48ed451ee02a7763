"""An archive for the bench of the list: many stories written straight into the tables, as years of work leave them.

Import it only once Django is set up.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.admin.models import EditingSession
from wagtail.models import GroupApprovalTask, Page, Revision

from broadsheet.desk.actors import acting_as
from broadsheet.desk.folding import folded
from broadsheet.desk.models import Byline, ListedByline, ListedStory, PaperHome, Section, SectionLimit, Story
from broadsheet.desk.permissions import EDITORS, REPORTERS
from broadsheet.desk.status import StoryStatus

_ACTOR: Final = "system:bench"
_BATCH: Final = 2000
_SECTIONS: Final = 12
_REPORTERS: Final = 60
_BYLINES: Final = 400
#: Stories somebody has open while the list is read.
_OPEN: Final = 40
_WORDS: Final = [
    "harbour", "council", "opens", "rain", "bridge", "school", "court", "budget", "ferry", "strike", "market",
    "storm", "night", "fire", "election", "mayor", "coast", "train", "hospital", "island", "border", "garden",
    "museum", "police", "river", "winter", "summer", "price", "water", "wages", "union", "farm", "fish", "road",
]  # fmt: skip
#: In one headline of the whole archive.
RARE_WORD: Final = "Quetzalcoatlus"
#: How often each status comes in a thousand stories.
_STATUSES: Final = {
    StoryStatus.RELEASED: 900,
    StoryStatus.DRAFT: 40,
    StoryStatus.CHANGED: 20,
    StoryStatus.IN_APPROVAL: 20,
    StoryStatus.WITHDRAWN: 15,
    StoryStatus.KILLED: 3,
    StoryStatus.TAKEN_DOWN: 2,
}
_NEVER_OUT: Final = frozenset({StoryStatus.DRAFT, StoryStatus.IN_APPROVAL})


class Archive(msgspec.Struct, frozen=True):
    """Who reads the list, and what it can be asked for."""

    editor: Any
    section_keys: Sequence[str]
    languages: Sequence[str]
    bylines: Sequence[str]
    people: Sequence[int]


class _Cast(msgspec.Struct, frozen=True):
    """What stories are drawn from."""

    stories: int
    sections: Sequence[Any]
    people: Sequence[Any]
    bylines: Sequence[Byline]
    steps: Sequence[int]


def fill_archive(*, stories: int, now: datetime) -> Archive:
    """Write so many stories into an empty paper, the newest first, and the people who work on them."""
    chance = random.Random(20)  # noqa: S311 - the same archive each time
    with acting_as(_ACTOR), transaction.atomic():
        cast = _make_cast(stories)
        reader = _person("limited", EDITORS)
        SectionLimit.objects.bulk_create(SectionLimit(user=reader, section_key=f"s{number}") for number in range(3))
        # The reader works as much as the others.
        cast = msgspec.structs.replace(cast, people=[*cast.people, reader])
        first = (Page.objects.latest("pk").pk + 1, 1)
        for start in range(0, stories, _BATCH):
            numbers = range(start, min(start + _BATCH, stories))
            _write([_draw(number, first=first, chance=chance, cast=cast, now=now) for number in numbers])
        page_type = ContentType.objects.get_for_model(Page)
        EditingSession.objects.bulk_create(
            EditingSession(
                user=chance.choice(cast.people),
                content_type=page_type,
                object_id=str(first[0] + number),
                last_seen_at=now,
            )
            for number in range(min(stories, _OPEN))
        )
    with connection.cursor() as cursor:
        # What either database does by itself in time.
        cursor.execute("ANALYZE")
    return Archive(
        editor=reader,
        section_keys=sorted({section.key for section in cast.sections}),
        languages=sorted({section.locale.language_code for section in cast.sections}),
        bylines=[byline.name for byline in cast.bylines],
        people=[person.pk for person in cast.people],
    )


def _make_cast(stories: int) -> _Cast:
    homes = list(PaperHome.objects.select_related("locale"))
    return _Cast(
        stories=stories,
        sections=[
            home.add_child(
                instance=Section(title=f"Section {number}", key=f"s{number}", locale=home.locale, live=False)
            )
            for home in homes
            for number in range(_SECTIONS)
        ],
        people=[_person(f"reporter{number}", REPORTERS) for number in range(_REPORTERS)],
        bylines=Byline.objects.bulk_create(
            Byline(name=f"Writer {number}", key=f"writer-{number}") for number in range(_BYLINES)
        ),
        steps=list(GroupApprovalTask.objects.order_by("pk").values_list("pk", flat=True)),
    )


def _person(name: str, group: str) -> Any:  # noqa: ANN401 - any user model
    person = get_user_model()._default_manager.create(username=name, first_name=name.title())  # noqa: SLF001 - Django's documented name
    person.groups.add(Group.objects.get(name=group))
    return person


class _Drawn(msgspec.Struct, frozen=True):
    """One story as chance would have it."""

    pk: int
    revision: int
    section: Any
    status: StoryStatus
    headline: str
    changed_at: datetime
    owner: Any
    editor: Any
    assignee: Any
    deadline: datetime | None
    bylines: Sequence[Byline]
    step: int


def _draw(number: int, *, first: tuple[int, int], chance: random.Random, cast: _Cast, now: datetime) -> _Drawn:
    """Return one story: one is changed every ten minutes, one in twenty is assigned, one in thirty has a deadline."""
    words = [chance.choice(_WORDS) for _ in range(8)]
    if number == cast.stories - 1:
        words[3] = RARE_WORD
    changed_at = now - timedelta(minutes=10 * number, seconds=chance.randrange(600))
    return _Drawn(
        pk=first[0] + number,
        revision=first[1] + number,
        section=chance.choice(cast.sections),
        status=chance.choices(list(_STATUSES), list(_STATUSES.values()))[0],
        headline=" ".join(words).capitalize(),
        changed_at=changed_at,
        owner=chance.choice(cast.people),
        editor=chance.choice(cast.people),
        assignee=chance.choice(cast.people) if chance.randrange(20) == 0 else None,
        deadline=changed_at + timedelta(days=chance.randrange(9)) if chance.randrange(30) == 0 else None,
        bylines=chance.sample(cast.bylines, chance.choice((0, 1, 1, 1, 2, 3))),
        step=chance.choice(cast.steps),
    )


def _write(drawn: Sequence[_Drawn]) -> None:
    """Write a page, a story, its newest draft and its line of the list for each."""
    content_type, base_type = map(ContentType.objects.get_for_model, (Story, Page))
    Revision.objects.bulk_create(
        Revision(
            pk=each.revision,
            content_type=content_type,
            base_content_type=base_type,
            object_id=str(each.pk),
            created_at=each.changed_at,
            user=each.editor,
            content={"title": each.headline},
        )
        for each in drawn
    )
    Page.objects.bulk_create(_page(each, content_type) for each in drawn)
    stories = [
        Story(
            page_ptr_id=each.pk,
            section=each.section,
            assignee=each.assignee,
            deadline=each.deadline,
            first_released_at=None if each.status in _NEVER_OUT else each.changed_at,
            body=[],
        )
        for each in drawn
    ]
    # Django writes no rows of a model that stands in two tables in one go.
    fields = Story._meta.local_concrete_fields  # noqa: SLF001 - Django's documented name
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Story._meta.db_table} ({columns}) VALUES ({marks})",  # noqa: S608, SLF001 - our own names
            [
                [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
                for row in stories
            ],
        )
    ListedStory.objects.bulk_create(_line(each) for each in drawn)
    ListedByline.objects.bulk_create(
        ListedByline(listed_id=each.pk, byline=byline, place=place)
        for each in drawn
        for place, byline in enumerate(each.bylines)
    )


def _page(drawn: _Drawn, content_type: ContentType) -> Page:
    is_live = drawn.status in {StoryStatus.RELEASED, StoryStatus.CHANGED}
    return Page(
        pk=drawn.pk,
        # Each below its section, by a number no other page there has.
        path=f"{drawn.section.path}{Page._int2str(drawn.pk):0>4}",  # noqa: SLF001 - treebeard's own way to write a step
        depth=drawn.section.depth + 1,
        title=drawn.headline,
        draft_title=drawn.headline,
        slug=uuid.uuid4().hex,
        content_type=content_type,
        locale=drawn.section.locale,
        translation_key=uuid.uuid4(),
        owner=drawn.owner,
        live=is_live,
        has_unpublished_changes=drawn.status is not StoryStatus.RELEASED,
        latest_revision_id=drawn.revision,
        latest_revision_created_at=drawn.changed_at,
    )


def _line(drawn: _Drawn) -> ListedStory:
    return ListedStory(
        story_id=drawn.pk,
        changed_at=drawn.changed_at,
        language=drawn.section.locale.language_code,
        section_key=drawn.section.key,
        status=drawn.status.value,
        searched=folded(drawn.headline),
        owner=drawn.owner,
        editor=drawn.editor,
        assignee=drawn.assignee,
        due_at=drawn.deadline if drawn.status in _NEVER_OUT else None,
        task_id=drawn.step if drawn.status is StoryStatus.IN_APPROVAL else None,
    )
