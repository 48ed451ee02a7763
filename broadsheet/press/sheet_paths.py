"""Which published paths are clean enough to become a file name. No Django here."""

from __future__ import annotations

from typing import Final

from broadsheet.press.errors import BadSheetPath
from broadsheet.press.values import Form, SheetPath

#: In bytes of UTF-8. A file name may have 255; the longest we add to one is ``.`` before and ``.gz.part`` after it.
_SEGMENT_BYTES: Final = 200
_PATH_BYTES: Final = 1000
#: A file of these names would stand where a page, or the twin of another file, stands.
_TAKEN_NAMES: Final = frozenset({Form.PAGE.value, Form.GONE.value, Form.MOVED.value})
_TWIN_ENDINGS: Final = (".gz", ".br")


def clean_segments(path: str) -> tuple[str, ...]:
    """Return the folders and, for a file, the name the path stands for; empty for ``/``.

    Raises: BadSheetPath for anything that is not absolute, climbs, hides, or would stand on another sheet.
    """
    if not path.startswith("/"):
        raise _bad(path, "it does not start with a slash")
    is_page = path.endswith("/")
    segments = tuple(path[1:-1].split("/")) if path != "/" and is_page else tuple(path[1:].split("/"))
    if path == "/":
        return ()
    if _byte_length(path) > _PATH_BYTES:
        raise _bad(path[:60] + "...", f"it is longer than {_PATH_BYTES} bytes")
    for segment in segments:
        _check_segment(path, segment)
    if not is_page and (segments[-1] in _TAKEN_NAMES or segments[-1].endswith(_TWIN_ENDINGS)):
        raise _bad(path, f"the name {segments[-1]!r} is the store's own")
    return segments


def check_form(path: SheetPath, form: Form) -> None:
    """Refuse a page's path with a file's form, and the other way round.

    Raises: BadSheetPath, also for an unclean path.
    """
    clean_segments(path)
    if path.endswith("/") is (form is Form.FILE):
        raise _bad(path, f"a path {'with' if path.endswith('/') else 'without'} a slash at its end cannot be {form!r}")


def _check_segment(path: str, segment: str) -> None:
    if not segment:
        raise _bad(path, "it has an empty part")
    if segment.startswith("."):
        raise _bad(path, "a part of it starts with a dot")
    if "\\" in segment or any(ord(letter) < 0x20 or ord(letter) == 0x7F for letter in segment):  # noqa: PLR2004 - ASCII
        raise _bad(path, "it has a control character or a backslash")
    if _byte_length(segment) > _SEGMENT_BYTES:
        raise _bad(path[:60] + "...", f"a part of it is longer than {_SEGMENT_BYTES} bytes")


def _byte_length(text: str) -> int:
    try:
        return len(text.encode())
    except UnicodeEncodeError as error:
        raise _bad(text, "it is not valid Unicode") from error


def _bad(path: str, reason: str) -> BadSheetPath:
    return BadSheetPath(f"{path!r} cannot be published: {reason}.")
