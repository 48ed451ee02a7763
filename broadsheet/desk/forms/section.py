"""The form of a section."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.forms.resaving import ResavingFormMixin


class SectionForm(ResavingFormMixin, PrintableFieldsMixin, WagtailAdminPageForm):
    """The key is asked for once, checked against the sections of this language, and never changed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "key" not in self.fields:
            return
        if self.instance.pk:
            self.fields["key"].disabled = True
            self.fields["key"].help_text = "Part of readers' addresses, so it never changes."
        else:
            self.fields["key"].help_text = (
                "Part of readers' addresses, and the same in every language: “politics”, not “chinh-tri”. "
                "It can never be changed."
            )

    def clean_key(self) -> str:
        """Return the key. Raises: ValidationError when this language has a section with it."""
        key = str(self.cleaned_data["key"])
        siblings = self.parent_page.get_children().exclude(pk=self.instance.pk)
        taken = siblings.filter(slug=key).first()
        if taken is not None:
            msg = f"“{taken.title}” has this key already. Edit that section, or choose another key."
            raise ValidationError(msg, code="taken")
        return key
