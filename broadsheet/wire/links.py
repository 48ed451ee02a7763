"""Addresses in a body: made whole and written correctly, or told apart as useless.

Must never let through an address that does anything but lead somewhere.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_FILLERS: Final = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: What RFC 3986 lets stand in a path or query, and % for what is encoded already.
_KEPT: Final = "/:@!$&'()*+,;=~-._?%"
_HOST: Final = re.compile(r"[^\s/?#@:<>\\^`{|}\"\[\]%]+|\[[0-9a-fA-F:.]+\]")


class UselessLink(ValueError):
    """The address leads nowhere a reader could go; the message says why."""


def reader_link(href: str, *, base: str) -> str:
    """Return the address as it may be printed, absolute.

    ``base`` is the item's own address, "" when unknown.  Raises: UselessLink.  Source: RFC 3986, WHATWG URL.
    """
    address = href.strip()
    if address.startswith("#"):
        msg = "it leads to a place in its old page"
        raise UselessLink(msg)
    try:
        parts = urlsplit(_FILLERS.sub("", address.replace(" ", "%20")))
        if not parts.scheme:
            parts = urlsplit(_absolute(parts.geturl(), base))
        return _written(parts)
    except UselessLink:
        raise
    except ValueError as error:
        msg = "it is not an address"
        raise UselessLink(msg) from error


def _written(parts: SplitResult) -> str:
    if parts.scheme in {"mailto", "tel"} and parts.path:
        return f"{parts.scheme}:{_encoded(parts.path)}" + (f"?{_encoded(parts.query)}" if parts.query else "")
    if parts.scheme not in {"http", "https"}:
        msg = f"readers cannot follow {parts.scheme[:20]}: addresses"
        raise UselessLink(msg)
    path, query, fragment = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    site = _site(parts.hostname or "")
    return urlunsplit((parts.scheme, f"{site}:{parts.port}" if parts.port else site, path, query, fragment))


def _site(host: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(shown):
        msg = "it names no site"
        raise UselessLink(msg)
    return shown if shown.isascii() else shown.encode("idna").decode("ascii")


def _absolute(address: str, base: str) -> str:
    if not base:
        if address.startswith("//"):
            return f"https:{address}"
        msg = "it is relative to a page that is not known"
        raise UselessLink(msg)
    return urljoin(base, address)


def _encoded(part: str) -> str:
    return quote(_BAD_PERCENT.sub("%25", part), safe=_KEPT)
