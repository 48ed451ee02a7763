"""One printed line becomes people and agencies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.wire.bylines import split_by


@pytest.mark.parametrize(
    ("line", "language", "names"),
    [
        ("Hoang Bach", "en", ["Hoang Bach"]),
        ("By Paulo Santalucia and Frances d'Emilio", "en", ["Paulo Santalucia", "Frances d'Emilio"]),
        ("Ana Roe, Ben Roe, and Cy Roe", "en", ["Ana Roe", "Ben Roe", "Cy Roe"]),
        ("Lan và Minh", "vi", ["Lan", "Minh"]),
        ("Jean et Marie", "fr", ["Jean", "Marie"]),
        ("José Ortega y Gasset", "en", ["José Ortega y Gasset"]),
        ("Sandra Andersen", "en", ["Sandra Andersen"]),
        ("A. Roe; A. Roe", "en", ["A. Roe"]),
        (" , ", "en", []),
        ("", "en", []),
    ],
)
def test_names_are_told_apart_in_the_items_language(line: str, language: str, names: list[str]) -> None:
    assert [signature.name for signature in split_by(line, language=language)] == names


def test_agencies_are_known_by_their_whole_name_only() -> None:
    assert [(s.name, s.is_agency) for s in split_by("Anna Reuters, Reuters and dpa", language="en")] == [
        ("Anna Reuters", False),
        ("Reuters", True),
        ("dpa", True),
    ]


@given(st.text())
def test_no_line_gives_an_empty_name(line: str) -> None:
    assert all(signature.name.strip() for signature in split_by(line, language="en"))
