"""The person's own second factor: set up with a QR code drawn here, recovery codes shown once, removed again."""

from __future__ import annotations

from base64 import b32encode
from typing import TYPE_CHECKING, Any, Final

import segno
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key
from wagtail.admin import messages

from broadsheet.desk.errors import AlreadySetUp, WrongCode
from broadsheet.desk.logins.actions.log_ins import end_log_ins
from broadsheet.desk.logins.actions.second_factor import (
    remove_second_factor,
    renew_recovery_codes,
    set_up_second_factor,
)
from broadsheet.desk.logins.forms import PasswordAgainForm, SecondFactorForm
from broadsheet.desk.logins.queries import has_second_factor, recovery_codes_left

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: The secret waits here until the first code proves that the app has it. It opens nothing before.
_NEW_SECRET: Final = "desk_new_secret"  # noqa: S105 - a name, not a secret
_GROUP: Final = 4


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SecondFactorView(View):
    """Sets up a second factor where there is none; else makes new recovery codes or removes it. Each asks the password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show how to set it up, or that it is."""
        if has_second_factor(request.user):
            return self.show_set_up(request, PasswordAgainForm(request=request))
        return self.show_setting_up(request, SecondFactorForm(request=request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says, once the password is right."""
        if not has_second_factor(request.user):
            return self.set_up(request, SecondFactorForm(request.POST, request=request))
        form = PasswordAgainForm(request.POST, request=request)
        if not form.is_valid():
            return self.show_set_up(request, form)
        if "remove" in request.POST:
            remove_second_factor(user=request.user, by=request.user)
            messages.success(request, "Your second factor is removed. The log-in asks for your password alone now.")
            return redirect("desk_second_factor")
        return self.show_codes(request, renew_recovery_codes(user=request.user))

    def set_up(self, request: HttpRequest, form: SecondFactorForm) -> HttpResponse:
        """Keep the secret, end log-ins that gave a password only, and show the recovery codes."""
        if not form.is_valid():
            return self.show_setting_up(request, form)
        code = form.cleaned_data["code"]
        try:
            codes = set_up_second_factor(user=request.user, secret=self.secret(request), code=code)
        except WrongCode:
            form.add_error("code", "This code is not right. Look whether your phone's clock is, and type the next one.")
            return self.show_setting_up(request, form)
        except AlreadySetUp as refused:
            messages.error(request, str(refused))
            return redirect("desk_second_factor")
        del request.session[_NEW_SECRET]
        end_log_ins(user=request.user, by=request.user, but=request.session.session_key)
        return self.show_codes(request, codes)

    def secret(self, request: HttpRequest) -> str:
        """Return the secret that waits to be set up; made once, so that a mistyped code needs no second scan."""
        return str(request.session.setdefault(_NEW_SECRET, default_key()))

    def show_setting_up(self, request: HttpRequest, form: SecondFactorForm) -> HttpResponse:
        """Return the screen with the QR code."""
        device = TOTPDevice(user=request.user, key=self.secret(request))
        drawing = segno.make(device.config_url, micro=False).svg_inline(scale=5, light="white", border=4, omitsize=True)
        typed = b32encode(device.bin_key).decode()
        context = {
            "form": form,
            "drawing": mark_safe(drawing),  # noqa: S308 - segno writes numbers and two names of colours into it
            "secret": " ".join(typed[start : start + _GROUP] for start in range(0, len(typed), _GROUP)),
        }
        return self.answer(request, "desk/logins/second_factor_new.html", context)

    def show_set_up(self, request: HttpRequest, form: PasswordAgainForm) -> HttpResponse:
        """Return the screen that tells of it."""
        context = {"form": form, "codes_left": recovery_codes_left(request.user)}
        return self.answer(request, "desk/logins/second_factor.html", context)

    def show_codes(self, request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
        """Return the codes in this one answer; nothing can show them again."""
        return self.answer(request, "desk/logins/recovery_codes.html", {"codes": codes})

    def answer(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """Return the screen in the account page's frame."""
        context |= {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_account"), "label": "Account"},
                {"url": "", "label": "Second factor"},
            ],
            "header_title": "Second factor",
            "header_icon": "lock",
        }
        return render(request, template, context)
