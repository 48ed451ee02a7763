"""What is put together on one form and has no drafts: saving one that readers have sends it to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from broadsheet.desk.models.keeping import Kept

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Undrafted(Kept):
    """A subject of one language without drafts; there is one in each place."""

    #: The fields a person puts together: what is sent, and what an appointment keeps of one that is to go out.
    entry_fields: ClassVar[tuple[str, ...]]
    #: The fields that say where it stands.
    place_fields: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def in_its_place(self) -> QuerySet[Self]:
        """Return where a row in the place of this one would be found."""
        place = {name: getattr(self, name) for name in self.place_fields}
        return type(self)._default_manager.filter(**place)  # noqa: SLF001 - Django's documented name
