"""The catches that cannot be a ``save`` of ours: a row saved as a plain page or deleted, an approval, a user saved.

Wagtail unpublishes by schedule and in bulk, and moves, through ``Page`` itself; deleting a section deletes its stories
by a query. Both still send these signals, inside the transaction (decision 0012). Passwords change and users
are deactivated in a dozen places, and each saves the user (decision 0017).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_rejected

from broadsheet.desk.actions.finishing import finish_erasures
from broadsheet.desk.actions.notifying import tell_of_return, tell_of_step
from broadsheet.desk.actions.settling import ActsKeeper, refuse_closed_ways, refuse_deletion, settle_row
from broadsheet.desk.listing import keep_listed
from broadsheet.desk.logins.actions.log_ins import end_dead_log_ins
from broadsheet.desk.models import ListedStory, Story
from broadsheet.desk.models.keeping import register_keeper
from broadsheet.desk.subjects import PAGE_MODELS, SUBJECT_MODELS
from broadsheet.plain.times import utc_now
from broadsheet.press.actions import register_afterwards


def connect() -> None:
    """Let every save and deletion be seen. Called once, from the desk's ``AppConfig.ready``."""
    register_keeper(ActsKeeper())
    register_afterwards(finish_erasures)
    post_save.connect(_page_saved, sender=Page, dispatch_uid="broadsheet.desk.page_saved")
    post_save.connect(_user_saved, sender=get_user_model(), dispatch_uid="broadsheet.desk.user_saved")
    post_save.connect(_approval_saved, sender=WorkflowState, dispatch_uid="broadsheet.desk.approval_saved")
    post_delete.connect(_approval_deleted, sender=WorkflowState, dispatch_uid="broadsheet.desk.approval_deleted")
    task_submitted.connect(_story_sent, sender=TaskState, dispatch_uid="broadsheet.desk.story_sent")
    workflow_rejected.connect(_story_returned, sender=WorkflowState, dispatch_uid="broadsheet.desk.story_returned")
    for model in SUBJECT_MODELS:
        pre_delete.connect(_subject_deleted, sender=model, dispatch_uid=f"broadsheet.desk.deleted.{model.__name__}")


def _page_saved(*, instance: Page, raw: bool, **_kwargs: Any) -> None:  # noqa: ANN401
    model = instance.cached_content_type.model_class()
    if model in PAGE_MODELS and not raw:
        refuse_closed_ways(instance)
        if model is Story:
            keep_listed(instance.pk)
        settle_row(model, instance.pk)


def _approval_saved(*, instance: WorkflowState, raw: bool, **_kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
    if not raw and instance.base_content_type.model_class() is Page:
        keep_listed(int(instance.object_id))


def _approval_deleted(*, instance: WorkflowState, **_kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
    # Goes with its story, of which then nothing is kept any more, or with a workflow that is taken away.
    is_kept = instance.base_content_type.model_class() is Page and ListedStory.objects.filter(pk=instance.object_id)
    if is_kept:
        keep_listed(int(instance.object_id))


def _subject_deleted(*, instance: Any, **_kwargs: Any) -> None:  # noqa: ANN401
    refuse_deletion(instance)


def _story_sent(*, instance: TaskState, user: Any, **_kwargs: Any) -> None:  # noqa: ANN401
    tell_of_step(instance, by=user, now=utc_now())


def _story_returned(*, instance: WorkflowState, user: Any, **_kwargs: Any) -> None:  # noqa: ANN401
    tell_of_return(instance, by=user, now=utc_now())


def _user_saved(*, instance: Any, created: bool, update_fields: frozenset[str] | None, **_kwargs: Any) -> None:  # noqa: ANN401
    # Each log-in saves its time, and changes nothing that could end one.
    if not created and (update_fields is None or update_fields & {"password", "is_active"}):
        end_dead_log_ins(instance)
