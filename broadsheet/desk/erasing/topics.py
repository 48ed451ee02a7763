"""An erased topic at the desk: an empty row without a name, which no story is about."""

from __future__ import annotations

from broadsheet.desk.erasing.rows import ERASED_TITLE, forget_what_wagtail_wrote
from broadsheet.desk.models import StoryTopic, Topic, TopicName


def empty_topic(topic: Topic) -> None:
    """Empty the row and take it off every story. The caller holds the row.

    Its key goes too, as it is made of the name. What an older version of a story still names by number is an erased
    topic, which is printed nowhere; no document of a story ever held its name.
    """
    StoryTopic.objects.filter(topic=topic).delete()
    TopicName.objects.filter(topic=topic).delete()
    Topic.objects.filter(pk=topic.pk).update(
        key=topic.subject_key.hex, name=ERASED_TITLE, kind=Topic.Kind.TOPIC, is_erased=True
    )
    forget_what_wagtail_wrote(topic)
