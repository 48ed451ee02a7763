"""What the facts are called: ``<kind>``, or ``<kind>:<what it is about>``.

The kinds, and how each is computed, are in ``facts``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.plain.urns import Kind, Urn, key_of, kind_of, parse_urn
from broadsheet.press.values import FactName, SheetPath

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.edition.calendars import Bucket, Month
    from broadsheet.plain.locales import Locale
    from broadsheet.plain.slugs import Slug

PAPER = FactName("paper")
RENDERER = FactName("renderer")

#: Lists of placements, as the projector calls them.
NEWEST = "newest"


def list_of(subject: Urn) -> str:
    """Return the list of the stories in a section, under a byline or about a topic."""
    return f"{kind_of(subject)}:{key_of(subject)}"


def subject_of(list_name: str) -> Urn:
    """Return whose list it is: the way back from ``list_of``."""
    return parse_urn(f"urn:broadsheet:{list_name}")


def key_list(kind: Kind, key: Slug) -> str:
    """Return the list whose one member is the byline or topic with that key in its address."""
    return f"{kind}-key:{key}"


def sections_fact(locale: Locale) -> FactName:
    """Name the sections of a language, in their order."""
    return FactName(f"sections:{locale}")


def section_fact(locale: Locale, key: str) -> FactName:
    """Name one section in one language."""
    return FactName(f"section:{locale}:{key}")


def navigation_fact(locale: Locale) -> FactName:
    """Name where the head and the foot of every page of a language lead."""
    return FactName(f"navigation:{locale}")


def front_fact(locale: Locale, front: Urn) -> FactName:
    """Name what an editor put on a front."""
    return FactName(f"front:{locale}:{key_of(front)}")


def strip_fact(locale: Locale) -> FactName:
    """Name the breaking strip of a home front alone: it changes less than the front, and every page shows it."""
    return FactName(f"strip:{locale}")


def redirects_fact(shelf: Urn) -> FactName:
    """Name the redirects of a shelf."""
    return FactName(f"redirects:{key_of(shelf)}")


def redirect_fact(old: SheetPath) -> FactName:
    """Name where an old address leads."""
    return FactName(f"redirect:{old}")


def page_fact(locale: Locale, page: Urn) -> FactName:
    """Name the whole released standing page."""
    return FactName(f"page:{locale}:{page}")


def page_place_fact(locale: Locale, page: Urn) -> FactName:
    """Name where a standing page stands."""
    return FactName(f"page-place:{locale}:{page}")


def story_fact(locale: Locale, story: Urn) -> FactName:
    """Name the whole released story."""
    return FactName(f"story:{locale}:{story}")


def card_fact(locale: Locale, story: Urn) -> FactName:
    """Name what lists show of a story."""
    return FactName(f"card:{locale}:{story}")


def place_fact(locale: Locale, story: Urn) -> FactName:
    """Name where a story stands: its address, section, bylines and topics."""
    return FactName(f"place:{locale}:{story}")


def address_fact(locale: Locale, slug: Slug) -> FactName:
    """Name whose address ends in that slug."""
    return FactName(f"address:{locale}:{slug}")


def editions_fact(edition_key: str) -> FactName:
    """Name the released language versions of a story or standing page."""
    return FactName(f"editions:{edition_key}")


def line_fact(locale: Locale, subject: Urn) -> FactName:
    """Name a byline or topic as a language of the paper shows it."""
    return FactName(f"{kind_of(subject)}:{locale}:{subject}")


def key_fact(kind: Kind, key: Slug) -> FactName:
    """Name which byline or topic has that key in its address."""
    return FactName(f"{kind}-key:{key}")


def about_fact(locale: Locale, topic: Urn) -> FactName:
    """Name what the front of a topic says of it."""
    return FactName(f"about:{locale}:{topic}")


def picture_fact(picture: Urn) -> FactName:
    """Name a picture: credit, sizes, focal point."""
    return FactName(f"picture:{picture}")


def list_fact(locale: Locale, list_name: str) -> FactName:
    """Name the newest members of a list."""
    return FactName(f"list:{locale}:{list_name}")


def shelf_fact(locale: Locale, list_name: str) -> FactName:
    """Name the months in which a list has anything, and where they stand."""
    return FactName(f"shelf:{locale}:{list_name}")


def near_fact(locale: Locale, bucket: Bucket, list_name: str) -> FactName:
    """Name what stands before and after a bucket of a list."""
    return FactName(f"near:{locale}:{bucket}:{list_name}")


def bucket_fact(locale: Locale, bucket: Bucket, list_name: str) -> FactName:
    """Name the stories of a list in one month or on one day."""
    return FactName(f"bucket:{locale}:{bucket}:{list_name}")


def days_fact(locale: Locale, month: Month) -> FactName:
    """Name the days of a month on which anything was published."""
    return FactName(f"days:{locale}:{month}")


def sitemap_fact(locale: Locale, day: date) -> FactName:
    """Name the addresses of a day and when each last changed."""
    return FactName(f"sitemap:{locale}:{day}")


def window_fact(locale: Locale) -> FactName:
    """Name the stories of the last two days."""
    return FactName(f"window:{locale}")


def authors_fact(locale: Locale) -> FactName:
    """Name everybody who has a page in a language."""
    return FactName(f"authors:{locale}")


def topics_fact(locale: Locale) -> FactName:
    """Name every topic, person and place that has a front in a language."""
    return FactName(f"topics:{locale}")


def corrections_fact(locale: Locale, month: str) -> FactName:
    """Name the corrections of a month, or with ``NEWEST`` in its place the newest of all."""
    return FactName(f"corrections:{locale}:{month}")


def corrected_fact(locale: Locale) -> FactName:
    """Name the months in which anything was corrected."""
    return FactName(f"corrected:{locale}")


def template_fact(template: str) -> FactName:
    """Name the text of a template and of all it includes."""
    return FactName(f"template:{template}")
