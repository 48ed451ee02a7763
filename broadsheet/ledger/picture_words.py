"""The words every public file of a picture carries: who made it, its credit line, its copyright notice; nothing else.

They are put into the finished file without touching a pixel, so a corrected credit costs no encoding (decision 0018).

Source: IPTC Photo Metadata Standard 2021.1; IIM 4.2; XMP part 3, "JPEG" and "WebP".
"""

from __future__ import annotations

import re
import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import msgspec
from PIL import Image

from broadsheet.plain.canonical import canonical_bytes, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.ledger.values import PictureDocument

#: Goes into the digest, so that files get other names when the way of writing the words changes.
_WRITTEN_AS: Final = 1
DIGEST_LETTERS: Final = 16
#: All three together must fit into one segment of a JPEG.
_CHARACTERS: Final = 2_000

_XMP_MARK: Final = b"http://ns.adobe.com/xap/1.0/\0"
_XMP: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{properties}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
_PROPERTY: Final = {
    "creator": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "credit": "<photoshop:Credit>{}</photoshop:Credit>",
    "copyright": '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>',
}
#: Number of the dataset in IIM's record 2, and the most bytes it may hold.
_IIM: Final = {"creator": (80, 32), "credit": (110, 32), "copyright": (116, 128)}
_UTF8: Final = b"\x1b%G"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEBP_HAS_XMP: Final = 0x04


class PictureWords(msgspec.Struct, frozen=True):
    """What a file says of itself; empty where nothing is known."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""


def words_of(document: PictureDocument) -> PictureWords:
    """Return the words the picture's files carry as long as its document says this."""
    return PictureWords(
        creator=_fitting(document.creator), credit=_fitting(document.credit), copyright=_fitting(document.copyright)
    )


def words_digest(words: PictureWords) -> str:
    """Return the part of a file's name that stands for the words in it."""
    return sha256_hex(canonical_bytes([_WRITTEN_AS, words]))[:DIGEST_LETTERS]


def with_words(data: bytes, *, words: PictureWords) -> bytes:
    """Return the JPEG or WebP with the words in it; as it was where there are none."""
    if words == PictureWords():
        return data
    return _in_webp(data, words) if data[:4] == b"RIFF" else _in_jpeg(data, words)


def _in_jpeg(data: bytes, words: PictureWords) -> bytes:
    """Put XMP and IIM behind the JFIF header, which must stay first."""
    head = 2 + (2 + int.from_bytes(data[4:6]) if data[2:4] == b"\xff\xe0" else 0)
    segments = _segment(0xE1, _XMP_MARK + _xmp(words)) + _segment(0xED, _photoshop(_iim(words)))
    return data[:head] + segments + data[head:]


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _photoshop(iim: bytes) -> bytes:
    """Return the image resource block in which JPEGs keep IIM."""
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iim)) + iim + b"\0" * (len(iim) % 2)


def _iim(words: PictureWords) -> bytes:
    """Return the datasets. A text IIM has no room for is left to XMP: half a name would be another's."""
    datasets = [(1, 90, _UTF8), (2, 0, b"\0\4")]
    for name, text in _said(words):
        number, most = _IIM[name]
        if len(text.encode()) <= most:
            datasets.append((2, number, text.encode()))
    return b"".join(struct.pack(">BBBH", 0x1C, record, number, len(raw)) + raw for record, number, raw in datasets)


def _in_webp(data: bytes, words: PictureWords) -> bytes:
    """Put XMP at the end and an extended header before the pixels, as the plain form has none."""
    with Image.open(BytesIO(data)) as image:
        width, height = image.size
    header = struct.pack("<I", _WEBP_HAS_XMP) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunks = b"WEBP" + _chunk(b"VP8X", header) + data[12:] + _chunk(b"XMP ", _xmp(words))
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def _chunk(kind: bytes, payload: bytes) -> bytes:
    return kind + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)


def _xmp(words: PictureWords) -> bytes:
    return _XMP.format(properties="".join(_PROPERTY[name].format(escape(text)) for name, text in _said(words))).encode()


def _said(words: PictureWords) -> Iterator[tuple[str, str]]:
    for name in _PROPERTY:
        if text := getattr(words, name):
            yield name, text


def _fitting(text: str) -> str:
    return _NOT_XML.sub("", text)[:_CHARACTERS]
