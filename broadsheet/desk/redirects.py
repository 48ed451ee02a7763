"""The paper's redirects, as readers have them. Reads only."""

from __future__ import annotations

from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import RedirectsDocument


def kept_redirects() -> dict[str, str]:
    """Return where each old address leads, in the order of their letters."""
    documents = (standing.document for standing in LedgerReader().standings("redirects"))
    found = {
        each.old: each.new
        for document in documents
        if isinstance(document, RedirectsDocument)
        for each in document.redirects
    }
    return dict(sorted(found.items()))
