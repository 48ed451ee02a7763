"""The pages people read keep step with the code they describe."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer.main

from broadsheet.cli.main import build_app
from broadsheet.ledger.values import Act, State
from broadsheet.plain.configuration import Configuration, Language, Paper, Theme

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("plain", "press", "ledger", "desk", "wire", "edition", "serve", "keeping")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("broadsheet/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
ENVIRONMENT = re.compile(r"""os\.environ(?:\.get\(|\.setdefault\(|\[)\s*["']([A-Z_]+)["']""")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def commands(command: Any, words: tuple[str, ...] = ("broadsheet",)) -> Iterator[str]:
    """Yield every command that does something by itself. Typer carries its own copy of click, so types say nothing."""
    parts = getattr(command, "commands", None)
    if parts is None or (command.invoke_without_command and len(words) > 1):
        yield " ".join(words)
    for name, part in (parts or {}).items():
        yield from commands(part, (*words, name))


COMMANDS = sorted(commands(typer.main.get_command(build_app())))


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_its_job_its_front_door_and_what_it_must_never_do(room: str) -> None:
    text = read(f"broadsheet/{room}/README.md").lower()
    assert all(word in text for word in ("job", "front door", "never"))


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_stands_in_the_readme(command: str) -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", read("README.md"), re.MULTILINE)
    assert any(
        row == command or row.startswith((f"{command} [", f"{command} -")) or re.fullmatch(rf"{command}( [A-Z]+)+", row)
        for row in rows
    )


def test_each_command_in_the_readme_exists() -> None:
    rows = re.findall(r"^\| `(broadsheet[ a-z]*[a-z])", read("README.md"), re.MULTILINE)
    assert set(rows) == set(COMMANDS)


def test_each_key_of_the_papers_file_is_documented() -> None:
    page = read("docs/settings.md")
    parts = {"paper": Paper, "languages": Language, "theme": Theme}
    assert {field.encode_name for field in msgspec.structs.fields(Configuration)} == set(parts)
    for name, part in parts.items():
        for field in msgspec.structs.fields(part):
            assert f"| `{name}.{field.encode_name}` |" in page


def test_each_variable_of_the_environment_that_is_read_is_documented() -> None:
    page = read("docs/settings.md")
    files = set((ROOT / "broadsheet").rglob("*.py")) - {ROOT / "broadsheet" / "settings" / "test.py"}
    sources = (path.read_text(encoding="utf-8") for path in files)
    names = {name for source in sources for name in ENVIRONMENT.findall(source)}
    assert names
    assert not {name for name in names if f"| `{name}` |" not in page}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_to_a_file_of_ours_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not [target for target in LINK.findall(text) if not (page.parent / target).exists()]


def test_the_glossary_has_every_act_and_every_state() -> None:
    words = {word.lower() for word in re.findall(r"\*\*([^*]+)\*\*", read("docs/glossary.md"))}
    assert {act.value for act in Act} <= words
    text = read("docs/glossary.md")
    assert all(state.value in text for state in State)
