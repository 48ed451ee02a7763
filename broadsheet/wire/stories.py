"""Writing an imported story at the desk and sending it to readers, inside the transaction of its item.

Must never write over what people did: a story edited or withdrawn at the desk is theirs from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from broadsheet.desk.actions import Import
from broadsheet.desk.body_stream import stream_of
from broadsheet.desk.errors import NothingToUpdate
from broadsheet.desk.models import Story, StoryByline, StorySource, put_in_order
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, State
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn
from broadsheet.wire.companions import find_byline, find_section
from broadsheet.wire.errors import ItemRefused

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.wire.drafts import Draft
    from broadsheet.wire.picturing import ShownPicture, StoryPictures
    from broadsheet.wire.reports import Outcome

_ID_CHARACTERS: Final = 255


def write_story(draft: Draft, pictures: StoryPictures, *, now: datetime) -> Outcome:
    """Make the story of the draft, or bring it up to date, and do the act.

    Raises: ItemRefused when people at the desk have changed it; DeskError when it is not ready for readers.
    """
    source_id = _source_id(draft.uri)
    story = Story.objects.filter(import_source_id=source_id).select_related("locale", "section").first()
    if story is None:
        section = find_section(draft.section, locale=draft.locale)
        story = Story(import_source_id=source_id, locale=section.locale, section=section, live=False)
        _fill(story, draft, pictures)
        section.add_child(instance=story)
        Import(story, now=now, published_at=draft.published_at).execute()
        return "imported"
    _check_untouched(story, draft)
    try:
        _ImportAgain(story, draft, pictures, now=now).execute()
    except NothingToUpdate:
        return "unchanged"
    return "updated"


def refuse_erased(uri: str) -> None:
    """Raise ItemRefused for what was erased by order, before anything of it is kept again."""
    if Story.objects.filter(import_source_id=_source_id(uri), removed_by=Act.ERASE).exists():
        msg = "It was erased by order and is not taken again."
        raise ItemRefused(msg)


def _source_id(uri: str) -> str:
    return uri if len(uri) <= _ID_CHARACTERS else f"sha256:{sha256_hex(uri.encode())}"


class _ImportAgain(Import):
    """Import a newer version. The row is rewritten inside the act, where saving it calls for no act of its own."""

    def __init__(self, story: Story, draft: Draft, pictures: StoryPictures, *, now: datetime) -> None:
        super().__init__(story, now=now, published_at=draft.published_at)
        self._draft = draft
        self._pictures = pictures

    def lock(self) -> None:
        """See ``DeskAct.lock``; the row held is brought up to date."""
        super().lock()
        _fill(self.row, self._draft, self._pictures)
        self.row.save()


def _fill(story: Any, draft: Draft, pictures: StoryPictures) -> None:  # noqa: ANN401 - a Story; its rows below are set like fields
    story.title = story.draft_title = draft.headline
    story.standfirst = draft.standfirst
    story.dateline_place = draft.place
    inside = {block_id: _stream_value(shown) for block_id, shown in pictures.inside.items()}
    stream = stream_of(draft.body, pictures=inside)
    stream += [{"type": "picture", "value": _stream_value(shown)} for shown in pictures.after]
    story.body = stream
    lead = pictures.lead
    story.lead_picture = lead.picture if lead else None
    story.lead_caption, story.lead_alt = (lead.caption, lead.alt) if lead else ("", "")
    story.bylines = put_in_order(StoryByline(byline=find_byline(signature)) for signature in draft.bylines)
    story.sources = put_in_order(StorySource(name=source.name, url=_web(source.uri)) for source in draft.sources)


def _stream_value(shown: ShownPicture) -> dict[str, Any]:
    return {"picture": shown.picture.pk, "caption": shown.caption, "alt": shown.alt}


def _web(uri: str) -> str:
    return uri if uri.startswith(("http://", "https://")) else ""


def _check_untouched(story: Story, draft: Draft) -> None:
    """Refuse a newer version where people worked on the one taken before."""
    locale = Locale(story.locale.language_code)
    if locale != draft.locale:
        msg = f"It is in the paper in {locale} already; the newer version is in {draft.locale}."
        raise ItemRefused(msg)
    reader = LedgerReader()
    standing = reader.current(make_urn("story", story.subject_key.hex), locale)
    if standing is None or standing.state is not State.RELEASED:
        msg = "It was withdrawn at the desk; the newer version was not taken."
        raise ItemRefused(msg)
    if story.has_unpublished_changes or reader.record(standing.number).act is not Act.IMPORT:
        msg = "It was edited at the desk since it came in; the newer version was not taken."
        raise ItemRefused(msg)
