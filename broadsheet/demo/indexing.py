"""The desk's indexes of the demo: what its searches and choosers find, and what is used where."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task


def write_indexes() -> None:
    """Write them all at once, in place of the tasks that the filling left.

    Those ask for them at every save, six hundred times; the task worker yields to everybody else, and on a busy machine
    the desk found nothing for minutes.
    """
    paths = [task.module_path for task in (insert_or_update_object_task, update_reference_index_task)]
    DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path__in=paths).delete()
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
