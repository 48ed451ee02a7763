"""The list of releases, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.shortcuts import redirect

from broadsheet.desk.inspecting import ERASED, title_of
from broadsheet.desk.screens.ledger.access import ledger_screen, script_of, show
from broadsheet.desk.screens.ledger.asking import MOST_STORIES, NUMBER, LedgerForm, find
from broadsheet.ledger.history import LedgerHistory
from broadsheet.ledger.values import ReleaseRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from broadsheet.plain.urns import Urn

#: Rows on a screen.
PAGE: Final = 25
UNREADABLE: Final = "Its document cannot be read"


class Row(NamedTuple):
    """A release as a list shows it."""

    record: ReleaseRecord
    title: str
    script: dict[str, str]


@ledger_screen
def ledger_list(request: HttpRequest) -> HttpResponse:
    """Show the list, or go straight to the one release that was asked for."""
    history = LedgerHistory()
    form = LedgerForm(request.GET)
    subjects: tuple[Urn, ...] | None = None
    records: Sequence[ReleaseRecord] = ()
    if form.is_valid():
        if words := form.cleaned_data["q"].strip():
            found = find(words, history)
            if isinstance(found, ReleaseRecord):
                return redirect("ledger_release", found.number)
            subjects = found
        records = history.releases(form.narrowing(subjects), before=before_of(request), limit=PAGE + 1)
    return show(
        request,
        "list",
        title="Ledger",
        way=[],
        form=form,
        media=form.media,
        rows=rows_of(records[:PAGE], history),
        older=older_url(request, records[PAGE - 1].number) if len(records) > PAGE else "",
        newest=older_url(request, None) if before_of(request) else "",
        is_narrowed=any(value for name, value in request.GET.items() if name != "before"),
        most_stories=MOST_STORIES if subjects is not None and len(subjects) == MOST_STORIES else 0,
    )


def rows_of(records: Sequence[ReleaseRecord], history: LedgerHistory) -> list[Row]:
    """Return the releases with what their documents are called."""
    digests = {record.document_digest for record in records}
    documents = history.readable(digests)
    erased = history.erased(digests - documents.keys())
    return [
        Row(
            record,
            title_of(documents[record.document_digest])
            if record.document_digest in documents
            else ERASED
            if record.document_digest in erased
            else UNREADABLE,
            script_of(record.locale) if record.document_digest in documents else {},
        )
        for record in records
    ]


def before_of(request: HttpRequest) -> int | None:
    """Return the number the rows on this screen lie below; None for the newest."""
    asked = request.GET.get("before", "")
    return int(asked) if NUMBER.fullmatch(asked) else None


def older_url(request: HttpRequest, before: int | None) -> str:
    """Return the address of the same questions, with the rows below that number."""
    asked = request.GET.copy()
    asked.pop("before", None)
    if before is not None:
        asked["before"] = str(before)
    return f"{request.path}?{asked.urlencode()}"
