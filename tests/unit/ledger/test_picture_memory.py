"""No file needs more memory than decoding may take, whatever it says of itself."""

from __future__ import annotations

import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from broadsheet.ledger.picture_decoding import DECODING_BYTES

if TYPE_CHECKING:
    from pathlib import Path

GREY, COLOUR_ALPHA = (1, 0), (8, 6)
#: Takes pictures in with so much memory and no more, and says what became of each.
TAKE_IN = """
import resource, sys
from pathlib import Path
from PIL import Image
from broadsheet.ledger.errors import PictureRefused
from broadsheet.ledger.pictures import keep_original, keep_words, size_bytes, sizes_of, upright_copy
from broadsheet.ledger.values import PictureDocument
from broadsheet.plain.urns import make_urn

folder, room = Path(sys.argv[1]), int(sys.argv[2])
Image.init()
held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + room, held + room))
for file in sys.argv[3:]:
    data = Path(file).read_bytes()
    try:
        kept = keep_original(data=data, pictures_dir=folder)
        upright_copy(data)
        document = PictureDocument(make_urn("picture", "ab" * 16), *kept, credit="Lan")
        keep_words(document=document, pictures_dir=folder)
        size_bytes(path=sizes_of(document)[0].path, pictures_dir=folder)
    except PictureRefused as refused:
        print("refused:", refused)
    else:
        print("taken")
"""
#: For what Pillow holds beside the pixels.
ASIDE = 40_000_000


def png(width_px: int, height_px: int, kind: tuple[int, int], *, rows: int | None = None) -> bytes:
    """Return a PNG of zeros, packed row by row. ``kind`` is bits a channel and colour type."""
    bits, colour = kind
    row = b"\0" * (1 + (width_px * bits * (4 if colour else 1) + 7) // 8)
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(row) for _ in range(height_px if rows is None else rows)) + packer.flush()
    header = width_px.to_bytes(4) + height_px.to_bytes(4) + bytes([bits, colour, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def take_in(*files: Path, folder: Path) -> list[str]:
    """Take the files in, one after the other in one process; return what became of each."""
    asked = [sys.executable, "-W", "ignore", "-c", TAKE_IN, folder / "kept", str(DECODING_BYTES + ASIDE), *files]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc how much memory is held")
@pytest.mark.parametrize(
    ("size", "kind", "rows", "said"),
    [
        ((20_000, 10_000), GREY, None, "refused: The picture has more than 100 million pixels"),
        ((60_000, 60_000), GREY, 1, "refused: The picture has more than 100 million pixels"),
        ((9_900, 9_900), GREY, None, "refused: The picture has more than 32 million pixels"),
        ((2_000, 16_000), COLOUR_ALPHA, None, "refused: The picture of 2000 x 16000 pixels is too tall"),
        ((5_600, 5_600), COLOUR_ALPHA, None, "taken"),
        ((1_000, 16_000), COLOUR_ALPHA, None, "taken"),
    ],
)
def test_decoding_keeps_to_its_room(
    size: tuple[int, int], kind: tuple[int, int], rows: int | None, said: str, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.png"
    sent.write_bytes(png(*size, kind, rows=rows))
    (outcome,) = take_in(sent, folder=tmp_path)
    assert outcome.startswith(said)


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc how much memory is held")
@pytest.mark.shared
@pytest.mark.parametrize("folder", ["images/pillow", "security/upload"])
def test_no_hostile_file_takes_more(shared_data: Path, folder: str, tmp_path: Path) -> None:
    files = sorted((shared_data / folder).iterdir())
    outcomes = take_in(*files, folder=tmp_path)
    for file, outcome in zip(files, outcomes, strict=True):
        assert outcome == "taken" or outcome.startswith(("refused: The ", "refused: SVG ")), file
        assert outcome != "taken" or file.suffix not in {".svg", ".zip", ".tif", ".j2k"}, file
