"""What the desk keeps of log-ins: where people are logged in, failures that call for a pause, recovery codes."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LogIn(models.Model):
    """One browser in which a person is logged in. It ends with its session, whatever ends that."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_ins")
    session = models.OneToOneField("sessions.Session", on_delete=models.CASCADE, related_name="log_in")
    browser = models.CharField(max_length=120)
    address = models.GenericIPAddressField(null=True)
    since = models.DateTimeField()
    last_seen = models.DateTimeField()
    #: The session's own mark of the password it was made with; a session of an older password is dead.
    password_mark = models.CharField(max_length=128)

    def __str__(self) -> str:
        """Return where it is, for logs."""
        return f"{self.browser}, {self.address}"


class Attempts(models.Model):
    """How often something was tried without success, by a digest that tells neither account nor address."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Return the count, for logs."""
        return f"{self.failures} failures"


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once. Only its digest is kept, and the row goes when it is used."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="desk_one_recovery_code")]

    def __str__(self) -> str:
        """Return whose it is, for logs."""
        return f"A recovery code of {self.user}"
