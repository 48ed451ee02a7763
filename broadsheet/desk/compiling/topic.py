"""Topics, people and places as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.ledger.values import TopicDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadsheet.desk.models import Topic, TopicName
    from broadsheet.ledger.values import TopicKind


def compile_topic(topic: Topic) -> TopicDocument:
    """Return the topic in all its languages.

    Raises: NotReady without a name.
    """
    name = one_line(topic.name)
    if not name:
        raise NotReady((Problem("name", "The topic has no name."),))
    written = tuple(topic.names.select_related("locale"))
    return TopicDocument(
        subject=make_urn("topic", topic.subject_key.hex),
        key=Slug(topic.key),
        name=name,
        kind=cast("TopicKind", topic.kind),
        names=_by_locale(written, lambda row: row.name),
        descriptions=_by_locale(written, lambda row: row.description),
    )


def _by_locale(rows: Iterable[TopicName], words_of: Callable[[TopicName], str]) -> dict[Locale, str]:
    found = {Locale(row.locale.language_code): one_line(words_of(row)) for row in rows}
    return {locale: words for locale, words in sorted(found.items()) if words}
