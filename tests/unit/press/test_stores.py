"""The stores: all or nothing, in an order that never hides a page, and no way out of the folder."""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
import pathlib
from typing import TYPE_CHECKING, Any, Self

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.press.errors import BadSheetPath, StoreError, StoreFull
from broadsheet.press.stores import FolderStore, MemoryStore, Stored
from broadsheet.press.values import Form, SheetPath
from tests.factories.full_disk import files_of_at_most

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE_FORMS = (Form.PAGE, Form.GONE, Form.MOVED)
PAGE = SheetPath("/en/politics/")
FEED = SheetPath("/en/atom.xml")


class PowerCut(BaseException):
    """The machine stops here."""


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path)


def files(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_a_page_is_an_index_file_with_its_two_twins(store: FolderStore, tmp_path: Path) -> None:
    store.put(PAGE, Form.PAGE, b"<p>Hello</p>")
    assert files(tmp_path) == {f"en/politics/index.html{twin}" for twin in ("", ".gz", ".br")}
    assert gzip.decompress((tmp_path / "en/politics/index.html.gz").read_bytes()) == b"<p>Hello</p>"
    assert brotli.decompress((tmp_path / "en/politics/index.html.br").read_bytes()) == b"<p>Hello</p>"


def test_the_same_sheet_gives_the_same_twins_on_every_press(store: FolderStore, tmp_path: Path) -> None:
    store.put(FEED, Form.FILE, b"<feed/>" * 50)
    first = (tmp_path / "en/atom.xml.gz").read_bytes()
    os.utime(tmp_path / "en/atom.xml.gz", (0, 0))
    store.put(FEED, Form.FILE, b"<feed/>" * 50)
    assert (tmp_path / "en/atom.xml.gz").read_bytes() == first


def test_a_picture_has_no_twins(store: FolderStore, tmp_path: Path) -> None:
    store.put(SheetPath("/pictures/ab/ab-320.webp"), Form.FILE, b"RIFF")
    assert files(tmp_path) == {"pictures/ab/ab-320.webp"}


def test_the_front_of_the_site_stands_at_the_top_of_the_folder(store: FolderStore, tmp_path: Path) -> None:
    store.put(SheetPath("/"), Form.MOVED, b"/en/")
    assert store.read(SheetPath("/")) == Stored(Form.MOVED, b"/en/")
    assert (tmp_path / "moved.txt").read_bytes() == b"/en/"
    assert list(store.walk()) == ["/"]


@pytest.mark.parametrize("before", [Form.PAGE, Form.GONE, Form.MOVED])
@pytest.mark.parametrize("after", [Form.PAGE, Form.GONE, Form.MOVED])
def test_a_page_that_changes_its_form_leaves_nothing_of_the_old_one(
    store: FolderStore, tmp_path: Path, before: Form, after: Form
) -> None:
    store.put(PAGE, before, b"before")
    store.put(PAGE, after, b"after")
    assert files(tmp_path) == {f"en/politics/{after.value}{twin}" for twin in ("", ".gz", ".br")}


def test_a_power_cut_at_any_moment_leaves_the_old_sheet_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for before, after in [(one, other) for one in PAGE_FORMS for other in PAGE_FORMS]:
        for moment in range(100):
            store = FolderStore(tmp_path / f"{before}-{after}-{moment}")
            store.folder.mkdir()
            store.put(PAGE, before, b"old")
            if put_until_power_cut(monkeypatch, store, after, moment):
                assert moment > 6
                break
            assert store.read(PAGE) in {Stored(before, b"old"), Stored(after, b"new")}
            assert list(store.walk()) == [PAGE]
            store.put(PAGE, after, b"new")
            assert files(store.folder) == {f"en/politics/{after.value}{twin}" for twin in ("", ".gz", ".br")}


def test_a_power_cut_while_a_page_is_removed_leaves_the_page_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in range(100):
        store = FolderStore(tmp_path / f"{moment}")
        store.folder.mkdir()
        store.put(PAGE, Form.PAGE, b"old")
        with monkeypatch.context() as patch, Cut(patch, moment) as cut:
            store.remove(PAGE)
        assert store.read(PAGE) in {None, Stored(Form.PAGE, b"old")}
        store.remove(PAGE)
        assert files(store.folder) == set()
        if not cut.happened:
            assert moment > 3
            break


def test_a_full_disk_keeps_the_old_sheet_and_leaves_no_rubbish(
    store: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(PAGE, Form.PAGE, b"old")
    whole = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    for full_at in range(3):
        calls = iter(range(10))

        def fsync(_: int, calls: Iterator[int] = calls, full_at: int = full_at) -> None:
            if next(calls) == full_at:
                raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(StoreFull, match=r"/en/politics/ was not written: No space left on device\."):
                store.put(PAGE, Form.PAGE, b"new")
        assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == whole


def test_a_real_limit_on_file_size_is_a_full_disk(store: FolderStore, tmp_path: Path) -> None:
    store.put(FEED, Form.FILE, b"old")
    with files_of_at_most(10_000), pytest.raises(StoreFull):
        store.put(FEED, Form.FILE, os.urandom(50_000))
    assert store.read(FEED) == Stored(Form.FILE, b"old")
    assert files(tmp_path) == {f"en/atom.xml{twin}" for twin in ("", ".gz", ".br")}


def test_a_removed_page_takes_its_empty_folders_along_and_no_others(store: FolderStore, tmp_path: Path) -> None:
    store.put(SheetPath("/en/politics/2026/08/01/a-story/"), Form.PAGE, b"story")
    store.put(PAGE, Form.PAGE, b"front")
    store.remove(SheetPath("/en/politics/2026/08/01/a-story/"))
    assert sorted(each.name for each in (tmp_path / "en/politics").iterdir()) == [
        "index.html",
        "index.html.br",
        "index.html.gz",
    ]


def test_removing_what_is_not_there_is_fine(store: FolderStore) -> None:
    store.remove(PAGE)
    store.remove(FEED)
    assert list(store.walk()) == []


def test_a_file_where_a_folder_is_needed_is_refused_and_stays(store: FolderStore) -> None:
    store.put(SheetPath("/en"), Form.FILE, b"file")
    with pytest.raises(BadSheetPath, match="another sheet has this name"):
        store.put(PAGE, Form.PAGE, b"page")
    assert store.read(SheetPath("/en")) == Stored(Form.FILE, b"file")


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError, match=r"/en/atom.xml could not be written: .*Read-only file system"):
        FolderStore(tmp_path).put(FEED, Form.FILE, b"new")


BAD_PATHS = [
    "",
    "en/",
    "//",
    "/en//politics/",
    "/../etc/passwd",
    "/en/../../x/",
    "/en/./x/",
    "/.git/config",
    "/en/.hidden/",
    "/en/\0/",
    "/en/a\nb/",
    "/en/a\\b/",
    "/en/index.html",
    "/gone.html",
    "/en/moved.txt",
    "/en/atom.xml.gz",
    "/x.br",
    "/" + "a" * 201,
    "/" + "ă" * 150 + "/",
    "/a" * 600 + "/",
    "/\ud800/",
]


@pytest.mark.parametrize("path", BAD_PATHS)
@pytest.mark.parametrize("kind", ["folder", "memory"])
def test_a_path_that_is_not_clean_is_refused_everywhere(tmp_path: Path, kind: str, path: str) -> None:
    store = FolderStore(tmp_path) if kind == "folder" else MemoryStore()
    form = Form.PAGE if path.endswith("/") else Form.FILE
    with pytest.raises(BadSheetPath, match="cannot be published: "):
        store.put(SheetPath(path), form, b"")
    with pytest.raises(BadSheetPath):
        store.remove(SheetPath(path))
    with pytest.raises(BadSheetPath):
        store.read(SheetPath(path))
    assert files(tmp_path) == set()


@pytest.mark.parametrize(("path", "form"), [(PAGE, Form.FILE), (FEED, Form.PAGE), (SheetPath("/"), Form.FILE)])
def test_a_page_cannot_be_a_file_nor_a_file_a_page(store: FolderStore, path: SheetPath, form: Form) -> None:
    with pytest.raises(BadSheetPath):
        store.put(path, form, b"")


@given(st.text(max_size=40))
def test_whatever_the_path_nothing_is_written_outside_the_folder(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    store = FolderStore(outside / "site" / "pressed")
    path = SheetPath("/" + text)
    with contextlib.suppress(BadSheetPath):
        store.put(path, Form.PAGE if path.endswith("/") else Form.FILE, b"x")
        assert store.read(path) is not None
        assert list(store.walk()) == [path]
    assert all(name.startswith("site/pressed/") for name in files(outside))


PARTS = st.sampled_from(["en", "vi", "a", "bản-tin", "x.html", "y.png"])
PATHS = st.one_of(
    st.lists(PARTS, max_size=3).map(lambda parts: "".join(f"/{part}" for part in parts) + "/"),
    st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: "".join(f"/{part}" for part in parts)),
)
WRITES = st.lists(st.tuples(PATHS, st.sampled_from([*Form, None]), st.binary(max_size=30)), max_size=25)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WRITES)
def test_the_folder_and_the_memory_agree_after_any_writes(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, Form | None, bytes]]
) -> None:
    folder, memory = FolderStore(tmp_path_factory.mktemp("site")), MemoryStore()
    for path, form, data in writes:
        try:
            if form is None:
                folder.remove(SheetPath(path))
            else:
                folder.put(SheetPath(path), form, data)
        except BadSheetPath:  # a wrong form, or a file where a folder is needed, which memory cannot know
            continue
        if form is None:
            memory.remove(SheetPath(path))
        else:
            memory.put(SheetPath(path), form, data)
    assert {path: folder.read(path) for path in folder.walk()} == memory.sheets
    assert set(memory.walk()) == set(memory.sheets)


class Cut:
    """Cuts the power at the given moment: before that call to flush, rename or unlink."""

    def __init__(self, patch: pytest.MonkeyPatch, moment: int) -> None:
        self.left, self.happened, self._patch = moment, False, patch

    def __enter__(self) -> Self:
        for owner, name in ((os, "fsync"), (pathlib.Path, "replace"), (pathlib.Path, "unlink")):
            self._patch.setattr(owner, name, self._watched(getattr(owner, name)))
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        self.happened = isinstance(error, PowerCut)
        return self.happened

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == -1:
                raise PowerCut
            return real(*args, **kwargs)

        return call


def put_until_power_cut(patch: pytest.MonkeyPatch, store: FolderStore, form: Form, moment: int) -> bool:
    with patch.context() as context, Cut(context, moment) as cut:
        store.put(PAGE, form, b"new")
    return not cut.happened
