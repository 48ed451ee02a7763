"""Which preview links show something now, and what of a draft they show: the reads behind a link for outsiders."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from broadsheet.desk.models import Byline, Picture, PreviewLink, Topic
from broadsheet.desk.permissions import is_inspector
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import UNTIL_RESTORED, Act
from broadsheet.plain.locales import MULTIPLE
from broadsheet.plain.urns import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from broadsheet.desk.models import StandingPage, Story
    from broadsheet.ledger.values import PictureDocument
    from broadsheet.plain.urns import Urn


def digest_of(token: str) -> str:
    """Return what is kept of a link's secret. Looking for it tells a guesser nothing, however long it takes."""
    return hashlib.sha256(token.encode()).hexdigest()


def living_links(page: Story | StandingPage, *, now: datetime) -> QuerySet[PreviewLink]:
    """Return the page's links that are not over yet, the one ending first before the others."""
    links = PreviewLink.objects.filter(page=page, expires_at__gt=now)
    return links.select_related("made_by", "revision").order_by("expires_at", "pk")


def shared_draft(token: str, *, now: datetime) -> Story | StandingPage | None:
    """Return the version the link shows, in memory; None for a link that ended or never was.

    A link shows nothing once whoever made it may no longer edit the page or has left, while it is under legal
    hold, and when it was killed or taken down.
    """
    links = PreviewLink.objects.filter(token_digest=digest_of(token), expires_at__gt=now)
    link = links.select_related("page", "revision", "made_by").first()
    if link is None:
        return None
    page: Story | StandingPage = link.page.specific
    if page.legal_hold or not may_be_shared(page) or not may_share(link.made_by, page):
        return None
    shared: Story | StandingPage = page.with_content_json(_without_what_is_deleted(link.revision.content))
    return shared


def _without_what_is_deleted(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a version's content without the picture, bylines and topics deleted since; it cannot be read with them."""
    if "bylines" not in content:
        return {**content}  # of a standing page, which has none of them
    lead = Picture.objects.filter(pk=content.get("lead_picture") or 0).values_list("pk", flat=True).first()
    # A version from before there were topics has none.
    rows = {
        "bylines": _known(content["bylines"], "byline", Byline),
        "topics": _known(content.get("topics", []), "topic", Topic),
    }
    return {**content, "lead_picture": lead, **rows}


def _known(rows: list[dict[str, Any]], field: str, model: type[Byline | Topic]) -> list[dict[str, Any]]:
    """Return those rows of a story that name nothing yet, or what is still there."""
    numbers = [row[field] for row in rows]
    known = {None, *model.objects.filter(pk__in=numbers).values_list("pk", flat=True)}
    return [row for row in rows if row[field] in known]


def may_share(user: Any, page: Story | StandingPage) -> bool:  # noqa: ANN401 - any user model
    """Return whether the user may edit the page, and does not only inspect."""
    return not is_inspector(user) and page.permissions_for_user(user).can_edit()


def may_be_shared(page: Story | StandingPage) -> bool:
    """Return whether nothing was said against the page itself: neither killed nor taken down."""
    return page.removed_by not in {Act.KILL, Act.TAKEDOWN}


def pictures_for_outsiders(pictures: Mapping[Urn, PictureDocument], *, now: datetime) -> Mapping[Urn, PictureDocument]:
    """Return those of a draft's pictures the paper may show: no rights ended, none killed or taken down."""
    reader = LedgerReader()
    rows = Picture.objects.filter(subject_key__in=[key_of(urn) for urn in pictures])
    ended = {subject_of(row).urn for row in rows if row.has_expired(now=now)}
    standings = {urn: reader.current(urn, MULTIPLE) for urn in pictures}
    gone = {urn for urn, standing in standings.items() if standing is not None and standing.state in UNTIL_RESTORED}
    return {urn: document for urn, document in pictures.items() if urn not in ended | gone}
