"""What the list of stories knows of each story, in one narrow table, so that every list is read by an index.

What a list asks for lies in three tables: language, owner and last change on Wagtail's page, section and assignment on
the story, approval with the workflow. No index spans them (decision 0022).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from broadsheet.desk.validators import KEY_LENGTH


def _by(name: str) -> models.Index:
    """Return the index that gives the stories of one value in the order of the list."""
    return models.Index(fields=[name, "changed_at", "story"], name=f"desk_listed_{name}")


class ListedStory(models.Model):
    """One story in the list. Kept by every save, act and approval (``desk.listing``); it can be made again any time."""

    story = models.OneToOneField("desk.Story", primary_key=True, on_delete=models.CASCADE, related_name="listed")
    #: When the newest draft was saved (UTC); of a story never saved as a draft, when it was made.
    changed_at = models.DateTimeField()
    language = models.CharField(max_length=16)
    section_key = models.CharField(max_length=KEY_LENGTH)
    #: A ``StoryStatus``.
    status = models.CharField(max_length=16)
    #: The headline of the newest draft, folded for looking through (``desk.folding``).
    searched = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    #: Who saved the newest draft.
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    #: The deadline while the story is still on its way out; then none, because nobody waits for it any more.
    due_at = models.DateTimeField(null=True)
    #: The step of the approval somebody has to take now.
    task = models.ForeignKey("wagtailcore.Task", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["changed_at", "story"], name="desk_listed_changed"),
            models.Index(fields=["due_at", "story"], name="desk_listed_due"),
            *map(_by, ("language", "section_key", "status", "owner", "editor", "assignee", "task")),
        ]

    def __str__(self) -> str:
        return str(self.story)


class ListedByline(models.Model):
    """Who signs the newest draft of a story, in order."""

    listed = models.ForeignKey(ListedStory, on_delete=models.CASCADE, related_name="bylines", db_index=False)
    byline = models.ForeignKey("desk.Byline", on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()

    class Meta:
        # Both answer from the index alone: which stories a byline signs, and whether it signs this one.
        indexes = [models.Index(fields=["byline", "listed"], name="desk_listed_byline")]
        constraints = [models.UniqueConstraint(fields=["listed", "byline"], name="desk_listed_byline_once")]

    def __str__(self) -> str:
        return str(self.byline)
