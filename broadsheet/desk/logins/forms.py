"""What is typed to get into the desk. Each form asks the actions, and says their refusals beside the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from wagtail.admin.forms.auth import LoginForm, PasswordChangeForm

from broadsheet.desk.errors import DeskError, TooManyTries
from broadsheet.desk.logins.actions.attempts import attempt
from broadsheet.desk.logins.browsers import counters_of
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest


class LogInForm(LoginForm):
    """Asks for name and password, in as many tries as are free."""

    def clean(self) -> dict[str, Any]:
        """Return what was typed, its user found; a pause is told instead of an answer."""
        account = self.cleaned_data.get("username")
        if not account or not self.cleaned_data.get("password"):
            return self.cleaned_data
        try:
            with attempt(counters_of(self.request, deed="password", account=account), now=utc_now()):
                return super().clean()
        except TooManyTries as refused:
            raise forms.ValidationError(str(refused)) from refused


class CodeForm(forms.Form):
    """Asks for a code of the second factor."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": "", "spellcheck": "false"}),
        error_messages={"required": "Type the code."},
    )


class PasswordAgainForm(forms.Form):
    """Asks a person who is logged in for the password once more: the desk may stand open while they are away."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password."},
    )

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:  # noqa: ANN401 - Django's own forms say so
        super().__init__(data)
        self.request = request

    def clean_password(self) -> str:
        """Return the password when it is the person's own."""
        password: str = self.cleaned_data["password"]
        user: Any = self.request.user
        try:
            with attempt(counters_of(self.request, deed="password", account=user.get_username()), now=utc_now()):
                if not user.check_password(password):
                    msg = "This is not your password."
                    raise forms.ValidationError(msg)
        except DeskError as refused:
            raise forms.ValidationError(str(refused)) from refused
        return password


class SecondFactorForm(PasswordAgainForm):
    """Asks for the password and for a first code of the app."""

    code = forms.CharField(
        label="The six digits your app shows",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Type the six digits."},
    )


class OwnPasswordForm(PasswordChangeForm):
    """Changes the password on the account page; the old one is no easier to guess there than at the log-in."""

    request: HttpRequest

    def clean_old_password(self) -> str:
        """Return the old password when it is right."""
        try:
            with attempt(counters_of(self.request, deed="password", account=self.user.get_username()), now=utc_now()):
                return str(super().clean_old_password())
        except TooManyTries as refused:
            raise forms.ValidationError(str(refused)) from refused
