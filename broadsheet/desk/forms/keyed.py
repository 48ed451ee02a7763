"""The forms of what has a name and a key of its own: bylines and topics."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.plain.slugs import make_slug


class KeyedForm(PrintableFieldsMixin, WagtailAdminModelForm):
    """The key is made from the name where none is given, and never changed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "key" in self.fields:
            self.fields["key"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Return the cleaned fields, the key among them."""
        cleaned = super().clean()
        if not cleaned.get("key") and cleaned.get("name"):
            cleaned["key"] = make_slug(cleaned["name"], fallback=self.instance.subject_key.hex)
            taken = type(self.instance).objects.filter(key=cleaned["key"]).exclude(pk=self.instance.pk).first()
            if taken is not None:
                msg = (
                    f"“{taken.name}” has the key “{cleaned['key']}” already. "
                    f"Use that {self.instance._meta.verbose_name}, or give this one a key."  # noqa: SLF001 - Django's documented name
                )
                self.add_error("key", ValidationError(msg, code="taken"))
        return cleaned
