"""Where sheets are put. ``FolderStore`` is what readers are served from; ``MemoryStore`` is for previews and tests.

Layout of the folder, which ``serve`` and any web server rely on:

* page ``/en/politics/`` is ``en/politics/index.html``, or ``gone.html`` (answer 410) or ``moved.txt`` (redirect to the
  address in it) in its place; ``gone.html`` wins over ``moved.txt``, that over ``index.html``;
* file ``/en/atom.xml`` is ``en/atom.xml``;
* text files have twins ``<name>.gz`` and ``<name>.br`` beside them, put before the file itself; not those below
  ``_search``, which are sent to nobody;
* a name that starts with a dot is work in progress and is never served;
* ``.slips`` has a slip for each of the last runs: the paths it put or removed, one a line (``press.slips``).
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import brotli

from broadsheet.plain.searching import SEARCH_FOLDER
from broadsheet.press.errors import BadSheetPath, StoreError, StoreFull
from broadsheet.press.sheet_paths import check_form, clean_segments
from broadsheet.press.slips import SLIPS, next_slip, spent_slips
from broadsheet.press.values import Form, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TWINNED: Final = frozenset({".html", ".xml", ".txt", ".json", ".css", ".js", ".svg"})
_TWIN_ENDINGS: Final = (".br", ".gz")
#: Measured on 32 kB of text: 5 takes 2 ms and 11 takes 38 ms for 4% less; a release must be out within a second.
_BROTLI_QUALITY: Final = 5
_GZIP_LEVEL: Final = 6
#: Strongest first: where several stand side by side, as after a crash, the first one speaks.
_PAGE_FORMS: Final = (Form.GONE, Form.MOVED, Form.PAGE)
_DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NAME_CLASH: Final = frozenset({errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EEXIST})


class Stored(NamedTuple):
    """What stands at a path."""

    form: Form
    data: bytes


class Store(Protocol):
    """Keeps finished sheets. Every put is all or nothing; nobody else writes into it."""

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        """Put the sheet in place of whatever stands there. Raises: BadSheetPath, StoreFull, StoreError."""

    def remove(self, path: SheetPath) -> None:
        """Remove whatever stands there; nothing there is fine. Raises: BadSheetPath, StoreError."""

    def read(self, path: SheetPath) -> Stored | None:
        """Return what readers get at this path. Raises: BadSheetPath."""

    def walk(self) -> Iterator[SheetPath]:
        """Yield every path at which something stands, each once, in any order."""

    def tell(self, paths: Iterable[SheetPath]) -> None:
        """Tell whoever follows the store what a run put or removed, in that order. Raises: StoreFull, StoreError."""


class MemoryStore:
    """Keeps sheets in a dictionary. Same paths, same refusals as the folder."""

    def __init__(self) -> None:
        self.sheets: dict[SheetPath, Stored] = {}

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        """Keep the bytes."""
        check_form(path, form)
        self.sheets[path] = Stored(form, data)

    def remove(self, path: SheetPath) -> None:
        """Forget the path."""
        clean_segments(path)
        self.sheets.pop(path, None)

    def read(self, path: SheetPath) -> Stored | None:
        """Return what was put last."""
        clean_segments(path)
        return self.sheets.get(path)

    def walk(self) -> Iterator[SheetPath]:
        """Yield the paths in the order they were first put."""
        yield from tuple(self.sheets)

    def tell(self, paths: Iterable[SheetPath]) -> None:
        """Tell nobody: no other program can follow it."""


class FolderStore:
    """Keeps sheets as files. A reader of the folder sees the old sheet or the new one and never half of one.

    One press writes at a time, so a name in progress needs no random part, and one left by a crash is overwritten.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        """Write beside, flush, rename, flush the folder; then drop other forms of the page, weakest first."""
        check_form(path, form)
        place, name = self._place(path, form)
        with _told_plainly(path):
            _make_folders(place)
            twins = {} if path.startswith(SEARCH_FOLDER) else _twins(name, data)
            parts = _write_parts(place, {**twins, name: data})
            for part, final in parts:
                part.replace(final)
            _flush_folder(place)
            if form is not Form.FILE:
                _drop(place, [other for other in reversed(_PAGE_FORMS) if other is not form])

    def remove(self, path: SheetPath) -> None:
        """Remove the sheet in any form with its twins, and folders it leaves empty."""
        forms = [Form.FILE] if clean_segments(path) and not path.endswith("/") else list(reversed(_PAGE_FORMS))
        place, name = self._place(path, forms[0])
        with _told_plainly(path):
            if not place.is_dir():
                return
            _drop(place, forms, name=name)
            self._prune(place)

    def read(self, path: SheetPath) -> Stored | None:
        """Return what readers get."""
        is_file = bool(clean_segments(path)) and not path.endswith("/")
        for form in (Form.FILE,) if is_file else _PAGE_FORMS:
            place, name = self._place(path, form)
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return Stored(form, (place / name).read_bytes())
        return None

    def walk(self) -> Iterator[SheetPath]:
        """Yield the path of every sheet in the folder; twins and work in progress are no sheets."""
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
            above = "/".join(("", *Path(place).relative_to(self.folder).parts)) + "/"
            if any(form.value in names for form in _PAGE_FORMS):
                yield SheetPath(above)
            for name in sorted(names):
                if not name.startswith(".") and not name.endswith(_TWIN_ENDINGS) and name not in set(_PAGE_FORMS):
                    yield SheetPath(above + name)

    def tell(self, paths: Iterable[SheetPath]) -> None:
        """Put the run's slip, and let the oldest go."""
        place = self.folder / SLIPS
        with _told_plainly(SheetPath(f"/{SLIPS}")):
            _make_folders(place)
            name = next_slip(place)
            for part, final in _write_parts(place, {name: "".join(f"{path}\n" for path in paths).encode()}):
                part.replace(final)
            for spent in spent_slips(place):
                spent.unlink(missing_ok=True)
            _flush_folder(place)

    def _place(self, path: SheetPath, form: Form) -> tuple[Path, str]:
        segments = clean_segments(path)
        if form is Form.FILE:
            return self.folder.joinpath(*segments[:-1]), segments[-1]
        return self.folder.joinpath(*segments), form.value

    def _prune(self, place: Path) -> None:
        while place != self.folder:
            try:
                place.rmdir()
            except OSError:  # something else stands in it
                return
            place = place.parent
            _flush_folder(place)


def _twins(name: str, data: bytes) -> dict[str, bytes]:
    if Path(name).suffix not in _TWINNED:
        return {}
    return {
        f"{name}.br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY),
        # No time inside, so the same sheet gives the same twin on every press.
        f"{name}.gz": gzip.compress(data, _GZIP_LEVEL, mtime=0),
    }


def _write_parts(place: Path, contents: dict[str, bytes]) -> list[tuple[Path, Path]]:
    """Write every file under a dot name, all of them before any is renamed: a full disk then changes nothing."""
    parts = [(place / f".{name}.part", place / name) for name in contents]
    try:
        for (part, _), data in zip(parts, contents.values(), strict=True):
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
    except OSError:
        for part, _ in parts:
            part.unlink(missing_ok=True)
        raise
    return parts


def _drop(place: Path, forms: list[Form], *, name: str = "") -> None:
    """Unlink these forms of one sheet, each file before its twins."""
    dropped = False
    for form in forms:
        file = form.value or name
        for each in (file, *(file + ending for ending in _TWIN_ENDINGS)):
            try:
                (place / each).unlink()
            except FileNotFoundError:
                continue
            dropped = True
    if dropped:
        _flush_folder(place)


def _make_folders(place: Path) -> None:
    missing = []
    while not place.is_dir():
        missing.append(place)
        place = place.parent
    for folder in reversed(missing):
        folder.mkdir()
        _flush_folder(folder.parent)


def _flush_folder(place: Path) -> None:
    """Make renames and removals in the folder survive a power cut.  Source: fsync(2), notes on directories."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _told_plainly(path: SheetPath) -> Iterator[None]:
    """Turn what the system says into the store's own errors."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            msg = f"{path} was not written: {error.strerror}. It keeps its old file."
            raise StoreFull(msg) from error
        if error.errno in _NAME_CLASH:
            msg = f"{path!r} cannot be published: {error.strerror}, another sheet has this name."
            raise BadSheetPath(msg) from error
        msg = f"{path} could not be written: {error}."
        raise StoreError(msg) from error
