"""The account page: Wagtail's, with a tab for log-ins, and an old password that is no easier to guess than elsewhere."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django import forms
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    ChangePasswordPanel,
    NotificationsSettingsPanel,
    SettingsTab,
)

from broadsheet.desk.forms.notice_mail import NoticeMailForm
from broadsheet.desk.logins.forms import OwnPasswordForm
from broadsheet.desk.logins.queries import has_second_factor, log_ins_of, recovery_codes_left
from broadsheet.plain.times import utc_now

LOG_INS_TAB = SettingsTab("log-ins", "Log-ins", order=300)


class LogInsPanel(BaseSettingsPanel):
    """Tells where the person is logged in and whether there is a second factor, and leads to both."""

    name = "log_ins"
    title = "Your log-ins"
    tab = LOG_INS_TAB
    order = 100
    template_name = "desk/logins/account_panel.html"

    def get_form(self) -> forms.Form:
        """Return a form of nothing: the panel only leads on."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        """Return what the panel tells."""
        return {
            "log_ins": log_ins_of(self.user, now=utc_now()).count(),
            "has_second_factor": has_second_factor(self.user),
            "codes_left": recovery_codes_left(self.user),
        }


class OwnPasswordPanel(ChangePasswordPanel):
    """Wagtail's panel with our form, made once for each request, so that one try counts once."""

    form_class = OwnPasswordForm

    @cached_property
    def form(self) -> OwnPasswordForm:
        """Return the form, which needs the request to count by."""
        form: OwnPasswordForm = super().get_form()
        form.request = self.request
        return form

    def get_form(self) -> OwnPasswordForm:
        """Return the one form."""
        return self.form


class NoticeMailPanel(NotificationsSettingsPanel):
    """Wagtail's panel with our form: which notices come by mail."""

    title = "Notices by mail"
    form_class = NoticeMailForm


_OURS: Final[dict[type[BaseSettingsPanel], type[BaseSettingsPanel]]] = {
    ChangePasswordPanel: OwnPasswordPanel,
    NotificationsSettingsPanel: NoticeMailPanel,
}


class OwnAccountView(AccountView):
    """Wagtail's account page with those panels in the place of its own."""

    @cached_property
    def panels(self) -> list[BaseSettingsPanel]:
        """Return the panels of this request."""
        return [
            _OURS[type(panel)](panel.request, panel.user, panel.profile) if type(panel) in _OURS else panel
            for panel in super().get_panels()
        ]

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Return the panels of this request."""
        return self.panels
