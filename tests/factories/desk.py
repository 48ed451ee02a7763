"""Builders of the desk's rows: drafts, nothing of them released.

Every builder takes only what a test is about; the rest is the smallest thing an editor could have made.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import uuid
from typing import TYPE_CHECKING, Any

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Locale, Page

from broadsheet.desk.models import (
    Byline,
    BylineName,
    Front,
    Navigation,
    PaperHome,
    Picture,
    Section,
    StandingPage,
    Story,
    StoryByline,
    StorySource,
    StoryTopic,
    Topic,
    TopicName,
    put_in_order,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_numbers = itertools.count(1)


def paper_home(*, locale: str = "en") -> PaperHome:
    """Return the home of that language; made at the first call."""
    language, _made = Locale.objects.get_or_create(language_code=locale)
    found = PaperHome.objects.filter(locale=language).first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    return root.add_child(instance=PaperHome(title=locale, slug=locale, locale=language))


def section(*, key: str = "politics", title: str = "Politics", locale: str = "en", **fields: Any) -> Section:
    """Return the section with that key in that language; made at the first call."""
    home = paper_home(locale=locale)
    found = Section.objects.filter(key=key, locale=home.locale).first()
    if found is not None:
        return found
    return home.add_child(instance=Section(title=title, key=key, locale=home.locale, live=False, **fields))


def paragraph(words: str = "Words of a story.") -> dict[str, Any]:
    """Return a paragraph block as Wagtail stores it."""
    return {"type": "paragraph", "value": f"<p>{words}</p>", "id": str(uuid.uuid4())}


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return a block as Wagtail stores it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def asides() -> list[dict[str, Any]]:
    """Return one of each block that stands beside the text, whole."""
    shown = [{"picture": picture().pk, "caption": caption, "alt": "A boat"} for caption in ("One", "Two")]
    return [
        block("pull_quote", {"words": "We waited for ten years.", "speaker": "Minh"}),
        block("gallery", {"title": "All boats", "pictures": shown}),
        block("table", {"title": "Catch", "rows": "Day\tTons\nMonday\t4", "has_head": True, "names_rows": True}),
        block("fact_box", {"title": "The harbour", "text": "<p>Built in <b>1908</b>.</p><p>Deep.</p>"}),
        block("timeline", {"title": "So far", "events": [{"when": "1975", "words": "<p>Closed.</p>"}]}),
    ]


def story(
    *,
    title: str = "The harbour opens again",
    body: Sequence[dict[str, Any]] | None = None,
    inside: Section | None = None,
    bylines: Sequence[tuple[Byline, str]] = (),
    topics: Sequence[Topic] = (),
    sources: Sequence[tuple[str, str]] = (),
    **fields: Any,
) -> Story:
    """Return a draft below its section, ready for release unless the test leaves something out."""
    parent = inside or section()
    draft = Story(title=title, live=False, locale=parent.locale, section=parent, **fields)
    draft.body = draft._meta.get_field("body").to_python(list(body if body is not None else [paragraph()]))
    draft.bylines = put_in_order(StoryByline(byline=person, role=role) for person, role in bylines)
    draft.topics = put_in_order(StoryTopic(topic=each) for each in topics)
    draft.sources = put_in_order(StorySource(name=name, url=url) for name, url in sources)
    return parent.add_child(instance=draft)


def standing_page(
    *,
    title: str = "About us",
    body: Sequence[dict[str, Any]] | None = None,
    locale: str = "en",
    **fields: Any,
) -> StandingPage:
    """Return a draft of a standing page, ready for release unless the test leaves something out."""
    home = paper_home(locale=locale)
    draft = StandingPage(title=title, live=False, locale=home.locale, **fields)
    draft.body = draft._meta.get_field("body").to_python(list(body if body is not None else [paragraph()]))
    return home.add_child(instance=draft)


def navigation(*, locale: str = "en", **entries: Any) -> Navigation:
    """Return a navigation never saved, its ``menu`` and ``footer`` as raw stream data."""
    draft = Navigation(locale=paper_home(locale=locale).locale)
    for name, stream in entries.items():
        setattr(draft, name, draft._meta.get_field(name).to_python(stream))
    return draft


def front(*stories: Story, locale: str = "en", of: Section | None = None, **fields: Any) -> Front:
    """Return a front never saved with these stories in its slots; ``featured`` and ``strip`` as raw stream data."""
    draft = Front(locale=paper_home(locale=locale).locale, section=of)
    told = {"slots": [pinned(story) for story in stories], **fields}
    for name, value in told.items():
        setattr(draft, name, value if name == "layout" else draft._meta.get_field(name).to_python(value))
    return draft


def pinned(story: Story, until: datetime | None = None) -> dict[str, Any]:
    """Return a story in a slot, or among the featured, as Wagtail stores it."""
    return block("story", {"story": story.pk, "until": until.isoformat() if until else None})


def byline(*, name: str = "Lan Nguyễn", key: str = "", names: dict[str, str] | None = None, **fields: Any) -> Byline:
    """Return a byline, with its name in other languages by code."""
    person = Byline.objects.create(name=name, key=key or f"lan-{next(_numbers)}", **fields)
    for code, written in (names or {}).items():
        language, _made = Locale.objects.get_or_create(language_code=code)
        BylineName.objects.create(byline=person, locale=language, name=written)
    return person


def topic(
    *, name: str = "The sea", key: str = "", names: dict[str, tuple[str, str]] | None = None, **fields: Any
) -> Topic:
    """Return a topic, with its name and description in other languages by code."""
    made = Topic.objects.create(name=name, key=key or f"sea-{next(_numbers)}", **fields)
    for code, (written, description) in (names or {}).items():
        language, _made = Locale.objects.get_or_create(language_code=code)
        TopicName.objects.create(topic=made, locale=language, name=written, description=description)
    return made


def jpeg_bytes(*, width_px: int = 64, height_px: int = 48, colour: str = "navy") -> bytes:
    """Return a real little JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width_px, height_px), colour).save(out, "JPEG")
    return out.getvalue()


def picture(
    *,
    title: str = "Boats",
    credit: str = "Lan Nguyễn",
    alt: str = "Three boats",
    text_locale: str = "en",
    **fields: Any,
) -> Picture:
    """Return a picture of one colour, as if uploaded."""
    number = next(_numbers)
    data = jpeg_bytes(colour=f"rgb({number % 256},{number // 256 % 256},90)")
    return Picture.objects.create(
        title=title,
        file=ImageFile(io.BytesIO(data), name=f"boats-{number}.jpg"),
        credit=credit,
        alt=alt,
        text_locale=text_locale,
        original_digest=hashlib.sha256(data).hexdigest(),
        original_media_type="image/jpeg",
        original_width_px=64,
        original_height_px=48,
        **fields,
    )
