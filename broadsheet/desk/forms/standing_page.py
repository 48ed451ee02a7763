"""The form of a standing page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.forms.resaving import ResavingFormMixin
from broadsheet.desk.validators import HEADLINE_LENGTH
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn


class StandingPageForm(ResavingFormMixin, PrintableFieldsMixin, WagtailAdminPageForm):
    """A draft may be unfinished; the end of its address is its own from the first, and fixed once it was released."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            # Wagtail's own limit of 255 would answer first, in its own words.
            self.fields["title"].max_length = None
            self.fields["title"].validators = []
        if self.instance.first_released_at is not None and "url_slug" in self.fields:
            self.fields["url_slug"].disabled = True
            self.fields["url_slug"].help_text = "Fixed when the page was first released; links to it never break."

    def clean_title(self) -> str:
        """Return the title on one line. Raises: ValidationError when it is too long."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        if len(title) > HEADLINE_LENGTH:
            over = len(title) - HEADLINE_LENGTH
            msg = f"The title is {over} characters too long; {HEADLINE_LENGTH} is the most a page can carry."
            raise ValidationError(msg, code="too_long")
        return title

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
