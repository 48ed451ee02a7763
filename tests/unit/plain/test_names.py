from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.plain.errors import BadLocale, BadUrn
from broadsheet.plain.locales import direction, parse_locale
from broadsheet.plain.slugs import SLUG_BYTES, make_slug, numbered_slug
from broadsheet.plain.urns import key_of, kind_of, make_urn, parse_urn


@pytest.mark.parametrize("code", ["en", "vi", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "mul"])
def test_language_codes_are_taken(code: str) -> None:
    assert parse_locale(code) == code


@pytest.mark.parametrize("code", ["", "EN", "english", "en_US", "en-us", "../en", "en\n", "e"])
def test_anything_else_is_no_language_and_is_named_in_the_error(code: str) -> None:
    with pytest.raises(BadLocale, match="not a language code"):
        parse_locale(code)


@pytest.mark.parametrize(
    ("code", "way"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("vi", "ltr")]
)
def test_the_writing_direction_follows_the_script(code: str, way: str) -> None:
    assert direction(parse_locale(code)) == way


def test_a_urn_gives_back_its_kind_and_key() -> None:
    urn = make_urn("section", "politics")
    assert (urn, kind_of(urn), key_of(urn)) == ("urn:broadsheet:section:politics", "section", "politics")


@pytest.mark.parametrize(
    "text", ["", "urn:broadsheet:story:", "urn:broadsheet:horse:1", "urn:other:story:1", "urn:broadsheet:story:A b"]
)
def test_a_name_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BadUrn, match="does not name a subject"):
        parse_urn(text)


@given(st.text())
def test_a_slug_is_short_ascii_without_dashes_at_its_ends(text: str) -> None:
    slug = make_slug(text, fallback="id-7")
    assert slug
    assert slug.isascii()
    assert len(slug) <= SLUG_BYTES
    assert slug == slug.strip("-").lower()
    assert make_slug(slug, fallback="x") == slug


@given(st.text(min_size=1), st.integers(min_value=2, max_value=99_999))
def test_a_numbered_slug_still_fits(text: str, number: int) -> None:
    numbered = numbered_slug(make_slug(text, fallback="id"), number)
    assert numbered.endswith(f"-{number}")
    assert len(numbered) <= SLUG_BYTES


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đà Nẵng: gặp riêng", "da-nang-gap-rieng"),
        ("Don’t stop", "dont-stop"),
        ("!!!", "id-7"),
        ("word " * 40, ("word-" * 16).strip("-")),
    ],
)
def test_slugs_read_like_the_headline(text: str, slug: str) -> None:
    assert make_slug(text, fallback="id-7") == slug
