"""A process that must not outlive the one that started it."""

from __future__ import annotations

import ctypes
import signal
import sys
from typing import Final

#: PR_SET_PDEATHSIG of ``prctl(2)``.
_SET_PARENT_DEATH_SIGNAL: Final = 1


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Ask the kernel to send this process the signal when its parent dies, however it dies.

    Only Linux can. Elsewhere nothing happens: a parent that ends as it should stops its children anyway.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, signal_number, 0, 0, 0)
