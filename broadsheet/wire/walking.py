"""The walk over a regular tree: every element becomes a block, a part of one, or a note.

The tree comes as text from ``cleaning``, so a plain tokenizer reads it, and depth costs nothing.
Must never let words fall: what is in no block is in a note.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, TypeVar

from broadsheet.wire.cleaning import DROPPED, DROPPED_EMPTY, HEADINGS, INLINE, RENAMED
from broadsheet.wire.dropped import EMBEDS, Dropped, shown_address
from broadsheet.wire.frames import FigureFrame, Frame, ListFrame, QuoteFrame, TableFrame
from broadsheet.wire.lines import Line
from broadsheet.wire.links import UselessLink, reader_link
from broadsheet.wire.reports import Note
from broadsheet.wire.texts import composed

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.wire.blocks import BlockMaker
    from broadsheet.wire.values import Body, BodyPicture

_Attributes = dict[str, str]
_AnyFrame = TypeVar("_AnyFrame", bound=Frame)

_SILENT: Final = frozenset({"hr", "link", "meta", "base"})
#: Tags that neither end a line nor begin anything; what ``br`` and ``img`` do happens at their start.
_NOTHING: Final = frozenset({"br", "img", "source", "wbr"})
_BLANK: Final = re.compile(r"\s+")


class Walk(HTMLParser):
    """One walk over one body. ``base`` is the item's own address, "" when unknown."""

    def __init__(self, *, maker: BlockMaker, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._maker = maker
        self._base = base
        self._line = Line()
        self._frames: list[Frame] = []
        self._heading: int | None = None
        self._pre = 0
        self._dropped: Dropped | None = None
        self._later: list[BodyPicture] = []
        self._links: list[str] = []
        self._starts: dict[str, Callable[[_Attributes], None]] = {
            "ul": lambda _: self._open(ListFrame(ordered=False)),
            "ol": lambda _: self._open(ListFrame(ordered=True)),
            "blockquote": self._start_quote,
            "table": lambda _: self._open(TableFrame()),
            "figure": lambda _: self._open(FigureFrame()),
            "pre": lambda _: self._start_pre(),
            "img": self._picture,
            "br": lambda _: self._break(),
            "a": self._start_link,
        }

    def finish(self) -> Body:
        """Return the body. Call it once, after feeding everything."""
        self.close()
        if self._dropped:
            self._end_dropped(self._dropped)
        self._end_line()
        while self._frames:
            self._close_frame(self._frames[-1])
        self._place_pictures()
        return self._maker.body()

    def note(self, kind: str, sentence: str, text: str = "") -> None:
        """Report something."""
        self._maker.notes.append(Note(kind=kind, sentence=sentence, text=text))

    # The tokenizer's calls.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        attributes = {name: value or "" for name, value in attrs}
        if self._dropped:
            self._dropped.start(tag, attributes)
        elif tag in DROPPED:
            self._dropped = Dropped(tag, shown_address(attributes), attributes.get("title", ""))
        elif tag in DROPPED_EMPTY:
            self._drop_empty(tag, attributes)
        elif tag in self._starts:
            self._starts[tag](attributes)
        elif tag in HEADINGS:
            self._end_line()
            self._heading = HEADINGS[tag]
        elif (name := RENAMED.get(tag, tag)) in INLINE:
            title = attributes.get("title", "")
            self._line.start(name, f'<{name} title="{html.escape(title)}">' if title else f"<{name}>")
        elif tag not in _NOTHING:
            self._end_line()
            self._start_box(tag)

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if self._dropped:
            if self._dropped.end(tag):
                self._end_dropped(self._dropped)
        elif tag == "a":
            self._end_link()
        elif (name := RENAMED.get(tag, tag)) in INLINE:
            self._line.end(name)
        elif tag not in _NOTHING:
            self._end_line()
            self._end_box(tag)

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if self._dropped:
            self._dropped.words(data)
        elif self._pre:
            self._exactly(composed(data))
        elif data.strip():
            if self._line.breaks > 1 or (self._heading and self._line.breaks):
                self._split()
            self._line.words(composed(data))
        elif data:
            self._line.words(" ")

    # Lines and frames.

    def _end_line(self) -> None:
        markup = self._line.take()
        sink = self._sink()
        if markup and sink:
            sink.add(markup)
        elif markup and self._heading:
            self._maker.heading(markup, level=self._heading)
        elif markup:
            self._maker.paragraph(markup)
        if sink is None:
            self._place_pictures()

    def _split(self) -> None:
        if self._heading:
            self._line.breaks = 0
            self._line.words(" ")
        elif not self._line.empty:
            self._end_line()

    def _break(self) -> None:
        self._line.breaks += 1

    def _sink(self) -> Frame | None:
        """Return the frame that takes the present line; a figure takes its caption only."""
        for frame in reversed(self._frames):
            if not isinstance(frame, FigureFrame) or frame.in_caption:
                return frame
        return None

    def _innermost(self, kind: type[_AnyFrame]) -> _AnyFrame | None:
        return next((frame for frame in reversed(self._frames) if isinstance(frame, kind)), None)

    def _open(self, frame: Frame) -> None:
        self._end_line()
        self._frames.append(frame)

    def _close_frame(self, frame: Frame) -> None:
        """Close it, with whatever was left open in it."""
        while self._frames:
            last = self._frames.pop()
            outer = self._sink()
            if isinstance(last, FigureFrame):
                self._end_figure(last)
            elif outer is None:
                self._maker.frame(last)
            elif isinstance(last, ListFrame) and isinstance(outer, ListFrame):
                outer.items.extend(last.items)
                outer.fresh = True
                self.note("list", "A list inside a list was set level with it.")
            else:
                for line in last.lines():
                    outer.add(line)
                self.note("nesting", "A list, table or quotation inside another was kept as lines.")
            if last is frame:
                return

    def _start_box(self, tag: str) -> None:
        table, figure, quote = self._innermost(TableFrame), self._innermost(FigureFrame), self._innermost(QuoteFrame)
        items = self._frames[-1] if self._frames else None
        if tag == "li" and isinstance(items, ListFrame):
            items.fresh = True
        elif tag == "tr" and table:
            table.start_row()
        elif tag in {"td", "th"} and table:
            table.start_cell(is_name=tag == "th")
        elif tag == "figcaption" and figure:
            figure.in_caption = True
        elif tag == "footer" and quote:
            quote.in_footer = True

    def _end_box(self, tag: str) -> None:
        kinds: dict[str, type[Frame]] = {
            "ul": ListFrame, "ol": ListFrame, "blockquote": QuoteFrame, "table": TableFrame, "figure": FigureFrame,
        }  # fmt: skip
        figure, quote = self._innermost(FigureFrame), self._innermost(QuoteFrame)
        if tag in kinds:
            frame = self._innermost(kinds[tag])
            if frame:
                self._close_frame(frame)
                self._place_pictures()
        elif tag in HEADINGS:
            self._heading = None
        elif tag == "pre" and self._pre:
            self._pre -= 1
            self._line.end("code")
        elif tag == "figcaption" and figure:
            figure.in_caption = False
        elif tag == "footer" and quote:
            quote.in_footer = False

    # Elements with a meaning of their own.

    def _start_quote(self, attributes: _Attributes) -> None:
        self._open(QuoteFrame())
        if attributes.get("cite"):
            self.note("address", "The address a quotation was taken from has no place yet.", attributes["cite"])

    def _start_pre(self) -> None:
        self._end_line()
        self._pre += 1
        self._line.start("code", "<code>")

    def _exactly(self, data: str) -> None:
        for number, row in enumerate(data.split("\n")):
            if number:
                self._line.breaks += 1
            self._line.exactly(row)

    def _start_link(self, attributes: _Attributes) -> None:
        href = attributes.get("href", "")
        markup = ""
        if not attributes:
            self.note("link", "A link whose address cannot be read was taken off its words.")
        if href.strip():
            try:
                markup = f'<a href="{html.escape(reader_link(href, base=self._base))}">'
            except UselessLink as reason:
                self.note("link", f"A link was taken off its words: {reason}.", href)
        self._line.start("a", markup)
        self._links.append(href)

    def _end_link(self) -> None:
        href = self._links.pop() if self._links else ""
        if not self._line.end("a") and href.strip():
            self.note("link", "A link without words was left out.", href)

    def _picture(self, attributes: _Attributes) -> None:
        address = attributes.get("data-src") or attributes.get("src", "")
        alt = _BLANK.sub(" ", attributes.get("alt", "")).strip()
        if attributes.get("width") == "1" or attributes.get("height") == "1":
            self.note("counter", "A picture of one pixel, there to count readers, was left out.", address)
            return
        picture = self._maker.picture(address=address, alt=alt)
        figure = self._innermost(FigureFrame)
        if figure:
            figure.pictures.append(picture)
        elif self._line.empty and not self._frames:
            self._maker.place(picture)
        else:
            self._later.append(picture)

    def _place_pictures(self) -> None:
        if not self._frames:
            for picture in self._later:
                self._maker.place(picture)
            self._later = []

    def _end_figure(self, figure: FigureFrame) -> None:
        self._later.extend(self._maker.captioned(figure))
        self._place_pictures()

    # What readers are not shown.

    def _drop_empty(self, tag: str, attributes: _Attributes) -> None:
        if tag in _SILENT:
            self._end_line()
        self._end_dropped(Dropped(tag, shown_address(attributes)))

    def _end_dropped(self, dropped: Dropped) -> None:
        self._dropped = None
        self._maker.notes.append(dropped.note())
        if dropped.tag in EMBEDS:
            self._link_to(dropped.address, dropped.title)

    def _link_to(self, address: str, title: str) -> None:
        if not address:
            return
        try:
            href = reader_link(address, base=self._base)
        except UselessLink as reason:
            self.note("link", f"No link to it was kept: {reason}.", address)
            return
        self._end_line()
        self._line.start("a", f'<a href="{html.escape(href)}">')
        self._line.words(title.strip() or href)
        self._line.end("a")
        self._end_line()
