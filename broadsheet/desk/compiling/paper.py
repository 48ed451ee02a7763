"""The paper itself as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.ledger.values import LanguageLine, PaperDocument
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from broadsheet.plain.configuration import Configuration


def compile_paper(configuration: Configuration) -> PaperDocument:
    """Return what ``broadsheet.toml`` says of the paper."""
    paper = configuration.paper
    return PaperDocument(
        subject=make_urn("paper", "paper"),
        name=paper.name,
        base_url=paper.base_url.rstrip("/"),
        zone=paper.zone,
        languages=tuple(
            LanguageLine(locale=language.code, name=language.name, description=language.description)
            for language in configuration.languages
        ),
    )
