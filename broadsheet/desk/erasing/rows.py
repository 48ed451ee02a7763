"""What is emptied of every erased row, whatever its kind: its fields, and what Wagtail wrote about it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.admin.models import FormState
from wagtail.log_actions import registry as logs
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

if TYPE_CHECKING:
    from collections.abc import Collection

    from broadsheet.desk.erasing.reaching import Erasable

#: Stands in the place of a headline, a title or a name.
ERASED_TITLE: Final = "Erased by order"


def emptied(model: type[models.Model], *, kept: Collection[str]) -> dict[str, Any]:
    """Return an empty value for each field of the model's own table but those: a field added later is emptied too."""
    fields = (field for field in model._meta.local_concrete_fields if not field.primary_key)  # noqa: SLF001 - Django's documented name
    return {field.name: None if field.null else field.get_default() for field in fields if field.name not in kept}


def forget_what_wagtail_wrote(row: Erasable) -> None:
    """Empty log, search and references of the row, and what open forms had sent for a preview of it.

    Who did what to it and when stays in the log; the title and what the entry told go.
    """
    logs.get_logs_for_instance(row).update(label=ERASED_TITLE, data={})
    kinds = [*ContentType.objects.get_for_models(*_models_of(row)).values()]
    # The form of a new one has no number yet; what it sent is made again by the next preview.
    FormState.objects.filter(content_type__in=kinds, object_id__in=[str(row.pk), ""]).delete()
    ReferenceIndex.remove_for_object(row)
    IndexEntry.objects.filter(content_type__in=kinds, object_id=str(row.pk)).delete()
    _tidy_search()


def _models_of(row: Erasable) -> list[type[models.Model]]:
    return [type(row), *(parent for parent in type(row)._meta.parents if parent is not None)]  # noqa: SLF001 - Django's documented name


def _tidy_search() -> None:
    """Let SQLite's word index drop the words it only marked as deleted."""
    if connection.vendor == "sqlite":
        table = f"{IndexEntry._meta.db_table}_fts"  # noqa: SLF001 - Django's documented name
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - Wagtail's own table
