"""Rights to pictures: what has ended does not go out, and goes by itself where it is out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse
from typer.testing import CliRunner, Result
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from broadsheet.cli.main import build_app
from broadsheet.desk.actions import Release, Update, Withdraw, withdraw_expired_pictures
from broadsheet.desk.actions.rights import EndRights
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed, NotReady, NotReleased, StillInUse
from broadsheet.desk.models import Picture
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, State
from tests.factories import desk
from tests.rooms.desk.conftest import NOW, make_newsroom

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LATER = NOW + timedelta(days=1)


@pytest.fixture
def staff() -> Newsroom:
    return make_newsroom()


def released(row: Any, *, now: datetime = NOW) -> Any:
    with acting_as("system:test"):
        Release(row, now=now).execute()
    row.refresh_from_db()
    return row


def taken_in() -> Picture:
    """A picture whose original is kept, as the form needs it."""
    words = PictureWords(title="Boats", text_locale="en", alt="Boats", credit="Lan")
    return receive_picture(data=desk.jpeg_bytes(), name="boats.jpg", words=words)


def state_of(picture: Picture) -> State:
    subject = subject_of(picture)
    standing = LedgerReader().current(subject.urn, subject.locale)
    assert standing is not None
    return standing.state


@pytest.mark.parametrize("place", ["lead_picture", "body"])
@pytest.mark.usefixtures("staff")
def test_a_story_does_not_go_out_with_a_picture_whose_rights_have_ended(place: str) -> None:
    picture = desk.picture(rights_expire_at=NOW, credit="")
    if place == "body":
        shown = desk.block("picture", {"picture": picture.pk, "caption": "", "alt": ""})
        story = desk.story(body=[desk.paragraph(), shown])
    else:
        story = desk.story(lead_picture=picture)
    with acting_as("system:test"), pytest.raises(NotReady) as refused:
        Release(story, now=NOW).execute()
    sentences = [problem.sentence for problem in refused.value.problems if problem.field == place]
    assert len(sentences) == 2, "no credit, and no rights: both are said at once"
    assert "“Boats” ended on 4 March 2026 at 12:06" in sentences[1], "on the paper's clock"


@pytest.mark.usefixtures("staff")
def test_a_moment_before_the_end_it_goes_out() -> None:
    story = desk.story(lead_picture=desk.picture(rights_expire_at=NOW + timedelta(seconds=1)))
    assert released(story).live


@pytest.mark.usefixtures("staff")
def test_an_update_is_refused_once_the_rights_have_ended() -> None:
    story = released(desk.story(lead_picture=desk.picture(rights_expire_at=LATER)))
    story.title = "Another headline"
    with acting_as("system:test"), pytest.raises(NotReady, match="rights to the picture"):
        Update(story, now=LATER).execute()


@pytest.mark.usefixtures("staff")
def test_rights_that_end_take_the_picture_away_and_leave_the_story(acts: Any) -> None:
    picture = desk.picture(rights_expire_at=LATER)
    keeps = desk.picture(title="Ships", rights_expire_at=LATER + timedelta(seconds=1))
    story = released(desk.story(lead_picture=picture))
    released(desk.story(title="Another", lead_picture=keeps))

    assert withdraw_expired_pictures(now=LATER - timedelta(seconds=1)) == ()
    (record,) = withdraw_expired_pictures(now=LATER)

    assert (record.act, record.released_by, record.subject) == (
        Act.WITHDRAW,
        "system:rights",
        subject_of(picture).urn,
    )
    assert (state_of(picture), state_of(keeps)) == (State.WITHDRAWN, State.RELEASED)
    story.refresh_from_db()
    assert story.live
    assert acts() == ["release", "release"]
    entry = ModelLogEntry.objects.get(action="broadsheet.rights_ended")
    assert entry.object_id == str(picture.pk)
    assert "rights have ended" in str(entry.message)
    assert withdraw_expired_pictures(now=LATER) == (), "once is enough"


@pytest.mark.usefixtures("staff")
def test_asking_what_has_expired_costs_the_same_however_many_are_gone(django_assert_num_queries: Any) -> None:
    for number in range(7):
        released(desk.picture(title=f"Boats {number}", rights_expire_at=LATER))
    withdraw_expired_pictures(now=LATER)
    with django_assert_num_queries(2):
        withdraw_expired_pictures(now=LATER)


def test_no_person_may_withdraw_a_picture_stories_show(staff: Newsroom) -> None:
    picture = desk.picture(rights_expire_at=NOW - timedelta(days=1))
    picture.rights_expire_at = LATER
    picture.save()
    released(desk.story(lead_picture=picture))
    with acting_as(staff.chief):
        with pytest.raises(StillInUse):
            Withdraw(picture, now=LATER).execute()
        with pytest.raises(NotAllowed):
            EndRights(picture, now=LATER).execute()
    with acting_as("system:rights"), pytest.raises(NotReleased):
        EndRights(picture, now=NOW).execute()
    assert state_of(picture) is State.RELEASED


def test_rights_that_are_renewed_bring_the_picture_back(staff: Newsroom, client: Any) -> None:
    picture = taken_in()
    Picture.objects.filter(pk=picture.pk).update(rights_expire_at=LATER)
    released(desk.story(lead_picture=picture))
    withdraw_expired_pictures(now=LATER)

    client.force_login(staff.chief)
    said = {"title": "Boats", "text_locale": "en", "alt": "Boats", "credit": "Lan"}
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    client.post(edit, {**said, "rights_expire_at": "2026-03-05 06:00"})
    assert state_of(picture) is State.WITHDRAWN, "that is past already"
    client.post(edit, {**said, "rights_expire_at": "2126-03-05 06:00"})
    assert state_of(picture) is State.RELEASED


@pytest.mark.usefixtures("staff")
def test_a_withdrawn_picture_no_story_shows_stays_withdrawn() -> None:
    picture = released(desk.picture())
    with acting_as("system:test"):
        Withdraw(picture, now=NOW).execute()
        picture.caption = "Other words"
        picture.save()
    assert state_of(picture) is State.WITHDRAWN


def test_the_end_of_rights_is_typed_and_shown_on_the_papers_clock(staff: Newsroom, client: Any) -> None:
    picture = taken_in()
    client.force_login(staff.editor)
    profile = UserProfile.get_for_user(staff.editor)
    profile.current_time_zone = "America/New_York"
    profile.save()
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    said = {"title": "Boats", "text_locale": "en", "alt": "Boats", "credit": "Lan"}
    client.post(edit, {**said, "rights_expire_at": "2026-12-31 23:30", "licence": "Own", "usage": "No sales"})
    picture.refresh_from_db()
    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    assert picture.rights_expire_at == datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert (picture.licence, picture.usage) == ("Own", "No sales")
    html = client.get(edit).content.decode()
    assert 'value="2026-12-31 23:30"' in html
    assert "Asia/Ho_Chi_Minh" in html


def test_licence_and_restrictions_are_told_to_partners_and_not_to_readers(staff: Newsroom) -> None:
    picture = desk.picture(licence="CC BY 4.0.", usage="No sales.", creator="Mai")
    with acting_as(staff.chief):
        record = Release(picture, now=NOW).execute()
    document = LedgerReader().document(record.document_digest)
    assert (document.licence, document.usage, document.creator) == ("CC BY 4.0.", "No sales.", "Mai")


def test_a_picture_alone_is_refused_beside_its_own_field(staff: Newsroom) -> None:
    with acting_as(staff.chief), pytest.raises(NotReady) as refused:
        Release(desk.picture(rights_expire_at=NOW), now=NOW).execute()
    assert [problem.field for problem in refused.value.problems] == ["rights_expire_at"]


@pytest.mark.usefixtures("staff")
def test_the_command_withdraws_what_has_ended_and_says_so() -> None:
    def expire() -> Result:
        return CliRunner().invoke(build_app(), ["pictures", "expire"])

    assert (expire().exit_code, expire().stdout) == (0, "No released picture has rights that ended.\n")
    picture = released(desk.picture())
    Picture.objects.filter(pk=picture.pk).update(rights_expire_at=NOW)
    done = expire()
    assert (done.exit_code, f"withdrawn  {subject_of(picture).urn}" in done.stdout) == (0, True)
    assert state_of(picture) is State.WITHDRAWN
