"""The templates of the reader site and how they are filled: plain values in, text out.

A template sees one page value and the site's words; it can reach no reader, no setting and no clock.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined, meta

from broadsheet.edition.assets import theme_folder, theme_paths
from broadsheet.edition.errors import BadTemplate
from broadsheet.edition.own_look import said_bytes
from broadsheet.edition.printing import printable
from broadsheet.edition.words import catalogue_bytes, cldr_version, words_of
from broadsheet.plain.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plain.locales import Locale

#: Raise it when the code that fills the templates changes what they say, so that every page is made again.
REVISION: Final = 7

TEMPLATES: Final = (
    "story.html",
    "home.html",
    "section.html",
    "byline.html",
    "page.html",
    "gone.html",
    "missing.html",
    "results.html",
    "bucket.html",
    "links.html",
    "corrections.html",
    "latest.html",
    "breaking.html",
    "atom.xml",
    "rss.xml",
    "robots.txt",
    "sitemap_index.xml",
    "sitemap.xml",
    "news_sitemap.xml",
    "site.webmanifest",
)


def fill(template: str, *, page: object, locale: Locale) -> bytes:
    """Return the template filled with the page's values, in the words of that language.

    Raises: jinja2.UndefinedError when the template names a value the page does not have.
    """
    words = words_of(locale)
    return printable(environment().get_template(template).render(page=page, _=words.gettext)).encode()


@cache
def environment() -> Environment:
    """Return the one environment: everything printed is escaped unless it is marked safe, undefined names raise.

    A template in the paper's own theme folder takes the place of ours of the same name, and may begin with it as
    ``ours/<name>``.
    """
    ours = PackageLoader("broadsheet.edition", "templates/edition")
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(theme_folder()), ours, PrefixLoader({"ours": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # The facts name the templates by a digest taken once; a file changed meanwhile waits for the next start.
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return made


@cache
def template_digest(template: str) -> str:
    """Return a digest of the template and of everything it extends, includes or imports, as this process knows them.

    Raises: BadTemplate when it names one by an expression: what it reads could then not be known.
    """
    sources = sorted(set(_with_includes(template)))
    return sha256_hex("\0".join([str(REVISION), *(text for pair in sources for text in pair)]).encode())


@cache
def renderer_digest() -> str:
    """Return a digest of all that shapes every page beside templates and facts: product, CLDR, words, look and theme."""
    said = (sha256_hex(each) for each in (catalogue_bytes(), said_bytes()))
    return sha256_hex("\0".join([version("broadsheet"), cldr_version(), *said, *theme_paths()]).encode())


def _with_includes(template: str) -> Iterator[tuple[str, str]]:
    made = environment()
    loader = made.loader
    assert loader is not None  # noqa: S101 - given above
    source, _, _ = loader.get_source(made, template)
    yield template, source
    for included in meta.find_referenced_templates(made.parse(source)):
        if included is None:
            msg = f"{template} includes a template by an expression; name it."
            raise BadTemplate(msg)
        yield from _with_includes(included)
