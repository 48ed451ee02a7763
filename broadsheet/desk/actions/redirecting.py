"""Redirects: administrators add them and take them away. What readers have is what the ledger says; there are no drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.permissions import may_redirect
from broadsheet.desk.redirect_lines import MOST_REDIRECTS, read_lines, refuse
from broadsheet.desk.redirects import kept_redirects
from broadsheet.ledger.actions import append_release, take_chain_lock
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, Redirect, RedirectsDocument
from broadsheet.plain.locales import MULTIPLE
from broadsheet.plain.old_addresses import shelf_of
from broadsheet.plain.urns import make_urn
from broadsheet.press.queries import forms_at
from broadsheet.press.values import Form, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from broadsheet.desk.redirect_lines import RedirectLine

_LEADING: Final = frozenset({Form.PAGE, Form.FILE})


def add_redirects(text: str, *, now: datetime) -> int:
    """Let every line lead from its old address to its new one, or none; return how many are new or lead elsewhere now.

    Units: ``now`` is UTC.
    Raises: NotAllowed; NotReady naming each line that cannot be taken.
    """
    _check_permission()
    lines = read_lines(text, base_url=settings.CONFIGURATION.paper.base_url)
    with transaction.atomic():
        # Whoever else adds some waits here, and is then weighed against these.
        take_chain_lock()
        kept = kept_redirects()
        wanted = _weighed(lines, kept)
        _keep(kept | wanted, touched=[old for old, new in wanted.items() if kept.get(old) != new], now=now)
    return sum(kept.get(old) != new for old, new in wanted.items())


def delete_redirects(olds: Iterable[str], *, now: datetime) -> int:
    """Take these redirects away; return how many there were. Raises: NotAllowed."""
    _check_permission()
    with transaction.atomic():
        take_chain_lock()
        kept = kept_redirects()
        gone = {old for old in olds if old in kept}
        _keep({old: new for old, new in kept.items() if old not in gone}, touched=gone, now=now)
    return len(gone)


def _check_permission() -> None:
    if not may_redirect(current_actor()):
        msg = "Redirects are kept by administrators. Ask one."
        raise NotAllowed(msg)


def _weighed(lines: list[RedirectLine], kept: Mapping[str, str]) -> dict[str, str]:
    """Return where each old address is to lead. Raises: NotReady."""
    named = [path for line in lines for path in (line.old, line.new, f"{line.new}/")]
    standing = forms_at(map(SheetPath, named))
    leading = {path for path, form in standing.items() if form in _LEADING}
    hidden = {path for path, form in standing.items() if form is not Form.MOVED}
    olds = {*kept, *(line.old for line in lines)}
    ends = set(kept.values())
    wanted: dict[str, str] = {}
    problems = []
    for line in lines:
        new = next((path for path in (line.new, f"{line.new}/") if path in leading), "")
        sentence = _problem(line, new=new, olds=olds, hidden=hidden, ends=ends)
        if not sentence and wanted.setdefault(line.old, new) != new:
            sentence = f"“{line.old}” leads to “{wanted[line.old]}” in a line before. Keep one of the two."
        if sentence:
            problems.append((line.number, sentence))
    if len(olds) > MOST_REDIRECTS:
        problems.insert(0, (0, f"A paper keeps {MOST_REDIRECTS:,} redirects; with these it would have {len(olds):,}."))
    refuse(problems)
    return wanted


def _problem(line: RedirectLine, *, new: str, olds: set[str], hidden: set[SheetPath], ends: set[str]) -> str:
    if line.old in {line.new, f"{line.new}/"}:
        return f"“{line.old}” would lead to itself."
    if line.old in hidden:
        return f"A page stands at “{line.old}”; a redirect would hide it."
    if line.new in olds or f"{line.new}/" in olds:
        return f"“{line.new}” is an old address itself. Lead straight to where it leads."
    if line.old in ends:
        return f"Other redirects lead to “{line.old}”. Let those lead elsewhere first."
    return "" if new else f"Nothing stands at “{line.new}”. Look the address up on the site."


def _keep(redirects: Mapping[str, str], *, touched: Iterable[str], now: datetime) -> None:
    """Write the shelves of the touched addresses into the ledger, as they are to be."""
    shelves: dict[str, list[Redirect]] = {shelf_of(old): [] for old in touched}
    for old, new in sorted(redirects.items()):
        if (key := shelf_of(old)) in shelves:
            shelves[key].append(Redirect(old, new))
    for key, shelf in sorted(shelves.items()):
        document = RedirectsDocument(subject=make_urn("redirects", key), redirects=tuple(shelf))
        standing = LedgerReader().current(document.subject, MULTIPLE)
        append_release(
            document=document,
            act=Act.RELEASE if standing is None else Act.UPDATE,
            released_by=current_actor().name,
            released_at=now,
            recorded_at=now,
        )
