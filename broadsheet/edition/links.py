"""Inline markup as a page prints it: cleaned once more, links to stories and pages turned into reader addresses.

A link to one that is not out loses its anchor and keeps its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import nh3

from broadsheet.edition import names
from broadsheet.edition.printing import printable
from broadsheet.ledger.values import State
from broadsheet.plain.errors import BadUrn
from broadsheet.plain.html import INLINE_TAGS, SafeHtml
from broadsheet.plain.urns import Urn, kind_of, parse_urn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.edition.values import PagePlace, PaperLine, Place
    from broadsheet.plain.locales import Locale
    from broadsheet.press.composing import ReadFact
    from broadsheet.press.values import FactName

_URN: Final = re.compile(r"""urn:broadsheet:[a-z]+:[a-z0-9-]+""")
_NO_ANCHOR: Final = re.compile(r"<a>(.*?)</a>", re.DOTALL)
#: The kinds of subjects that can be linked to, and the facts that say where they stand.
_PLACES: Final[dict[str, Callable[[Locale, Urn], FactName]]] = {
    "story": names.place_fact,
    "page": names.page_place_fact,
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}
_ATTRIBUTES: Final = {"a": {"href"}, "abbr": {"title"}}
#: The ledger keeps clean markup; cleaning again costs microseconds and holds whatever an old release may hide.
_PLAIN: Final = nh3.Cleaner(tags=set(INLINE_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


class Links:
    """Resolves the links of one sheet; ``prefix`` stands before every reader address (a feed wants whole ones)."""

    def __init__(self, *, read: ReadFact, paper: PaperLine, locale: Locale, prefix: str = "") -> None:
        self._read = read
        self._prefix = prefix
        self._locales = (locale, *(other for other in paper.locales if other != locale))

    def resolved(self, markup: SafeHtml) -> SafeHtml:
        """Return the markup with every link leading to a page that exists, or gone."""
        markup = SafeHtml(printable(markup))
        urns = _URN.findall(markup)
        if not urns:
            return SafeHtml(_NO_ANCHOR.sub(r"\1", _PLAIN.clean(markup)))
        # Outside the cleaner, which would swallow an error raised by a reading.
        paths = {urn: self._address(urn) for urn in urns}

        def on_attribute(tag: str, attribute: str, value: str) -> str | None:
            is_urn = (tag, attribute) == ("a", "href") and value.strip().lower().startswith("urn:")
            return paths.get(value) if is_urn else value

        cleaned = nh3.clean(
            markup,
            tags=set(INLINE_TAGS),
            attributes=_ATTRIBUTES,
            attribute_filter=on_attribute,
            url_schemes=_SCHEMES | {"urn"},
            link_rel=None,
        )
        return SafeHtml(_NO_ANCHOR.sub(r"\1", cleaned))

    def _address(self, text: str) -> str | None:
        try:
            urn = parse_urn(text)
        except BadUrn:
            return None
        place_fact = _PLACES.get(kind_of(urn))
        return next(self._released_at(urn, place_fact), None) if place_fact is not None else None

    def _released_at(self, urn: Urn, place_fact: Callable[[Locale, Urn], FactName]) -> Iterator[str]:
        for locale in self._locales:
            place: Place | PagePlace | None = self._read(place_fact(locale, urn))
            if place is not None and place.state is State.RELEASED:
                yield self._prefix + place.path
