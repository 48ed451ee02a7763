"""What the demo's stories are signed with and about: bylines and topics, once for all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Locale as WagtailLocale

from broadsheet.demo.stream import demo_key
from broadsheet.desk.models import Byline, BylineName, Topic, TopicName

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from broadsheet.demo import values
    from broadsheet.plain.locales import Locale


def load_bylines(bylines: Iterable[values.Byline], locales: Collection[Locale]) -> dict[str, Byline]:
    """Return the bylines by key; those that are not there yet are made."""
    return {
        byline.key: Byline.objects.filter(key=byline.key).first() or _new_byline(byline, locales) for byline in bylines
    }


def load_topics(topics: Iterable[values.Topic], locales: Collection[Locale]) -> dict[str, Topic]:
    """Return the topics by key; those that are not there yet are made."""
    return {topic.key: Topic.objects.filter(key=topic.key).first() or _new_topic(topic, locales) for topic in topics}


def language_row(code: Locale) -> WagtailLocale:
    """Return the desk's row of a language."""
    return WagtailLocale.objects.get(language_code=code)


def _new_byline(byline: values.Byline, locales: Collection[Locale]) -> Byline:
    row = Byline(
        key=byline.key, name=byline.name, is_agency=byline.is_agency, subject_key=demo_key("byline", byline.key)
    )
    names = [(code, name) for code, name in byline.names.items() if code in locales]
    row.names.set([BylineName(locale=language_row(code), name=name) for code, name in names])
    row.save()
    return row


def _new_topic(topic: values.Topic, locales: Collection[Locale]) -> Topic:
    row = Topic(key=topic.key, name=topic.name, kind=topic.kind, subject_key=demo_key("topic", topic.key))
    said = [(code, topic.names.get(code, ""), words) for code, words in topic.descriptions.items() if code in locales]
    row.names.set([TopicName(locale=language_row(code), name=name, description=words) for code, name, words in said])
    row.save()
    return row
