"""Leaked masks are found, and real words never are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from broadsheet.wire.texts import leaked_mask, one_line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["Hoang Bach DNUM_CAZAHZCACF 09:33", "on ⟦3⟧ May", "costs __X0__ euros"])
def test_a_mask_is_found_wherever_it_stands(text: str) -> None:
    assert leaked_mask(["fine", text])


@pytest.mark.shared
def test_no_real_article_is_taken_for_a_leak(shared_data: Path) -> None:
    for path in (shared_data / "articles").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            assert not leaked_mask([article["title"], article["body_html"]]), article["id"]


def test_one_line_drops_what_no_page_can_carry() -> None:
    assert one_line(" a\x00b\u202e\ud800 \n c\x92 ") == "ab c\u2019"
