"""Bylines as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.ledger.values import BylineDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from broadsheet.desk.models import Byline


def compile_byline(byline: Byline) -> BylineDocument:
    """Return the byline in all its languages.

    Raises: NotReady without a name.
    """
    name = one_line(byline.name)
    if not name:
        raise NotReady((Problem("name", "The byline has no name."),))
    names = {
        Locale(written.locale.language_code): one_line(written.name)
        for written in byline.names.select_related("locale")
        if one_line(written.name)
    }
    return BylineDocument(
        subject=make_urn("byline", byline.subject_key.hex),
        key=Slug(byline.key),
        name=name,
        is_agency=byline.is_agency,
        names=dict(sorted(names.items())),
    )
