"""The mail server, as the environment names it."""

from __future__ import annotations

import pytest

from broadsheet.plain.errors import BadConfiguration
from broadsheet.plain.mail_server import MailServer, read_mail_server

SITE = "www.harbour.example"


def test_without_a_word_there_is_no_mail_server() -> None:
    assert read_mail_server({}, site=SITE).host == ""


def test_a_relay_in_the_house_takes_letters_as_they_are() -> None:
    found = read_mail_server({"BROADSHEET_MAIL_HOST": "relay.internal"}, site=SITE)
    sender = "desk@www.harbour.example"
    assert found == MailServer("relay.internal", 25, "", "", sender, tls=False, starttls=False)


@pytest.mark.parametrize(
    ("port", "expected"),
    [("", (587, False, True)), ("25", (25, False, True)), ("587", (587, False, True)), ("465", (465, True, False))],
)
def test_a_password_never_travels_in_the_open(port: str, expected: tuple[int, bool, bool]) -> None:
    words = {"BROADSHEET_MAIL_HOST": "mail.example.org", "BROADSHEET_MAIL_USER": "desk", "BROADSHEET_MAIL_PORT": port}
    found = read_mail_server(words, site=SITE)
    assert (found.port, found.tls, found.starttls) == expected


@pytest.mark.parametrize("port", ["smtp", "0", "70000", "-25", "٢٥", "25 "])
def test_what_is_no_port_is_told(port: str) -> None:
    with pytest.raises(BadConfiguration, match="BROADSHEET_MAIL_PORT must be the number of a port"):
        read_mail_server({"BROADSHEET_MAIL_PORT": port}, site=SITE)


@pytest.mark.parametrize("sender", ["desk", "@example.org", "desk@", "Desk", "desk@example.org\nBcc: all@example.org"])
def test_what_is_no_address_is_told(sender: str) -> None:
    with pytest.raises(BadConfiguration, match="BROADSHEET_MAIL_FROM must be like"):
        read_mail_server({"BROADSHEET_MAIL_FROM": sender}, site=SITE)


def test_a_sender_may_have_a_name() -> None:
    found = read_mail_server({"BROADSHEET_MAIL_FROM": "The Harbour Post <desk@harbour.example>"}, site=SITE)
    assert found.sender == "The Harbour Post <desk@harbour.example>"
