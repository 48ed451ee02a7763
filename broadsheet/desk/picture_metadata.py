"""What a picture file says of itself: XMP first, then IIM, then EXIF (decision 0018).

Anybody can write anything into a file. Whatever cannot be read says nothing; the picture itself may be whole.

Source: IPTC Photo Metadata Standard 2021.1; IIM 4.2; Exif 2.32.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from PIL import Image, IptcImagePlugin

from broadsheet.desk.compiling.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PIL import ImageFile

_log = logging.getLogger(__name__)

#: The fields of a picture a file may fill, with the most characters each holds.
LENGTHS: Final = {
    "title": 255,
    "caption": 600,
    "alt": 300,
    "creator": 200,
    "credit": 200,
    "copyright": 300,
    "usage": 300,
}
#: More than any desk writes; what is larger is passed over unread.
_XMP_BYTES: Final = 1_000_000
_IIM_BYTES: Final = 100_000

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC: Final = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_RIGHTS: Final = "{http://ns.adobe.com/xap/1.0/rights/}"
_EXIF: Final = "{http://ns.adobe.com/exif/1.0/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# For each field, where it may stand, best first.
_IN_XMP: Final = {
    "title": (f"{_PHOTOSHOP}Headline", f"{_DC}title"),
    "caption": (f"{_DC}description",),
    "alt": (f"{_IPTC}AltTextAccessibility",),
    "creator": (f"{_DC}creator",),
    "credit": (f"{_PHOTOSHOP}Credit",),
    "copyright": (f"{_DC}rights",),
    "usage": (f"{_RIGHTS}UsageTerms", f"{_PHOTOSHOP}Instructions"),
    "taken_on": (f"{_PHOTOSHOP}DateCreated", f"{_EXIF}DateTimeOriginal"),
}
_IN_IIM: Final = {
    "title": (105, 5),
    "caption": (120,),
    "creator": (80,),
    "credit": (110,),
    "copyright": (116,),
    "usage": (40,),
    "taken_on": (55,),
}
_IN_EXIF: Final = {"caption": 0x010E, "creator": 0x013B, "copyright": 0x8298}
_EXIF_IFD: Final = 0x8769
_TAKEN: Final = 0x9003
#: What cameras write of themselves where a caption belongs.
_CAMERA_TALK: Final = re.compile(r"(?i).*\bDIGITAL CAMERA|DCF 1\.0|.*\bCaplio\b.*")
_DAY: Final = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)")
#: IIM 1:90, the escape sequences of ISO 2022 for Latin-1.
_LATIN_1: Final = (b"\x1b.A", b"\x1b-A", b"\x1b/A")


def read_metadata(data: bytes, *, locale: str) -> dict[str, Any]:
    """Return what the file says, by field of a picture, cut to the field's length; nothing where it is silent.

    Shapes: texts on one line; ``taken_on`` a date as the camera had it. Of texts in several languages, the one in
    ``locale``.
    """
    found: dict[str, Any] = {}
    for read in (_of_xmp, _of_iim, _of_exif):
        for field, text in _unharmed(read, data, locale).items():
            value = _day(text) if field == "taken_on" else _fitted(text, LENGTHS[field])
            if value:
                found.setdefault(field, value)
    return found


def _unharmed(
    read: Callable[[ImageFile.ImageFile, str], Mapping[str, str]], data: bytes, locale: str
) -> Mapping[str, str]:
    try:
        with Image.open(BytesIO(data)) as image:
            return read(image, locale)
    except Exception:  # noqa: BLE001 - a parser may raise anything on what was made to break it
        _log.info("Metadata of a picture could not be read.", exc_info=True)
        return {}


def _of_xmp(image: ImageFile.ImageFile, locale: str) -> Mapping[str, str]:
    packet = image.info.get("xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if not packet or len(packet) > _XMP_BYTES:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root: Any = etree.fromstring(packet.strip(b"\0 \t\r\n"), parser)
    if root.getroottree().docinfo.doctype:
        return {}  # no writer of XMP declares one; who does, wants its entities expanded
    descriptions = list(root.iter(f"{_RDF}Description"))
    return {
        field: text for field, names in _IN_XMP.items() if (text := _first(_xmp_texts(descriptions, names, locale)))
    }


def _xmp_texts(descriptions: list[Any], names: tuple[str, ...], locale: str) -> Iterator[str]:
    for name in names:
        for description in descriptions:
            if name in description.attrib:
                yield description.attrib[name]
            for written in description.findall(name):
                yield _xmp_text(written, locale)


def _xmp_text(written: Any, locale: str) -> str:  # noqa: ANN401 - lxml's element
    """Return a property's text: its own, all items of a list, or of alternatives the one in that language."""
    items = [(item.get(_LANG, ""), "".join(item.itertext())) for item in written.iter(f"{_RDF}li")]
    if not items:
        return written.text or ""
    if written.find(f"{_RDF}Alt") is None:
        return ", ".join(filter(None, (one_line(text) for _, text in items)))
    language = locale.partition("-")[0]
    wanted = (locale, language, "x-default")
    best = min(items, key=lambda item: wanted.index(item[0]) if item[0] in wanted else len(wanted))
    return best[1]


def _of_iim(image: ImageFile.ImageFile, _locale: str) -> Mapping[str, str]:
    datasets = IptcImagePlugin.getiptcinfo(image) or {}
    charset = datasets.get((1, 90), b"")
    is_latin_1 = isinstance(charset, bytes) and charset in _LATIN_1
    found = {}
    for field, numbers in _IN_IIM.items():
        texts = (_iim_text(datasets.get((2, number)), is_latin_1=is_latin_1) for number in numbers)
        if text := _first(texts):
            found[field] = text
    return found


def _iim_text(raw: bytes | list[bytes] | None, *, is_latin_1: bool) -> str:
    parts = raw if isinstance(raw, list) else [raw or b""]
    if sum(map(len, parts)) > _IIM_BYTES:
        return ""
    return ", ".join(part.decode("latin-1") if is_latin_1 else _guessed(part) for part in parts)


def _of_exif(image: ImageFile.ImageFile, _locale: str) -> Mapping[str, str]:
    # The base class's way: that of PNG decodes the whole picture first.
    exif = Image.Image.getexif(image)
    found = {field: _exif_text(exif.get(tag)) for field, tag in _IN_EXIF.items()}
    found["taken_on"] = _exif_text(exif.get_ifd(_EXIF_IFD).get(_TAKEN))
    return {field: text for field, text in found.items() if text and not _CAMERA_TALK.fullmatch(text)}


def _exif_text(value: object) -> str:
    """Return the text; Pillow reads it as Latin-1, which loses nothing."""
    if isinstance(value, bytes):
        return _guessed(value)
    if not isinstance(value, str) or len(value) > _IIM_BYTES:
        return ""
    try:
        return one_line(_guessed(value.encode("latin-1")).replace("\0", " "))
    except UnicodeEncodeError:
        return one_line(value)


def _guessed(raw: bytes) -> str:
    """Return the bytes as text: UTF-8 where they are that, else Latin-1, which everything is."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _first(texts: Iterator[str]) -> str:
    return next(filter(None, map(one_line, texts)), "")


def _fitted(text: str, most: int) -> str:
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
