"""Puts the demo paper on the desk, and through the acts before readers. Starting it again adds nothing.

It must never write a ledger or press table itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from broadsheet.demo.arranging import load_fronts
from broadsheet.demo.naming import language_row, load_bylines, load_topics
from broadsheet.demo.picturing import load_pictures
from broadsheet.demo.standing import load_standing
from broadsheet.demo.stream import body_stream, demo_key
from broadsheet.demo.values import DemoStory, Newsroom, Person, Stage, read_newsroom, read_stories, read_topics
from broadsheet.desk.actions import Import, Release
from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import PaperHome, Section, Story, StoryByline, StorySource, StoryTopic, put_in_order
from broadsheet.plain.times import day_in_zone

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from broadsheet.demo.values import Version
    from broadsheet.desk.models import Byline, Picture, Topic
    from broadsheet.plain.configuration import Configuration
    from broadsheet.plain.locales import Locale

_SYSTEM = "system:demo"


class _Named(NamedTuple):
    """What stories name: rows of the desk by key."""

    bylines: Mapping[str, Byline]
    topics: Mapping[str, Topic]
    pictures: Mapping[str, Picture]


def load_demo(*, configuration: Configuration, now: datetime) -> tuple[Person, ...]:
    """Make the log-ins, sections, standing pages, bylines, topics, pictures, stories and fronts not there yet; return the log-ins.

    Of everything the languages the paper has.

    Units: ``now`` is UTC; the stories' own times count back from it.
    """
    newsroom = read_newsroom()
    locales = {language.code for language in configuration.languages}
    with acting_as(_SYSTEM):
        set_up_desk(configuration)
        users = {person.login: _user(person) for person in newsroom.people}
        named = _Named(
            bylines=load_bylines(newsroom.bylines, locales),
            topics=load_topics(read_topics(), locales),
            pictures=load_pictures(newsroom.pictures),
        )
        _load_sections(newsroom, locales, now=now)
        load_standing(now=now)
        for story in read_stories():
            for locale in (code for code in story.versions if code in locales):
                if not Story.objects.filter(subject_key=demo_key(story.key, locale)).exists():
                    _load_version(story, locale, named=named, reporter=users["reporter"], now=now)
        load_fronts(locales, now=now)
    return newsroom.people


def _user(person: Person) -> Any:  # noqa: ANN401 - any user model
    model = get_user_model()
    user, made = model._default_manager.get_or_create(  # noqa: SLF001 - Django's documented name
        username=person.login,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": f"{person.login}@harbour-post.example.org",
            "is_superuser": not person.group,
            "is_staff": not person.group,
        },
    )
    if made:
        user.set_password(person.password)
        user.save()
        if person.group:
            user.groups.add(Group.objects.get(name=person.group))
    return user


def _load_sections(newsroom: Newsroom, locales: Collection[Locale], *, now: datetime) -> None:
    for order, section in enumerate(newsroom.sections, start=1):
        for code, title in section.titles.items():
            if code not in locales:
                continue
            language = language_row(code)
            if Section.objects.filter(key=section.key, locale=language).exists():
                continue
            home = PaperHome.objects.get(locale=language)
            row = Section(
                title=title,
                key=section.key,
                description=section.descriptions[code],
                order=order,
                locale=language,
                live=False,
            )
            home.add_child(instance=row)
            Release(row, now=now).execute()


def _load_version(
    story: DemoStory,
    locale: Locale,
    *,
    named: _Named,
    reporter: Any,  # noqa: ANN401 - any user model
    now: datetime,
) -> None:
    """Write the story in one language and bring it as far as it has come, or nothing of it."""
    version = story.versions[locale]
    published_at = story.published_at(now=now)
    section = Section.objects.get(key=story.section, locale=language_row(locale))
    page = Story(
        title=version.headline,
        standfirst=version.standfirst,
        body=body_stream(version.body, name=f"{story.key}/{locale}", pictures=named.pictures),
        genre=story.genre,
        lead_picture=named.pictures.get(story.picture),
        lead_caption=version.caption,
        lead_alt=version.alt,
        dateline_place=version.place,
        dateline_day=day_in_zone(published_at, settings.TIME_ZONE),
        subject_key=demo_key(story.key, locale),
        translation_key=demo_key(story.key),
        locale=section.locale,
        section=section,
        owner=reporter,
        live=False,
    )
    _put_rows_below(page, story, version, named)
    with transaction.atomic():
        section.add_child(instance=page)
        if story.stage is Stage.RELEASED:
            # As from an archive: without a draft before it, which nobody wrote and every start would pay for.
            Import(page, now=now, published_at=published_at).execute()
            return
        page.save_revision(user=reporter)
        if story.stage is Stage.SUBMITTED:
            page.get_workflow().start(page, reporter)


def _put_rows_below(page: Any, story: DemoStory, version: Version, named: _Named) -> None:  # noqa: ANN401 - a Story; its rows below are set like fields
    page.bylines = put_in_order(StoryByline(byline=named.bylines[use.byline], role=use.role) for use in version.bylines)
    page.topics = put_in_order(StoryTopic(topic=named.topics[key]) for key in story.topics)
    page.sources = put_in_order(
        StorySource(name=use.name, url=use.url, language=use.locale or "") for use in version.sources
    )
