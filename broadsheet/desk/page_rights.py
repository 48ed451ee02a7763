"""What a person may do to a page of the desk: Wagtail's own testers, with the paper's rules on top.

Imports no model of the desk, because the pages name their tester here.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from broadsheet.ledger.values import Act


def within_limits(user: Any, section_key: str) -> bool:  # noqa: ANN401 - any user model
    """Return whether the user works in that section: in all of them, where no limit names any."""
    return not is_limited(user) or section_key in _limits(user)


def is_limited(user: Any) -> bool:  # noqa: ANN401 - any user model
    """Return whether the user works in some sections only, and so not on what belongs to the whole paper."""
    return not user.is_superuser and bool(_limits(user))


def _limits(user: Any) -> frozenset[str]:  # noqa: ANN401 - any user model
    limits = getattr(user, "_broadsheet_sections", None)
    if limits is None:
        # Kept on the user object, which lives as long as the request: a list asks once for each of its rows.
        limits = frozenset(user.section_limits.values_list("section_key", flat=True))
        user._broadsheet_sections = limits  # noqa: SLF001 - the attribute is ours
    return limits


class HomePermissions(PagePermissionTester):
    """A language home is made from ``broadsheet.toml``; at the desk it is given sections and standing pages only."""

    def can_add_subpage(self) -> bool:
        """Whoever may add either; which one is asked by the form for it."""
        return self.can_add_section() or self.can_add_standing_page()

    def can_add_section(self) -> bool:
        """Sections are seen by readers at once, so only who may release makes them."""
        return super().can_add_subpage() and self.can_publish_subpage()

    def can_add_standing_page(self) -> bool:
        """Standing pages belong to the whole paper: to who may edit everything in the language, limited to nothing."""
        may_edit = self.user.is_superuser or "change" in self.permissions
        return super().can_add_subpage() and may_edit and not is_limited(self.user)

    def can_edit(self) -> bool:
        """Its title is that of the paper's file."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002, ARG002 - Wagtail's signature
        """Languages are taken out of the paper's file."""
        return False

    def can_unpublish(self) -> bool:
        """See ``can_delete``."""
        return False

    def can_publish(self) -> bool:
        """It is live from the start."""
        return False

    def can_move(self) -> bool:
        """It stands where it was made."""
        return False

    def can_copy(self) -> bool:
        """There is one for each language."""
        return False


class SectionPermissions(PagePermissionTester):
    """A section: limited to its people, and fixed in its place, because its key is part of readers' addresses."""

    def __init__(self, user: Any, page: Any) -> None:  # noqa: ANN401 - Wagtail's signature
        super().__init__(user, page)
        self.outside = self.is_outside()
        if self.outside:
            self.permissions: set[str] = set()

    def is_outside(self) -> bool:
        """Return whether the user is limited to other sections."""
        key = self.section_key()
        return key is not None and not within_limits(self.user, key)

    def section_key(self) -> str | None:
        """Return the key of the section this page is about."""
        return str(self.page.specific.key)

    def can_edit(self) -> bool:
        """Inside the user's sections only."""
        return not self.outside and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Only an empty section that was never released."""
        return self.page.is_leaf() and not self.page.live and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        """Never: it would change the language or nothing."""
        return False

    def can_copy(self) -> bool:
        """Never: a key names one section of a language."""
        return False

    def can_submit_for_moderation(self) -> bool:
        """Who may edit may ask for approval."""
        return self.can_edit() and super().can_submit_for_moderation()

    def can_lock(self) -> bool:
        """Inside the user's sections only."""
        return not self.outside and super().can_lock()

    def can_unlock(self) -> bool:
        """Inside the user's sections only."""
        return not self.outside and super().can_unlock()


class StandingPagePermissions(SectionPermissions):
    """A standing page: fixed in its place, closed to whoever is limited to sections; never deleted once released."""

    def is_outside(self) -> bool:
        """Return whether the user is limited to sections: a standing page is in none."""
        return is_limited(self.user)

    def can_edit(self) -> bool:
        """An erased one is a shell for good."""
        return self.page.specific.removed_by != Act.ERASE and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Only a page that readers have never seen, and that was not erased."""
        page = self.page.specific
        is_kept = page.first_released_at is not None or page.removed_by == Act.ERASE
        return not is_kept and super().can_delete(ignore_bulk)


class StoryPermissions(SectionPermissions):
    """A story: limited like its section; what readers have seen is never deleted."""

    def section_key(self) -> str | None:
        """Return the key of the story's section; None while a new story's form is open and it stands in none."""
        return str(self.page.section.key) if self.page.section else None

    def can_edit(self) -> bool:
        """Whoever the story is assigned to may write it like a story of one's own; an erased one is a shell for good."""
        if self.page.removed_by == Act.ERASE:
            return False
        is_given = not self.outside and self.user.is_active and self.page.assignee_id == self.user.pk
        return (is_given and "add" in self.permissions) or super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002, ARG002 - Wagtail's signature
        """Only a story that readers have never seen, by whose it is or who may edit it; a released one is withdrawn.

        A story has no pages below it, so Wagtail's question whether one of them is live, a query for each row of a
        list, is not asked.
        """
        page = self.page
        if page.live or page.first_released_at is not None or page.removed_by == Act.ERASE or not self.user.is_active:
            return False
        if self.user.is_superuser:
            return True  # Wagtail's testers hold no list of rights for one
        is_own = "add" in self.permissions and page.owner_id == self.user.pk
        return "change" in self.permissions or is_own

    def can_move(self) -> bool:
        """Moving a released story changes what readers see, so it takes the right to release."""
        if self.page.live:
            return self.can_publish() and self.can_edit()
        return self.can_edit()

    def can_copy(self) -> bool:
        """A copy is a new story of one's own."""
        return self.can_edit()
