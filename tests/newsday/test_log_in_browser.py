"""A second factor in a real browser against the real processes: set up on one screen, asked for on another."""

from __future__ import annotations

import re
from base64 import b32decode
from typing import TYPE_CHECKING

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from tests.newsday.demo_paper import RunningPaper

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


class Window:
    """A browser that nobody used before, and what it asked of other hosts or was refused by the desk's policy."""

    def __init__(self, browser: Browser, desk: str, *, width: int, height: int, scheme: str) -> None:
        self.desk = desk
        size = {"width": width, "height": height}
        self.page: Page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
        self.page.set_default_timeout(20_000)
        self.amiss: list[str] = []
        self.page.on("request", lambda request: self.note(request.url, if_not=(desk, "data:", "blob:")))
        self.page.on("console", lambda message: self.note(message.text, if_in="Content Security Policy"))

    def note(self, text: str, *, if_not: tuple[str, ...] = (), if_in: str = "") -> None:
        if (if_not and not text.startswith(if_not)) or (if_in and if_in in text):
            self.amiss.append(text)

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto(f"{self.desk}/login/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", password)
        self.press("Sign in")

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def stands_in_the_window(self) -> bool:
        """Return whether nothing has to be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_second_factor_from_set_up_to_log_in(paper: RunningPaper, browser: Browser) -> None:
    desk = Window(browser, paper.desk, width=1400, height=1000, scheme="light")
    phone = Window(browser, paper.desk, width=390, height=844, scheme="dark")
    phone.sign_in("editor", "editor-demo")
    desk.sign_in("editor", "editor-demo")
    desk.page.goto(f"{paper.desk}/account/#tab-log-ins")
    expect(desk.page.get_by_text("You are logged in at 2 places.")).to_be_visible()

    desk.page.get_by_role("link", name="Set up a second factor").click()
    drawing = desk.page.locator(".desk-qr svg")
    expect(drawing).to_be_visible()
    assert drawing.evaluate("svg => svg.getBoundingClientRect().width") > 150
    secret = b32decode(desk.page.locator(".desk-secret").inner_text().replace(" ", ""))
    desk.page.get_by_label("The six digits your app shows").fill(f"{totp(secret):06}")
    desk.page.get_by_label("Your password").fill("editor-demo")
    desk.press("Set up")
    codes = desk.page.locator(".desk-codes code").all_inner_texts()
    assert len(codes) == 10

    phone.page.goto(f"{paper.desk}/account/second-factor/")
    expect(phone.page).to_have_url(re.compile("/login/"))
    phone.sign_in("editor", "editor-demo")
    expect(phone.page).to_have_url(f"{paper.desk}/login/code/")
    phone.page.get_by_label("Code").fill("123456")
    phone.press("Sign in")
    expect(phone.page.get_by_text("This code is not right")).to_be_visible()
    assert phone.stands_in_the_window()
    phone.page.get_by_label("Code").fill(codes[0])
    phone.press("Sign in")
    expect(phone.page).to_have_url(f"{paper.desk}/")
    for path in ("/account/log-ins/", "/account/second-factor/"):
        phone.page.goto(paper.desk + path)
        assert phone.stands_in_the_window()

    desk.page.goto(f"{paper.desk}/account/log-ins/")
    expect(desk.page.locator(".desk-log-ins li")).to_have_count(2)
    desk.press("End all others")
    expect(desk.page.locator(".desk-log-ins li")).to_have_count(1)
    phone.page.goto(f"{paper.desk}/")
    expect(phone.page).to_have_url(re.compile("/login/"))
    assert not desk.amiss + phone.amiss


def test_whoever_guesses_is_told_how_long_to_wait(paper: RunningPaper, browser: Browser) -> None:
    guesser = Window(browser, paper.desk, width=390, height=844, scheme="light")
    told = guesser.page.get_by_text(re.compile(r"Too many tries\. Wait \d+ (second|minute)s?, then try again\."))
    # Five are free; a slow machine may take longer from one guess to the next than the first pauses last.
    for number in range(12):
        guesser.sign_in("reporter", f"guess {number}")
        if told.count():
            break
    expect(told).to_be_visible()
    assert guesser.stands_in_the_window()
    assert not guesser.amiss
