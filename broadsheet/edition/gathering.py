"""What the gathering of every kind of sheet starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadsheet.edition import assets, names
from broadsheet.edition.frames import Head, frame_of
from broadsheet.edition.words import words_of
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from broadsheet.edition.pages import Frame
    from broadsheet.edition.values import PaperLine
    from broadsheet.plain.locales import Locale
    from broadsheet.press.composing import ReadFact


class Work(NamedTuple):
    """One sheet being gathered: how to read, for which paper, in which language, at which address."""

    read: ReadFact
    paper: PaperLine
    locale: Locale
    path: SheetPath
    #: Stands before links inside a story's text: nothing, or in a preview the address of the published site.
    link_prefix: str = ""

    def say(self, words: str) -> str:
        """Return the site's own words in the language of the sheet."""
        return words_of(self.locale).gettext(words)

    def frame(self, head: Head) -> Frame:
        """Return what stands around the page."""
        return frame_of(read=self.read, paper=self.paper, locale=self.locale, head=head)

    def titled(self, title: str) -> str:
        """Return the title of a page, with the paper's name after it."""
        return f"{title} - {self.paper.name}"

    def sheet(
        self, template: str, values: object, *, rank: Rank, form: Form = Form.PAGE, files: tuple[SheetPath, ...] = ()
    ) -> Gathered:
        """Return the gathered sheet; reads the template, and takes the theme's files with it."""
        self.read(names.template_fact(template))
        return Gathered(template=template, form=form, rank=rank, values=values, assets=(*assets.theme_paths(), *files))
