"""Story types in the words of the site, and for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.edition.words import words_of

if TYPE_CHECKING:
    from broadsheet.ledger.values import Genre
    from broadsheet.plain.locales import Locale

#: Source: schema.org 30.0, the subtypes of NewsArticle, and for what is paid for of Article.
ARTICLE_TYPES: Final[dict[Genre, str]] = {
    "news": "NewsArticle",
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "interview": "NewsArticle",
    "photo-essay": "NewsArticle",
    "sponsored": "AdvertiserContentArticle",
}


def genre_label(genre: Genre, locale: Locale) -> str:
    """Return what stands over the headline; nothing over news, which is what a newspaper is for."""
    say = words_of(locale).gettext
    labels: dict[Genre, str] = {
        "news": "",
        "analysis": say("Analysis"),
        "opinion": say("Opinion"),
        "interview": say("Interview"),
        "photo-essay": say("Photo essay"),
        "sponsored": say("Sponsored content"),
    }
    return labels[genre]
