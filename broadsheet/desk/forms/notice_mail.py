"""The switches of the account page: which notices come by mail as well."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets import SwitchInput
from wagtail.models import GroupApprovalTask
from wagtail.users.models import UserProfile

from broadsheet.desk.permissions import is_inspector


class NoticeMailForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """Wagtail's own switches in the newsroom's words. The desk itself tells everything, whatever is switched off."""

    class Meta:
        model = UserProfile
        fields = [
            "submitted_notifications",
            "rejected_notifications",
            "approved_notifications",
            "updated_comments_notifications",
        ]
        widgets = {name: SwitchInput() for name in fields}
        labels = {
            "submitted_notifications": "Waiting for you",
            "rejected_notifications": "Returned to you",
            "approved_notifications": "Released, corrected or gone",
            "updated_comments_notifications": "Comments",
        }
        help_texts = {
            "submitted_notifications": "A mail when a story waits for your approval.",
            "rejected_notifications": "A mail when a story of yours is returned.",
            "approved_notifications": "A mail when a story you have to do with is released, corrected, withdrawn, "
            "killed, taken down or restored.",
            "updated_comments_notifications": "A mail when somebody comments on a story whose comments you follow.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        if is_inspector(self.instance.user):
            # Told nothing; Wagtail leaves a form without fields out.
            self.fields.clear()
        elif not GroupApprovalTask.objects.filter(groups__user=self.instance.user).exists():
            del self.fields["submitted_notifications"]
