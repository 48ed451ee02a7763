"""The form of a standing page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from broadsheet.desk.forms.addressed import AddressedFormMixin
from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.forms.resaving import ResavingFormMixin
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn


class StandingPageForm(AddressedFormMixin, ResavingFormMixin, PrintableFieldsMixin, WagtailAdminPageForm):
    """A draft may be unfinished; the end of its address is its own from the first, and fixed once it was released."""

    thing = "page"
    title_name = "title"

    def clean_url_slug(self) -> str:
        """Return the end of the address. Raises: ValidationError when another page or a story of the language has it."""
        slug = str(self.cleaned_data["url_slug"])
        if not slug or self.instance.first_released_at is not None:
            return slug
        language = self.parent_page.locale
        own = make_urn("page", self.instance.subject_key.hex)
        taken = LedgerReader().subject_at(locale=Locale(language.language_code), slug=Slug(slug))
        drafts = type(self.instance).objects.filter(locale=language, url_slug=slug).exclude(pk=self.instance.pk)
        if taken not in {None, own} or drafts.exists():
            msg = f"“{slug}” ends the address of another page or story in this language. Choose another end."
            raise ValidationError(msg, code="taken")
        return slug
