"""Limits of people to sections."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from broadsheet.desk.validators import KEY_LENGTH, check_section_key


class SectionLimit(models.Model):
    """A person who has any of these works in those sections only, in every language; one who has none, in all.

    Kept out of Wagtail's page permissions, which grow too slow with the number of sections (decision 0011).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="section_limits")
    section_key = models.CharField(max_length=KEY_LENGTH, validators=[check_section_key])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "section_key"], name="desk_section_limit_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.section_key}"
