"""An erased byline at the desk: an empty row without a name, which no story is signed with."""

from __future__ import annotations

from broadsheet.desk.erasing.rows import ERASED_TITLE, forget_what_wagtail_wrote
from broadsheet.desk.models import Byline, BylineName, ListedByline, StoryByline


def empty_byline(byline: Byline) -> None:
    """Empty the row and take it off every story. The caller holds the row.

    Its key goes too: it is made of the name, and the page that stood at it is gone. What an open form or an older
    version of a story still names by number is an erased byline, which is printed nowhere.
    """
    StoryByline.objects.filter(byline=byline).delete()
    ListedByline.objects.filter(byline=byline).delete()
    BylineName.objects.filter(byline=byline).delete()
    Byline.objects.filter(pk=byline.pk).update(
        key=byline.subject_key.hex, name=ERASED_TITLE, is_agency=False, is_erased=True
    )
    forget_what_wagtail_wrote(byline)
