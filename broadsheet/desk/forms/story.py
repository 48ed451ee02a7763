"""The form of a story."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.forms.resaving import ResavingFormMixin
from broadsheet.desk.validators import HEADLINE_LENGTH


class StoryForm(ResavingFormMixin, PrintableFieldsMixin, WagtailAdminPageForm):
    """A draft may be unfinished; it may not be unprintable, or have a headline no page can carry."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            # Wagtail's own limit of 255 would answer first, in its own words.
            self.fields["title"].max_length = None
            self.fields["title"].validators = []
        if self.instance.pk is None and "body" in self.fields and not self.instance.body:
            self.initial["body"] = self.instance.body.stream_block.normalize(
                [("paragraph", "")]
            )  # a place to begin writing
        if self.instance.first_released_at is not None and "url_slug" in self.fields:
            self.fields["url_slug"].disabled = True
            self.fields["url_slug"].help_text = "Fixed when the story was first released; links to it never break."

    def clean_title(self) -> str:
        """Return the headline on one line. Raises: ValidationError when it is too long."""
        headline = " ".join(str(self.cleaned_data["title"]).split())
        if len(headline) > HEADLINE_LENGTH:
            over = len(headline) - HEADLINE_LENGTH
            msg = f"The headline is {over} characters too long; {HEADLINE_LENGTH} is the most a page can carry."
            raise ValidationError(msg, code="too_long")
        return headline
