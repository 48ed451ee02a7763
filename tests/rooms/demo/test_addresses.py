"""docs/urls.md says what the reader site's addresses are; the demo paper, pressed, has no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from broadsheet.demo.loading import load_demo
from broadsheet.desk.actions.correct import Correct
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Story
from broadsheet.plain.times import utc_now
from broadsheet.press.actions import Press, press_due
from broadsheet.press.composing import the_composer
from broadsheet.press.stores import MemoryStore

PAGE = Path(__file__).resolve().parents[3] / "docs" / "urls.md"
PARTS = {
    "<locale>": r"(en|vi)",
    "<section>": r"[a-z][a-z0-9-]*",
    "<byline>": r"[a-z0-9-]+",
    "<topic>": r"[a-z0-9-]+",
    "<yyyy>": r"\d{4}",
    "<mm>": r"\d\d",
    "<dd>": r"\d\d",
    "<slug>": r"[a-z0-9-]+",
    "<name>": r"[a-z]+(-[a-z]+)*",
    "<ending>": r"[a-z0-9]+",
    "<key>": r"[0-9a-f]{32}",
    "<digest>": r"[0-9a-f]{16,64}",
    "<words>": r"[0-9a-f]{16}",
    "<width>": r"\d+",
    "<jpg or webp>": r"(jpg|webp)",
    "<x>": r"\d+",
    "<y>": r"\d+",
}

#: What the reader server answers by itself: nothing is pressed there.
ANSWERED = {"/<locale>/search/"}


def documented() -> dict[str, re.Pattern[str]]:
    """Return each row of the table with the pattern it stands for."""
    rows = re.findall(r"^\| `(/[^`]*)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    patterns = {}
    for row in rows:
        pieces = re.split(r"(<[^>]+>)", row)
        patterns[row] = re.compile("".join(PARTS[piece] if piece in PARTS else re.escape(piece) for piece in pieces))
    return patterns


@pytest.mark.django_db
def test_every_sheet_of_a_paper_has_a_documented_address_and_every_documented_address_a_sheet(tmp_path: Path) -> None:
    settings.PICTURES_DIR.mkdir(parents=True, exist_ok=True)
    load_demo(configuration=settings.CONFIGURATION, now=utc_now())
    with acting_as("system:test"):
        Correct(Story.objects.filter(live=True).order_by("pk")[0], now=utc_now(), words="It was Tuesday.").execute()
    store = MemoryStore()
    press = Press(composer=the_composer(), store=store, data_dir=tmp_path, clock=utc_now, snapshot="default")
    paths = [path for report in press_due(press=press) for path in report.put]
    patterns = documented()
    assert not [path for path in paths if not any(pattern.fullmatch(path) for pattern in patterns.values())]
    pressed = {row for row, pattern in patterns.items() if any(pattern.fullmatch(path) for path in paths)}
    assert patterns.keys() - pressed == ANSWERED
