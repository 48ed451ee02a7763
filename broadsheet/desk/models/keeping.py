"""Every save of a subject ends in an act: the one place where rows of the desk are let through to be saved.

Wagtail has dozens of ways to publish, unpublish, move and copy a page, and builds its actions itself in most of them.
They have one thing in common, the row is saved (decision 0012). What is allowed and what follows is said by the
``Keeper`` the acts register; here is only the frame, one transaction round the save and what follows from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self

from django.db import models, transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Keeper(Protocol):
    """Says what may be saved, and does the acts a save calls for."""

    def before_save(self, subject: Any, *, fields: Iterable[str] | None) -> None:  # noqa: ANN401
        """Put right or refuse what is about to be saved. ``fields`` are those to be written; None: all."""

    def after_save(self, subject: Any, *, fields: Iterable[str] | None) -> None:  # noqa: ANN401
        """Do the act the saved row calls for, in the same transaction."""


_registered: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Let this keeper see every save. Called once, from the desk's ``AppConfig.ready``."""
    _registered[:] = [keeper]


def the_keeper() -> Keeper:
    """Return the keeper. Raises: RuntimeError where none registered, so that no save slips past it."""
    if not _registered:
        msg = "No keeper is registered; saves of the desk cannot be let past the ledger."
        raise RuntimeError(msg)
    return _registered[0]


class Kept(models.Model):
    """A subject whose every save passes the keeper."""

    #: ``live`` and ``live_revision_id`` as they were in the row when it was read; None for a row never read.
    as_read: tuple[Any, Any] | None = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Save, and do what follows for readers, or nothing of either."""
        fields = kwargs.get("update_fields")
        for field in self._meta.concrete_fields:
            if isinstance(field, models.FileField):
                # Writes a new file to disk now, while nobody waits for the lock of the transaction.
                field.pre_save(self, self._state.adding)
        with transaction.atomic():
            the_keeper().before_save(self, fields=fields)
            result = super().save(*args, **kwargs)
            the_keeper().after_save(self, fields=fields)
        self.note_as_read()
        return result

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:  # noqa: ANN401
        """Remember how the row stood, so that saving over somebody else's release is noticed."""
        subject = super().from_db(db, field_names, values, **kwargs)
        subject.note_as_read()
        return subject

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Read the row again, and take it as read."""
        super().refresh_from_db(*args, **kwargs)
        self.note_as_read()

    def note_as_read(self) -> None:
        """Take the present values as those of the row."""
        held = self.__dict__
        self.as_read = (held["live"], held["live_revision_id"]) if {"live", "live_revision_id"} <= held.keys() else None
