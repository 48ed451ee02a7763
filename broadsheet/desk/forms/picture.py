"""The form of a picture: where a file somebody sent becomes one the paper keeps, or is refused with a sentence."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.models.picture import first_language
from broadsheet.desk.pictures import KeptUpload, adopt_stored_file, keep_upload, make_sizes_of, note_original

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture

#: What reading a damaged file's size raises, beside the refusals Wagtail's field words itself.
_DAMAGED: Final = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)


class PictureFileField(WagtailImageField):
    """Wagtail's field, which lets the errors of a damaged file through as if they were its own."""

    def to_python(self, data: object) -> Any:  # noqa: ANN401 - an uploaded file, or None
        """Return the file. Raises: ValidationError."""
        try:
            return super().to_python(data)
        except _DAMAGED as error:
            msg = "The picture is damaged: it breaks off or cannot be read. Save it anew and send it again."
            raise ValidationError(msg, code="damaged") from error


class PictureForm(PrintableFieldsMixin, BaseImageForm):
    """Wagtail's form, whose file passes the ledger's own checks and is kept by its digest."""

    kept: KeptUpload | None = None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PictureFileField(label=field.label, widget=field.widget, required=field.required)
        if "text_locale" in self.fields:
            # Sending many files at once asks for the rest later, so the language may be missing at first.
            self.fields["text_locale"].required = False

    def clean_text_locale(self) -> str:
        """Return the language of the words, the paper's first where none is chosen."""
        return self.cleaned_data["text_locale"] or first_language()

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file, or the field's stored one
        """Return the file for the desk's own screens, upright. Raises: ValidationError with the refusal."""
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data or upload is None:
            return upload
        upload.seek(0)
        try:
            self.kept = keep_upload(data=upload.read(), name=upload.name)
        except PictureRefused as error:
            raise ValidationError(str(error), code="refused") from error
        return self.kept.desk_file

    def save(self, commit: bool = True) -> Picture:  # noqa: FBT001, FBT002 - Django's signature
        """Save the row, and make the public sizes once it is committed."""
        if self.kept is not None:
            note_original(self.instance, self.kept)
        elif not self.instance.original_digest:
            adopt_stored_file(self.instance)
        picture: Picture = super().save(commit=commit)
        make_sizes_of(picture)
        return picture
