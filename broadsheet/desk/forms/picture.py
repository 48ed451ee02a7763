"""The form of a picture: where a file somebody sent becomes one the paper keeps, or is refused with a sentence."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import FileField
from taggit.models import Tag
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminDateTimeInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.forms.paper_time import PaperTimeField
from broadsheet.desk.forms.printable import PrintableFieldsMixin
from broadsheet.desk.models.picture import first_language
from broadsheet.desk.pictures import (
    KeptUpload,
    adopt_stored_file,
    keep_upload,
    keep_words_of,
    make_sizes_of,
    note_original,
    said_of_picture,
)

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture

#: The column of django-taggit has 100; it numbers those that read alike.
TAG_LENGTH: Final = 90
_FOCAL_POINT: Final = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class PictureFileField(WagtailImageField):
    """Wagtail's field without its own look into the file, which decodes all of it to say no. ``clean_file`` looks."""

    def to_python(self, data: Any) -> Any:  # noqa: ANN401 - an uploaded file, or None
        """Return the file. Raises: ValidationError."""
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        if PurePath(file.name or "").suffix.lower().lstrip(".") not in self.allowed_image_extensions:
            raise ValidationError(self.error_messages["invalid_image_extension"], code="invalid_image_extension")
        return file


class PictureForm(PrintableFieldsMixin, BaseImageForm):
    """Wagtail's form, whose file passes the ledger's own checks and is kept by its digest.

    What the person leaves empty is filled from what the file says of itself.
    """

    kept: KeptUpload | None = None
    sent: bytes = b""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        if "file" in fields:
            fields["file"] = PictureFileField(**_as(fields["file"]))
        if "title" in fields and not self.instance.pk:
            # The file's own headline, or its name.
            fields["title"].required = False
        if "rights_expire_at" in fields:
            moment = PaperTimeField(**{**_as(fields["rights_expire_at"]), "widget": AdminDateTimeInput()})
            moment.help_text += f" On the paper's clock ({settings.TIME_ZONE})."
            fields["rights_expire_at"] = moment
        if "caption" in fields:
            fields["caption"].widget = AdminAutoHeightTextInput()
        if "taken_on" in fields:
            fields["taken_on"].widget = AdminDateInput()
        if "text_locale" in fields:
            # Sending many files at once asks for the rest later, so the language may be missing at first.
            fields["text_locale"].required = False

    def clean_text_locale(self) -> str:
        """Return the language of the words, the paper's first where none is chosen."""
        return self.cleaned_data["text_locale"] or first_language()

    def clean_tags(self) -> list[str]:
        """Return the tags. Raises: ValidationError for one longer than the database keeps."""
        tags: list[str] = self.cleaned_data["tags"]
        for tag in tags:
            # Written in plain letters, as taggit keeps it beside the tag, it may be longer.
            if max(len(tag), len(Tag().slugify(tag))) > TAG_LENGTH:
                msg = f"The tag “{tag[:20]}…” is too long; {TAG_LENGTH} characters are the most."
                raise ValidationError(msg, code="tag_length")
        return tags

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file, or the field's stored one
        """Return the file for the desk's own screens, upright. Raises: ValidationError with the refusal."""
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data or upload is None:
            return upload
        upload.seek(0)
        self.sent = upload.read()
        try:
            self.kept = keep_upload(data=self.sent, name=upload.name)
        except PictureRefused as error:
            raise ValidationError(str(error), code="refused") from error
        _check_ending(upload.name, kind=self.kept.original.media_type.removeprefix("image/"))
        return self.kept.desk_file

    def clean(self) -> dict[str, Any]:
        """Return the cleaned fields, what was left empty filled from the file."""
        cleaned = super().clean()
        if self.kept is not None:
            said = said_of_picture(cleaned, data=self.sent, name=self.files[self.add_prefix("file")].name)
            cleaned |= {name: value for name, value in said.items() if name in self.fields}
            if self.instance.pk:
                # It was set on the picture before this one, and may lie outside it.
                cleaned |= dict.fromkeys(_FOCAL_POINT)
        return cleaned

    def save(self, commit: bool = True) -> Picture:  # noqa: FBT001, FBT002 - Django's signature
        """Save the row, and make the public sizes once it is committed."""
        if self.kept is not None:
            note_original(self.instance, self.kept)
        elif not self.instance.original_digest:
            adopt_stored_file(self.instance)
        keep_words_of(self.instance)
        picture: Picture = super().save(commit=commit)
        make_sizes_of(picture)
        return picture


def _as(field: Any) -> dict[str, Any]:  # noqa: ANN401 - a form field
    """Return what a field of another class needs to stand in this one's place."""
    return {name: getattr(field, name) for name in ("label", "widget", "required", "help_text")}


def _check_ending(name: str, *, kind: str) -> None:
    """Refuse a file named as another kind of picture than it is. Raises: ValidationError."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if {"jpg": "jpeg"}.get(ending, ending) != kind:
        msg = f"The file is named .{ending} but is a picture of the kind {kind.upper()}. Name it .{kind}."
        raise ValidationError(msg, code="named_otherwise")
