"""The mail server of the desk, as the environment names it."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.plain.errors import BadConfiguration

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Encrypted from the first byte.  Source: RFC 8314, section 3.3.
_SUBMISSIONS: Final = 465
#: Encrypted once both sides agree (STARTTLS).  Source: RFC 6409, section 3.1, and RFC 3207.
_SUBMISSION: Final = 587
_RELAY: Final = 25
_LAST_PORT: Final = 65535


class MailServer(NamedTuple):
    """Where letters go out. An empty ``host`` is no mail server at all.

    Shapes: ``sender`` is an address, or a name and an address. At most one of ``tls`` and ``starttls`` is true; one of
    them is wherever there is a ``user``, so that no password travels in the open.
    """

    host: str
    port: int
    user: str
    password: str
    sender: str
    tls: bool
    starttls: bool


def read_mail_server(environment: Mapping[str, str], *, site: str) -> MailServer:
    """Return the mail server; letters come from ``desk@`` the reader site's host unless a sender is named.

    Shapes: ``site`` is the host name of the reader site.
    Raises: BadConfiguration with the sentence that says what to write.
    """
    user = environment.get("BROADSHEET_MAIL_USER", "")
    port = _port(environment.get("BROADSHEET_MAIL_PORT") or str(_SUBMISSION if user else _RELAY))
    return MailServer(
        host=environment.get("BROADSHEET_MAIL_HOST", ""),
        port=port,
        user=user,
        password=environment.get("BROADSHEET_MAIL_PASSWORD", ""),
        sender=_sender(environment.get("BROADSHEET_MAIL_FROM") or f"desk@{site}"),
        tls=port == _SUBMISSIONS,
        starttls=port != _SUBMISSIONS and (bool(user) or port == _SUBMISSION),
    )


def _port(words: str) -> int:
    if not words.isascii() or not words.isdigit() or not 0 < int(words) <= _LAST_PORT:
        msg = f"BROADSHEET_MAIL_PORT must be the number of a port, such as 587, not {words!r}."
        raise BadConfiguration(msg)
    return int(words)


def _sender(words: str) -> str:
    name, separator, host = parseaddr(words)[1].rpartition("@")
    if not (name and separator and host) or any(ord(each) < ord(" ") for each in words):
        msg = f"BROADSHEET_MAIL_FROM must be like desk@example.org or Desk <desk@example.org>, not {words!r}."
        raise BadConfiguration(msg)
    return words
