"""The buttons under the form in a newsroom's words, and the sentence that says what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, SubmitForModerationMenuItem, UnpublishMenuItem
from wagtail.admin.widgets import Button

from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.assignees import name_of_person
from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.permissions import may_see_ledger
from broadsheet.desk.screens.ledger.access import ICON
from broadsheet.desk.subjects import PAGE_MODELS, subject_of
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

_SAID: Final = {
    Act.RELEASE: "“{title}” is released. Readers have it within a moment.",
    Act.UPDATE: "The update of “{title}” is on its way to readers.",
    Act.WITHDRAW: "“{title}” is withdrawn. Readers no longer find it.",
}


class ReleaseButton(PublishMenuItem):
    """Release, or Update where readers have the story."""

    template_name = "desk/release_button.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Name the button after the act it does."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = parent_context.get("page")
        live = page is not None and page.live
        context["label"], context["doing"] = ("Update", "Updating…") if live else ("Release", "Releasing…")
        return context


class WithdrawButton(UnpublishMenuItem):
    """Withdraw."""

    label = "Withdraw"


class ApprovalButton(SubmitForModerationMenuItem):
    """Send for approval, first and again."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Leave the workflow's name out: a paper has one."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["label"] = "Send for approval"
        return context


_OURS: Final[dict[type[ActionMenuItem], type[ActionMenuItem]]] = {
    PublishMenuItem: ReleaseButton,
    UnpublishMenuItem: WithdrawButton,
    SubmitForModerationMenuItem: ApprovalButton,
}


@hooks.register("construct_page_action_menu")
def use_newsroom_words(menu_items: list[ActionMenuItem], _request: HttpRequest, _context: dict[str, Any]) -> None:
    """Put our buttons in the place of Wagtail's; its last approval releases, so it says so."""
    for place, item in enumerate(menu_items):
        if type(item) in _OURS:
            menu_items[place] = _OURS[type(item)](order=item.order)
        elif item.name == "approve":
            item.label = str(item.label).replace("and Publish", "and release")


@hooks.register("construct_page_listing_buttons")
def use_newsroom_words_in_lists(buttons: list[Any], **_context: object) -> None:
    """Say "Withdraw" in lists too."""
    in_newsroom_words(buttons)


@hooks.register("register_page_header_buttons")
def lead_to_the_ledger(page: Page, user: Any, view_name: str, **_next_url: object) -> Iterator[Button]:  # noqa: ANN401
    """Lead from the form of a story or standing page to everything that was released of it, where there is anything."""
    is_released = isinstance(page, Story | StandingPage) and page.first_released_at is not None
    if view_name == "edit" and is_released and may_see_ledger(user):
        url = reverse("ledger_subject", args=[subject_of(page).urn])
        yield Button("Ledger history", url, icon_name=ICON, priority=95)


@hooks.register("register_page_header_buttons")
def lead_to_the_assignment(page: Page, user: Any, view_name: str, **_next_url: object) -> Iterator[Button]:  # noqa: ANN401 - any user model
    """Lead from a story's form to who has it, and say so on the way."""
    if view_name == "edit" and isinstance(page, Story) and page.permissions_for_user(user).can_edit():
        who = f"Assigned to {name_of_person(page.assignee)}…" if page.assignee else "Assign…"
        yield Button(who, reverse("desk_assign", args=[page.pk]), icon_name="user", priority=94)


def in_newsroom_words(buttons: list[Any]) -> list[Any]:
    """Return the same buttons, the one that unpublishes called "Withdraw"."""
    for button in buttons:
        if str(getattr(button, "url", "")).split("?")[0].endswith("/unpublish/"):
            button.label = "Withdraw"
    return buttons


@hooks.register("after_publish_page")
def say_what_was_done(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say which act the button did, or that nothing had changed, and lead back to the list."""
    if not isinstance(page, PAGE_MODELS):
        return None
    urn = subject_of(page).urn
    done = next((record for record in reversed(what_was_asked().done) if record.subject == urn), None)
    if done is None:
        messages.info(
            request, f"Nothing in “{page.title}” has changed since its last release; readers keep what they have."
        )
    else:
        messages.success(request, _SAID[done.act].format(title=page.title))
    return redirect("wagtailadmin_explore", page.get_parent().pk)
