"""A field for a moment by the paper's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from broadsheet.plain.errors import BadTime
from broadsheet.plain.times import moment_in_zone

_WANTED = "Write day and time as 2026-05-31 06:00."


class PaperTimeField(forms.Field):
    """Takes day and time in the paper's zone, whatever the person's own zone; gives UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - what was typed, or a moment
        """Return what the input shows."""
        if not isinstance(value, datetime):
            return value
        with timezone.override(settings.TIME_ZONE):
            return timezone.make_naive(value)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401 - what was typed
        """Return the moment. Raises: ValidationError for what is no time, or not one time, there."""
        if value in self.empty_values:
            return None
        try:
            local = parse_datetime(str(value).strip())
        except ValueError:
            local = None
        if local is None or local.tzinfo is not None:
            raise ValidationError(_WANTED)
        try:
            return moment_in_zone(local, settings.TIME_ZONE)
        except BadTime as error:
            raise ValidationError(str(error)) from error
