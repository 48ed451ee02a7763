"""The archive the search is measured with: what a press would put, and words that can be found in it."""

import random
from pathlib import Path

import msgspec

from broadsheet.cli.bench_texts import LANGUAGES, Texts
from broadsheet.plain.folding import words_in
from broadsheet.plain.searching import SearchSheet


def test_every_story_has_its_page_and_readers_ask_for_words_of_headlines(tmp_path: Path) -> None:
    texts = Texts(chance=random.Random(1))
    texts.write_archive(tmp_path, stories=20)
    paths = sorted(tmp_path.glob("_search/*/*.json"))
    sheets = [msgspec.json.decode(path.read_bytes(), type=SearchSheet) for path in paths]
    assert len(sheets) == 20
    assert all((tmp_path / sheet.path.lstrip("/") / "index.html").is_file() for sheet in sheets)
    assert {path.parent.name for path in paths} == set(LANGUAGES)
    told = {word.folded for sheet in sheets for word in words_in(sheet.headline)}
    asked = {word for _ in range(50) for word in texts.asked_words(LANGUAGES[1], count=2).split()}
    assert asked & told
    assert all(word.isascii() for word in asked)
