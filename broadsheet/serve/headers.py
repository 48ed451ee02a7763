"""Which headers go with which file: its type, how long it may be kept, and what a page may do in a browser."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from broadsheet.serve.values import Headers

#: Pages, feeds and everything else whose bytes may change: kept, but asked for again each time; a 304 costs little and
#: a correction or a withdrawal is seen by everyone at once.
ASK_AGAIN: Final = "public, max-age=0, must-revalidate"
#: Files whose name carries their digest never change.
FOR_EVER: Final = "public, max-age=31536000, immutable"
_NAMED_BY_DIGEST: Final = ("/assets/", "/pictures/")

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
CONTENT_SECURITY_POLICY: Final = "; ".join(_POLICY)

#: Sent with every answer. No Strict-Transport-Security: whoever ends TLS in front of us knows whether it holds for the
#: whole name. No Cross-Origin-Resource-Policy: feed readers show our pictures on pages of their own.
_ALWAYS: Final[tuple[tuple[str, str], ...]] = (
    ("server", "broadsheet"),
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
)


class MediaType(NamedTuple):
    """A type as sent, whether the press makes compressed twins of it, and whether parts of it may be asked for."""

    name: str
    has_twins: bool = False
    in_parts: bool = True


def _text(name: str) -> MediaType:
    return MediaType(name, has_twins=True, in_parts=False)


_BY_NAME: Final = {
    "atom.xml": _text("application/atom+xml; charset=utf-8"),
    "rss.xml": _text("application/rss+xml; charset=utf-8"),
}
_BY_ENDING: Final = {
    "html": _text("text/html; charset=utf-8"),
    "css": _text("text/css; charset=utf-8"),
    "js": _text("text/javascript; charset=utf-8"),
    "json": _text("application/json"),
    "webmanifest": _text("application/manifest+json"),
    "xml": _text("application/xml; charset=utf-8"),
    "xsl": _text("application/xslt+xml; charset=utf-8"),
    "txt": _text("text/plain; charset=utf-8"),
    "vtt": _text("text/vtt; charset=utf-8"),
    "svg": _text("image/svg+xml"),
    "ico": MediaType("image/x-icon"),
    "png": MediaType("image/png"),
    "jpg": MediaType("image/jpeg"),
    "jpeg": MediaType("image/jpeg"),
    "webp": MediaType("image/webp"),
    "avif": MediaType("image/avif"),
    "gif": MediaType("image/gif"),
    "woff2": MediaType("font/woff2"),
    "mp3": MediaType("audio/mpeg"),
    "m4a": MediaType("audio/mp4"),
    "ogg": MediaType("audio/ogg"),
    "mp4": MediaType("video/mp4"),
    "webm": MediaType("video/webm"),
    "pdf": MediaType("application/pdf"),
}
_UNKNOWN: Final = MediaType("application/octet-stream")


@lru_cache(maxsize=4096)
def media_type(path: str) -> MediaType:
    """Return the type of the file by its name. A table of our own: the machine's ``mime.types`` must not change it."""
    name = path.rpartition("/")[2].lower()
    return _BY_NAME.get(name) or _BY_ENDING.get(name.rpartition(".")[2], _UNKNOWN)


def cache_control(path: str) -> str:
    """Return how long the file at this address may be kept."""
    return FOR_EVER if path.startswith(_NAMED_BY_DIGEST) else ASK_AGAIN


def base_headers(*more: tuple[str, str]) -> Headers:
    """Return a new list of the headers every answer has, and these."""
    return [*_ALWAYS, *more]
