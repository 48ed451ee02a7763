"""Release: readers see it for the first time, or again after it was withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from broadsheet.desk.actions.act import DeskAct, already_released, is_released, refuse_removed
from broadsheet.desk.actions.addressing import fix_address, propose_address
from broadsheet.desk.actions.companions import hold_unreleased_companions
from broadsheet.desk.actions.foreseeing import led_by, other_versions, places_of, released_along, shown_on
from broadsheet.desk.actions.readying import compile_for_readers
from broadsheet.desk.actions.removing import note_removal
from broadsheet.desk.models import Front, Navigation, StandingPage, Story
from broadsheet.ledger.actions import append_release
from broadsheet.ledger.values import Act, Document, ReleaseRecord, Standing

if TYPE_CHECKING:
    from datetime import datetime


class Release(DeskAct):
    """Put a story, standing page, section, navigation, byline, topic or picture before readers.

    What a story or page shows and the ledger does not hold yet (its section, bylines, topics, pictures) is released before
    it in the same transaction, so that no sheet ever refers to something readers cannot have.
    """

    act: ClassVar[Act] = Act.RELEASE
    verb: ClassVar[str] = "release"

    @property
    def released_at(self) -> datetime:
        """Return the moment the release counts from (UTC)."""
        return self.now

    def check(self) -> None:
        """See ``DeskAct.check``. Finds everything that is not ready, of the subject and of what it shows."""
        self.check_permission()
        self.check_state(self.standing())
        self.ready_document()

    def check_state(self, standing: Standing | None) -> None:
        """Raise AlreadyReleased when readers see the subject already."""
        self.check_nobody_was_first(standing)
        refuse_removed(self.subject, standing)
        if standing is not None and is_released(standing):
            raise already_released(self.subject, standing)

    def ready_document(self) -> Document:
        """Return the document to release. Raises: NotReady."""
        if isinstance(self.row, Story | StandingPage):
            propose_address(self.row, published_at=self.released_at)
        return compile_for_readers(self.subject, now=self.now)

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``.

        Whatever another act may wait for (rows, the address) is taken before the first row goes into the ledger: its
        chain is locked from there on, and waiting behind that lock could never end.
        """
        self.check_permission()
        self.check_state(self.standing())
        document = self.ready_document()
        companions = hold_unreleased_companions(self.row)
        self.go_live()
        if isinstance(self.row, Story | StandingPage):
            proposed = self.row.url_slug
            fix_address(self.row, now=self.now)
            note_removal(self.row, act=None)
            document = document if self.row.url_slug == proposed else self.subject.compile()
        for companion in companions:
            self.release_companion(companion)
        self.log_and_tell()
        return append_release(
            document=document,
            act=self.act,
            released_by=self.actor.name,
            released_at=self.released_at,
            recorded_at=self.now,
        )

    def release_companion(self, row: Any) -> None:  # noqa: ANN401 - a companion
        """Release what the story shows, before it."""
        Release(row, now=self.now).execute()

    def go_live(self) -> None:
        """Turn the page's switch, where the act was not called by Wagtail having turned it."""
        if not self.subject.is_page or self.row.live:
            return
        page = self.row
        if page.latest_revision_id is not None:
            page.live_revision = page.save_revision(user=self.actor.user, changed=False, clean=False)
        page.live = True
        page.has_unpublished_changes = False
        page.expired = False
        page.first_published_at = page.first_published_at or self.now
        page.last_published_at = self.now
        page.save(clean=False)

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, as sentences for the person about to do it."""
        if isinstance(self.row, Navigation):
            return led_by(self.row)
        if isinstance(self.row, Front):
            return shown_on(self.row, now=self.now)
        if not isinstance(self.row, Story | StandingPage):
            return ("Readers see it wherever it belongs.",)
        is_first = self.row.first_released_at is None
        places, along, versions = places_of(self.row), released_along(self.row), other_versions(self.row)
        return (
            "It gets a page, at an address that never changes."
            if is_first
            else "Its page comes back, at its old address.",
            f"It comes into {places}." if places else "No menu leads to it: the navigation does not name it yet.",
            *([f"Released with it, as readers do not have them yet: {along}."] if along else []),
            *([f"Its versions in other languages lead to it: {versions}."] if versions else []),
            f"Partners get the {self.subject.kind}.",
        )
