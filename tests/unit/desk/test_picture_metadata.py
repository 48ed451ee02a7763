"""What a picture file says of itself is read where it can be, and passed over where it cannot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.desk.picture_metadata import LENGTHS, read_metadata
from tests.factories.noted_pictures import iim, in_languages, noted_jpeg, xmp

if TYPE_CHECKING:
    from pathlib import Path

FULL_XMP = xmp(
    in_languages("dc:description", x_default="Three boats", vi="Ba con thuyền")
    + in_languages("Iptc4xmpCore:AltTextAccessibility", x_default="Boats at a pier")
    + in_languages("dc:rights", x_default="© Lan")
    + in_languages("xmpRights:UsageTerms", x_default="No sales")
    + "<dc:creator><rdf:Seq><rdf:li>Lan Nguyễn</rdf:li><rdf:li>Mai</rdf:li></rdf:Seq></dc:creator>",
    attributes='photoshop:Credit="AP" photoshop:Headline="Boats" photoshop:DateCreated="2024-05-06T07:08:09+07:00"',
)
HOSTILE_PACKETS = {
    "an entity that grows": xmp(
        in_languages("dc:description", x_default="&d;"),
        before=f'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "{"&a;" * 50}"><!ENTITY c "{"&b;" * 50}">'
        f'<!ENTITY d "{"&c;" * 50}">]>',
    ),
    "a file of the machine": xmp(
        in_languages("dc:description", x_default="&e;"), before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    ),
    "an entity nobody uses": xmp(
        in_languages("dc:description", x_default="Words"), before='<!DOCTYPE x [<!ENTITY e "x">]>'
    ),
    "no XML": b"<x:xmpmeta" + b"<" * 1000,
    "deep nesting": b"<a>" * 15_000,
    "nothing": b"\0" * 60_000,
}


def test_all_that_xmp_says_is_read() -> None:
    assert read_metadata(noted_jpeg(xmp_packet=FULL_XMP), locale="en") == {
        "title": "Boats",
        "caption": "Three boats",
        "alt": "Boats at a pier",
        "creator": "Lan Nguyễn, Mai",
        "credit": "AP",
        "copyright": "© Lan",
        "usage": "No sales",
        "taken_on": date(2024, 5, 6),
    }


def test_of_several_languages_the_asked_one_is_read() -> None:
    assert read_metadata(noted_jpeg(xmp_packet=FULL_XMP), locale="vi")["caption"] == "Ba con thuyền"
    assert read_metadata(noted_jpeg(xmp_packet=FULL_XMP), locale="vi-VN")["caption"] == "Ba con thuyền"
    assert read_metadata(noted_jpeg(xmp_packet=FULL_XMP), locale="fr")["caption"] == "Three boats"


def test_xmp_comes_before_iim_and_exif_fills_only_what_both_leave() -> None:
    data = noted_jpeg(
        xmp_packet=xmp("", attributes='photoshop:Credit="of XMP"'),
        iim_block=iim((2, 110, b"of IIM"), (2, 80, b"by-line of IIM")),
        exif={0x013B: "artist of EXIF", 0x8298: "copyright of EXIF"},
        taken="2023:01:02 03:04:05",
    )
    assert read_metadata(data, locale="en") == {
        "credit": "of XMP",
        "creator": "by-line of IIM",
        "copyright": "copyright of EXIF",
        "taken_on": date(2023, 1, 2),
    }


@pytest.mark.parametrize(
    ("charset", "raw", "read"),
    [
        (b"", "Nguyễn".encode(), "Nguyễn"),
        (b"", "Müller".encode("latin-1"), "Müller"),
        (b"\x1b%G", "Nguyễn".encode(), "Nguyễn"),
        (b"\x1b%G", "Müller".encode("latin-1"), "Müller"),
        (b"\x1b.A", "Ã©".encode("latin-1"), "Ã©"),
    ],
)
def test_letters_are_read_as_utf_8_and_else_as_latin_1(charset: bytes, raw: bytes, read: str) -> None:
    datasets = ((1, 90, charset), (2, 110, raw)) if charset else ((2, 110, raw),)
    assert read_metadata(noted_jpeg(iim_block=iim(*datasets)), locale="en")["credit"] == read


def test_exif_in_utf_8_is_read_too() -> None:
    data = noted_jpeg(exif={0x013B: "Lan Nguy~~~n"}).replace(b"~~~", "ễ".encode())
    assert read_metadata(data, locale="en")["creator"] == "Lan Nguyễn"


@pytest.mark.parametrize("name", HOSTILE_PACKETS)
def test_hostile_xmp_says_nothing_and_iim_is_read_all_the_same(name: str) -> None:
    data = noted_jpeg(xmp_packet=HOSTILE_PACKETS[name], iim_block=iim((2, 110, b"AP")))
    assert read_metadata(data, locale="en") == {"credit": "AP"}


def test_a_text_is_cut_to_what_its_field_holds_and_stands_on_one_line() -> None:
    data = noted_jpeg(iim_block=iim((2, 120, b"word\r\n" * 400), (2, 110, b"\x07\x00AP\x1b ")))
    said = read_metadata(data, locale="en")
    assert len(said["caption"]) <= LENGTHS["caption"]
    assert said["caption"].startswith("word word")
    assert said["caption"].endswith("…")
    assert said["credit"] == "AP"


@pytest.mark.parametrize("day", ["0000:00:00 00:00:00", "2024:13:45 00:00:00", "yesterday", " "])
def test_a_day_that_is_none_is_passed_over(day: str) -> None:
    assert "taken_on" not in read_metadata(noted_jpeg(taken=day), locale="en")


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_notes_whatever_lose_the_picture(packet: bytes, block: bytes) -> None:
    data = noted_jpeg(xmp_packet=packet, iim_block=b"Photoshop 3.0\x008BIM\x04\x04\0\0" + block)
    assert set(read_metadata(data, locale="en")) <= {*LENGTHS, "taken_on"}


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_real_files_are_read_and_none_of_them_breaks_anything(shared_data: Path) -> None:
    folders = ("images/metadata", "images/pillow", "images/orientation", "security/upload")
    said = {
        file.name: read_metadata(file.read_bytes(), locale="en")
        for folder in folders
        for file in (shared_data / folder).iterdir()
    }
    assert said["exiftool-IPTC.jpg"] == {
        "title": "No headline",
        "caption": "A witty caption",
        "creator": "Phil Harvey",
        "credit": "My Credit",
        "copyright": "Copyright 2004 Phil Harvey",
        "usage": "What instructions",
        "taken_on": date(2004, 2, 26),
    }
    assert said["exiftool-PhotoMechanic.jpg"]["credit"] == "Credit"
    assert "caption" not in said["exiftool-Sanyo.jpg"]
    assert "caption" not in said["exiftool-Nikon.jpg"]
    assert said["exiftool-RIFF.webp"]["creator"] == "me"
