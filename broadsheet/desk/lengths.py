"""How long the parts of a story had better be. Advice the form shows while one writes; nothing is refused for it."""

from __future__ import annotations

from typing import Final

#: Characters of a headline that stand on two lines of a front on a telephone.
HEADLINE_ADVISED: Final = 90
#: Characters of a standfirst that a card shows whole.
STANDFIRST_ADVISED: Final = 240
