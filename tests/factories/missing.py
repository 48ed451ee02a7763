"""What tests need beside Python, and a machine may lack. In CI nothing may be missing."""

from __future__ import annotations

import os
from typing import Final, NoReturn

import pytest

IN_CI: Final = os.environ.get("CI") == "true"


def do_without(reason: str) -> NoReturn:
    """Skip the test for that reason; in CI let it fail."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)
