"""The command ``broadsheet``: one line of wrapping around each room's actions.

Exit status 0 for success, 1 for "looked, and something is wrong", 2 for wrong use.
"""

from __future__ import annotations

from broadsheet.cli.main import main

__all__ = ["main"]
