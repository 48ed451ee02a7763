"""Signs in and gets codes as a person with a browser and a phone does."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

if TYPE_CHECKING:
    from django.http import HttpResponse

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
PASSWORD = "secret"
LOG_IN = "/login/"
CODE = "/login/code/"
SECOND_FACTOR = "/account/second-factor/"


def browser(address: str = "203.0.113.5", line: str = FIREFOX) -> Client:
    """Return a browser that nobody used before, at that address."""
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT=line)


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> HttpResponse:
    """Type name and password."""
    return client.post(LOG_IN, {"username": name, "password": password, "next": "/", **more})


def is_in(client: Client) -> bool:
    """Return whether the desk answers, and does not lead to the log-in."""
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def signed_in(name: str, **where: str) -> Client:
    """Return a browser in which that person is logged in by password."""
    client = browser(**where)
    sign_in(client, name)
    assert is_in(client)
    return client


def app_code(user: Any, *, steps: int = 0) -> str:
    """Return what the person's app shows now, or will show some steps later."""
    key = TOTPDevice.objects.get(user=user).bin_key
    return f"{totp(key, t0=-30 * steps):06}"


def set_up_second_factor(client: Client, password: str = PASSWORD) -> list[str]:
    """Scan, type the digits and the password; return the recovery codes."""
    secret = client.get(SECOND_FACTOR).context["secret"]
    page = client.post(SECOND_FACTOR, {"code": code_of(secret), "password": password}).content.decode()
    return re.findall(r"<code>([a-z0-9-]{19})</code>", page)


def code_of(secret: str) -> str:
    """Return the digits an app shows that was given the secret as it stands on the screen."""

    return f"{totp(b32decode(secret.replace(' ', ''))):06}"


def sentences(response: HttpResponse) -> str:
    """Return the page's text without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def refusals(response: HttpResponse) -> list[str]:
    """Return what the log-in says against the person."""
    return list(response.context["form"].non_field_errors())


def later(seconds: float) -> float:
    """Return that moment from now, for a clock that is set."""
    return time.time() + seconds
