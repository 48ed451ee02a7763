"""The letter with a link to a new password, sent by the task worker.

The log-in page only leaves a task, so that its answer takes as long for an address nobody has as for one somebody has.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import PasswordResetView

_MINUTE: Final = 60


@task()
def send_reset_letter(email: str) -> None:
    """Send a link to whoever has that address and may log in; nobody is told when there is no such person."""
    form = PasswordResetForm({"email": email})
    if not form.is_valid():
        return
    with override("en"):
        form.save(
            # The link begins with the desk's own address; what a request says of its host never gets into a letter.
            domain_override=settings.WAGTAILADMIN_BASE_URL,
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
            extra_email_context={
                "paper": settings.CONFIGURATION.paper.name,
                "minutes": settings.PASSWORD_RESET_TIMEOUT // _MINUTE,
            },
        )
