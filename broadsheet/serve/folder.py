"""The pressed folder as readers may see it. Its layout is the docstring of ``broadsheet.press.stores``.

Nothing outside the folder is ever read, whatever links lie in it: a file is opened only by its real path, and only
where that is below the real path of the folder and no part of it begins with a dot.
"""

from __future__ import annotations

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.press.values import Form
from broadsheet.serve.cache import Copy, HotCache, Identity, identify
from broadsheet.serve.errors import OutsideTheFolder
from broadsheet.serve.negotiation import TWIN_ENDINGS, Coding

if TYPE_CHECKING:
    from broadsheet.serve.paths import Address

#: Bigger files (films, sound) are sent from disk piece by piece and never held.
HELD_FILE_BYTES: Final = 2 * 1024 * 1024

_PAGE_FORMS: Final = tuple((form, form.value) for form in (Form.GONE, Form.MOVED, Form.PAGE))
#: Names that cannot exist, as opposed to a disk that fails.
_NO_SUCH_FILE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP})


class Sighted(NamedTuple):
    """A file that lies at an address: its form, its place below the folder (with a leading slash), its identity."""

    form: Form
    file: str
    identity: Identity


class Representation(NamedTuple):
    """One form of a file, ready to be sent. ``body`` is None where it is too big to hold: ``open`` it then.

    Units: ``modified_at`` in whole seconds since 1970, ``size`` in bytes.
    """

    sighted: Sighted
    etag: str
    modified_at: int
    size: int
    body: bytes | None


class PressedFolder:
    """Looks files up with one ``stat`` each, and reads those the cache does not hold."""

    def __init__(self, folder: Path, *, cache: HotCache) -> None:
        """Serve this folder. It may be a link that is turned to a new folder at any time."""
        self._folder = str(folder.absolute())
        self._cache = cache

    def is_readable(self) -> bool:
        """Return whether the folder can be listed now."""
        try:
            with os.scandir(self._folder) as entries:
                next(entries, None)
        except OSError:
            return False
        return True

    def look_up(self, address: Address) -> Sighted | None:
        """Return what lies at the address. A tombstone wins over a move, and that over the page.

        Raises: OSError where the disk or its permissions fail.
        """
        if address.name:
            return self.sight(address.path)
        for form, name in _PAGE_FORMS:
            file = address.folder_path + name
            # Most pages have one form, the last: asking whether a name is there costs half of a failing stat.
            if form is Form.PAGE or os.access(self._folder + file, os.F_OK):
                sighted = self.sight(file, form=form)
                if sighted:
                    return sighted
        return None

    def sight(self, file: str, *, form: Form = Form.FILE) -> Sighted | None:
        """Return the regular file of that name, or None.  Raises: OSError as ``look_up``."""
        try:
            status = os.stat(self._folder + file)  # noqa: PTH116 - on every request; a Path costs more than the stat
        except OSError as error:
            if error.errno in _NO_SUCH_FILE:
                return None
            raise
        return Sighted(form, file, identify(status)) if stat.S_ISREG(status.st_mode) else None

    def sight_twin(self, sighted: Sighted, codings: tuple[Coding, ...]) -> tuple[Coding, Sighted]:
        """Return the first of the codings that lies beside the file, the file itself for ``identity``."""
        for coding in codings:
            if coding == "identity":
                break
            twin = self.sight(sighted.file + TWIN_ENDINGS[coding], form=sighted.form)
            if twin:
                return coding, twin
        return "identity", sighted

    def represent(self, sighted: Sighted) -> Representation:
        """Return what is to be said about the file, and its bytes where it is small.

        A file too big to hold is tagged by its size and the nanosecond of its change, others by their content.
        Raises: FileNotFoundError when it went meanwhile, OutsideTheFolder.
        """
        identity = sighted.identity
        if identity.size <= HELD_FILE_BYTES:
            copy = self._copy_of(sighted)
            return Representation(sighted, copy.etag, copy.modified_at, len(copy.body), copy.body)
        etag = f'"{identity.size:x}-{identity.modified_ns:x}"'
        return Representation(sighted, etag, identity.modified_ns // 1_000_000_000, identity.size, None)

    def open(self, sighted: Sighted) -> int:
        """Return an open descriptor of exactly the file that was sighted.

        Raises: FileNotFoundError when it went or was replaced meanwhile, OutsideTheFolder.
        """
        descriptor, identity = self._open_inside(sighted.file)
        if identity != sighted.identity:
            os.close(descriptor)
            raise FileNotFoundError(sighted.file)
        return descriptor

    def _copy_of(self, sighted: Sighted) -> Copy:
        held = self._cache.find(sighted.file, sighted.identity)
        if held:
            return held
        descriptor, identity = self._open_inside(sighted.file)
        with os.fdopen(descriptor, "rb") as opened:
            body = opened.read()
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        copy = Copy(identity, body, etag, identity.modified_ns // 1_000_000_000)
        self._cache.keep(sighted.file, copy)
        return copy

    def _open_inside(self, file: str) -> tuple[int, Identity]:
        folder = os.path.realpath(self._folder)
        real = os.path.realpath(folder + file, strict=True)
        inner = real.removeprefix(folder + os.sep)
        if inner == real or any(part.startswith(".") for part in Path(inner).parts):
            raise OutsideTheFolder
        descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        return descriptor, identify(os.fstat(descriptor))
