"""The press's own tables. Nobody outside this room reads or writes them.

``RunLogLine`` only grows: database guards (migration 0003) refuse to change or lose a line. All others can be made again.
"""

from __future__ import annotations

from django.db import models

from broadsheet.press.values import Form, Rank, What


class Notice(models.Model):
    """Something about this subject changed. Written in the act's transaction, deleted by the run that took it."""

    subject = models.TextField()
    locale = models.CharField(max_length=35)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject} ({self.locale})"


class Fact(models.Model):
    """A named value as the press last knew it. ``value`` is kept for places and lists only."""

    name = models.TextField(primary_key=True)
    digest = models.CharField(max_length=64)
    value = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """The sheet read the fact at this digest. Kept also for a sheet that is gone: it may come back with the fact."""

    sheet = models.TextField()
    fact = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "fact"], name="press_reading_once")]
        indexes = [models.Index(fields=["fact", "digest"], name="press_reading_by_fact")]

    def __str__(self) -> str:
        return f"{self.sheet} read {self.fact}"


class Sheet(models.Model):
    """A sheet as last put. An empty digest means that nobody knows what stands there, so it will be put again."""

    path = models.TextField(primary_key=True)
    form = models.CharField(max_length=20, blank=True, choices=[(form.value, form.name) for form in Form])
    rank = models.CharField(max_length=20, choices=[(rank.value, rank.name) for rank in Rank])
    digest = models.CharField(max_length=64, blank=True)
    run = models.BigIntegerField()

    def __str__(self) -> str:
        return self.path


class Due(models.Model):
    """A sheet that some run must still press: found by a notice already taken, or by a full press."""

    path = models.TextField(primary_key=True)
    stage = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["stage", "path"], name="press_due_in_order")]

    def __str__(self) -> str:
        return self.path


class Run(models.Model):
    """One numbered run. ``plan`` is JSON of its steps in order, committed before the first file is touched."""

    class State(models.TextChoices):
        """Open: its files may or may not be written. Abandoned: it died, and its sheets were made due again."""

        OPEN = "open"
        CLOSED = "closed"
        ABANDONED = "abandoned"

    number = models.BigIntegerField(primary_key=True)
    plan = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["number"], name="press_run_open", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"run {self.number}"


class Failure(models.Model):
    """What could not be pressed and why: a sheet's path, a fact's name or a subject's. Gone when it succeeds."""

    about = models.TextField(primary_key=True)
    sentence = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.about}: {self.sentence}"


class RunLogLine(models.Model):
    """One line of the run log: what a run did at a path, and all that is needed to prove the page as it was.

    ``digest`` is the SHA-256 of the bytes put, ``renderer`` that of what made them; both are empty for a removal.
    """

    path = models.TextField()
    what = models.CharField(max_length=10, choices=[(what.value, what.name) for what in What])
    digest = models.CharField(max_length=64, blank=True)
    renderer = models.CharField(max_length=64, blank=True)
    #: How far the record had come that the run read (``values.RecordMark``).
    record_number = models.BigIntegerField()
    record_digest = models.CharField(max_length=64)
    run = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path} {self.what} by run {self.run}"
