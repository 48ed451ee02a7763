"""Everything that was ever released of one subject, version by version, with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.http import Http404

from broadsheet.desk.screens.ledger.access import ledger_screen, show
from broadsheet.desk.screens.ledger.listing import Row, before_of, older_url, rows_of
from broadsheet.ledger.history import LedgerHistory, Narrowing
from broadsheet.ledger.verifying import Damage, verify_releases
from broadsheet.plain.errors import BadUrn
from broadsheet.plain.urns import kind_of, parse_urn

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Versions on a screen; each is verified while it is shown.
PAGE: Final = 50


class Version(NamedTuple):
    """A row and what is wrong with it: nothing, where it is whole."""

    row: Row
    damages: tuple[Damage, ...]


@ledger_screen
def ledger_subject(request: HttpRequest, urn: str) -> HttpResponse:
    """Show the versions, newest first. Raises: Http404 when the ledger holds nothing of that name."""
    history = LedgerHistory()
    try:
        subject = parse_urn(urn)
    except BadUrn as error:
        raise Http404(str(error)) from error
    records = history.releases(Narrowing(subjects=(subject,)), before=before_of(request), limit=PAGE + 1)
    if not records:
        msg = f"The ledger holds nothing of {subject}."
        raise Http404(msg)
    rows = rows_of(records[:PAGE], history)
    damages = verify_releases([row.record.number for row in rows])
    return show(
        request,
        "subject",
        title=rows[0].title,
        way=[],
        subject=subject,
        kind=kind_of(subject).title(),
        versions=[Version(row, damages.get(row.record.number, ())) for row in rows],
        is_comparable=len(rows) > 1,
        older=older_url(request, records[PAGE - 1].number) if len(records) > PAGE else "",
        newest=older_url(request, None) if before_of(request) else "",
    )
