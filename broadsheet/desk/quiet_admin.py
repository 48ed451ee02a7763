"""Wagtail's admin without the mails it sends by itself about approvals: the desk's notices tell of them, one way."""

from __future__ import annotations

from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted


class QuietAdminConfig(WagtailAdminAppConfig):
    """Registers Wagtail's admin with Django, under its own name."""

    def ready(self) -> None:
        """Take away what Wagtail has no setting for."""
        super().ready()
        # The senders are looked up late: no model can be imported where an app's configuration is read.
        task_state, workflow_state = (
            self.apps.get_model("wagtailcore", name) for name in ("TaskState", "WorkflowState")
        )
        for signal, sender, event in (
            (task_submitted, task_state, "group_approval_task_submitted"),
            (workflow_submitted, workflow_state, "workflow_state_submitted"),
            (workflow_rejected, workflow_state, "workflow_state_rejected"),
            (workflow_approved, workflow_state, "workflow_state_approved"),
        ):
            signal.disconnect(sender=sender, dispatch_uid=f"{event}_email_notification")
