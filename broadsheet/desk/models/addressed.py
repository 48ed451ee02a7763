"""What a story and a standing page have in common: an address of their own, and what belongs to the row and no draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    _PageBase = Any
else:
    _PageBase = object


class AddressedPage(_PageBase):
    """A page with an opaque slug for Wagtail, and ``url_slug`` for readers, frozen at first release by the act."""

    #: What belongs to the row and not to a draft: an old revision that is published again does not bring old values back.
    row_fields: ClassVar[tuple[str, ...]]
    slug: str

    def _set_core_field_defaults(self) -> None:
        """Give a new page its opaque slug; Wagtail calls this before every check of a draft or a live page."""
        self.slug = self.slug or self.subject_key.hex
        super()._set_core_field_defaults()

    def with_content_json(self, content: dict[str, Any]) -> Any:  # noqa: ANN401 - Wagtail's signature
        """Return the revision's page with what belongs to the row (address, dates, place) kept from the row."""
        page = super().with_content_json(content)
        for name in self.row_fields:
            setattr(page, name, getattr(self, name))
        if self.first_released_at is not None:
            page.url_slug = self.url_slug
        page.as_read = self.as_read
        return page
