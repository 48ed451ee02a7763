"""Words in every script the paper may print, and marks as markup makes them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.desk.inspecting.words import Mark, Run, merged, plain_runs, runs_of, words_of
from broadsheet.plain.html import SafeHtml, clean_inline

BOLD, ITALIC = Mark("strong"), Mark("em")


def words(text: str) -> list[str]:
    return [run.text for run in words_of(plain_runs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bão số 3, ở Đà Nẵng.", ["Bão", " ", "số", " ", "3", ",", " ", "ở", " ", "Đà", " ", "Nẵng", "."]),
        ("السَّلامُ عليكم", ["السَّلامُ", " ", "عليكم"]),
        ("東京タワーへ。", ["東", "京", "タ", "ワ", "ー", "へ", "。"]),
        ("ไปดี", ["ไ", "ป", "ดี"]),
        ("नमस्ते दुनिया", ["नमस्ते", " ", "दुनिया"]),
        ("don't pay 3,500 or 2.5%", ["don't", " ", "pay", " ", "3,500", " ", "or", " ", "2.5", "%"]),
        ("d’Ivoire  x", ["d’Ivoire", "  ", "x"]),
        ("🇻🇳🇫🇷 👍🏽", ["🇻🇳", "🇫🇷", " ", "👍🏽"]),
        ("", []),
    ],
)
def test_words_are_those_of_the_script(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_decomposed_vietnamese_has_the_same_words() -> None:
    text = "Bão số ở Đà Nẵng"
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", word) for word in words(decomposed)] == words(text)


@given(st.text())
def test_no_sign_gets_lost_between_words(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize("sign", ["\U0001f1fb", "\u0300", "\u200d", "'", "1,", " ", "字", "👍"])
def test_a_long_row_of_one_sign_is_still_cut_into_words(sign: str) -> None:
    assert "".join(words(sign * 100_000)) == sign * 100_000


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("One <strong>two</strong>", [Run("One "), Run("two", (BOLD,))]),
        ("<strong><em>a</em></strong>b", [Run("a", (BOLD, ITALIC)), Run("b")]),
        ('<a href="https://a.example/">x</a>', [Run("x", (Mark("a", "https://a.example/"),))]),
        ('<abbr title="World Health">WHO</abbr>', [Run("WHO", (Mark("abbr", "World Health"),))]),
        ("a<br>b &amp; c", [Run("a\nb & c")]),
        ("", []),
    ],
)
def test_markup_becomes_runs_with_marks(markup: str, expected: list[Run]) -> None:
    assert list(runs_of(clean_inline(markup))) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        "<img src=x onerror=alert(1)>",
        "<em>" * 17 + "x" + "</em>" * 17,
        "<em>x</em>" * 2_001,
    ],
)
def test_markup_the_paper_would_not_print_is_read_as_its_characters(markup: str) -> None:
    assert runs_of(SafeHtml(markup)) == (Run(markup),)


@given(st.lists(st.builds(Run, st.text(max_size=3), st.sampled_from([(), (BOLD,), (BOLD, ITALIC)]))))
def test_merged_runs_say_the_same_in_fewer(runs: list[Run]) -> None:
    signs = [(sign, run.marks) for run in runs for sign in run.text]
    fewer = merged(runs)
    assert [(sign, run.marks) for run in fewer for sign in run.text] == signs
    assert merged(fewer) == fewer
