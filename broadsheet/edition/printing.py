"""What may be printed at all: neither HTML nor XML can hold every character, not even escaped.

Source: HTML, "preprocessing the input stream"; XML 1.0 section 2.2. Tab and line ends stay.
"""

from __future__ import annotations

import re
from typing import Final

#: Finds nearly every text that has nothing to drop in one quick look; beyond the first plane it cannot tell.
_SUSPECT: Final = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]")
_DROPPED: Final = dict.fromkeys(
    [
        *(code for code in range(0xA0) if code not in {9, 10, 13} and not 0x20 <= code <= 0x7E),  # noqa: PLR2004 - ASCII
        *range(0xD800, 0xE000),
        *range(0xFDD0, 0xFDF0),
        *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
    ],
)


def printable(text: str) -> str:
    """Return the text without control characters, lone surrogates and noncharacters.

    Markup must pass here before it is cleaned, never only after: ``java<U+0085>script:`` is no scheme to the cleaner.
    """
    return text.translate(_DROPPED) if _SUSPECT.search(text) else text
