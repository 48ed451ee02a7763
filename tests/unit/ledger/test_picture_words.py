"""What stands in a public picture file beside its pixels: creator, credit, copyright, and nothing else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PIL import Image

from broadsheet.ledger.errors import PictureRefused, WordsMissing
from broadsheet.ledger.picture_words import PictureWords, with_words
from broadsheet.ledger.pictures import keep_original, keep_words, size_bytes, sizes_of
from tests.factories.exiftool import needs_exiftool, private_files, tags
from tests.factories.ledger import a_picture

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.ledger.values import PictureDocument

WORDS = {"creator": "Lan Nguyễn", "credit": "Nguyễn & “Söhne” <AP>", "copyright": "© 2026 The Harbour Post"}
#: What Pillow and exiftool find in the plainest JPEG or WebP: the form, never the content.
PLAIN_GROUPS = {"SourceFile", "ExifTool", "File", "JFIF", "RIFF", "Composite"}


def document_of(data: bytes, pictures_dir: Path, **fields: Any) -> PictureDocument:
    kept = keep_original(data=data, pictures_dir=pictures_dir)
    document = a_picture(
        original=kept.digest,
        media_type=kept.media_type,
        width_px=kept.width_px,
        height_px=kept.height_px,
        **{**WORDS, **fields},
    )
    keep_words(document=document, pictures_dir=pictures_dir)
    return document


def jpeg(width_px: int = 400, height_px: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width_px, height_px), "teal").save(out, "JPEG")
    return out.getvalue()


def publish(document: PictureDocument, *, pictures_dir: Path, folder: Path) -> None:
    """Put every public file of the picture into the folder."""
    for size in sizes_of(document):
        target = folder / size.path.rpartition("/")[2]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(size_bytes(path=size.path, pictures_dir=pictures_dir))


@needs_exiftool
def test_every_public_file_says_who_made_it_and_whose_it_is(tmp_path: Path) -> None:
    document = document_of(jpeg(), tmp_path / "kept")
    publish(document, pictures_dir=tmp_path / "kept", folder=tmp_path / "out")

    found = tags(tmp_path / "out")
    assert len(found) == len(sizes_of(document))
    for file in found:
        said = (file["XMP:Creator"], file["XMP:Credit"], file["XMP:Rights"])
        assert said == tuple(WORDS.values()), file["SourceFile"]
        assert not any("Warning" in tag for tag in file), file
        if file["File:FileType"] == "JPEG":
            iim = (file["IPTC:By-line"], file["IPTC:Credit"], file["IPTC:CopyrightNotice"])
            assert iim == tuple(WORDS.values())
            assert file["IPTC:CodedCharacterSet"] == "UTF8"


@needs_exiftool
@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_public_file_tells_where_with_what_or_by_which_owner_it_was_taken(shared_data: Path, tmp_path: Path) -> None:
    taken, before = 0, ""
    for name in ("images/metadata", "images/orientation", "images/pillow", "security/upload"):
        before += private_files(shared_data / name)
        for file in sorted((shared_data / name).iterdir()):
            try:
                document = document_of(file.read_bytes(), tmp_path / "kept")
            except PictureRefused:
                continue
            taken += 1
            publish(document, pictures_dir=tmp_path / "kept", folder=tmp_path / "out" / file.name)

    assert len(before.splitlines()) > 5
    assert taken > 40
    assert private_files(tmp_path / "out") == ""
    for file in tags(tmp_path / "out"):
        assert file["XMP:Credit"] == WORDS["credit"]
        assert {tag.partition(":")[0] for tag in file} <= PLAIN_GROUPS | {"XMP", "IPTC", "Photoshop"}, file
        assert {tag for tag in file if tag.startswith("XMP:")} == {"XMP:Creator", "XMP:Credit", "XMP:Rights"}


def test_pixels_are_the_same_whatever_the_words_are(tmp_path: Path) -> None:
    one, other = (document_of(jpeg(), tmp_path, credit=credit) for credit in ("Lan", "Mai"))
    for mine, theirs in zip(sizes_of(one), sizes_of(other), strict=True):
        first, second = (
            Image.open(io.BytesIO(size_bytes(path=size.path, pictures_dir=tmp_path))) for size in (mine, theirs)
        )
        assert first.tobytes() == second.tobytes()
    assert len(list((tmp_path / "sizes").rglob("*.*"))) == len(sizes_of(one))


def test_a_corrected_credit_gives_every_file_another_name_and_other_words(tmp_path: Path) -> None:
    wrong, right = (document_of(jpeg(), tmp_path, credit=credit) for credit in ("Someone else", "Lan Nguyễn"))
    assert not {size.path for size in sizes_of(wrong)} & {size.path for size in sizes_of(right)}
    for size in sizes_of(right):
        data = size_bytes(path=size.path, pictures_dir=tmp_path)
        assert "Lan Nguyễn".encode() in data
        assert b"Someone else" not in data


def test_a_caption_changes_no_file(tmp_path: Path) -> None:
    document = document_of(jpeg(), tmp_path)
    assert sizes_of(msgspec.structs.replace(document, caption="Boats", alt="Boats")) == sizes_of(document)


def test_a_file_without_words_is_as_the_encoder_wrote_it(tmp_path: Path) -> None:
    document = document_of(jpeg(), tmp_path, creator="", credit="", copyright="")
    data = size_bytes(path=sizes_of(document)[0].path, pictures_dir=tmp_path)
    assert with_words(data, words=PictureWords()) == data
    assert b"http://ns.adobe.com" not in data


@needs_exiftool
def test_what_iim_has_no_room_for_stands_in_xmp_alone(tmp_path: Path) -> None:
    document = document_of(jpeg(), tmp_path / "kept", creator="Ễ" * 11, credit="A" * 32)
    publish(document, pictures_dir=tmp_path / "kept", folder=tmp_path / "out")
    (file, *_) = (file for file in tags(tmp_path / "out") if file["File:FileType"] == "JPEG")
    assert file["XMP:Creator"] == "Ễ" * 11
    assert file["IPTC:Credit"] == "A" * 32
    assert "IPTC:By-line" not in file


@pytest.mark.parametrize("width_px", [1, 2, 255, 3000])
@pytest.mark.parametrize("ending", ["JPEG", "WEBP"])
def test_words_of_any_length_leave_a_picture_any_reader_opens(width_px: int, ending: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (width_px, 3), "teal").save(out, ending)
    for length in (1, 2, 1999, 2000):
        words = PictureWords(*["ễ" * length] * 3)
        image = Image.open(io.BytesIO(with_words(out.getvalue(), words=words)))
        image.load()
        assert (image.size, image.format) == ((width_px, 3), ending)
        assert ("ễ" * length).encode() in image.info["xmp"]


def test_words_that_were_lost_are_missed_by_name(tmp_path: Path) -> None:
    document = document_of(jpeg(), tmp_path)
    for file in (tmp_path / "words").iterdir():
        file.unlink()
    with pytest.raises(WordsMissing):
        size_bytes(path=sizes_of(document)[0].path, pictures_dir=tmp_path)


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    document = document_of(jpeg(), tmp_path, credit="La\x0bn\ufffe", copyright="")
    data = size_bytes(path=sizes_of(document)[0].path, pictures_dir=tmp_path)
    assert b"<photoshop:Credit>Lan</photoshop:Credit>" in data
    assert b"dc:rights" not in data
