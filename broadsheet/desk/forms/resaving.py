"""Saving by itself: the desk tells the open form which version it just saved for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    _FormBase = Any
else:
    _FormBase = object


class ResavingFormMixin(_FormBase):
    """For a page's form. Wagtail writes its own saves over one another and leaves the form with the first one's time.

    The edit view would then take the person's own words for somebody else's and refuse the button pressed next.
    """

    def get_field_updates_for_resave(self) -> Iterator[tuple[str, str]]:
        """Yield the hidden fields the open form must change, the version just saved among them."""
        yield from super().get_field_updates_for_resave()
        revision = self.instance.latest_revision
        if revision is not None:
            yield "loaded_revision_id", str(revision.pk)
            yield "loaded_revision_created_at", revision.created_at.isoformat()
