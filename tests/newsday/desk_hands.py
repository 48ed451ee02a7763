"""What people do at the desk with mouse and keyboard, one function for each thing a person would say they did."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser, FrameLocator, Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_MS = 20_000
# An upload is answered once its sizes are made; that may take longer than the five seconds Playwright would wait.
expect.set_options(timeout=PATIENCE_MS)


class Manuscript(NamedTuple):
    """What a reporter has in hand."""

    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    byline: str
    picture: Path
    caption: str
    alt: str
    credit: str


class Person:
    """Somebody at the desk, in a browser window of their own."""

    def __init__(self, *, browser: Browser, desk: str, login: str) -> None:
        self.desk = desk
        self.page: Page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(f"{desk}/login/")
        self.page.fill("[name=username]", login)
        self.page.fill("[name=password]", f"{login}-demo")
        self.page.keyboard.press("Enter")
        # An inspector comes to the ledger first.
        self.page.wait_for_url(re.compile(rf"^{desk}/(ledger/)?$"))

    def open_new_story(self, *, section: str, language: str) -> None:
        """Go through the list of stories to the form of a new one in that section."""
        self.page.goto(f"{self.desk}/stories/")
        self.page.get_by_role("link", name="Add a story").click()
        group = self.page.locator(".desk-places").filter(has=self.page.get_by_role("heading", name=language))
        group.get_by_role("link", name=section, exact=True).click()
        expect(self.page.locator("[name=title]")).to_be_visible()

    def write(self, manuscript: Manuscript) -> None:
        """Fill in the form, the picture uploaded from the reporter's own machine, and save the draft."""
        self.page.fill("[name=title]", manuscript.headline)
        self.page.fill("[name=standfirst]", manuscript.standfirst)
        for paragraph in manuscript.paragraphs:
            self.add_paragraph(paragraph)
        self._choose_byline(manuscript.byline)
        self._upload_lead_picture(manuscript)
        self.page.fill("[name=lead_caption]", manuscript.caption)
        self.save_draft()

    def save_draft(self) -> None:
        """Press "Save draft" once the desk is not just saving by itself."""
        self.wait_for_autosave()
        with self.next_screen():
            self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.locator("[name=title]")).to_be_visible()

    def wait_for_autosave(self) -> None:
        """Wait until the desk has stopped saving by itself."""
        saving = self.page.get_by_text("Saving…", exact=True).locator("visible=true")
        expect(saving).to_have_count(0, timeout=PATIENCE_MS)

    @contextmanager
    def next_screen(self) -> Iterator[None]:
        """Wait until the desk has answered with a screen. Its saving by itself changes the address too, but no screen."""
        self.page.evaluate("() => { window.isOldScreen = true }")
        yield
        self.page.wait_for_function("() => !window.isOldScreen && document.readyState === 'complete'")

    def add_paragraph(self, text: str) -> None:
        """Put a paragraph at the end of the body; a new story begins with an empty one."""
        paragraphs = self.page.locator(".public-DraftEditor-content")
        if not paragraphs.count() or paragraphs.last.inner_text().strip():
            self.page.locator("button.c-sf-add-button").last.click()
            self.page.get_by_role("option", name="Paragraph").click()
        paragraphs.last.click()
        # To this editor, wherever the focus went while the desk saved by itself.
        paragraphs.last.press_sequentially(text)
        # The editor hands its text to the form a moment after the last key, which no person is quick enough to beat.
        self.page.wait_for_function(
            "text => [...document.querySelectorAll('[name^=body-][name$=-value]')].some(i => i.value.includes(text))",
            arg=text,
        )

    def preview(self, size: str) -> FrameLocator:
        """Show the story as a reader would see it, in that size beside the form."""
        sizes = self.page.locator(f"[name=preview-size][value={size}]")
        if not sizes.is_visible():
            self.page.get_by_role("button", name="Toggle preview").click()
        sizes.check(force=True)
        # While a newer preview loads, the older one stands before it.
        return self.page.frame_locator("iframe[title=Preview]").last

    def press(self, button: str) -> None:
        """Press a button under the form, wherever the menu keeps it, and wait for the desk's answer."""
        self.wait_for_autosave()
        footer = self.page.locator("footer")
        wanted = footer.get_by_role("button", name=button, exact=True)
        if not wanted.is_visible():
            footer.locator(".w-dropdown__toggle").click()
        with self.next_screen():
            wanted.click()

    def withdraw(self) -> None:
        """Take the story from readers, and answer yes when the desk asks again."""
        self.page.locator("footer .w-dropdown__toggle").click()
        self.page.locator("footer").get_by_role("link", name="Withdraw", exact=True).click()
        with self.next_screen():
            self.page.get_by_role("button", name="Withdraw it").click()

    def forge(self, fields: dict[str, str]) -> None:
        """Send the form with fields of our own, as somebody would who was not given the button."""
        with self.next_screen():
            self.page.evaluate(
                """fields => {
                    const form = document.querySelector("form#page-edit-form");
                    for (const [name, value] of Object.entries(fields)) {
                        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
                    }
                    form.submit();
                }""",
                fields,
            )

    def tie_to(self, headline: str) -> None:
        """Say that the open story is a version of that one."""
        self.page.get_by_role("tab", name="Settings").click()
        self.page.get_by_role("link", name="Tie or untie versions").click()
        self.page.get_by_role("button", name="Choose a story").click()
        dialog = self.page.locator(".modal-body")
        found = dialog.get_by_role("link", name=headline)
        until = time.monotonic() + 60
        while not found.count() and time.monotonic() < until:
            # On a busy machine the dialog does not listen yet, or the index is not written: ask again.
            dialog.locator("[name=q]").fill(headline)
            self.page.wait_for_timeout(1000)
        found.click()
        expect(dialog).to_have_count(0)
        self.page.get_by_role("button", name="Tie these versions").click()
        expect(self.page.locator(".messages")).to_contain_text("versions of each other")

    def buttons(self) -> list[str]:
        """Return the words on every button under the form."""
        footer = self.page.locator("footer")
        toggle = footer.locator(".w-dropdown__toggle")
        if toggle.count():
            toggle.click()
        words = [" ".join(text.split()) for text in footer.get_by_role("button").all_inner_texts()]
        words += [" ".join(text.split()) for text in footer.get_by_role("link").all_inner_texts()]
        return [word for word in words if word]

    def open_story(self, headline: str) -> None:
        """Look for the story in the list of stories, and open it."""
        self.page.goto(f"{self.desk}/stories/?{urlencode({'q': headline})}")
        self.page.get_by_role("link", name=headline, exact=False).first.click()
        expect(self.page.locator("[name=title]")).to_be_visible()

    def _choose_byline(self, name: str) -> None:
        self.page.get_by_role("button", name="Add byline").click()
        self.page.locator("#id_bylines-0-byline-chooser [data-chooser-action-choose]:visible").click()
        self.page.locator(".modal-body").get_by_role("link", name=name).click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def _upload_lead_picture(self, manuscript: Manuscript) -> None:
        self.page.locator("#id_lead_picture-chooser [data-chooser-action-choose]:visible").click()
        dialog = self.page.locator(".modal-body")
        dialog.get_by_role("tab", name="Upload").click()
        field = "[name=image-chooser-upload-{}]".format
        dialog.locator(field("file")).set_input_files(manuscript.picture)
        dialog.locator(field("title")).fill(manuscript.caption)
        dialog.locator(field("alt")).fill(manuscript.alt)
        dialog.locator(field("credit")).fill(manuscript.credit)
        dialog.locator(field("text_locale")).select_option("en")
        dialog.get_by_role("button", name="Upload").click()
        expect(dialog).to_have_count(0)
