"""The form of a picture: where a file somebody sent becomes one the paper keeps, or is refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.pictures import KeptUpload, keep_upload, make_sizes_of, note_original

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture


class PictureForm(PrintableFieldsMixin, BaseImageForm):
    """Wagtail's form, whose file passes the ledger's own checks and is kept by its digest."""

    kept: KeptUpload | None = None

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
        picture: Picture = super().save(commit=commit)
        make_sizes_of(picture)
        return picture
