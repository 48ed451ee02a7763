"""The questions of the ledger's list: what it is narrowed by, and what may be typed into its search."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, get_args

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale as WagtailLocale

from broadsheet.desk.models import Story
from broadsheet.desk.screens.story_filters import language_choices
from broadsheet.ledger.errors import UnknownSubject
from broadsheet.ledger.history import LedgerHistory, Narrowing
from broadsheet.ledger.values import Act, Document, ReleaseRecord
from broadsheet.plain.errors import BadUrn
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import Urn, make_urn, parse_urn

if TYPE_CHECKING:
    from datetime import date

#: More stories than this are not looked through for the words of a headline; another word narrows them.
MOST_STORIES: Final = 50
#: The number of a release, as the database can hold it.
NUMBER: Final = re.compile(r"[0-9]{1,18}")
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def _kinds() -> list[tuple[str, str]]:
    names = [str(document.__struct_config__.tag).split("/", maxsplit=1)[0] for document in get_args(Document)]
    return [("", "All"), *((name, name.title()) for name in names)]


def _languages() -> list[tuple[str, str]]:
    return [("", "All"), *language_choices(), (MULTIPLE, "Of no one language")]


class LedgerForm(forms.Form):
    """Narrows the list. Days are those of the paper's zone, of when the release was recorded."""

    q = forms.CharField(
        required=False,
        max_length=300,
        label="Find",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Headline, address, number, URN or digest"}),
    )
    kind = forms.ChoiceField(required=False, label="Kind", choices=_kinds)
    language = forms.ChoiceField(required=False, label="Language", choices=_languages)
    act = forms.ChoiceField(
        required=False, label="Act", choices=lambda: [("", "All"), *((act.value, act.value.title()) for act in Act)]
    )
    person = forms.CharField(
        required=False, max_length=255, label="Person", widget=forms.TextInput(attrs={"placeholder": "User name"})
    )
    since = forms.DateField(required=False, label="From", widget=AdminDateInput())
    until = forms.DateField(required=False, label="To, included", widget=AdminDateInput())

    def narrowing(self, subjects: tuple[Urn, ...] | None) -> Narrowing:
        """Return what was asked for, once it is valid."""
        asked: dict[str, Any] = self.cleaned_data
        return Narrowing(
            subjects=subjects,
            kind=asked["kind"] or None,
            locale=asked["language"] or None,
            act=Act(asked["act"]) if asked["act"] else None,
            released_by=asked["person"] or None,
            since=_midnight(asked["since"]) if asked["since"] else None,
            until=_midnight(asked["until"] + timedelta(days=1)) if asked["until"] else None,
        )


def find(words: str, history: LedgerHistory) -> ReleaseRecord | tuple[Urn, ...]:
    """Return the one release a number or digest names, or the subjects a URN, key, address or headline names.

    A headline is looked for in the desk's search index: as it is now, in stories that were released. What is written
    in documents is not looked through.
    """
    if NUMBER.fullmatch(words):
        try:
            return history.record(int(words))
        except UnknownSubject:
            return ()
    if _DIGEST.fullmatch(words):
        return history.release_of_digest(words) or ()
    if _KEY.fullmatch(words):
        return tuple(make_urn(kind, words) for kind in ("story", "picture", "byline", "topic"))
    try:
        return (parse_urn(words),)
    except BadUrn:
        return _at_address(words, history) or _called(words)


def _at_address(words: str, history: LedgerHistory) -> tuple[Urn, ...]:
    """Return the stories at a reader's address, whole or only its last part."""
    slug = words.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip("/").rsplit("/", maxsplit=1)[-1]
    locales = [Locale(code) for code in WagtailLocale.objects.values_list("language_code", flat=True)]
    return history.stories_at(slug, locales)


def _called(words: str) -> tuple[Urn, ...]:
    stories = Story.objects.filter(first_released_at__isnull=False).search(words, fields=["title"])
    return tuple(make_urn("story", story.subject_key.hex) for story in stories[:MOST_STORIES])


def _midnight(day: date) -> datetime:
    return to_utc(timezone.make_aware(datetime.combine(day, time())))
