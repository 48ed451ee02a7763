"""Words are found however they are typed, in every script, and stand where they stood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.plain.folding import words_in


def folded(text: str) -> list[str]:
    return [word.folded for word in words_in(text)]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("gap rieng", "Gặp riêng"),
        ("da nang", "Đà Nẵng"),
        ("DA NANG", "Đà Nẵng"),
        ("strasse", "Straße"),
        ("istanbul", "İstanbul"),
        ("lodz", "Łódź"),
        ("αθηνας", "ΑΘΉΝΑΣ"),
        ("елка", "Ёлка"),
        ("covid 19", "COVID-19"),
        ("2026", "٢٠٢٦"),
        ("2026", "\uff12\uff10\uff12\uff16"),
        ("co operation", "co-operation"),
        ("cooperation", "co\u00adoperation"),
        ("مدرسه", "مَدرَسة"),
        ("الاسلام", "الإسلام"),
        ("اخبار", "أخبـــار"),
        ("علي", "على"),
        ("ايران", "ایران"),
        ("カメラ", "ｶﾒﾗ"),
    ],
)
def test_what_is_typed_and_what_is_printed_are_the_same_words(typed: str, printed: str) -> None:
    assert folded(typed) == folded(printed)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_ways_to_compose_a_letter_are_one_word(form: str) -> None:
    assert folded(unicodedata.normalize(form, "Nguyễn Thị Thập")) == ["nguyen", "thi", "thap"]


def test_signs_without_spaces_are_found_two_by_two_and_the_last_alone() -> None:
    assert folded("国家主席") == ["国家", "家主", "主席", "席"]
    assert folded("主席") == ["主席", "席"]
    assert folded("Xi主席 2026年") == ["xi", "主席", "席", "2026", "年"]
    assert [word.closes for word in words_in("主席")] == [False, True]


def test_vowel_signs_stay_in_their_word() -> None:
    assert folded("हिन्दी समाचार") == folded("हिन्दी") + folded("समाचार")
    assert len(folded("हिन्दी")) == 1


def test_a_word_knows_where_it_stood() -> None:
    text = "Ở Đà Nẵng, “gặp riêng” 主席."
    assert [text[word.start : word.end] for word in words_in(text)] == [
        *("Ở", "Đà", "Nẵng", "gặp", "riêng"),
        *("主席", "席"),
    ]


def test_what_is_no_word_is_none() -> None:
    assert folded("") == folded("\0 \u202e \u200f *()\"' -- _ ^ :") == []
    assert folded("a_b") == ["a", "b"]
    assert folded("\u0301\u0301") == []


def test_an_endless_word_is_cut() -> None:
    assert folded("a" * 10_000) == ["a" * 64]


@given(st.text())
def test_any_text_gives_words_of_letters_that_stand_inside_it(text: str) -> None:
    for word in words_in(text):
        assert word.folded
        assert not set(word.folded) & set(' "-_*^:(){}\0\n')
        assert 0 <= word.start < word.end <= len(text)
