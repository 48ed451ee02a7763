"""Asks exiftool what stands in files, as anybody outside would."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories.missing import IN_CI

if TYPE_CHECKING:
    from pathlib import Path

#: What nobody may find in a public file: the condition of the shared data's README.
PRIVATE = "defined $GPSLatitude or defined $SerialNumber or defined $OwnerName"

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None and not IN_CI, reason="needs exiftool (scripts/install-test-tools)"
)


def tags(folder: Path) -> list[dict[str, Any]]:
    """Return the tags of every file below the folder, named with their group: ``XMP:Credit``."""
    done = subprocess.run(["exiftool", "-q", "-j", "-G", "-r", str(folder)], capture_output=True, check=False)
    return json.loads(done.stdout or b"[]")


def private_files(folder: Path) -> str:
    """Return the names of the files that carry what is nobody's business, one a line."""
    asked = ["exiftool", "-q", "-r", "-if", PRIVATE, "-p", "$Directory/$FileName", str(folder)]
    return subprocess.run(asked, capture_output=True, check=False, text=True).stdout
