"""What every page of the desk has in common: readers never get it from here."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404


class UnservedPage:
    """Closes Wagtail's way of serving a page to readers, who are served finished files."""

    def get_url_parts(self, *_args: object, **_kwargs: object) -> None:
        """Return None: the page has no address at the desk, so no screen offers to open one."""

    def serve(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse. Raises: Http404."""
        raise Http404
