"""A paper composed from a handful of documents, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import html

from broadsheet.edition.addresses import SearchedSheet, path_of, story_path
from broadsheet.edition.composer import EditionComposer
from broadsheet.edition.overlays import OverlayReader
from broadsheet.plain.urns import key_of
from broadsheet.press.kernel import ComposedSheet, compose_sheet
from tests.factories.ledger import NOW, VI, a_paper, a_section

if TYPE_CHECKING:
    from broadsheet.ledger.values import Document, StoryDocument
    from broadsheet.press.values import SheetPath


class Site:
    """The reader site of a paper that has released these documents, and a section news in both its languages."""

    def __init__(self, *documents: Document) -> None:
        standard = [a_paper(), a_section(title="News"), a_section(title="Tin tức", locale=VI)]
        laid = {(each.subject, each.locale): each for each in (*standard, *documents)}
        self.composer = EditionComposer()
        self.reader = OverlayReader(laid.values(), under=None, now=NOW)

    def sheet(self, path: str) -> ComposedSheet | None:
        """The finished sheet at that address."""
        return compose_sheet(composer=self.composer, path=as_path(path), reader=self.reader)

    def text(self, path: str) -> str:
        """The sheet's text. It must exist."""
        sheet = self.sheet(path)
        assert sheet is not None, f"there is no {path}"
        return sheet.data.decode()

    def page(self, path: str) -> Any:
        """The page as a tree (lxml)."""
        return html.document_fromstring(self.text(path))

    def story_page(self, story: StoryDocument) -> Any:
        """The page of a story as a tree (lxml)."""
        return self.page(address(story))

    def gathered(self, path: str) -> Any:
        """The page's values before they are printed."""
        gathered = self.composer.gather(as_path(path), lambda name: self.composer.compute(name, self.reader))
        assert gathered is not None, f"there is no {path}"
        return gathered.values


def address(story: StoryDocument) -> SheetPath:
    """The site path of a story."""
    return path_of(story_path(story))


def searched(story: StoryDocument) -> SheetPath:
    """The site path of a story's search sheet."""
    return path_of(SearchedSheet(story.locale, key_of(story.subject)))


def as_path(path: str) -> SheetPath:
    """The text as a site path."""
    return path  # type: ignore[return-value]


def words(tree: Any, expression: str) -> list[str]:
    """The words of every element the XPath expression finds, white space made one space."""
    return [" ".join(each.text_content().split()) for each in tree.xpath(expression)]
