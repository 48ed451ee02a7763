"""The Big List of Naughty Strings in every field of the desk: refused with a sentence, or harmless wherever it shows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from lxml import html
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Byline, Picture, Section, Story
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.desk.screens.addresses import form_address
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.models import LedgerDocument
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import create, look_first, press

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

OURS = ("\u202eevil\u202c", "a\x00b", "👩‍👩‍👧‍👦🏳️‍🌈", "x" * 10_000, "\ufeff", "😀 \ufdd0", "ﷺ" * 50)
#: What turns text round, or what no page and no database may carry.
_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture
def strings(shared_data: Path) -> list[str]:
    """A tenth of the list, another tenth for each field that asks, and our own."""
    listed: list[str] = json.loads((shared_data / "text" / "blns.json").read_text(encoding="utf-8"))
    return [*OURS, *listed[3::10]]


@pytest.fixture
def picture(newsroom: Newsroom) -> Picture:
    with acting_as(newsroom.chief):
        words = PictureWords(title="The pier", text_locale="en", alt="A pier", credit="Lan")
        received = receive_picture(data=desk.jpeg_bytes(), name="pier.jpg", words=words)
    example = desk.story(lead_picture=received)
    addresses = (form_address(received), form_address(example))
    look_first(newsroom.client(newsroom.chief), *addresses)
    example.delete()
    return received


def test_in_every_field_of_a_story_and_its_blocks(newsroom: Newsroom, strings: list[str], picture: Picture) -> None:
    section = desk.section()
    quotation = {"words": rich_text("<p>Said.</p>", features=["bold"]), "original_locale": "vi"}

    def send(client: Client, text: str) -> HttpResponse:
        event = {"deleted": "", "order": "0", "value": {"when": text, "words": quotation["words"]}}
        events = {"count": "1", "0": event}
        blocks = [
            ("heading", {"text": text, "level": "2"}),
            ("quotation", quotation | {"speaker": text, "source": text, "original": text}),
            ("picture", {"picture": picture.pk, "caption": text, "alt": text}),
            ("pull_quote", {"words": text, "speaker": text}),
            ("table", {"title": text, "rows": f"{text} | {text}", "has_head": "on"}),
            ("fact_box", {"title": text, "text": quotation["words"]}),
            ("timeline", {"title": text, "events": events}),
        ]
        data = {
            "standfirst": text,
            "lead_caption": text,
            "lead_alt": text,
            "dateline_place": text,
            "sources": inline_formset([{"name": text, "url": "", "language": ""}]),
            "body": streamfield(blocks),
        }
        return create(client, section, None, title=text, **nested(data))

    refused, taken = tried(newsroom.client(newsroom.reporter), strings, send)
    assert (refused > 0, taken > 0) == (True, True)
    assert Story.objects.count() == taken
    for story in Story.objects.all()[::5]:
        assert newsroom.client(newsroom.chief).get(form_address(story)).status_code == 200
    assert_harmless(Story.objects.all())


def test_in_every_field_of_a_picture(newsroom: Newsroom, strings: list[str], picture: Picture) -> None:
    names = ("title", "caption", "alt", "credit", "creator", "copyright", "licence", "usage", "tags")

    def send(client: Client, text: str) -> HttpResponse:
        said = dict.fromkeys(names, text) | {
            "text_locale": "en",
            "collection": "1",
            "taken_on": "",
            "rights_expire_at": "",
        }
        return client.post(reverse("wagtailimages:edit", args=[picture.pk]), said)

    photo = newsroom.client(newsroom.photo)
    refused, taken = tried(photo, strings, send)
    assert (refused > 0, taken > 0) == (True, True)
    assert_harmless(Picture.objects.all())


def test_in_every_field_of_a_section_and_of_a_byline(newsroom: Newsroom, strings: list[str]) -> None:
    section, byline = desk.section(), desk.byline()

    def send_section(client: Client, text: str) -> HttpResponse:
        data = {"title": text, "key": text, "description": text, "order": "0"} | nested(
            {"comments": inline_formset([])}
        )
        return client.post(reverse("wagtailadmin_pages:edit", args=[section.pk]), data)

    def send_byline(client: Client, text: str) -> HttpResponse:
        data = {"name": text, "key": byline.key} | nested({"names": inline_formset([])})
        return client.post(reverse("wagtailsnippets_desk_byline:edit", args=[byline.pk]), data)

    chief = newsroom.client(newsroom.chief)
    for send in (send_section, send_byline):
        refused, taken = tried(chief, strings, send)
        assert (refused > 0, taken > 0) == (True, True)
    assert_harmless([*Section.objects.all(), *Byline.objects.all()])


def test_in_the_words_of_every_act(newsroom: Newsroom, strings: list[str]) -> None:
    with acting_as(newsroom.chief):
        draft = desk.story()
        Release(draft, now=utc_now()).execute()
    chief = newsroom.client(newsroom.chief)
    for act, field in (("hold", "reason"), ("correct", "words"), ("kill", "words"), ("takedown", "reference")):
        for text in strings[::3]:
            subject = subject_of(Story.objects.get(pk=draft.pk))
            standing = LedgerReader().current(subject.urn, subject.locale)
            assert standing is not None
            answer = chief.post(reverse(f"desk_{act}", args=[draft.pk]), {field: text, "seen": str(standing.number)})
            assert answer.status_code in {200, 302}, (act, text)
            if act == "hold":
                chief.post(reverse("desk_hold", args=[draft.pk]), {"lift": "1"})
    for document in LedgerDocument.objects.all():
        assert not _HARMFUL.search(bytes(document.bytes).decode())
    press(chief, Story.objects.get(pk=draft.pk), None)


def nested(data: dict[str, Any]) -> dict[str, Any]:
    return dict(nested_form_data(data))


def tried(client: Client, strings: list[str], send: Callable[[Client, str], HttpResponse]) -> tuple[int, int]:
    """Send each; return how many were refused beside a field and how many taken."""
    answers = []
    for text in strings:
        answer = send(client, text)
        assert answer.status_code in {200, 302}, text
        if answer.status_code == 200:
            assert html.document_fromstring(answer.content).xpath("//*[contains(@class, 'error')]"), text
        answers.append(answer.status_code)
    return answers.count(200), answers.count(302)


def assert_harmless(rows: Any) -> None:
    """What a row says to readers holds nothing that turns text round or breaks a page."""
    for row in rows:
        said = [value for value in vars(row).values() if isinstance(value, str)]
        if isinstance(row, Story):
            said += [value for value in vars(row.get_latest_revision_as_object()).values() if isinstance(value, str)]
        for text in said:
            assert not _HARMFUL.search(text.replace("\r", "").replace("\n", "").replace("\t", "")), repr(text)


GARBAGE = ("", "[]", '{"blocks": 1}', '{"blocks": [{"text": 5}]}', "{<script>alert(1)</script>", "x" * 100_000)


@pytest.mark.parametrize("sent", GARBAGE, ids=range(len(GARBAGE)))
def test_what_no_editor_sends_becomes_plain_text(newsroom: Newsroom, sent: str) -> None:
    body = nested({"body": streamfield([("paragraph", sent)])})
    answer = create(newsroom.client(newsroom.reporter), desk.section(), None, **body)
    assert answer.status_code == 302
    draft = Story.objects.get().get_latest_revision_as_object()
    assert "<script" not in draft.body[0].value.source
    assert newsroom.client(newsroom.chief).get(form_address(draft)).status_code == 200
    assert html.fromstring(f"<div>{draft.body[0].value.source}</div>").text_content() == sent
