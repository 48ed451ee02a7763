"""The two catches that cannot be a ``save`` of ours: the row saved as a plain page, and the row deleted.

Wagtail unpublishes by schedule and in bulk, and moves, through ``Page`` itself; deleting a section deletes its stories
by a query. Both still send these signals, inside the transaction (decision 0012).
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page

from broadsheet.desk.actions.settling import ActsKeeper, refuse_closed_ways, refuse_deletion, settle_row
from broadsheet.desk.models.keeping import register_keeper
from broadsheet.desk.subjects import PAGE_MODELS, SUBJECT_MODELS


def connect() -> None:
    """Let every save and deletion be seen. Called once, from the desk's ``AppConfig.ready``."""
    register_keeper(ActsKeeper())
    post_save.connect(_page_saved, sender=Page, dispatch_uid="broadsheet.desk.page_saved")
    for model in SUBJECT_MODELS:
        pre_delete.connect(_subject_deleted, sender=model, dispatch_uid=f"broadsheet.desk.deleted.{model.__name__}")


def _page_saved(*, instance: Page, raw: bool, **_kwargs: Any) -> None:  # noqa: ANN401
    model = instance.cached_content_type.model_class()
    if model in PAGE_MODELS and not raw:
        refuse_closed_ways(instance)
        settle_row(model, instance.pk)


def _subject_deleted(*, instance: Any, **_kwargs: Any) -> None:  # noqa: ANN401
    refuse_deletion(instance)
