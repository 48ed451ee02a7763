"""Settings for the demo and for work on Broadsheet itself: as production, over plain HTTP on this machine."""

from __future__ import annotations

from broadsheet.settings.base import *
