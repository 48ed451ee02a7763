"""Pictures coming in: kept, shown upright, cut into sizes, or refused with a sentence."""

from __future__ import annotations

import io
import zlib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from broadsheet.desk import pictures
from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.models import Picture
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.pictures import original_bytes, sizes_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PictureDocument
from tests.factories import desk
from tests.factories.noted_pictures import iim, in_languages, noted_jpeg, xmp
from tests.rooms.desk.conftest import NOW, make_newsroom

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reporter() -> Client:
    newsroom = make_newsroom()
    return newsroom.client(newsroom.reporter)


def upload(client: Client, data: bytes, *, name: str = "boats.jpg", **fields: Any) -> HttpResponse:
    """Send the form of a single picture."""
    said = {
        "title": "Boats",
        "text_locale": "en",
        "caption": "",
        "alt": "Boats",
        "credit": "Lan",
        "copyright": "",
        "tags": "",
    }
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post(reverse("wagtailimages:add"), {**said, "file": file, **fields})


def sideways_jpeg() -> bytes:
    """A camera's picture, wide on disk and to be shown tall."""
    out = io.BytesIO()
    image = Image.new("RGB", (80, 40), "teal")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def bomb_png() -> bytes:
    """A small file that says it is 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_uploaded_picture_is_kept_as_it_came_and_has_its_sizes(reporter: Client) -> None:
    data = desk.jpeg_bytes(width_px=700, height_px=500)
    upload(reporter, data)
    row = Picture.objects.get()
    assert original_bytes(digest=row.original_digest, pictures_dir=settings.PICTURES_DIR) == data
    assert (row.original_media_type, row.original_width_px, row.original_height_px) == ("image/jpeg", 700, 500)
    made = list((settings.PICTURES_DIR / "sizes").rglob(f"{row.original_digest}-*"))
    assert len(made) == len(sizes_of(draft_picture(row)))


def test_sizes_are_made_while_no_transaction_is_open(reporter: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    really = pictures.make_sizes

    def watching(**asked: Any) -> None:
        seen.append(connection.in_atomic_block)
        really(**asked)

    monkeypatch.setattr(pictures, "make_sizes", watching)
    upload(reporter, desk.jpeg_bytes(width_px=90))
    row = Picture.objects.get()
    said = {"title": "Boats again", "text_locale": "en", "alt": "Boats", "credit": "Lan", "focal_point_x": "10",
            "focal_point_y": "10", "focal_point_width": "5", "focal_point_height": "5"}  # fmt: skip
    reporter.post(reverse("wagtailimages:edit", args=[row.pk]), said)
    assert Picture.objects.get().title == "Boats again"
    assert seen == [False, False]


def test_picture_of_a_tilted_camera_is_upright_at_the_desk(reporter: Client) -> None:
    upload(reporter, sideways_jpeg())
    row = Picture.objects.get()
    assert (row.width, row.height) == (40, 80)
    assert (row.original_width_px, row.original_height_px) == (40, 80)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"Not a picture at all", "boats.jpg", "no picture of a kind we take"),
        (b"", "boats.jpg", "empty"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "boats.svg",
            "upported image format",
        ),
        (desk.jpeg_bytes()[:300], "boats.jpg", "damaged"),
    ],
)
def test_file_that_is_no_picture_is_refused_beside_the_field(
    reporter: Client, data: bytes, name: str, sentence: str
) -> None:
    html = upload(reporter, data, name=name).content.decode()
    assert sentence in html
    assert not Picture.objects.exists()


def test_bomb_is_refused_before_it_is_decoded(reporter: Client) -> None:
    html = upload(reporter, bomb_png(), name="bomb.png").content.decode()
    assert "pixels" in html or "valid image" in html
    assert not Picture.objects.exists()


def test_many_at_once_are_taken_one_by_one(reporter: Client) -> None:
    file = SimpleUploadedFile("boats.jpg", desk.jpeg_bytes(), content_type="image/jpeg")
    answer = reporter.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Boats", "files[]": file, "collection": "1"},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )
    assert answer.json()["success"], answer.json()
    assert Picture.objects.get().original_digest


NOTES = {
    "xmp_packet": xmp(in_languages("Iptc4xmpCore:AltTextAccessibility", x_default="Boats at a pier")),
    "iim_block": iim((2, 105, b"The fleet"), (2, 110, b"AP"), (2, 80, b"Mai"), (2, 120, "Tàu".encode())),
    "taken": "2024:05:06 07:08:09",
}


def send_one_of_many(client: Client, data: bytes, *, name: str = "DSC_0001.jpg", **fields: Any) -> dict[str, Any]:
    """Drop one file on the screen for many, as its script sends it; return the answer."""
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    said = {"title": "DSC_0001", "files[]": file, "collection": "1", **fields}
    return client.post(reverse("wagtailimages:add_multiple"), said, HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()


def test_what_was_left_empty_is_read_from_the_file_and_what_was_typed_stays(reporter: Client) -> None:
    upload(reporter, noted_jpeg(**NOTES), title="", alt="", credit="Typed", name="DSC_0001.jpg")
    row = Picture.objects.get()
    assert (row.title, row.caption, row.alt) == ("The fleet", "Tàu", "Boats at a pier")
    assert (row.credit, row.creator, row.taken_on) == ("Typed", "Mai", date(2024, 5, 6))


def test_each_of_many_files_brings_its_own_words(reporter: Client) -> None:
    form = send_one_of_many(reporter, noted_jpeg(**NOTES))["form"]
    row = Picture.objects.get()
    assert (row.title, row.credit, row.creator, row.alt) == ("The fleet", "AP", "Mai", "Boats at a pier")
    assert 'value="AP"' in form, "the form that asks for the rest shows what is known"


def test_a_file_that_says_nothing_is_named_as_it_is(reporter: Client) -> None:
    upload(reporter, desk.jpeg_bytes(), title="", credit="", alt="", name="the-boats.jpg")
    row = Picture.objects.get()
    assert (row.title, row.credit) == ("the-boats", "")


def test_a_picture_that_comes_by_code_is_read_the_same_way() -> None:
    words = PictureWords(title="", text_locale="en", credit="Of the archive")
    row = receive_picture(data=noted_jpeg(**NOTES), name="DSC_0001.jpg", words=words)
    assert (row.title, row.credit, row.creator) == ("The fleet", "Of the archive", "Mai")


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["images/pillow", "security/upload", "images/metadata"])
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_each_hostile_file_is_refused_beside_it_or_shown(reporter: Client, shared_data: Path, folder: str) -> None:
    for file in sorted((shared_data / folder).iterdir()):
        before = Picture.objects.count()
        answer = send_one_of_many(reporter, file.read_bytes(), name=file.name)
        assert Picture.objects.count() - before == answer["success"], file.name
        if answer["success"]:
            row = Picture.objects.latest("pk")
            assert row.original_media_type.startswith("image/")
            assert "<script>alert" not in answer["form"], file.name
        else:
            assert answer["error_message"].endswith((".", "AVIF, GIF, JPG, JPEG, PNG, WEBP.")), file.name


def test_a_file_named_as_another_kind_is_refused(reporter: Client) -> None:
    html = upload(reporter, desk.jpeg_bytes(), name="boats.png").content.decode()
    assert "is named .png but is a picture of the kind JPEG" in html
    assert not Picture.objects.exists()


def test_another_file_for_a_released_picture_is_an_update_a_chief_editor_makes(client: Client) -> None:
    newsroom = make_newsroom()
    upload(newsroom.client(newsroom.editor), desk.jpeg_bytes(width_px=600, height_px=400))
    row = Picture.objects.get()
    row.focal_point_x, row.focal_point_y, row.focal_point_width, row.focal_point_height = 590, 390, 10, 10
    with acting_as(newsroom.chief):
        row.save()
        Release(row, now=NOW).execute()
    old = row.original_digest
    edit = reverse("wagtailimages:edit", args=[row.pk])
    said = {"title": "Boats", "text_locale": "en", "alt": "Boats", "credit": "Lan", "focal_point_x": "590",
            "focal_point_y": "390", "focal_point_width": "10", "focal_point_height": "10"}  # fmt: skip

    def another() -> SimpleUploadedFile:
        return SimpleUploadedFile("new.jpg", desk.jpeg_bytes(width_px=90, height_px=60), content_type="image/jpeg")

    client.force_login(newsroom.editor)
    client.post(edit, {**said, "file": another()})
    row.refresh_from_db()
    assert row.original_digest == old
    assert row.file.storage.exists(row.file.name), "the file shown at the desk is still there"

    client.force_login(newsroom.chief)
    client.post(edit, {**said, "file": another()})
    row.refresh_from_db()
    subject = subject_of(row)
    standing = LedgerReader().current(subject.urn, subject.locale)
    assert standing is not None
    assert isinstance(standing.document, PictureDocument)
    assert (standing.version, standing.document.original, standing.document.width_px) == (2, row.original_digest, 90)
    assert row.original_digest != old
    assert (standing.document.focal_x, standing.document.focal_y) == (0.5, 0.5), "the old place lay outside"
    assert not row.renditions.exists(), "no thumbnail of the old file"
    assert original_bytes(digest=old, pictures_dir=settings.PICTURES_DIR)


def test_a_large_picture_is_kept_whole_and_shown_small_at_the_desk(reporter: Client) -> None:
    upload(reporter, desk.jpeg_bytes(width_px=5000, height_px=3300))
    row = Picture.objects.get()
    assert (row.original_width_px, row.original_height_px) == (5000, 3300)
    assert (row.width, row.height) == (2048, 1352)


def test_file_of_many_whose_words_are_refused_is_kept_when_they_are_put_right(reporter: Client) -> None:
    file = SimpleUploadedFile("boats.jpg", sideways_jpeg(), content_type="image/jpeg")
    answer = reporter.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Bo\x07ats", "files[]": file, "collection": "1"},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    ).json()
    assert not Picture.objects.exists()
    number = answer["uploaded_file_id"]
    said = {f"uploaded-image-{number}-title": "Boats", f"uploaded-image-{number}-credit": "Lan"}
    reporter.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number]),
        said,
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )
    row = Picture.objects.get()
    assert (row.width, row.height, row.original_width_px) == (40, 80, 40)
    assert original_bytes(digest=row.original_digest, pictures_dir=settings.PICTURES_DIR) == sideways_jpeg()


def test_archive_picture_that_is_damaged_is_refused_with_a_sentence() -> None:
    words = PictureWords(title="Boats", text_locale="en")
    with pytest.raises(PictureRefused, match="no picture of a kind we take"):
        receive_picture(data=b"nothing", name="x.jpg", words=words)
    assert not Picture.objects.exists()
