"""Pictures coming in: kept, shown upright, cut into sizes, or refused with a sentence."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from broadsheet.desk import pictures
from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.models import Picture
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.ledger.pictures import original_bytes, sizes_of
from tests.factories import desk
from tests.rooms.desk.conftest import make_newsroom

if TYPE_CHECKING:
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
