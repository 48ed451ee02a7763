"""Unicode that no page can carry: taken out where nobody would miss it, refused with a sentence where it is a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue

from broadsheet.desk.validators import check_printable
from broadsheet.plain.html import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    _FormBase = Any
else:
    _FormBase = object


class PrintableFieldsMixin(_FormBase):
    """For a form whose text ends up before readers.

    Bidirectional overrides and byte order marks, which copying brings along unseen, are taken out of plain fields. A
    control character or half a surrogate pair anywhere, blocks included, is refused beside its field.
    """

    def clean(self) -> dict[str, Any]:
        """Return the cleaned fields."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            try:
                for text in texts_in(value):
                    check_printable(text)
            except ValidationError as error:
                self.add_error(name, error)
                continue
            if isinstance(value, str):
                cleaned[name] = clean_text(value)
        return cleaned


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in a field's value: the text itself, or all texts of a body's blocks as stored."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, StreamValue):
        yield from texts_in(value.get_prep_value())
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts_in(inner)
