"""JPEGs that say something of themselves, made byte by byte so that a test can say it wrongly too."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image

_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
)


def xmp(properties: str, *, attributes: str = "", before: str = "") -> bytes:
    """Return a packet with these properties."""
    packet = (
        f'{before}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {_NAMES} {attributes}>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    return packet.encode()


def in_languages(name: str, **texts: str) -> str:
    """Return a property with its text in several languages; ``x_default`` for the one of none."""
    items = "".join(f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>' for lang, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """Return an image resource block with these datasets."""
    raw = b"".join(struct.pack(">BBBH", 0x1C, record, number, len(data)) + data for record, number, data in datasets)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(raw)) + raw + b"\0" * (len(raw) % 2)


def noted_jpeg(
    *,
    xmp_packet: bytes = b"",
    iim_block: bytes = b"",
    exif: dict[int, Any] | None = None,
    taken: str = "",
    size: tuple[int, int] = (80, 60),
    colour: str = "teal",
) -> bytes:
    """Return a little JPEG with those notes in it."""
    notes = Image.Exif()
    for tag, value in (exif or {}).items():
        notes[tag] = value
    if taken:
        notes.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=notes)
    data = out.getvalue()
    segments = b""
    if xmp_packet:
        segments += _segment(0xE1, _XMP_MARK + xmp_packet)
    if iim_block:
        segments += _segment(0xED, iim_block)
    return data[:2] + segments + data[2:]


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
