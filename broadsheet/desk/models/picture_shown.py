"""Which story shows which picture, so that nobody has to look through bodies for it."""

from __future__ import annotations

from django.db import models


class PictureShown(models.Model):
    """One picture in one story, as its lead or in its body. Kept by every save of a story (``desk.showing``)."""

    story = models.ForeignKey("desk.Story", on_delete=models.CASCADE, related_name="pictures_shown")
    picture = models.ForeignKey("desk.Picture", on_delete=models.CASCADE, related_name="shown_in")
    #: In the text readers have.
    in_released = models.BooleanField(default=False)
    #: In the newest draft; of a story without changes both are true.
    in_draft = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "picture"], name="desk_picture_shown_once")]

    def __str__(self) -> str:
        return f"{self.picture} in {self.story}"
