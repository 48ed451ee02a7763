"""A body as HTML for partners: in ninjs items, without addresses or looks of the reader site. Pure."""

from __future__ import annotations

import html

from broadsheet.ledger.blocks import (
    Aside,
    Block,
    FactBox,
    Gallery,
    Heading,
    ItemList,
    Paragraph,
    PictureUse,
    PullQuote,
    Quotation,
    Table,
    Timeline,
)


def body_html(body: tuple[Block, ...]) -> str:
    """Return the body as HTML. Pictures and links to other subjects keep their URNs as addresses."""
    return "\n".join(_block_html(block) for block in body)


def _block_html(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{block.html}</p>"
        case Heading():
            return f"<h{block.level}>{_plain(block.text)}</h{block.level}>"
        case ItemList():
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{item}</li>' for item in block.items)}</{tag}>"
        case Quotation():
            return _quotation_html(block)
        case PictureUse():
            return _picture_html(block)
        case _:
            return _aside_html(block)


def _aside_html(block: Aside) -> str:
    match block:
        case PullQuote():
            return f"<aside><p>{_said(block.words, block.speaker)}</p></aside>"
        case Gallery():
            return _titled(block.title) + "".join(map(_picture_html, block.pictures))
        case Table():
            return _table_html(block)
        case FactBox():
            return f"<aside>{_titled(block.title)}{''.join(f'<p>{text}</p>' for text in block.paragraphs)}</aside>"
        case Timeline():
            events = (f"<dt>{_plain(event.when)}</dt><dd>{event.words}</dd>" for event in block.events)
            return f"{_titled(block.title)}<dl>{''.join(events)}</dl>"


def _plain(text: str) -> str:
    return html.escape(text, quote=False)


def _titled(title: str) -> str:
    return f"<p><strong>{_plain(title)}</strong></p>" if title else ""


def _said(words: str, speaker: str) -> str:
    return f"{_plain(words)} <cite>{_plain(speaker)}</cite>" if speaker else _plain(words)


def _picture_html(use: PictureUse) -> str:
    caption = f"<figcaption>{_plain(use.caption)}</figcaption>" if use.caption else ""
    return f'<figure><img src="{use.picture}" alt="{html.escape(use.alt)}">{caption}</figure>'


def _table_html(table: Table) -> str:
    def row(cells: tuple[str, ...], *, is_head: bool) -> str:
        named = ["th" if is_head or (table.names_rows and place == 0) else "td" for place in range(len(cells))]
        return f"<tr>{''.join(f'<{tag}>{_plain(cell)}</{tag}>' for tag, cell in zip(named, cells, strict=True))}</tr>"

    caption = f"<caption>{_plain(table.title)}</caption>" if table.title else ""
    rows = (row(cells, is_head=table.has_head and place == 0) for place, cells in enumerate(table.rows))
    return f"<table>{caption}{''.join(rows)}</table>"


def _quotation_html(quotation: Quotation) -> str:
    said = ", ".join(part for part in (quotation.speaker, quotation.source) if part)
    language = f' lang="{quotation.original_locale}"' if quotation.original_locale else ""
    original = f"<p{language}>{_plain(quotation.original)}</p>" if quotation.original else ""
    credit = f"<p><cite>{_plain(said)}</cite></p>" if said else ""
    return f"<blockquote><p>{quotation.words}</p>{original}{credit}</blockquote>"
