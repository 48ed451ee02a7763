"""Pictures in, sizes out: whole, upright, in sRGB. What is written into them: ``test_picture_words``."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from broadsheet.ledger.errors import PictureMissing, PictureRefused
from broadsheet.ledger.pictures import keep_original, keep_words, make_sizes, original_bytes, size_bytes, sizes_of
from tests.factories.ledger import a_picture

if TYPE_CHECKING:
    from broadsheet.ledger.values import PictureDocument

RED, GREEN, BLUE = (250, 10, 10), (10, 250, 10), (10, 10, 250)


def as_bytes(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format=form, **options)
    return buffer.getvalue()


def kept(data: bytes, folder: Path, **fields: object) -> PictureDocument:
    picture = keep_original(data=data, pictures_dir=folder)
    document = a_picture(
        original=picture.digest,
        media_type=picture.media_type,
        width_px=picture.width_px,
        height_px=picture.height_px,
        **fields,
    )
    keep_words(document=document, pictures_dir=folder)
    return document


def opened(document: PictureDocument, place: int, folder: Path) -> Image.Image:
    return Image.open(io.BytesIO(size_bytes(path=sizes_of(document)[place].path, pictures_dir=folder)))


def near(pixel: object, colour: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(seen - wanted) < 24 for seen, wanted in zip(pixel, colour, strict=True))


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_an_original_is_kept_byte_for_byte_under_its_digest(tmp_path: Path) -> None:
    data = as_bytes(Image.new("RGB", (40, 30), RED), "JPEG")
    picture = keep_original(data=data, pictures_dir=tmp_path)

    assert picture == (hashlib.sha256(data).hexdigest(), "image/jpeg", 40, 30)
    assert original_bytes(digest=picture.digest, pictures_dir=tmp_path) == data
    assert keep_original(data=data, pictures_dir=tmp_path) == picture
    assert files(tmp_path) == {picture.digest}


def test_sizes_end_at_the_width_of_the_original() -> None:
    def widths(width_px: int) -> list[int]:
        document = a_picture(width_px=width_px, height_px=width_px)
        return [size.width_px for size in sizes_of(document) if size.media_type == "image/webp"]

    assert widths(5000) == [320, 720, 1080, 1440, 2048]
    assert widths(1000) == [320, 720, 1000]
    assert widths(100) == [100]


@given(
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
    x=st.floats(0, 1, allow_nan=False),
    y=st.floats(0, 1, allow_nan=False),
)
def test_no_size_is_larger_than_the_picture_and_all_paths_differ(width: int, height: int, x: float, y: float) -> None:
    sizes = sizes_of(a_picture(width_px=width, height_px=height, focal_x=x, focal_y=y))

    assert len({size.path for size in sizes}) == len(sizes)
    assert all(1 <= size.width_px <= width and 1 <= size.height_px <= height for size in sizes)
    assert [size.is_social for size in sizes] == [False] * (len(sizes) - 1) + [True]


def test_every_size_has_the_shape_it_says(tmp_path: Path) -> None:
    document = kept(as_bytes(Image.new("RGB", (1300, 1001), BLUE), "JPEG"), tmp_path, focal_x=0.1, focal_y=1.0)
    make_sizes(document=document, pictures_dir=tmp_path)

    for size in sizes_of(document):
        data = size_bytes(path=size.path, pictures_dir=tmp_path)
        made = Image.open(io.BytesIO(data))
        assert (made.size, Image.MIME[made.format or ""]) == ((size.width_px, size.height_px), size.media_type)
        assert made.info.get("progressive") or size.media_type == "image/webp"
    assert sizes_of(document)[-1][2:] == (1200, 630, True)


def test_making_sizes_again_writes_nothing_and_a_lost_one_is_made_anew(tmp_path: Path) -> None:
    document = kept(as_bytes(Image.new("RGB", (500, 400), BLUE)), tmp_path)
    make_sizes(document=document, pictures_dir=tmp_path)
    first = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    make_sizes(document=document, pictures_dir=tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == first

    size = sizes_of(document)[0]
    data = size_bytes(path=size.path, pictures_dir=tmp_path)
    for path in (tmp_path / "sizes").rglob("*-320.jpg"):
        path.unlink()
    assert size_bytes(path=size.path, pictures_dir=tmp_path) == data


def test_the_social_card_is_cut_round_the_focal_point(tmp_path: Path) -> None:
    image = Image.new("RGB", (3000, 630), RED)
    image.paste(GREEN, (1000, 0, 2000, 630))
    image.paste(BLUE, (2000, 0, 3000, 630))
    data = as_bytes(image)

    left = opened(kept(data, tmp_path, focal_x=0.0), -1, tmp_path)
    right = opened(kept(data, tmp_path, focal_x=0.95), -1, tmp_path)
    assert near(left.getpixel((300, 300)), RED)
    assert near(right.getpixel((900, 300)), BLUE)


def test_a_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    for data in (as_bytes(image), as_bytes(image.convert("P"), "GIF", transparency=0), as_bytes(image.convert("LA"))):
        assert near(opened(kept(data, tmp_path), 0, tmp_path).getpixel((30, 30)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "RGB", "RGBA"])
def test_every_mode_of_pixels_becomes_rgb(mode: str, tmp_path: Path) -> None:
    image = Image.linear_gradient("L").resize((64, 64))
    image = (
        image.convert("I").point(lambda value: value * 256).convert("I;16") if mode == "I;16" else image.convert(mode)
    )
    document = kept(as_bytes(image, "JPEG" if mode == "CMYK" else "PNG"), tmp_path)
    made = opened(document, 0, tmp_path)

    assert made.mode == "RGB"
    assert near(made.getpixel((32, 2)), (0, 0, 0))
    assert near(made.getpixel((32, 61)), (255, 255, 255))


def test_colours_of_another_profile_are_carried_over_to_srgb(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_means_blue = srgb.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    data = as_bytes(Image.new("RGB", (64, 64), (255, 0, 0)), icc_profile=red_means_blue)
    made = opened(kept(data, tmp_path), 0, tmp_path)

    assert "icc_profile" not in made.info
    assert near(made.getpixel((30, 30)), (0, 0, 255))


def test_a_profile_that_does_not_fit_is_ignored(tmp_path: Path) -> None:
    data = as_bytes(Image.new("RGB", (64, 64), GREEN), icc_profile=b"no profile at all")
    assert near(opened(kept(data, tmp_path), 0, tmp_path).getpixel((30, 30)), GREEN)


def test_of_an_animation_the_first_frame_is_taken(tmp_path: Path) -> None:
    first, *rest = [Image.new("RGB", (64, 64), colour) for colour in (RED, GREEN, BLUE)]
    for form in ("GIF", "WEBP", "PNG"):
        document = kept(as_bytes(first, form, save_all=True, append_images=rest, duration=100), tmp_path)
        made = opened(document, 0, tmp_path)
        assert getattr(made, "n_frames", 1) == 1
        assert near(made.getpixel((30, 30)), RED)


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no picture"),
        (b"Only words, no picture.", "no picture"),
        (b"%PDF-1.7\n", "no picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b'\n<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (png_claiming(10_001, 10_000), "100 million pixels"),
        (png_claiming(30_000, 30_000), "100 million pixels"),
        (png_claiming(100, 100), "damaged"),
        (b"x" * (40 * 1024 * 1024 + 1), "40 MB"),
        (as_bytes(Image.new("RGB", (300, 20_000))), "too tall"),
        (as_bytes(Image.new("RGB", (64, 64)), "BMP"), "no picture"),
        (as_bytes(Image.effect_noise((64, 64), 50), "JPEG")[:-300], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_not_kept(data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(PictureRefused, match=sentence):
        keep_original(data=data, pictures_dir=tmp_path)
    assert files(tmp_path) == set()


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF"]))
def test_random_bytes_are_refused_and_nothing_else_happens(data: bytes, beginning: bytes) -> None:
    with pytest.raises(PictureRefused):
        keep_original(data=beginning + data, pictures_dir=Path("/nonexistent"))


@pytest.mark.parametrize(
    "path",
    [
        "/pictures/ab/../../originals/ab/abab",
        "/pictures/ab/" + "ab" * 32 + "-0123456789abcdef-640.svg",
        "/pictures/../" + "ab" * 32 + "-0123456789abcdef-640.jpg",
        "/pictures/ab/" + "ab" * 32 + "-0123456789abcdef-640.jpg",
        "/pictures/ab/" + "ab" * 32 + "-640.jpg",
    ],
)
def test_a_path_that_names_no_kept_picture_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(PictureMissing):
        size_bytes(path=path, pictures_dir=tmp_path)


def test_a_width_the_picture_does_not_have_is_not_made(tmp_path: Path) -> None:
    document = kept(as_bytes(Image.new("RGB", (500, 400), BLUE)), tmp_path)
    path = sizes_of(document)[0].path.replace("-320.", "-333.")
    with pytest.raises(PictureMissing, match="333"):
        size_bytes(path=path, pictures_dir=tmp_path)


# The real files.


@pytest.mark.shared
@pytest.mark.parametrize("number", range(1, 9))
def test_a_camera_held_any_way_gives_an_upright_picture(number: int, shared_data: Path, tmp_path: Path) -> None:
    upright = kept((shared_data / "images/orientation/Landscape_1.jpg").read_bytes(), tmp_path)
    turned = kept((shared_data / f"images/orientation/Landscape_{number}.jpg").read_bytes(), tmp_path)

    assert (turned.width_px, turned.height_px) == (upright.width_px, upright.height_px)
    expected, seen = (opened(document, 0, tmp_path).convert("L").resize((24, 16)) for document in (upright, turned))
    difference = sum(abs(a - b) for a, b in zip(expected.tobytes(), seen.tobytes(), strict=True)) / (24 * 16)
    assert difference < 6


REFUSED = {
    "broken.png",
    "crash-338516dbd2f0e83caddb8ce256c22db3bd6dc40f.tif",
    "crash-7d4c83eb92150fb8f1653a697703ae06ae7c4998.j2k",
    "truncated_end_chunk.png",
    "truncated_image.png",
    "truncated_jpeg.jpg",
}


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
def test_damaged_pictures_are_refused_and_odd_but_whole_ones_taken(shared_data: Path, tmp_path: Path) -> None:
    refused = set()
    for file in sorted((shared_data / "images/pillow").iterdir()):
        try:
            document = kept(file.read_bytes(), tmp_path)
        except PictureRefused:
            refused.add(file.name)
        else:
            make_sizes(document=document, pictures_dir=tmp_path)
    assert refused == REFUSED


@pytest.mark.shared
def test_real_pictures_of_the_demo_get_all_their_sizes(shared_data: Path, tmp_path: Path) -> None:
    for file in sorted((shared_data / "images/demo").iterdir())[::5]:
        document = kept(file.read_bytes(), tmp_path)
        make_sizes(document=document, pictures_dir=tmp_path)
        made = list((tmp_path / "sizes").rglob(f"{document.original}-*"))
        assert len(made) == len(sizes_of(document))
