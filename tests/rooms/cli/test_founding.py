"""A new paper's files, without its database."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli.founding import configuration_text, found_paper
from broadsheet.plain.configuration import FILE_NAME, load_configuration
from broadsheet.plain.errors import PlainError

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = {"name": "The Post", "languages": ["en", "vi"], "zone": "Asia/Ho_Chi_Minh", "base_url": "https://post.example"}


def test_a_new_paper_can_be_read_back(tmp_path: Path) -> None:
    found_paper(folder=tmp_path / "post", **_WORDS)
    configuration = load_configuration(tmp_path / "post")
    assert configuration.paper.name == "The Post"
    assert [(language.code, language.name) for language in configuration.languages] == [
        ("en", "English"),
        ("vi", "Tiếng Việt"),
    ]
    assert (tmp_path / "post" / "theme").is_dir()


def test_nobody_but_the_owner_reads_the_secret(tmp_path: Path) -> None:
    found_paper(folder=tmp_path / "one", **_WORDS)
    found_paper(folder=tmp_path / "two", **_WORDS)
    files = [tmp_path / name / ".env" for name in ("one", "two")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    secrets = {file.read_text(encoding="utf-8") for file in files}
    assert len(secrets) == 2
    assert all(len(secret.partition("=")[2]) > 50 for secret in secrets)


def test_a_folder_that_holds_a_paper_is_left_alone(tmp_path: Path) -> None:
    found_paper(folder=tmp_path, **_WORDS)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    with pytest.raises(PlainError, match="holds a paper already"):
        found_paper(folder=tmp_path, **{**_WORDS, "name": "Another"})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"languages": ["english"]},
        {"languages": ["en", "en"]},
        {"zone": "Mars/Base"},
        {"base_url": "ftp://x"},
        {"name": "\udcff"},
    ],
)
def test_refused_values_leave_nothing_behind(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(PlainError):
        found_paper(folder=tmp_path / "new" / "paper", **{**_WORDS, **wrong})  # type: ignore[arg-type]
    assert not (tmp_path / "new" / "paper").exists()
    (tmp_path / "there").mkdir()
    with pytest.raises(PlainError):
        found_paper(folder=tmp_path / "there", **{**_WORDS, **wrong})  # type: ignore[arg-type]
    assert list((tmp_path / "there").iterdir()) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_name_survives_the_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("paper")
    text = configuration_text(name=name, languages=["en"], zone="UTC", base_url="http://127.0.0.1:8000")
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    assert load_configuration(folder).paper.name == name
