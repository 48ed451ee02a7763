"""A new password by mail. Wagtail's screens and Django's links, with what they leave open closed (decision 0017)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN
from django.db import transaction
from django.shortcuts import redirect
from wagtail.admin.views.account import PasswordResetConfirmView, PasswordResetView
from wagtail.log_actions import log

from broadsheet.desk.errors import TooManyTries
from broadsheet.desk.logins.actions.attempts import count_attempt
from broadsheet.desk.logins.browsers import counters_of, make_known
from broadsheet.desk.logins.letters import send_reset_letter
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse


class AskForLetterView(PasswordResetView):
    """Step one: asks for the address, and says the same whoever has it."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Have the letter sent after the answer, unless somebody asks too often."""
        email = form.cleaned_data["email"]
        try:
            count_attempt(counters_of(self.request, deed="letter", account=email), now=utc_now())
        except TooManyTries as refused:
            form.add_error("email", str(refused))
            return self.form_invalid(form)
        send_reset_letter.enqueue(email)
        return redirect(self.success_url)


class NewPasswordView(PasswordResetConfirmView):
    """Step two: takes the new password from whoever holds the link, once."""

    def get_user(self, uidb64: str) -> Any:  # noqa: ANN401 - any user model
        """Return whose link it is, or None; somebody deactivated since has no link any more."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 - Django's form, which has the user
        """Set the password; with it every log-in of the older one ends. The log-in still asks for everything."""
        with transaction.atomic():
            # Two who hold the same link wait here for each other, and the second finds it used.
            user = get_user_model()._default_manager.select_for_update().get(pk=form.user.pk)  # noqa: SLF001
            token = self.request.session.get(INTERNAL_RESET_SESSION_TOKEN)
            if not self.token_generator.check_token(user, token):
                self.validlink = False
                return self.render_to_response(self.get_context_data())
            response: HttpResponse = super().form_valid(form)
            log(instance=user, action="broadsheet.password_reset", user=user)
        make_known(self.request, response, account=user.get_username())
        return response
