"""The log-in in its two steps: the password, and the code for those who set up a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.views.account import LoginView

from broadsheet.desk.errors import DeskError
from broadsheet.desk.logins.actions.attempts import attempt
from broadsheet.desk.logins.actions.second_factor import use_code
from broadsheet.desk.logins.browsers import counters_of, make_known
from broadsheet.desk.logins.forms import CodeForm, LogInForm
from broadsheet.desk.logins.half import HalfLogIn, begin_half, end_half, half_of
from broadsheet.desk.logins.queries import has_second_factor, recovery_codes_left
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PasswordView(LoginView):
    """Asks for name and password."""

    def get_form_class(self) -> type[LogInForm]:
        """Return the form that counts failures."""
        return LogInForm

    def form_valid(self, form: LogInForm) -> HttpResponse:
        """Let the person in, or ask for the code first."""
        user = cast("Any", form.get_user())
        if has_second_factor(user):
            half = HalfLogIn(user=user, remember=form.cleaned_data["remember"], next_url=self.get_success_url())
            begin_half(self.request, half, now=utc_now())
            return redirect("desk_log_in_code")
        response: HttpResponse = super().form_valid(form)
        make_known(self.request, response, account=user.get_username())
        return response


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class CodeView(View):
    """Asks for the code, and only then lets the person in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form to whoever gave the right password."""
        if half_of(request, now=utc_now()) is None:
            return self.begin_again(request)
        return self.answer(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let the person in, or say what is wrong with the code."""
        now = utc_now()
        half = half_of(request, now=now)
        if half is None:
            return self.begin_again(request)
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.answer(request, form)
        try:
            with attempt(counters_of(request, deed="code", account=half.user.get_username()), now=now):
                use_code(user=half.user, code=form.cleaned_data["code"])
        except DeskError as refused:
            form.add_error("code", str(refused))
            return self.answer(request, form)
        return self.let_in(request, half, typed=form.cleaned_data["code"])

    def let_in(self, request: HttpRequest, half: HalfLogIn, *, typed: str) -> HttpResponse:
        """Finish the log-in as Wagtail's own view would have."""
        end_half(request)
        login(request, half.user)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE if half.remember else 0)
        if not typed.replace(" ", "").isdecimal():
            left = recovery_codes_left(half.user)
            messages.warning(request, f"You used a recovery code; {left} are left. Your account page makes new ones.")
        response = redirect(half.next_url)
        make_known(request, response, account=half.user.get_username())
        return response

    def begin_again(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the password."""
        messages.error(request, "Sign in with your password first.")
        return redirect("wagtailadmin_login")

    def answer(self, request: HttpRequest, form: CodeForm) -> HttpResponse:
        """Return the screen."""
        return render(request, "desk/logins/code.html", {"form": form})
