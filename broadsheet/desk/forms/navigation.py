"""The form of a navigation."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.desk.forms.printable import PrintableFieldsMixin


class NavigationForm(PrintableFieldsMixin, WagtailAdminModelForm):
    """Menu and footer; what they lead to is checked by the act, which names the entry."""

    class Meta:
        fields: Any = ("menu", "footer")
