"""Which form of a text a reader's browser takes: brotli, gzip or as it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

Coding = Literal["br", "gzip", "identity"]

#: The file name ending of each coding's twin.
TWIN_ENDINGS: Final[dict[Coding, str]] = {"br": ".br", "gzip": ".gz", "identity": ""}

#: Ours first, where the browser likes several equally: the smaller comes first.
_PREFERENCE: Final[tuple[Coding, ...]] = ("br", "gzip", "identity")
_ELEMENT: Final = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9a-z-]+)[ \t]*(?:;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?", re.ASCII
)
#: No browser sends more; a longer one is answered with the plain file, and not remembered.
_HEADER_CHARACTERS: Final = 256


def acceptable_codings(header: str | None) -> tuple[Coding, ...]:
    """Return the codings to try, best first; ``identity`` is always among them.

    Where the reader refuses even ``identity`` it comes last: a page in a form they did not ask for helps more than
    an error does, and the standard leaves us the choice.  Source: RFC 9110 section 12.5.3.
    """
    if header is None or len(header) > _HEADER_CHARACTERS:
        return ("identity",)
    return _ordered(header.lower())


@lru_cache(maxsize=256)
def _ordered(header: str) -> tuple[Coding, ...]:
    weights: dict[str, float] = {}
    for element in header.split(","):
        match = _ELEMENT.fullmatch(element)
        if match:
            name = "gzip" if match[1] == "x-gzip" else match[1]
            weights[name] = float(match[2]) if match[2] else 1.0
    others = weights.get("*", 0.0)
    weight: dict[Coding, float] = {coding: weights.get(coding, others) for coding in _PREFERENCE}
    if "identity" not in weights and "*" not in weights:
        # Not named means acceptable, yet less so than anything named.
        weight["identity"] = 0.0005
    wanted = sorted((c for c in _PREFERENCE if weight[c] > 0), key=lambda coding: -weight[coding])
    return tuple(wanted) if "identity" in wanted else (*wanted, "identity")
