"""Stories and standing pages for machines: JSON-LD.  Source: schema.org 30.0, NewsArticle and WebPage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from broadsheet.edition import assets
from broadsheet.edition.genres import ARTICLE_TYPES
from broadsheet.edition.moments import iso_time

if TYPE_CHECKING:
    from broadsheet.edition.pages import Frame, ShownCorrection, StoryText
    from broadsheet.edition.values import PaperLine, PictureLine
    from broadsheet.ledger.values import PageDocument

#: By what a standing page is for; a page for anything else is a WebPage.
_PAGE_TYPES: Final = {"about": "AboutPage", "contact": "ContactPage"}


_ABOUT: Final = {"topic": "Thing", "person": "Person", "place": "Place"}


def news_article(
    *, story: StoryText, frame: Frame, paper: PaperLine, picture: PictureLine | None, section: str
) -> dict[str, Any]:
    """Return the JSON-LD of a story. Every address in it is whole, no text is empty."""
    base_url = paper.base_url
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ARTICLE_TYPES[story.genre],
        "mainEntityOfPage": {"@type": "WebPage", "@id": frame.canonical},
        "url": frame.canonical,
        "headline": story.headline,
        "description": frame.description,
        "datePublished": story.published.iso,
        "dateModified": story.changed.iso,
        "correction": _corrections(story.corrections),
        "inLanguage": frame.locale,
        "articleSection": section,
        "genre": story.label,
        "keywords": [topic.name for topic in story.topics],
        "about": [
            {"@type": _ABOUT[topic.kind], "name": topic.name, "url": base_url + topic.path} for topic in story.topics
        ],
        # Only news has one.
        "dateline": story.dateline_place if story.genre != "sponsored" else "",
        "image": _images(base_url, picture),
        "author": _authors(story, base_url, frame, paper),
        "publisher": _publisher(paper),
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in article.items() if value not in ("", [])}


def web_page(
    *, page: PageDocument, corrections: tuple[ShownCorrection, ...], frame: Frame, paper: PaperLine
) -> dict[str, Any]:
    """Return the JSON-LD of a standing page. Every address in it is whole, no text is empty."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _PAGE_TYPES.get(page.purpose, "WebPage"),
        "url": frame.canonical,
        "name": page.title,
        "description": frame.description,
        "inLanguage": frame.locale,
        "datePublished": iso_time(page.published_at, paper.zone),
        "publisher": _publisher(paper),
    }
    if corrections:
        described["dateModified"] = corrections[-1].at.iso
        described["correction"] = _corrections(corrections)
    return described


def _corrections(corrections: tuple[ShownCorrection, ...]) -> list[dict[str, str]]:
    return [
        {"@type": "CorrectionComment", "text": correction.words, "datePublished": correction.at.iso}
        for correction in corrections
    ]


def _images(base_url: str, picture: PictureLine | None) -> list[dict[str, Any]]:
    if picture is None:
        width, height = assets.theme_picture_size(assets.SOCIAL)
        return [_image(base_url + assets.theme_path(assets.SOCIAL), width, height)]
    largest = [
        _image(base_url + size.path, size.width_px, size.height_px) for size in (picture.jpeg[-1], picture.social)
    ]
    if picture.credit:
        largest[0]["creditText"] = picture.credit
    return largest


def _image(url: str, width_px: int, height_px: int) -> dict[str, Any]:
    return {"@type": "ImageObject", "url": url, "width": _pixels(width_px), "height": _pixels(height_px)}


def _pixels(number: int) -> dict[str, Any]:
    """Return a length: schema.org takes no bare number for one. E37 is the pixel.  Source: UN/CEFACT recommendation 20."""
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def _authors(story: StoryText, base_url: str, frame: Frame, paper: PaperLine) -> list[dict[str, str]]:
    home = base_url + frame.home
    if not story.authors:
        return [{"@type": "NewsMediaOrganization", "name": paper.name, "url": home}]
    return [
        {
            "@type": "Organization" if author.is_agency else "Person",
            "name": author.name,
            "url": base_url + author.path if author.path else home,
        }
        for author in story.authors
    ]


def _publisher(paper: PaperLine) -> dict[str, Any]:
    logo = _image(paper.base_url + assets.theme_path(assets.LOGO), *assets.theme_picture_size(assets.LOGO))
    return {"@type": "NewsMediaOrganization", "name": paper.name, "url": paper.base_url + "/", "logo": logo}
