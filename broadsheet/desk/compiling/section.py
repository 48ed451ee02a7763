"""Sections as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.ledger.values import SectionDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from broadsheet.desk.models import Section


def compile_section(section: Section) -> SectionDocument:
    """Return the section in its language.

    Raises: NotReady without a title.
    """
    title = one_line(section.title)
    if not title:
        raise NotReady((Problem("title", "The section has no title."),))
    return SectionDocument(
        subject=make_urn("section", section.key),
        locale=Locale(section.locale.language_code),
        key=section.key,
        title=title,
        description=one_line(section.description),
        order=section.order,
    )
