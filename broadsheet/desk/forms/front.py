"""The form of a front."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.desk.forms.printable import PrintableFieldsMixin


class FrontForm(PrintableFieldsMixin, WagtailAdminModelForm):
    """Layout, strip and stories; whether they can stand there is checked by the act, which names the entry."""

    class Meta:
        fields: Any = ("layout", "strip", "slots", "featured")
