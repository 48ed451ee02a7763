"""What the forms of a story and of a standing page have in common: a title a page can carry, an address that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError

from broadsheet.desk.validators import HEADLINE_LENGTH

if TYPE_CHECKING:
    _FormBase = Any
else:
    _FormBase = object


class AddressedFormMixin(_FormBase):
    """For the form of an ``AddressedPage``."""

    #: What the form is of, and what its title is called there.
    thing: ClassVar[str]
    title_name: ClassVar[str]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            # Wagtail's own limit of 255 would answer first, in its own words.
            self.fields["title"].max_length = None
            self.fields["title"].validators = []
        if self.instance.first_released_at is not None and "url_slug" in self.fields:
            words = f"Fixed when the {self.thing} was first released; links to it never break."
            self.fields["url_slug"].disabled = True
            self.fields["url_slug"].help_text = words

    def clean_title(self) -> str:
        """Return the title on one line. Raises: ValidationError when it is too long."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        if len(title) > HEADLINE_LENGTH:
            over = len(title) - HEADLINE_LENGTH
            msg = (
                f"The {self.title_name} is {over} characters too long; {HEADLINE_LENGTH} is the most a page can carry."
            )
            raise ValidationError(msg, code="too_long")
        return title
