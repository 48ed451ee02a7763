"""The buttons that lead from a form to a screen of ours: acts, what is due by the clock, and things beside a page.

Each stands in the menu under the form of what is there already, for whoever may do what the screen does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from broadsheet.desk.actions.follow_up import may_follow_up
from broadsheet.desk.actors import current_actor
from broadsheet.desk.models import Section, StandingPage, Story
from broadsheet.desk.models.keyed import Keyed
from broadsheet.desk.permissions import may
from broadsheet.desk.queries import was_released
from broadsheet.desk.screens.addresses import screen_address
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Whether the person of the request may go to the screen: user and row.
    May = Callable[[Any, Any], bool]

_RESTORE: Final = "Restore a version…"
#: What is not offered for every page: a section has versions, and no more.
_OFFERED: Final[dict[type[Any], frozenset[Act]]] = {Section: frozenset({Act.RESTORE})}


class ScreenButton(ActionMenuItem):
    """Leads from a page's form to the screen of that name. ``leads_from`` says whose forms have it."""

    leads_from: tuple[type[Any], ...] = (Story, StandingPage)

    def __init__(self, screen: str, *, label: str, icon: str, order: int, may_go: May) -> None:
        super().__init__(order)
        self.screen, self.label, self.icon_name = screen, label, icon
        self.name = f"desk-{screen.replace('_', '-')}"
        self.may_go = may_go

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Only for a page that is there already, and to whoever may."""
        page = context.get("page")
        if context["view"] == "create" or not isinstance(page, self.leads_from):
            return False
        return self.may_go(context["request"].user, page)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the screen."""
        return screen_address(parent_context["page"], self.screen)


class FollowUpButton(ScreenButton):
    """Leads to the start of a follow-up; only stories have one."""

    leads_from = (Story,)


class ActButton(ScreenButton):
    """Leads to the screen before an act that needs words, where there is something to do."""

    leads_from = (Story, Section, StandingPage)

    def __init__(self, act: Act, *, label: str, icon: str, order: int) -> None:
        super().__init__(act, label=label, icon=icon, order=order, may_go=self.may_do)
        self.act = act

    def may_do(self, _user: Any, page: Any) -> bool:  # noqa: ANN401 - one of PAGE_MODELS
        """Only what was before readers; a correction only while it is."""
        if not was_released(page) or self.act not in _OFFERED.get(type(page), Act):
            return False
        return (page.live or self.act is not Act.CORRECT) and _may_act(self.act, page)


class AppointButton(ScreenButton):
    """Leads to the screen on which the page is appointed to go out or come off."""

    def __init__(self, act: Act, *, order: int) -> None:
        super().__init__(
            f"{act}_at", label="", icon="time", order=order, may_go=lambda _user, page: _may_act(act, page)
        )
        self.act = act

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Name the button after the act that will be done."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        act = Act.UPDATE if self.act is Act.RELEASE and parent_context["page"].live else self.act
        context["label"] = f"{act.title()} at…"
        return context


class SnippetButton(SnippetActionMenuItem):
    """Leads from the form of a byline or topic to the screen before an act."""

    def __init__(self, act: Act, *, label: str, icon: str, order: int) -> None:
        super().__init__(order)
        self.act, self.label, self.icon_name, self.name = act, label, icon, f"desk-{act}"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Only for one that is there already; one readers never had has no versions, and is erased as well."""
        row = context.get("instance")
        if not isinstance(row, Keyed) or not row.pk or row.is_erased:
            return False
        return (self.act is Act.ERASE or was_released(row)) and _may_act(self.act, row)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the screen."""
        return screen_address(parent_context["instance"], self.act)


def _may_act(act: Act, row: Any) -> bool:  # noqa: ANN401 - a row of SUBJECT_MODELS
    return may(actor=current_actor(), act=act, subject=subject_of(row))


def _may_edit(user: Any, page: Story | StandingPage) -> bool:  # noqa: ANN401 - any user model
    return bool(page.permissions_for_user(user).can_edit())


def _may_release(_user: Any, page: Story | StandingPage) -> bool:  # noqa: ANN401 - any user model
    return _may_act(Act.RELEASE, page)


def _may_erase(_user: Any, page: Story | StandingPage) -> bool:  # noqa: ANN401 - any user model
    return _may_act(Act.ERASE, page)


def _may_go_on_with(user: Any, story: Story) -> bool:  # noqa: ANN401 - any user model
    return bool(story.live) and may_follow_up(user, story)


BUTTONS: Final = (
    AppointButton(Act.RELEASE, order=100),
    AppointButton(Act.WITHDRAW, order=105),
    ActButton(Act.CORRECT, label="Correct…", icon="edit", order=110),
    ActButton(Act.RESTORE, label=_RESTORE, icon="history", order=120),
    ActButton(Act.KILL, label="Kill…", icon="warning", order=130),
    ActButton(Act.TAKEDOWN, label="Take down…", icon="no-view", order=140),
    ScreenButton("hold", label="Legal hold…", icon="lock", order=150, may_go=_may_release),
    FollowUpButton("follow_up", label="Write a follow-up…", icon="copy", order=155, may_go=_may_go_on_with),
    ScreenButton("share", label="Share a preview…", icon="link", order=160, may_go=_may_edit),
    # For drafts too: those hold text as well.
    ScreenButton("erase", label="Erase…", icon="bin", order=165, may_go=_may_erase),
)


SNIPPET_BUTTONS: Final = (
    SnippetButton(Act.RESTORE, label=_RESTORE, icon="history", order=120),
    SnippetButton(Act.ERASE, label="Erase…", icon="bin", order=165),
)


def register_buttons() -> None:
    """Hand the buttons to Wagtail, which asks a function for each."""
    for button in BUTTONS:
        hooks.register("register_page_action_menu_item", lambda button=button: button)
    for button in SNIPPET_BUTTONS:
        hooks.register(
            "register_snippet_action_menu_item",
            lambda model, button=button: button if issubclass(model, Keyed) else None,
        )


register_buttons()
