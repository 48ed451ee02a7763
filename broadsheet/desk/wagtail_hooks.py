"""Where the desk hooks into Wagtail: menu, lists, forms. One line each; what they do is in ``screens``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from broadsheet.desk.logins.actions.log_ins import end_dead_log_ins
from broadsheet.desk.logins.permissions import may_keep_log_ins
from broadsheet.desk.logins.screens import log_ins as log_in_screens
from broadsheet.desk.logins.screens import second_factor as factor_screens
from broadsheet.desk.logins.screens.account import LogInsPanel
from broadsheet.desk.models import Byline, Front, Navigation, Picture, Section, StandingPage, Story, Topic
from broadsheet.desk.screens.acts import CorrectView, KillView, RestoreView, TakedownView
from broadsheet.desk.screens.appointed import ICON as CLOCK
from broadsheet.desk.screens.appointed import AppointmentsView
from broadsheet.desk.screens.appointing import AppointView
from broadsheet.desk.screens.assigning import AssignView, CommissionView
from broadsheet.desk.screens.bylines import BylineViewSet
from broadsheet.desk.screens.erasing import EraseView
from broadsheet.desk.screens.follow_up import FollowUpView
from broadsheet.desk.screens.fronts import FrontsMenuItem, FrontsView, FrontView
from broadsheet.desk.screens.holding import HoldView
from broadsheet.desk.screens.languages import LanguageVersionsView
from broadsheet.desk.screens.ledger.comparing import ledger_differences
from broadsheet.desk.screens.ledger.listing import ledger_list
from broadsheet.desk.screens.ledger.release import ledger_envelope, ledger_release
from broadsheet.desk.screens.ledger.subject import ledger_subject
from broadsheet.desk.screens.menu import (
    LedgerMenuItem,
    LedgerSearch,
    keep_newsroom_items,
    keep_newsroom_panels,
    keep_newsroom_summary,
)
from broadsheet.desk.screens.navigation import NavigationMenuItem, NavigationsView, NavigationView
from broadsheet.desk.screens.notices import NoticesMenuItem, NoticesView, open_notice
from broadsheet.desk.screens.redirects import RedirectsMenuItem, RedirectsView
from broadsheet.desk.screens.sections import SectionViewSet
from broadsheet.desk.screens.sharing import SharePreviewView
from broadsheet.desk.screens.standing_pages import StandingPageViewSet
from broadsheet.desk.screens.stories import StoryViewSet
from broadsheet.desk.screens.topics import TopicViewSet
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest
    from wagtail.admin.search import SearchArea

#: The screens of a subject: those before acts, and those beside it.
_SCREENS: Final[dict[str, Callable[..., Any]]] = {
    "correct": CorrectView.as_view,
    "kill": KillView.as_view,
    "takedown": TakedownView.as_view,
    "restore": RestoreView.as_view,
    "erase": EraseView.as_view,
    "hold": HoldView.as_view,
    "share": SharePreviewView.as_view,
    "release_at": partial(AppointView.as_view, act=Act.RELEASE),
    "withdraw_at": partial(AppointView.as_view, act=Act.WITHDRAW),
}
#: By the folder of their addresses and the end of their names: whose they are, and which there are.
_SCREENS_OF: Final[dict[tuple[str, str], tuple[type[Any], Iterable[str]]]] = {
    ("stories", ""): (Story, _SCREENS),
    ("page", "_page"): (StandingPage, _SCREENS),
    ("picture", "_picture"): (Picture, ("kill", "takedown", "restore", "erase")),
    ("section", "_section"): (Section, ("restore",)),
    ("navigation", "_navigation"): (Navigation, ("restore",)),
    ("front", "_front"): (Front, ("restore",)),
    ("byline", "_byline"): (Byline, ("restore", "erase")),
    ("topic", "_topic"): (Topic, ("restore", "erase")),
}
#: After Wagtail's own apps have added theirs.
_LAST: Final = 1000


@hooks.register("register_admin_viewset")
def register_lists() -> list[Any]:
    """Add the desk's own lists."""
    return [StoryViewSet(), SectionViewSet(), StandingPageViewSet(), BylineViewSet(), TopicViewSet()]


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    """Add the desk's own screens."""
    return [
        path("languages/<int:pk>/", LanguageVersionsView.as_view(), name="desk_languages"),
        path("stories/commission/", CommissionView.as_view(), name="desk_commission"),
        path("stories/<int:pk>/assign/", AssignView.as_view(), name="desk_assign"),
        path("stories/<int:pk>/follow-up/", FollowUpView.as_view(), name="desk_follow_up"),
        path("stories/appointments/", AppointmentsView.as_view(), name="desk_appointments"),
        *(
            path(f"{folder}/<int:pk>/{name.replace('_', '-')}/", _SCREENS[name](model=model), name=f"desk_{name}{end}")
            for (folder, end), (model, names) in _SCREENS_OF.items()
            for name in names
        ),
        path("account/log-ins/", log_in_screens.OwnLogInsView.as_view(), name="desk_log_ins"),
        path("account/second-factor/", factor_screens.SecondFactorView.as_view(), name="desk_second_factor"),
        path("users/<int:pk>/log-ins/", log_in_screens.LogInsOfView.as_view(), name="desk_log_ins_of"),
        path("navigation/", NavigationsView.as_view(), name="desk_navigations"),
        path("navigation/<str:code>/", NavigationView.as_view(), name="desk_navigation"),
        path("fronts/", FrontsView.as_view(), name="desk_fronts"),
        path("fronts/<str:code>/", FrontView.as_view(), name="desk_front"),
        path("fronts/<str:code>/<str:key>/", FrontView.as_view(), name="desk_section_front"),
        path("redirects/", RedirectsView.as_view(), name="desk_redirects"),
        path("notices/", NoticesView.as_view(), name="desk_notices"),
        path("notices/<int:pk>/", open_notice, name="desk_notice"),
        path("ledger/", ledger_list, name="ledger_list"),
        path("ledger/subjects/<str:urn>/", ledger_subject, name="ledger_subject"),
        path("ledger/releases/<int:number>/", ledger_release, name="ledger_release"),
        path("ledger/releases/<int:number>/document.json", ledger_envelope, name="ledger_envelope"),
        path("ledger/differences/", ledger_differences, name="ledger_differences"),
    ]


@hooks.register("register_admin_menu_item")
def navigation_in_menu() -> MenuItem:
    """Add the navigation to the menu of those who may release it."""
    return NavigationMenuItem()


@hooks.register("register_admin_menu_item")
def fronts_in_menu() -> MenuItem:
    """Add the fronts to the menu of those who may release them."""
    return FrontsMenuItem()


@hooks.register("register_settings_menu_item")
def redirects_in_menu() -> MenuItem:
    """Add the redirects to the settings of administrators."""
    return RedirectsMenuItem()


@hooks.register("register_admin_menu_item")
def ledger_in_menu() -> MenuItem:
    """Add the ledger to the menu of those who may see it."""
    return LedgerMenuItem()


@hooks.register("register_admin_menu_item")
def notices_in_menu() -> MenuItem:
    """Add the notices to the menu."""
    return NoticesMenuItem()


@hooks.register("register_admin_menu_item")
def appointments_in_menu() -> MenuItem:
    """Add the list of all that is appointed."""
    return MenuItem("By the clock", reverse_lazy("desk_appointments"), name="appointments", icon_name=CLOCK, order=105)


@hooks.register("register_admin_search_area")
def ledger_in_search() -> SearchArea:
    """Let an inspector's search box look in the ledger."""
    return LedgerSearch()


@hooks.register("construct_main_menu")
def trim_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave a newsroom's words in the menu."""
    keep_newsroom_items(request, items)


@hooks.register("construct_homepage_panels")
def trim_home(_request: HttpRequest, panels: list[Any]) -> None:
    """Leave on the home screen what waits for somebody."""
    keep_newsroom_panels(panels)


@hooks.register("construct_homepage_summary_items", order=_LAST)
def trim_summary(request: HttpRequest, items: list[Any]) -> None:
    """Count what a newsroom counts."""
    keep_newsroom_summary(request, items)


@hooks.register("insert_global_admin_css")
def desk_style() -> str:
    """Add the desk's few own rules of style."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_editor_js")
def count_lengths() -> str:
    """Count what is typed into a story's form."""
    return format_html('<script defer src="{}"></script>', static("desk/lengths.js"))


@hooks.register("register_account_settings_panel")
def register_log_ins_panel(request: HttpRequest, user: Any, profile: Any) -> LogInsPanel:  # noqa: ANN401 - Wagtail's call
    """Show on the account page where one is logged in, and the second factor."""
    return LogInsPanel(request, user, profile)


@hooks.register("register_user_listing_buttons")
def register_log_ins_button(user: Any, request_user: Any) -> list[Button]:  # noqa: ANN401 - any user model
    """Lead administrators from the list of users to the log-ins of each."""
    if not may_keep_log_ins(request_user, user):
        return []
    return [Button("Log-ins", reverse("desk_log_ins_of", args=[user.pk]), icon_name="key", priority=20)]


@hooks.register("after_bulk_action")
def end_log_ins_after_bulk(_request: HttpRequest, action_type: str, users: list[Any], _action: Any) -> None:  # noqa: ANN401 - Wagtail's call
    """End what bulk deactivation leaves: it writes past ``save``, and no signal tells of it."""
    if action_type == "set_active_state":
        for user in users:
            user.refresh_from_db()
            end_dead_log_ins(user)
