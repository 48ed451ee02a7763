"""What the wire hands on to the desk."""

from __future__ import annotations

import msgspec

from broadsheet.ledger.blocks import Heading, ItemList, Paragraph, Quotation, Table
from broadsheet.wire.reports import Note


class BodyPicture(msgspec.Struct, frozen=True, tag="body-picture"):
    """A picture that stood in a body, known only by its address until its file is found."""

    id: str
    address: str
    caption: str = ""
    alt: str = ""


BodyBlock = Paragraph | Heading | ItemList | Quotation | Table | BodyPicture


class Body(msgspec.Struct, frozen=True):
    """A body in typed blocks, in order, and notes on everything that did not become one."""

    blocks: tuple[BodyBlock, ...] = ()
    notes: tuple[Note, ...] = ()
