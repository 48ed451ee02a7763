"""What was imported can be opened, edited and released at the desk like any other story."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from broadsheet.desk.actions import Erase, ask_to_erase
from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Story
from broadsheet.plain.canonical import sha256_hex
from broadsheet.wire.actions import import_items
from broadsheet.wire.dispatches import Dispatch

if TYPE_CHECKING:
    from broadsheet.wire.reports import ItemReport

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

BODY = (
    b"<h2>Head</h2><p>One<br>two <code>x</code> <q>y</q> <s>z</s> <abbr title='t'>u</abbr></p><pre>a\\n  b\\n\\nc</pre>"
    b"<ul><li>a<br>b<ul><li>c</ul></ul><blockquote><p>d<br>e</p><p>f</p><footer>G</footer></blockquote>"
    b"<table><tr><td>h<p>i<td>j</table><a href='https://a.example/?b=1&amp;c=2'>k</a>"
)


@pytest.mark.django_db
def test_an_item_that_was_erased_by_order_is_not_taken_again() -> None:
    set_up_desk(settings.CONFIGURATION, now=NOW)
    first, second = (get_user_model().objects.create_superuser(name, f"{name}@example.org") for name in ("ada", "bea"))

    def take(headline: bytes) -> ItemReport:
        data = (
            b'{"uri": "urn:1", "language": "en", "contentCreated": "2020-01-01T00:00:00Z", '
            b'"subjects": [{"name": "World"}], "headlines": [{"value": "' + headline + b'"}], '
            b'"bodies": [{"contentType": "text/html", "value": "<p>Words.</p>"}]}'
        )
        item = Dispatch(line=1, data=data, digest=sha256_hex(data), received_at=NOW)
        (report,) = import_items(
            items=[item], configuration=settings.CONFIGURATION, pictures_dir=None, default_section="", now=NOW
        )
        return report

    assert take(b"Zanzibarine affair").outcome == "imported"
    with acting_as(first):
        ask_to_erase(Story.objects.get(), reference="Order 7", now=NOW)
    with acting_as(second):
        Erase(Story.objects.get(), now=NOW).execute()
    again = take(b"Zanzibarine affair, corrected")
    assert (again.outcome, again.sentence) == ("refused", "It was erased by order and is not taken again.")
    assert Story.objects.get().title == "Erased by order"


@pytest.mark.django_db
def test_the_form_opens_on_every_kind_of_block_an_import_makes() -> None:
    set_up_desk(settings.CONFIGURATION, now=NOW)
    data = (
        b'{"uri": "urn:1", "language": "en", "contentCreated": "2020-01-01T00:00:00Z", "subjects": [{"name": "World"}], '
        b'"headlines": [{"value": "H"}], "bodies": [{"contentType": "text/html", "value": "' + BODY + b'"}]}'
    )
    item = Dispatch(line=1, data=data, digest=sha256_hex(data), received_at=NOW)
    (report,) = import_items(
        items=[item], configuration=settings.CONFIGURATION, pictures_dir=None, default_section="", now=NOW
    )
    assert report.outcome == "imported", report.sentence
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("ada", "ada@example.org", "secret"))
    answer = browser.get(f"/pages/{Story.objects.get().pk}/edit/")
    assert answer.status_code == 200
    for word in ("Head", "two", "G", "https://a.example/?b=1"):
        assert word in answer.content.decode()
