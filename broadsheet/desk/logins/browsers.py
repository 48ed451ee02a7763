"""What a request tells of the browser behind it: its name in words, its address, and whether an account knows it."""

from __future__ import annotations

import ipaddress
import secrets
import unicodedata
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.conf import settings
from ua_parser import parse_os, parse_user_agent

from broadsheet.desk.logins.actions.attempts import Counter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: A person who mistypes does so less often than this; a house behind one address has more people in it.
_FREE_FOR_ACCOUNT: Final = 5
_FREE_FOR_ADDRESS: Final = 20
_KNOWN_FOR: Final = timedelta(days=180)
_LONGEST_LINE: Final = 500
_LONGEST_WORDS: Final = 120
#: The part of an IPv6 address that a provider gives to one household.
_HOUSEHOLD: Final = 64


def browser_in_words(request: HttpRequest) -> str:
    """Return such as "Firefox on Windows"."""
    line = request.headers.get("user-agent", "")[:_LONGEST_LINE]
    browser, system = parse_user_agent(line), parse_os(line)
    name = browser.family if browser else "A browser that does not say its name"
    return (f"{name} on {system.family}" if system else name)[:_LONGEST_WORDS]


def address_of(request: HttpRequest) -> str | None:
    """Return the address the request came from, or None where the server knows none."""
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def counters_of(request: HttpRequest, *, deed: str, account: str) -> tuple[Counter, ...]:
    """Return what an attempt at this deed is counted by.

    A browser in which the account's owner was logged in before is counted by itself alone: whoever guesses elsewhere
    cannot make the owner wait, and a thief of the browser is stopped all the same.
    Shapes: ``deed`` is a word of ours (``password``, ``code``, ``letter``); ``account`` as typed.
    """
    known = _known_token(request, account)
    if known is not None:
        return (Counter(f"{deed} known {known}", _FREE_FOR_ACCOUNT),)
    return (
        Counter(f"{deed} account {_same(account)}", _FREE_FOR_ACCOUNT),
        Counter(f"{deed} address {_household(address_of(request))}", _FREE_FOR_ADDRESS, is_shared=True),
    )


def make_known(request: HttpRequest, response: HttpResponse, *, account: str) -> None:
    """Let the browser be known as the account's own. Only after a log-in was finished, or a letter was answered."""
    response.set_signed_cookie(
        _cookie_name(account),
        _known_token(request, account) or secrets.token_hex(16),
        salt=_salt(account),
        max_age=_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known_token(request: HttpRequest, account: str) -> str | None:
    """Return the token of a browser that is known; one that was forged or belongs to another account is none."""
    token = request.get_signed_cookie(_cookie_name(account), None, salt=_salt(account), max_age=_KNOWN_FOR)
    return str(token) if token is not None else None


def _cookie_name(account: str) -> str:
    return f"desk_known_{sha256(_same(account).encode()).hexdigest()[:12]}"


def _salt(account: str) -> str:
    return f"broadsheet.desk.known {_same(account)}"


def _same(account: str) -> str:
    """Return the name as it counts: however it is typed, it is one account."""
    return unicodedata.normalize("NFKC", account).strip().casefold()


def _household(address: str | None) -> str:
    if address is None or ":" not in address:
        return str(address)
    return str(ipaddress.ip_network((address, _HOUSEHOLD), strict=False))
