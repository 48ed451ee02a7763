"""Settling: whatever way a row of the desk was saved or deleted, readers end up with what it says, through an act.

The three catches of decision 0012 all lead here: a subject's own ``save`` (``models.keeping``), a save of the same row
as a plain ``Page``, and a deletion. Settling compares with the ledger, not with the row before, so doing it twice does
nothing the second time, and a move or a bare ``save()`` is seen like a press of the button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wagtail.models import Page

from broadsheet.desk.actions.act import already_released, hold, is_released, refuse_erased, under_way
from broadsheet.desk.actions.arranging import keep_next_end
from broadsheet.desk.actions.correct import Correct
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.rights import is_missed
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw, check_unused
from broadsheet.desk.actors import current_actor
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.erasing.reaching import Erasable
from broadsheet.desk.errors import ActRefused, ChangedMeanwhile, NobodyActs, NotAllowed, WayClosed
from broadsheet.desk.listing import keep_bylines_listed, keep_listed
from broadsheet.desk.models import Front, Section, StandingPage, Story, Topic
from broadsheet.desk.page_rights import is_limited, within_limits
from broadsheet.desk.queries import was_released
from broadsheet.desk.showing import keep_pictures_shown
from broadsheet.desk.subjects import PAGE_MODELS, DeskSubject, subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser

    from broadsheet.ledger.values import ReleaseRecord, Standing

#: Columns that can change nothing a reader sees. A draft is saved by writing only these, and must stay a cheap write.
_BOOKKEEPING: Final = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "live_revision",
        "wagtail_admin_comments",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    }
)
#: What acts wrote into the row of a story or standing page and no save of an older copy may take back.
_WRITTEN_BY_ACTS: Final[dict[type, tuple[str, ...]]] = {
    Story: (
        "subject_key",
        "published_at",
        "first_released_at",
        "first_section_key",
        "first_day",
        "shown_updated_at",
        "removed_by",
        "url_slug",
    ),
    StandingPage: ("subject_key", "published_at", "first_released_at", "removed_by", "url_slug"),
}


def settle(row: Any, *, now: datetime) -> ReleaseRecord | None:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Do the act the saved row calls for; None where readers have what it says already.

    Raises: ActRefused.
    """
    subject = subject_of(row)
    if under_way(subject):
        return None
    standing = LedgerReader().current(subject.urn, subject.locale)
    released = is_released(standing)
    if subject.is_page and row.live and not released:
        return Release(row, now=now).execute()
    if subject.is_page and not row.live:
        return Withdraw(row, now=now).execute() if released else None
    if standing is None:
        return None
    if not released:
        # Only what was withdrawn comes back by itself; what was killed does not.
        comes_back = standing.state is State.WITHDRAWN and is_missed(row, now=now)
        return Release(row, now=now).execute() if comes_back else None
    return _settle_released(row, subject, standing, now=now)


def _settle_released(row: Any, subject: DeskSubject, standing: Standing, *, now: datetime) -> ReleaseRecord | None:  # noqa: ANN401 - as settle
    """Send what changed to readers, as a correction where a note was given with it."""
    asked = what_was_asked()
    if subject.urn in asked.seen and asked.seen[subject.urn] != standing.number:
        raise already_released(subject, standing)
    if words := asked.corrections.pop(subject.urn, ""):
        return Correct(row, now=now, words=words).execute()
    return Update(row, now=now).execute() if subject.compile() != standing.document else None


class ActsKeeper:
    """Lets rows be saved as the acts allow (``models.keeping.Keeper``)."""

    def before_save(self, subject: Any, *, fields: Iterable[str] | None) -> None:  # noqa: ANN401
        """Close the ways that lead round the ledger, and refuse to save over what somebody did meanwhile."""
        if isinstance(subject, Page):
            refuse_closed_ways(subject)
        if subject._state.adding:  # noqa: SLF001 - Django's own flag for a row not yet written
            # A new row is a draft whatever it says: creating, copying and importing release by an act afterwards.
            if isinstance(subject, Page):
                subject.live = False
            return
        if under_way(subject_of(subject)):
            return  # the act holds the row, and has looked at all this
        if isinstance(subject, Erasable):
            refuse_to_save_erased(subject)
        if isinstance(subject, Topic):
            refuse_another_key(subject)
        if fields is None and isinstance(subject, PAGE_MODELS):
            keep_what_others_did(subject)

    def after_save(self, subject: Any, *, fields: Iterable[str] | None) -> None:  # noqa: ANN401
        """Settle the row as it was written, not as it is held: a draft's object holds text that was not written."""
        text_was_written = fields is None or not set(fields) <= _BOOKKEEPING
        if isinstance(subject, Story):
            keep_pictures_shown(subject, fields=fields, text_was_written=text_was_written)
            keep_listed(subject.pk)
            keep_bylines_listed(subject, fields=fields)
        if isinstance(subject, Front):
            keep_next_end(subject)
        if not text_was_written:
            return
        if under_way(subject_of(subject)):
            # The act holds the row and knows it, and settles what follows itself.
            if isinstance(subject, Story):
                put_into_section(subject)
            return
        settle_row(type(subject), subject.pk)
        if isinstance(subject, Story | StandingPage):
            _take_from_row(subject)


def settle_row(model: Any, pk: int) -> None:  # noqa: ANN401 - one of SUBJECT_MODELS
    """Settle the row as the database has it. Below every save, so this is where the present moment is taken."""
    rows = model._default_manager.all()  # noqa: SLF001 - Django's documented name
    row = rows.select_related("locale", "section").get(pk=pk) if model is Story else rows.get(pk=pk)
    if isinstance(row, Story):
        put_into_section(row)
    elif isinstance(row, StandingPage):
        keep_at_home(row)
    settle(row, now=utc_now())


def put_into_section(story: Story) -> None:
    """Write the section the story stands in by the tree, and refuse one its editor may not work in."""
    if story.section is not None and story.is_child_of(story.section):
        return
    section = Section.objects.get(pk=story.get_parent().pk)
    _check_limits(section.key)
    story.section = section
    Story.objects.filter(pk=story.pk).update(section=section)
    keep_listed(story.pk)


def keep_at_home(page: StandingPage) -> None:
    """Refuse a standing page under the home of another language. Raises: WayClosed."""
    if page.get_parent().locale_id != page.locale_id:
        msg = f"“{page.title}” stays in its language. Write a version of its own in the other one."
        raise WayClosed(msg)


def keep_what_others_did(page: Page) -> None:
    """Keep on the object what acts wrote into its row, the row held; refuse an object older than somebody's act.

    Raises: AlreadyReleased, ChangedMeanwhile.
    """
    row = hold(page)
    if page.as_read is not None and page.as_read != row.as_read:
        subject = subject_of(page)
        standing = LedgerReader().current(subject.urn, subject.locale)
        refused: ActRefused
        if standing is not None and is_released(standing):
            refused = already_released(subject, standing)
        else:
            refused = ChangedMeanwhile(f"“{page.title}” was withdrawn after you opened it.")
        refused.page_id = page.pk
        raise refused
    if isinstance(page, Story | StandingPage) and isinstance(row, Story | StandingPage):
        page.legal_hold = row.legal_hold
    if isinstance(page, Story) and isinstance(row, Story):
        page.assignee_id, page.deadline = row.assignee_id, row.deadline
    if isinstance(row, Story | StandingPage) and row.first_released_at is not None:
        for name in _WRITTEN_BY_ACTS[type(row)]:
            setattr(page, name, getattr(row, name))


def refuse_to_save_erased(row: Erasable) -> None:
    """Raise WasErased for a row that was erased, also while somebody still had its form open.

    The row is held: who saves while it is being erased waits, and sees it erased.
    """
    hold(row)
    refuse_erased(subject_of(row))


def refuse_another_key(topic: Topic) -> None:
    """Raise WayClosed for a topic whose key would change after its first release: it stands in addresses."""
    key = Topic.objects.values_list("key", flat=True).get(pk=topic.pk)
    if key != topic.key and was_released(topic):
        msg = f"“{topic.name}” keeps its key “{key}”: it stands in addresses. Change the name only."
        raise WayClosed(msg)


def refuse_closed_ways(page: Page) -> None:
    """Raise WayClosed for what Broadsheet does not do: aliases, and Wagtail's own times of going live and expiring."""
    if page.alias_of_id is not None:
        msg = f"“{page.title}” cannot be an alias: one story has one address. Link to it, or write its own version."
        raise WayClosed(msg)
    if isinstance(page, PAGE_MODELS) and (page.go_live_at is not None or page.expire_at is not None):
        instead = (
            "release or withdraw it when it is time"
            if isinstance(page, Section)
            else "choose “Release at…” or “Withdraw at…” under its form"
        )
        msg = f"“{page.title}” cannot go live or expire by Wagtail's clock; {instead}."
        raise WayClosed(msg)


def refuse_deletion(row: Any) -> None:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Raise ActRefused when readers have or had this; take an unused byline or picture away from them by an act."""
    subject = subject_of(row)
    refuse_erased(subject)
    standing = LedgerReader().current(subject.urn, subject.locale)
    if isinstance(row, Story):
        _check_limits(subject.section_key)
        if standing is not None:
            _refuse(subject, "has been released, so it is never deleted; withdraw it instead")
    elif isinstance(row, StandingPage):
        _check_unlimited(row)
        if standing is not None:
            _refuse(subject, "has been released, so it is never deleted; withdraw it instead")
    elif isinstance(row, Section):
        if row.get_children().exists():
            _refuse(subject, "is not empty; move or delete its stories first")
        if is_released(standing):
            _refuse(subject, "is before readers; withdraw it first")
    else:
        check_unused(row)
        if is_released(standing):
            Withdraw(row, now=utc_now()).execute()


def _refuse(subject: DeskSubject, why: str) -> None:
    refused = WayClosed(f"“{subject.title}” {why}.")
    refused.page_id = subject.page_id
    raise refused


def _check_limits(section_key: str | None) -> None:
    """Refuse a person limited to other sections. Without a person nothing is limited: no act is done here."""
    user = _person()
    if user is not None and section_key is not None and not within_limits(user, section_key):
        msg = f"You do not work in the section “{section_key}”."
        raise NotAllowed(msg)


def _check_unlimited(page: StandingPage) -> None:
    """Refuse a person limited to sections."""
    user = _person()
    if user is not None and is_limited(user):
        msg = f"“{page.title}” belongs to the whole paper, and you work in some sections only."
        raise NotAllowed(msg)


def _person() -> AbstractBaseUser | None:
    try:
        return current_actor().user
    except NobodyActs:
        return None


def _take_from_row(page: Story | StandingPage) -> None:
    row = type(page).objects.get(pk=page.pk)
    if isinstance(page, Story):
        page.section_id = row.section_id
    if row.first_released_at is not None:
        for name in _WRITTEN_BY_ACTS[type(page)]:
            setattr(page, name, getattr(row, name))
