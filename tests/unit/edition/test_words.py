"""The site speaks the language of its page, and no word of a template is left in English."""

from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from broadsheet.edition import words
from broadsheet.edition.words import CATALOGUES, language_name, territory_locale, words_of
from broadsheet.plain.locales import Locale

ROOM = Path(words.__file__).parent
LANGUAGES = sorted(path.name for path in CATALOGUES.iterdir())


def spoken() -> set[str]:
    """Every text the templates and the code say."""
    found: set[str] = set()
    for method, pattern in (("jinja2.ext:babel_extract", "templates/edition/*"), ("python", "*.py")):
        for path in ROOM.glob(pattern):
            with path.open("rb") as file:
                keywords = {"_": None, "say": None}
                found |= {str(message) for _, message, _, _ in extract(method, file, keywords)}
    return found


def test_there_is_something_to_say() -> None:
    assert {"Sources", "Photo: %(credit)s", "Headline", "Page not found"} <= spoken()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_has_each_word_and_no_other(language: str) -> None:
    with (CATALOGUES / language / "LC_MESSAGES" / "edition.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert {message.id for message in catalogue if message.id} == spoken()
    assert all(message.string and not message.fuzzy for message in catalogue if message.id)
    assert [error for message in catalogue for error in message.check(catalogue)] == []


@pytest.mark.parametrize(("locale", "said"), [("ar", "المصادر"), ("es", "Fuentes"), ("fr", "Sources"), ("vi", "Nguồn")])
def test_the_site_speaks_four_languages_beside_english(locale: str, said: str) -> None:
    assert LANGUAGES == ["ar", "es", "fr", "vi"]
    assert words_of(Locale(locale)).gettext("Sources") == said


@pytest.mark.parametrize(("locale", "said"), [("vi-VN", "Nguồn"), ("en", "Sources"), ("tlh", "Sources")])
def test_a_language_without_a_catalogue_of_its_own_borrows_one(locale: str, said: str) -> None:
    assert words_of(Locale(locale)).gettext("Sources") == said


@pytest.mark.parametrize(
    ("locale", "shown_in", "name"),
    [
        ("ru", "en", "Russian"),
        ("ru", "vi", "Tiếng Nga"),
        ("en", "vi", "Tiếng Anh"),
        ("xx", "en", "xx"),
        ("vi", "tlh", "Vietnamese"),
    ],
)
def test_languages_are_named_in_the_words_of_the_page(locale: str, shown_in: str, name: str) -> None:
    assert language_name(Locale(locale), shown_in=Locale(shown_in)) == name


@pytest.mark.parametrize(
    ("locale", "territory"), [("vi", "vi_VN"), ("en", "en_US"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW"), ("eo", "")]
)
def test_open_graph_gets_a_country_with_the_language_or_nothing(locale: str, territory: str) -> None:
    assert territory_locale(Locale(locale)) == territory
