"""A backup as a file: what went in comes out, and whatever is not as it was made is refused with a sentence."""

from __future__ import annotations

import contextlib
import gzip
import os
import tarfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.keeping.errors import BadBackup, CannotKeep, NoBackup
from broadsheet.keeping.packing import Source, pack, sources_in
from broadsheet.keeping.unpacking import opened
from broadsheet.keeping.values import HEAD_NAME, Member, version_numbers
from tests.unit.keeping.backups import FILES, HEAD, PRODUCT, entry_of, forged, packed, read_back

if TYPE_CHECKING:
    from pathlib import Path


def refusal(file: Path) -> str:
    """Return the sentence with which the file is refused."""
    with pytest.raises(BadBackup) as refused:
        read_back(file)
    sentence = str(refused.value)
    assert sentence
    assert len(sentence.splitlines()) == 1
    return sentence


def test_what_went_in_comes_out(tmp_path: Path) -> None:
    file = packed(tmp_path)
    assert read_back(file) == FILES
    with opened(file, product=PRODUCT) as backup:
        assert (backup.head.paper, backup.head.ledger, backup.head.made_at) == (HEAD.paper, HEAD.ledger, HEAD.made_at)
        assert backup.database() == backup.head.files[1]
    with tarfile.open(file) as tar:
        assert tar.getnames() == [*FILES, HEAD_NAME], "any tar program reads it"


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path).read_bytes()
    with tarfile.open(tmp_path / "paper.tar") as tar:
        head = tar.getmember(HEAD_NAME)
    cut = tmp_path / "cut.tar"
    for length in (*range(0, head.offset_data, 256), head.offset_data + 1, head.offset_data + head.size - 1):
        cut.write_bytes(whole[:length])
        refusal(cut)


@settings(deadline=None)  # each example writes and syncs a file
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_a_byte_changed_anywhere_is_refused_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, place: float, change: int
) -> None:
    file = packed(tmp_path_factory.mktemp("backup"))
    data = bytearray(file.read_bytes())
    data[int(place * len(data))] ^= change
    file.write_bytes(data)
    with contextlib.suppress(BadBackup):
        assert read_back(file) == FILES


@pytest.mark.parametrize(
    "data",
    [b"", b"words" * 1000, gzip.compress(b"x" * 5000), bytes(10_240), os.urandom(20_000)],
    # Names that say the same in every process: some of the bytes are of the moment.
    ids=["nothing", "words", "gzip", "zeros", "noise"],
)
def test_what_is_no_tar_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    assert "no backup" in refusal(file)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoBackup, match="cannot be read"):
            read_back(path)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../out",
        "theme/../../out",
        "media/./x",
        "media//x",
        "media/",
        "media",
        "theme/..",
        "data/paper.sqlite3",
        ".env",
        "database.dump",
        "x",
    ],
)
def test_a_name_that_leads_anywhere_else_is_refused(tmp_path: Path, name: str) -> None:
    assert "where none belongs" in refusal(forged(tmp_path, [(entry_of(name, 3), b"abc")]))


@pytest.mark.parametrize(
    "entry",
    [
        entry_of("media/link", kind=tarfile.SYMTYPE, linkname="/etc"),
        entry_of("media/link", kind=tarfile.LNKTYPE, linkname="broadsheet.toml"),
        entry_of("media/folder", kind=tarfile.DIRTYPE),
        entry_of("media/fifo", kind=tarfile.FIFOTYPE),
        entry_of("media/device", kind=tarfile.CHRTYPE, devmajor=1, devminor=5),
        entry_of("media/sparse", kind=tarfile.GNUTYPE_SPARSE),
        entry_of("media/sparse", pax_headers={"GNU.sparse.map": "0,1", "GNU.sparse.size": "1"}),
    ],
    ids=lambda entry: entry.name + entry.type.decode(),
)
def test_what_is_no_plain_file_is_refused(tmp_path: Path, entry: tarfile.TarInfo) -> None:
    assert "It was not made by Broadsheet" in refusal(forged(tmp_path, [(entry, b"")]))


def test_a_file_that_stands_twice_is_refused(tmp_path: Path) -> None:
    entry = entry_of("broadsheet.toml", 3)
    assert "twice" in refusal(forged(tmp_path, [(entry, b"abc")], listed=[Member("media/x", 0, "")]))


def test_the_list_in_the_head_must_be_exact(tmp_path: Path) -> None:
    for listed in ([Member("media/x", 4, "")], [Member("media/y", 3, "")], [Member("media/x", 3, "")] * 2):
        file = forged(tmp_path, [(entry_of("media/x", 3), b"abc")], listed=listed)
        assert "exactly the files its head lists" in refusal(file)
    file = forged(tmp_path, [(entry_of("media/x", 3), b"abc")], listed=[Member("media/x", 3, "0" * 64)])
    assert refusal(file) == "The backup is damaged: media/x is not what was put in."


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
@pytest.mark.parametrize("size", [2**40, 2**26, -512, -(2**40)])
def test_a_header_that_promises_a_giant_or_leads_back_is_refused_without_reading_it(
    tmp_path: Path, kind: bytes, size: int
) -> None:
    file = tmp_path / "bomb.tar"
    head = entry_of("bomb", size, kind).tobuf(tarfile.GNU_FORMAT)
    file.write_bytes(head + packed(tmp_path).read_bytes())
    refusal(file)


@pytest.mark.parametrize("size", [2**60, 2**40, -1, -512, -(2**40)])
def test_a_file_of_impossible_size_is_refused(tmp_path: Path, size: int) -> None:
    whole = packed(tmp_path).read_bytes()
    with tarfile.open(tmp_path / "paper.tar") as tar:
        between = tar.getmember(HEAD_NAME).offset
    for place in (0, between):
        file = tmp_path / "bomb.tar"
        entry = entry_of("media/bomb", size).tobuf(tarfile.GNU_FORMAT)
        file.write_bytes(whole[:place] + entry + whole[place:])
        refusal(file)


def test_a_chain_of_headers_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.tar"
    link = entry_of("bomb", 1, tarfile.GNUTYPE_LONGNAME).tobuf(tarfile.GNU_FORMAT) + bytes(512)
    file.write_bytes(link * 20_000 + packed(tmp_path).read_bytes())
    refusal(file)


@pytest.mark.parametrize(("product", "format_"), [("1.2.4", 1), ("1.10.0", 1), ("2.0", 1), (PRODUCT, 2)])
def test_a_backup_of_a_newer_broadsheet_says_so(tmp_path: Path, product: str, format_: int) -> None:
    assert "Install the newer one first" in refusal(packed(tmp_path, product=product, format=format_))


def test_a_backup_of_an_older_broadsheet_is_taken(tmp_path: Path) -> None:
    assert read_back(packed(tmp_path, product="1.2")) == FILES
    assert version_numbers("0.9.10") < version_numbers("0.12.1") < version_numbers("1.0rc1")


def test_a_file_deleted_meanwhile_is_left_out_where_it_may_be(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    left = pack(sources=[Source("media/a", gone, True)], head=HEAD, to=tmp_path / "a.tar", packed=lambda _: None)  # noqa: FBT003
    assert left.files == ()
    with pytest.raises(FileNotFoundError):
        pack(sources=[Source("theme/a", gone)], head=HEAD, to=tmp_path / "b.tar", packed=lambda _: None)


def test_an_original_half_written_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "originals" / "9f"
    folder.mkdir(parents=True)
    (folder / ".i_r00zcl").write_bytes(b"half")
    (folder / "9f00").write_bytes(b"whole")
    assert [source.name for source in sources_in(folder.parent, under="originals")] == ["originals/9f/9f00"]


def test_a_file_that_grows_while_it_is_read_goes_in_as_long_as_it_was(tmp_path: Path) -> None:
    growing = tmp_path / "growing"
    growing.write_bytes(b"x" * 100_000)

    def grow(_: int) -> None:
        with growing.open("ab") as file:
            file.write(b"y" * 1000)

    whole = pack(sources=[Source("media/a", growing)], head=HEAD, to=tmp_path / "a.tar", packed=grow)
    assert whole.files[0].size == 100_000
    with tarfile.open(tmp_path / "a.tar") as tar:
        kept = tar.extractfile("media/a")
        assert kept is not None
        assert kept.read() == b"x" * 100_000


def test_a_file_that_shrinks_while_it_is_read_is_told(tmp_path: Path) -> None:
    shrinking = tmp_path / "shrinking"
    shrinking.write_bytes(b"x" * 1_000_000)
    with pytest.raises(CannotKeep, match="became shorter"):
        pack(
            sources=[Source("media/a", shrinking)],
            head=HEAD,
            to=tmp_path / "a.tar",
            packed=lambda _: os.truncate(shrinking, 10),
        )


def test_links_are_followed_and_never_in_a_circle(tmp_path: Path) -> None:
    media, other = tmp_path / "media", tmp_path / "other-disk"
    other.mkdir()
    (other / "a.jpg").write_bytes(b"a")
    media.mkdir()
    (media / "b.jpg").write_bytes(b"b")
    (media / "images").symlink_to(other)
    (other / "back").symlink_to(media)
    assert [source.name for source in sources_in(media, under="media")] == ["media/b.jpg", "media/images/a.jpg"]
    assert list(sources_in(tmp_path / "none", under="media")) == []


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.html")).touch()
    with pytest.raises(CannotKeep, match="Rename it"):
        list(sources_in(tmp_path, under="theme"))
