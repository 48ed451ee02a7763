"""Settings for the test suite: a paper of two languages, its data in a folder of its own for each process of tests."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_PAPER = Path(__file__).resolve().parents[2] / "tests" / "paper"
os.environ.setdefault("BROADSHEET_PAPER", str(_PAPER))
# The processes a test starts share its folder. Those that pytest-xdist starts to test beside each other do not.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
if os.environ.get("BROADSHEET_TEST_WORKER") != _WORKER:
    os.environ["BROADSHEET_TEST_WORKER"] = _WORKER
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="broadsheet-test-")

from broadsheet.settings.base import *  # noqa: E402 - reads the environment set above

SECRET_KEY = "for tests only"  # noqa: S105 - as it says
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the press, the task worker and the desk open it from processes and threads of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
