from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.plain.configuration import FILE_NAME, load_configuration
from broadsheet.plain.errors import BadConfiguration

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[paper]
name = "The Post"
base_url = "https://www.example.org"
zone = "Asia/Ho_Chi_Minh"

[[languages]]
code = "en"
name = "English"
"""


def write(folder: Path, text: str | bytes) -> Path:
    (folder / FILE_NAME).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_a_good_file_is_read(tmp_path: Path) -> None:
    configuration = load_configuration(write(tmp_path, GOOD))
    assert configuration.paper.name == "The Post"
    assert [language.code for language in configuration.languages] == ["en"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GOOD + '[theme]\naccent = "blue"', "accent must be a colour like #0a5c8c"),
        (GOOD + '[theme]\naccent = "#ffcc00"', "words in #ffcc00 cannot be read on #ffffff"),
        (GOOD + '[theme]\naccent_dark = "#333333"', "words in #333333 cannot be read on #121315"),
        (GOOD + '[theme]\nnameplate = "nameplate.svg"', "nameplate must be an svg, png or webp file"),
        (GOOD + '[theme]\nnameplate = "../secret.png"', "nameplate must be an svg, png or webp file"),
        (GOOD.replace("[paper]", '[paper]\ncontact = "javascript:alert(1)"'), "contact must be a mail address"),
        (GOOD.replace("Asia/Ho_Chi_Minh", "Mars/Base"), "is not a time zone"),
        (GOOD.replace("https://www.example.org", "ftp://x"), "base_url must be like"),
        (GOOD.replace("https://www.example.org", "https://x.example/blog"), "without a path"),
        (GOOD.replace('"en"', '"english"'), "not a language code"),
        (GOOD + GOOD[GOOD.index("[[") :], "each once"),
        (GOOD.split("[[", maxsplit=1)[0], "languages"),
        (GOOD.replace("name =", "nmae =", 1), "nmae"),
        ("[paper", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_write(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        load_configuration(write(tmp_path, text))


def test_a_missing_file_says_how_to_make_a_paper(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="broadsheet init"):
        load_configuration(tmp_path)
