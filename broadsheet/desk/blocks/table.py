"""Tables."""

from __future__ import annotations

from typing import Any

from wagtail import blocks


class TableBlock(blocks.StructBlock):
    """Rows and columns of plain words and figures."""

    title = blocks.CharBlock(required=False, max_length=200, help_text="What the table shows.")
    rows = blocks.TextBlock(
        rows=8,
        help_text="Paste them from a spreadsheet, or write each row on a line of its own with | between its cells.",
    )
    has_head = blocks.BooleanBlock(required=False, default=True, label="The first row names the columns")
    names_rows = blocks.BooleanBlock(required=False, label="The first column names the rows")

    def __init__(self, *local_blocks: Any, **more: Any) -> None:  # noqa: ANN401 - Wagtail's signature
        super().__init__(*local_blocks, **more)
        # A tab at the very beginning or end stands beside an empty cell: the corner of most tables is one.
        self.child_blocks["rows"].field.strip = False

    class Meta:
        icon = "table"
        label = "Table"
        label_format = "{title}"
