"""Redirects from addresses the paper once had. A page that stands is never hidden by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.pages import MovedPage
from broadsheet.edition.reading import Reader, released
from broadsheet.ledger.values import RedirectsDocument
from broadsheet.plain.locales import MULTIPLE
from broadsheet.plain.old_addresses import shelf_of
from broadsheet.plain.urns import key_of, make_urn
from broadsheet.press.values import FactName, Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.edition.reading import Stored
    from broadsheet.ledger.values import Document
    from broadsheet.plain.urns import Urn
    from broadsheet.press.composing import ReadFact


def shelf(about: str, reader: Reader) -> dict[str, str]:
    """Return the redirects of a shelf: from which old address to which."""
    return _redirects(released(make_urn("redirects", about), MULTIPLE, reader))


def target(about: str, reader: Reader) -> str:
    """Return where the old address leads, empty where it leads nowhere."""
    return shelf(shelf_of(about), reader).get(about, "")


def by_redirects(urn: Urn, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield a shelf and those of its addresses that lead elsewhere now, or nowhere."""
    name = names.redirects_fact(urn)
    yield name
    before: Mapping[str, str] = stored(name) or {}
    yield from map(names.redirect_fact, apart(before, shelf(key_of(urn), reader)))


def apart(before: Mapping[str, str] | None, after: Mapping[str, str]) -> list[SheetPath]:
    """Return the old addresses that differ between two states of a shelf."""
    was = before or {}
    return [SheetPath(old) for old in sorted({*was, *after}) if was.get(old) != after.get(old)]


def redirect_sheet(path: SheetPath, read: ReadFact) -> Gathered | None:
    """Return the redirect at an address where nothing else stands."""
    new: str = read(names.redirect_fact(path)) if path.endswith("/") and path != "/" else ""
    return Gathered(template="", form=Form.MOVED, rank=Rank.LIST, values=MovedPage(new)) if new else None


def with_redirects(standing: Iterator[SheetPath], reader: Reader) -> Iterator[SheetPath]:
    """Yield what stands, then every old address on which nothing does."""
    olds = {old for each in reader.standings("redirects") for old in _redirects(each.document)}
    for path in standing:
        olds.discard(path)
        yield path
    yield from map(SheetPath, sorted(olds))


def _redirects(document: Document | None) -> dict[str, str]:
    return {each.old: each.new for each in document.redirects} if isinstance(document, RedirectsDocument) else {}
