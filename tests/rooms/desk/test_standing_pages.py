"""Standing pages: what keeps one at the desk, its address, its pictures and links, its preview."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotReady, StillInUse
from broadsheet.desk.linking import tie_versions
from broadsheet.desk.models import StandingPage
from broadsheet.desk.queries import pages_showing
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PageDocument, State
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.urns import make_urn
from tests.factories import desk
from tests.rooms.desk.driving import create_page, press, told

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def release(page: Any, newsroom: Newsroom) -> PageDocument:
    with acting_as(newsroom.chief):
        Release(page, now=NOW).execute()
    standing = LedgerReader().current(make_urn("page", page.subject_key.hex), Locale(page.locale.language_code))
    assert standing is not None
    assert isinstance(standing.document, PageDocument)
    return standing.document


def errors(response: HttpResponse) -> dict[str, Any]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]  # Django's and Wagtail's types know less than they have


def test_everything_that_is_missing_is_named_at_once(newsroom: Newsroom) -> None:
    gone = desk.standing_page(title="Gone")
    body = [
        {
            "type": "picture",
            "value": {"picture": desk.picture(credit="", alt="").pk, "caption": "", "alt": ""},
            "id": "p",
        },
    ]
    page = desk.standing_page(title="About", body=body)
    with acting_as(newsroom.chief), pytest.raises(NotReady) as refused:
        Release(page, now=NOW).execute()
    assert "The page has no body text." in str(refused.value)
    assert "no credit" in str(refused.value)
    assert "in the page's language" in str(refused.value)
    text = {"type": "paragraph", "value": f'<p><a linktype="page" id="{gone.pk}">Gone</a></p>', "id": "t"}
    linked = desk.standing_page(title="Linked", body=[text])
    gone.delete()
    with acting_as(newsroom.chief), pytest.raises(NotReady, match="readers cannot have"):
        Release(linked, now=NOW).execute()


def test_a_story_and_a_page_link_to_a_page_by_its_name_in_the_ledger(newsroom: Newsroom) -> None:
    about = desk.standing_page()
    urn = make_urn("page", about.subject_key.hex)
    text = {"type": "paragraph", "value": f'<p>See <a linktype="page" id="{about.pk}">us</a>.</p>', "id": "t"}
    document = release(desk.standing_page(title="Contact", body=[text]), newsroom)
    assert f'<a href="{urn}">us</a>' in str(document.body)
    with acting_as(newsroom.chief):
        story = desk.story(body=[text])
        Release(story, now=NOW).execute()
    standing = LedgerReader().current(make_urn("story", story.subject_key.hex), Locale("en"))
    assert standing is not None
    assert str(urn) in str(standing.document)


def test_the_address_is_made_from_the_title_once_and_is_never_a_story_s(newsroom: Newsroom) -> None:
    with acting_as(newsroom.chief):
        Release(desk.story(title="About us"), now=NOW).execute()
    assert release(desk.standing_page(title="About us"), newsroom).slug == "about-us-2"
    assert release(desk.standing_page(title="Giới thiệu", locale="vi"), newsroom).slug == "gioi-thieu"


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("About us", "small letters"),
        ("a/b", "small letters"),
        ("../up", "small letters"),
        ("x" * 81, "at most 80"),
        ("taken", "Choose another end"),
        ("ours", "Choose another end"),
    ],
)
def test_an_end_of_the_address_that_cannot_be_is_refused_beside_its_field(
    newsroom: Newsroom, slug: str, sentence: str
) -> None:
    with acting_as(newsroom.chief):
        Release(desk.story(url_slug="taken"), now=NOW).execute()
    desk.standing_page(title="Draft", url_slug="ours")
    response = create_page(newsroom.client(newsroom.chief), None, title="Typed title", url_slug=slug)
    assert sentence in str(errors(response)["url_slug"])
    assert "Typed title" in response.content.decode()
    assert StandingPage.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "field", "sentence"),
    [
        ("Ab\x00out", "title", "control"),
        ("Ab\x07out", "title", "control"),
        ("x" * 201, "title", "1 characters too long"),
    ],
)
def test_a_title_no_page_can_carry_is_refused_beside_its_field(
    newsroom: Newsroom, title: str, field: str, sentence: str
) -> None:
    response = create_page(newsroom.client(newsroom.chief), None, title=title)
    assert sentence in str(errors(response)[field])
    assert not StandingPage.objects.exists()


def test_an_override_of_direction_is_taken_out_and_a_script_loses_its_link(newsroom: Newsroom) -> None:
    chief = newsroom.client(newsroom.chief)
    create_page(chief, "action-publish", title="Ab\u202eout", body='<a href="javascript:alert(1)">us</a> here')
    page = StandingPage.objects.get()
    standing = LedgerReader().current(make_urn("page", page.subject_key.hex), Locale("en"))
    assert standing is not None
    assert isinstance(standing.document, PageDocument)
    assert standing.document.title == "About"
    assert "javascript" not in str(standing.document)


def test_of_two_who_save_at_once_the_second_keeps_the_text_and_is_told(newsroom: Newsroom) -> None:
    page = desk.standing_page()
    page.save_revision(user=newsroom.editor)
    opened = page.latest_revision
    press(newsroom.client(newsroom.editor), page, None, title="First")
    stamp = {"loaded_revision_id": str(opened.pk), "loaded_revision_created_at": opened.created_at.isoformat()}
    response = press(newsroom.client(newsroom.chief), page, None, title="Second", **stamp)
    assert "Edda saved another version" in told(response)
    assert "Second" in response.content.decode()


def test_a_picture_goes_out_with_its_page_and_stays_while_the_page_shows_it(newsroom: Newsroom) -> None:
    boats = desk.picture()
    body = [desk.paragraph(), desk.block("picture", {"picture": boats.pk, "caption": "", "alt": ""})]
    page = desk.standing_page(body=body)
    release(page, newsroom)
    urn = make_urn("picture", boats.subject_key.hex)
    standing = LedgerReader().current(urn, MULTIPLE)
    assert standing is not None
    assert standing.state is State.RELEASED
    with acting_as(newsroom.chief), pytest.raises(StillInUse, match="released pages: “About us”"):
        Withdraw(boats, now=NOW).execute()
    [shown] = pages_showing(boats)
    assert (shown.page.pk, shown.in_released, shown.in_draft) == (page.pk, True, True)
    boats.rights_expire_at = NOW
    page = StandingPage.objects.get()
    page.title = "Changed"
    with acting_as(newsroom.chief):
        boats.save()
        with pytest.raises(NotReady, match="rights"):
            page.save()


def test_versions_are_tied_on_the_screen_and_readers_get_them_at_once(newsroom: Newsroom, acts: Any) -> None:
    english, vietnamese = desk.standing_page(), desk.standing_page(title="Giới thiệu", locale="vi")
    release(english, newsroom)
    release(vietnamese, newsroom)
    chief, url = newsroom.client(newsroom.chief), reverse("desk_languages", args=[english.pk])
    assert "The same page in another language" in chief.get(url).content.decode()
    assert "now versions of each other" in told(chief.post(url, {"other": vietnamese.pk}))
    assert len(LedgerReader().editions(StandingPage.objects.get(pk=vietnamese.pk).translation_key.hex)) == 2
    assert "Giới thiệu" in chief.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    chief.post(url, {"untie": str(english.pk)})
    assert acts("page") == ["release", "release", "update", "update"]
    tie_versions(story=desk.standing_page(title="A"), other=desk.standing_page(title="B", locale="vi"))


def test_the_preview_is_the_reader_s_page_of_the_unsaved_draft(newsroom: Newsroom) -> None:
    assert newsroom
    page = desk.standing_page(standfirst="Who makes it.", purpose="about")
    page.title, page.body = "", []
    shown = page.make_preview_request().content.decode()
    assert "Who makes it." in shown
    assert '<main id="content"' in shown
    assert "AboutPage" in shown
    assert "The text of the page begins here." in shown
    assert not StandingPage.objects.get(pk=page.pk).live


def test_the_ledger_s_screens_show_a_page_and_a_navigation(newsroom: Newsroom) -> None:
    page = desk.standing_page()
    release(page, newsroom)
    with acting_as(newsroom.chief):
        row = desk.navigation(menu=[("sections", None)])
        row.save()
        Release(row, now=NOW).execute()
        row.footer = row._meta.get_field("footer").to_python([("front", {"label": "Home"})])
        row.save()
    inspector = newsroom.client(newsroom.inspector)
    last = LedgerReader().last_number()
    assert "Front page, Home" in inspector.get(f"/ledger/releases/{last}/").content.decode()
    assert inspector.get(f"/ledger/differences/?new={last}").status_code == 200
    first = inspector.get(f"/ledger/subjects/{make_urn('page', page.subject_key.hex)}/")
    assert "About us" in first.content.decode()
    shown = inspector.get(f"/ledger/releases/{last - 2}/").content.decode()
    assert "Words of a story." in shown
