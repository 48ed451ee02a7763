"""The ledger's screens: everything that was ever published, at the same cost however much that is."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.screens.ledger import listing, subject
from broadsheet.ledger.blocks import Paragraph, Quotation
from broadsheet.ledger.models import LedgerDocument
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.values import Act, Correction, SourceUse
from broadsheet.plain.html import SafeHtml
from tests.factories import desk
from tests.factories.guards import guards_lifted
from tests.factories.ledger import (
    VI,
    a_byline,
    a_byline_use,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    changed,
    killed,
    released,
    taken_down,
    withdrawn,
)

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def inspector(newsroom: Newsroom) -> Client:
    return newsroom.client(newsroom.inspector)


def listed(client: Client, **asked: Any) -> list[int]:
    response = client.get("/ledger/", asked)
    assert response.status_code == 200
    return [row.record.number for row in response.context["rows"]]


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


# The list


def test_the_list_is_newest_first_and_narrowed_by_what_is_asked(inspector: Client) -> None:
    story = a_story()
    first = released(story, at=NOW).number
    released(changed(story, locale=VI), by="minh", at=NOW + timedelta(days=1))
    released(a_section(), at=NOW + timedelta(days=2))
    withdrawn(story, at=NOW + timedelta(days=3))

    assert listed(inspector) == [first + 3, first + 2, first + 1, first, 1], "the paper's own comes first"
    assert listed(inspector, kind="section") == [first + 2]
    assert listed(inspector, language="vi") == [first + 1]
    assert listed(inspector, act="withdraw") == [first + 3]
    assert listed(inspector, person="minh") == [first + 1]
    assert listed(inspector, since="2026-03-05", until="2026-03-05") == [first + 1]
    assert listed(inspector, kind="story", person="lan", act="update") == []


def test_days_are_those_of_the_papers_zone(inspector: Client) -> None:
    number = released(a_story(), at=datetime(2026, 3, 4, 17, 30, tzinfo=UTC)).number  # half past midnight there
    assert listed(inspector, since="2026-03-05", until="2026-03-05") == [number]
    assert listed(inspector, since="2026-03-04", until="2026-03-04") == [1], "the paper's own"


def test_the_list_is_turned_by_the_number_of_its_last_row(inspector: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    numbers = [released(a_story(), by="minh").number for _ in range(3)]
    page = inspector.get("/ledger/", {"person": "minh"})
    assert [row.record.number for row in page.context["rows"]] == numbers[:0:-1]
    older = inspector.get(page.context["older"])
    assert [row.record.number for row in older.context["rows"]] == numbers[:1]
    assert (older.context["older"], older.context["newest"]) == ("", "/ledger/?person=minh")


def test_what_cannot_be_asked_is_said(inspector: Client) -> None:
    page = text(inspector, "/ledger/?since=yesterday&kind=rumour&before=x")
    assert "Enter a valid date." in page
    assert "nothing was looked for" in page


def test_a_number_or_digest_leads_straight_to_the_release(inspector: Client) -> None:
    record = released(a_story())
    for words in (str(record.number), record.digest, record.document_digest):
        assert inspector.get("/ledger/", {"q": words})["Location"] == f"/ledger/releases/{record.number}/"
    assert listed(inspector, q="999999") == []
    assert listed(inspector, q="9" * 40) == []


def test_a_story_is_found_by_urn_key_and_address(inspector: Client) -> None:
    story = a_story()
    number = released(story).number
    released(a_story(headline="Another"))
    address = f"https://paper.example/en/news/2026/03/04/{story.address.slug}/?from=feed"
    for words in (story.subject, story.subject.rsplit(":", 1)[1], story.address.slug, address):
        assert listed(inspector, q=words) == [number]


def test_a_released_story_is_found_by_the_words_of_its_headline(newsroom: Newsroom, inspector: Client) -> None:
    story, draft = desk.story(title="Lighthouse keeper retires"), desk.story(title="Lighthouse draft")
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    call_command("update_index", verbosity=0)
    assert [Row.objects.get(number=number).subject for number in listed(inspector, q="lighthouse")] == [
        f"urn:broadsheet:story:{story.subject_key.hex}"
    ]
    assert draft.title not in text(inspector, "/ledger/?q=lighthouse")
    assert listed(inspector, q="nothing at all") == []


# A subject


def test_a_subject_shows_every_version_and_that_each_is_whole(inspector: Client) -> None:
    story = a_story()
    released(story, by="lan")
    released(changed(story, headline="Ferry stops"), act=Act.UPDATE, by="minh")
    withdrawn(story)
    response = inspector.get(f"/ledger/subjects/{story.subject}/")
    shown = [
        (version.row.record.version, version.row.title, version.damages) for version in response.context["versions"]
    ]
    assert shown == [(3, "Ferry stops", ()), (2, "Ferry stops", ()), (1, "Ferry runs again", ())]
    page = response.content.decode()
    assert all(words in page for words in ("minh", "lan", "Verified", "Withdraw"))


def test_a_subject_shows_which_version_was_tampered_with(inspector: Client) -> None:
    story = a_story()
    first, second = released(story), released(changed(story, headline="Later"), act=Act.UPDATE)
    with guards_lifted():
        Row.objects.filter(number=second.number).update(released_by="nobody")
        LedgerDocument.objects.filter(digest=first.document_digest).update(bytes=b"{}")
    page = text(inspector, f"/ledger/subjects/{story.subject}/")
    assert f"Release {second.number} ({story.subject}, en, version 2) was changed after it was written." in page
    assert f"The document of release {first.number} ({story.subject}, en, version 1) was changed" in page
    assert "Its document cannot be read" in page


@pytest.mark.parametrize("name", ["urn:broadsheet:story:none", "nothing", "urn:broadsheet:rumour:a"])
def test_a_subject_the_ledger_does_not_hold_is_not_found(inspector: Client, name: str) -> None:
    assert inspector.get(f"/ledger/subjects/{name}/").status_code == 404


# A version


def test_a_killed_version_shows_its_notice_and_one_taken_down_its_order(inspector: Client) -> None:
    released(story := a_story(headline="As it was"))
    notice = killed(story, words="It was <not> so.")
    order = taken_down(story, reference="Order 12/2026")
    pages = [inspector.get(f"/ledger/releases/{record.number}/").content.decode() for record in (notice, order)]
    assert "It was &lt;not&gt; so." in pages[0]
    assert "Order 12/2026" in pages[1]
    assert all("As it was" in page for page in pages)


def test_a_correction_is_told_as_what_changed(inspector: Client) -> None:
    released(story := a_story())
    corrected = changed(story, corrections=(Correction("The fare is 15,000 dong.", NOW),))
    number = released(corrected, act=Act.CORRECT).number
    assert "The fare is 15,000 dong." in inspector.get(f"/ledger/differences/?new={number}").content.decode()


def test_a_version_is_read_as_it_was_though_the_story_was_withdrawn(inspector: Client) -> None:
    picture = a_picture(credit="Võ Linh")
    released(picture)
    story = a_story(
        headline="As it was",
        body=(
            a_paragraph('Words with <a href="https://a.example/x">a link</a>.'),
            a_picture_use(picture.subject, caption="Boats at dawn"),
            Quotation(id="q", words=SafeHtml("We <em>waited</em>."), speaker="Minh", original="Chúng tôi đã chờ."),
        ),
        bylines=(a_byline_use(name="Lê Ngân"),),
        sources=(SourceUse(name="Harbour office", url="https://office.example/"),),
        lead=a_picture_use(picture.subject, caption="The quay"),
    )
    number = released(story).number
    released(a_picture(subject=picture.subject, credit="Somebody else"), act=Act.UPDATE)
    withdrawn(story)
    page = text(inspector, f"/ledger/releases/{number}/")
    for words in (
        "As it was",
        "The first boat left at dawn.",
        "(https://a.example/x)",
        "Boats at dawn",
        "The quay",
        "Credit: Võ Linh",
        "<em>waited</em>",
        "Chúng tôi đã chờ.",
        "Lê Ngân",
        "Harbour office",
        "https://office.example/",
        str(story.address.slug),
        f"/ledger/subjects/{picture.subject}/",
        "&quot;pubStatus&quot;: &quot;usable&quot;",
        "&quot;schema&quot;: &quot;story/1&quot;",
    ):
        assert words in page, words
    assert "Somebody else" not in page


@pytest.mark.parametrize("document", [a_section(), a_byline(), a_picture()])
def test_documents_of_every_kind_can_be_read(inspector: Client, document: Any) -> None:
    number = released(document).number
    assert "Verified now" in text(inspector, f"/ledger/releases/{number}/")


def test_the_document_is_handed_out_as_it_is_kept(inspector: Client) -> None:
    record = released(a_story())
    response = inspector.get(f"/ledger/releases/{record.number}/document.json")
    assert hashlib.sha256(response.content).hexdigest() == record.document_digest
    assert response["Content-Disposition"].startswith("attachment")


def test_a_version_whose_document_is_lost_still_tells_what_is_known(inspector: Client) -> None:
    record = released(a_story())
    with guards_lifted():
        LedgerDocument.objects.all().delete()
    page = text(inspector, f"/ledger/releases/{record.number}/")
    assert f"The ledger has no document {record.document_digest}." in page
    assert f"({record.subject}, en, version 1) is missing." in page
    assert inspector.get(f"/ledger/releases/{record.number}/document.json").status_code == 404
    assert inspector.get("/ledger/releases/999/").status_code == 404


# The difference


def test_the_difference_marks_words_in_both_texts(inspector: Client) -> None:
    one = a_paragraph("The boat left at dawn.")
    story = a_story(body=(one,))
    released(story)
    later = Paragraph(id=one.id, html=SafeHtml('The boat <a href="https://a.example/">left</a> at noon.'))
    number = released(changed(story, body=(later,)), act=Act.UPDATE).number
    page = text(inspector, f"/ledger/differences/?new={number}")
    assert "<del>dawn</del><ins>noon</ins>" in page
    assert "[<del>plain</del> <ins>link to https://a.example/</ins>]" in page
    assert "1 block of the body changed" in page


def test_any_two_versions_are_compared_the_earlier_one_first(inspector: Client) -> None:
    story = a_story(headline="One")
    first = released(story).number
    released(changed(story, headline="Two"), act=Act.UPDATE)
    third = released(changed(story, headline="Three"), act=Act.UPDATE).number
    for old, new in ((first, third), (third, first)):
        assert "<del>One</del><ins>Three</ins>" in text(inspector, f"/ledger/differences/?old={old}&new={new}")


def test_a_withdrawal_changes_no_word(inspector: Client) -> None:
    story = a_story()
    released(story)
    number = withdrawn(story).number
    assert "Nothing in the document differs" in text(inspector, f"/ledger/differences/?new={number}")


def test_what_cannot_be_compared_is_not_found(inspector: Client) -> None:
    story = a_story()
    first, other = released(story).number, released(changed(story, locale=VI)).number
    for asked in ("", f"?new={first}", f"?old={first}&new={other}", "?new=999", "?old=x"):
        assert inspector.get(f"/ledger/differences/{asked}").status_code == 404


def test_an_unreadable_document_is_said_to_be_so(inspector: Client) -> None:
    story = a_story()
    released(story)
    record = released(changed(story, headline="Two"), act=Act.UPDATE)
    with guards_lifted():
        LedgerDocument.objects.filter(digest=record.document_digest).update(bytes=b"{}")
    assert "cannot be read, so they cannot be compared" in text(inspector, f"/ledger/differences/?new={record.number}")


# What it costs


def test_no_screen_counts_skips_or_asks_more_as_the_ledger_grows(
    inspector: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 5)
    monkeypatch.setattr(subject, "PAGE", 5)
    story = a_story(lead=a_picture_use())
    number = released(story).number
    for turn in range(6):
        number = released(changed(story, headline=f"Headline {turn}"), act=Act.UPDATE).number
    screens = [
        "/ledger/",
        "/ledger/?kind=story&person=lan",
        f"/ledger/?q={story.address.slug}&before={number}",
        f"/ledger/subjects/{story.subject}/",
        f"/ledger/releases/{number}/",
        f"/ledger/differences/?new={number}",
    ]

    def asked() -> dict[str, list[str]]:
        found = {}
        for path in screens:
            with CaptureQueriesContext(connection) as seen:
                inspector.get(path)
            found[path] = [query["sql"] for query in seen]
        return found

    asked()
    few = asked()
    for turn in range(30):
        released(a_story(headline=f"Another {turn}"))
        released(changed(story, headline=f"Later {turn}"), act=Act.UPDATE)
    many = asked()
    assert {path: len(queries) for path, queries in few.items()} == {path: len(sql) for path, sql in many.items()}
    for path, queries in many.items():
        assert len(queries) < 20, path
        assert not [sql for sql in queries if "ledger_release" in sql and ("COUNT(" in sql or "OFFSET" in sql)]
