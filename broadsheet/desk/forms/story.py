"""The form of a story."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm

from broadsheet.desk.forms.addressed import AddressedFormMixin
from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.forms.resaving import ResavingFormMixin


class StoryForm(AddressedFormMixin, ResavingFormMixin, PrintableFieldsMixin, WagtailAdminPageForm):
    """A draft may be unfinished; it may not be unprintable, or have a headline no page can carry."""

    thing = "story"
    title_name = "headline"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "body" in self.fields and not self.instance.body:
            self.initial["body"] = self.instance.body.stream_block.normalize(
                [("paragraph", "")]
            )  # a place to begin writing
