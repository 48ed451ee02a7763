"""Showing a draft to somebody outside: making a link to one saved version, and ending it.

The secret is told once, to whoever made it. What the link shows is asked anew each time it is followed.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import NotAllowed, NotReady, Problem, WasRemoved
from broadsheet.desk.models import PreviewLink
from broadsheet.desk.previewing import digest_of, may_be_shared, may_share

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import StandingPage, Story

#: How long a link may live, in days, and the words for it.
LIFETIMES: Final = {1: "1 day", 3: "3 days", 7: "1 week"}
_SECRET_BYTES: Final = 32


class SharedPreview(NamedTuple):
    """A link just made. ``token`` is its secret, kept nowhere."""

    link: PreviewLink
    token: str


def share_preview(page: Story | StandingPage, *, days: int, now: datetime) -> SharedPreview:
    """Make a link to the version of the page saved last; what is saved later it does not show.

    Units: ``days`` is one of ``LIFETIMES``; ``now`` is UTC.
    Raises: NotAllowed for whoever may not edit the page; NotReady under legal hold; WasRemoved.
    """
    user = _editor_of(page)
    if days not in LIFETIMES:
        raise NotReady((Problem("days", f"Choose one of {', '.join(LIFETIMES.values())}."),))
    if page.legal_hold:
        msg = f"“{page.title}” is under legal hold, so nobody outside is shown it: {page.legal_hold}"
        raise NotReady((Problem("", msg),))
    if not may_be_shared(page):
        msg = f"“{page.title}” was killed or taken down, so nobody outside is shown it."
        raise WasRemoved(msg)
    token = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        page.preview_links.filter(expires_at__lte=now).delete()
        link = PreviewLink.objects.create(
            token_digest=digest_of(token),
            page=page,
            # What came in by another way than the form may have no saved version yet.
            revision=page.latest_revision or page.save_revision(user=user, changed=False, clean=False),
            made_by=user,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        log(instance=page, action="broadsheet.preview_shared", user=user, data={"until": link.expires_at.isoformat()})
    return SharedPreview(link, token)


def end_preview(link: PreviewLink) -> None:
    """Let the link show nothing from now on. Raises: NotAllowed for whoever may not edit the page."""
    page = link.page.specific
    user = _editor_of(page)
    with transaction.atomic():
        log(instance=page, action="broadsheet.preview_ended", user=user)
        link.delete()


def _editor_of(page: Story | StandingPage) -> Any:  # noqa: ANN401 - any user model
    user = current_actor().user
    if user is None or not may_share(user, page):
        msg = f"You may not edit “{page.title}”, so you cannot share it. Ask whose it is, or an editor."
        raise NotAllowed(msg)
    return user
