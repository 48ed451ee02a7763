"""Cookies of a desk behind HTTPS never travel without it, whichever settings it runs with."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SHOWN = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)"


@pytest.mark.parametrize(
    ("module", "url", "shown"),
    [
        ("test", "https://desk.example.org", "True True True Lax"),
        ("test", "http://127.0.0.1:8001", "False False True Lax"),
        ("production", "http://127.0.0.1:8001", "True True True Lax"),
    ],
)
def test_cookies_are_secure_where_the_desk_is(module: str, url: str, shown: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"broadsheet.settings.{module}",
        "BROADSHEET_DESK_URL": url,
        "BROADSHEET_SECRET_KEY": "for tests only",
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOWN], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == shown
