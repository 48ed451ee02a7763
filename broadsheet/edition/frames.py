"""What stands around every page: masthead, menu, language menu, foot, and the head's links and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from broadsheet.edition import assets, names, own_look
from broadsheet.edition.addresses import (
    ArchiveSheet,
    AuthorsSheet,
    BreakingSheet,
    CorrectionsSheet,
    FeedSheet,
    HomeSheet,
    ManifestSheet,
    TopicsSheet,
    path_of,
)
from broadsheet.edition.fonts import needed_fonts
from broadsheet.edition.pages import Frame, LanguageLink, Link, Nameplate, SocialImage
from broadsheet.edition.words import territory_locale, words_of
from broadsheet.plain.locales import Locale, direction
from broadsheet.plain.searching import search_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.edition.values import EditionLine, NavigationLine, NavigationLines, PaperLine, PictureLine
    from broadsheet.press.composing import ReadFact
    from broadsheet.press.values import SheetPath

_DESCRIPTION_CHARACTERS = 300


class Head(NamedTuple):
    """What one page says of itself. ``path`` None hides it.

    ``versions`` are its released language versions; the first of them is for readers who know no language of the paper,
    where there is none in the paper's first.
    """

    path: SheetPath | None
    title: str
    description: str
    versions: Mapping[Locale, SheetPath]
    og_type: Literal["article", "website"] = "website"
    picture: PictureLine | None = None
    picture_alt: str = ""


def frame_of(*, read: ReadFact, paper: PaperLine, locale: Locale, head: Head) -> Frame:
    """Return the frame of a page in that language. Reads the language's navigation."""
    lines: NavigationLines = read(names.navigation_fact(locale))
    home = path_of(HomeSheet(locale))
    return Frame(
        locale=locale,
        direction=direction(locale),
        paper=paper.name,
        base_url=paper.base_url,
        canonical=paper.base_url + head.path if head.path is not None else "",
        title=head.title,
        description=shortened(head.description),
        home=home,
        feed=path_of(FeedSheet(locale)),
        search=search_address(locale),
        manifest=path_of(ManifestSheet(locale)),
        breaking=path_of(BreakingSheet(locale)),
        indexes=_indexes(locale, head.path),
        menu=tuple(_link(line, locale, head.path) for line in lines.menu),
        footer=tuple(_link(line, locale, head.path) for line in lines.footer),
        languages=_languages(paper, locale, head),
        for_all=_for_all(paper, head),
        stylesheet=assets.theme_path(assets.STYLESHEET),
        nameplate=_nameplate(),
        contact=own_look.contact(),
        foot=own_look.foot(locale),
        script=assets.theme_path(assets.SCRIPT),
        fonts=needed_fonts(locale),
        mark=assets.theme_path(assets.MARK),
        social=_social(paper, head),
        og_type=head.og_type,
        og_locale=territory_locale(locale),
    )


def source_first(editions: Iterable[EditionLine]) -> Mapping[Locale, SheetPath]:
    """Return where the versions stand, the one all others were made from first: it was out before them."""
    return {edition.locale: edition.path for edition in sorted(editions, key=lambda each: each.published_at)}


def shortened(text: str) -> str:
    """Return the text on one line, cut after a word where it is too long to describe a page."""
    line = " ".join(text.split())
    if len(line) <= _DESCRIPTION_CHARACTERS:
        return line
    return line[:_DESCRIPTION_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _nameplate() -> Nameplate | None:
    name = own_look.nameplate()
    return Nameplate(assets.theme_path(name), *assets.theme_picture_size(name)) if name else None


def _link(line: NavigationLine, locale: Locale, here: SheetPath | None) -> Link:
    if line.url:
        return Link(text=line.text, path=line.url, leaves=True)
    text = line.text or words_of(locale).gettext("Front page")
    return Link(text=text, path=line.path, here=line.path == here)


def _indexes(locale: Locale, here: SheetPath | None) -> tuple[Link, ...]:
    say = words_of(locale).gettext
    indexes = (
        (say("Archive"), path_of(ArchiveSheet(HomeSheet(locale)))),
        (say("Authors"), path_of(AuthorsSheet(locale))),
        (say("Topics"), path_of(TopicsSheet(locale))),
        (say("Corrections"), path_of(CorrectionsSheet(locale))),
    )
    return tuple(Link(text=text, path=path, here=path == here) for text, path in indexes)


def _languages(paper: PaperLine, locale: Locale, head: Head) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(
            locale=language.locale,
            direction=direction(language.locale),
            name=language.name,
            path=head.versions.get(language.locale, path_of(HomeSheet(language.locale))),
            here=language.locale == locale,
            is_version=language.locale in head.versions,
        )
        for language in paper.languages
    )


def _for_all(paper: PaperLine, head: Head) -> str:
    if len(head.versions) < 2:  # noqa: PLR2004 - one version has no others
        return ""
    return head.versions.get(paper.locales[0]) or next(iter(head.versions.values()))


def _social(paper: PaperLine, head: Head) -> SocialImage:
    if head.picture is not None:
        size = head.picture.social
        return SocialImage(paper.base_url + size.path, size.width_px, size.height_px, head.picture_alt)
    return SocialImage(
        paper.base_url + assets.theme_path(assets.SOCIAL), *assets.theme_picture_size(assets.SOCIAL), paper.name
    )
