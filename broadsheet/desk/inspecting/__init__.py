"""What an inspector reads, as plain values: a document's fields and blocks, and the difference between two. Pure."""

from broadsheet.desk.inspecting.differences import Difference, differences
from broadsheet.desk.inspecting.fields import ERASED, fields_of, title_of

__all__ = ["ERASED", "Difference", "differences", "fields_of", "title_of"]
