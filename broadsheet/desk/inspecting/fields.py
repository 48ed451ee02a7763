"""A document as named texts, in the order and words in which a person reads it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.desk.inspecting.words import Run, merged, plain_runs, runs_of
from broadsheet.ledger.arrangements import (
    BreakingStrip,
    FrontDocument,
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    NavigationEntry,
    Pin,
    SectionsEntry,
    SubjectEntry,
)
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
from broadsheet.ledger.values import (
    BylineDocument,
    Correction,
    Document,
    ErasureDocument,
    PageDocument,
    PaperDocument,
    PictureDocument,
    RedirectsDocument,
    SectionDocument,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from broadsheet.plain.html import SafeHtml
    from broadsheet.plain.locales import Locale


#: Stands in the place of the title of what was erased by order.
ERASED: Final = "Erased by order"

_BLOCKS: Final[Mapping[type[Block], str]] = {
    Paragraph: "Paragraph",
    Heading: "Heading",
    ItemList: "List",
    Quotation: "Quotation",
    PictureUse: "Picture",
    PullQuote: "Pull quote",
    Gallery: "Gallery",
    Table: "Table",
    FactBox: "Fact box",
    Timeline: "Timeline",
}


class Field(NamedTuple):
    """One named text of a document or block. Lists are a line each."""

    name: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Return the words without their marks."""
        return "".join(run.text for run in self.runs)


def title_of(document: Document) -> str:
    """Return what the document is called in a list."""
    match document:
        case StoryDocument():
            title = document.headline
        case SectionDocument() | PageDocument():
            title = document.title
        case NavigationDocument():
            title = "Navigation"
        case FrontDocument():
            title = f"Front of {key_of(document.section)}" if document.section else "Home front"
        case BylineDocument() | TopicDocument() | PaperDocument():
            title = document.name
        case RedirectsDocument():
            title = f"Redirects, shelf {key_of(document.subject)}"
        case PictureDocument():
            title = document.caption or document.alt or f"Picture by {document.credit}"
        case ErasureDocument():
            title = ERASED
    return title


def fields_of(document: Document) -> tuple[Field, ...]:  # noqa: C901 - one case a kind of document
    """Return every field but the subject, the language and a body; those without words are empty."""
    match document:
        case StoryDocument():
            texts = _story(document)
        case PageDocument():
            texts = {
                "Title": document.title,
                "Standfirst": document.standfirst,
                "Purpose": document.purpose,
                "Corrections": _corrections(document.corrections),
                "Published": _moment(document.published_at),
                "Address": document.slug,
                "Edition key": document.edition_key,
            }
        case NavigationDocument():
            texts = {
                "Menu": _lines(map(_entry, document.menu)),
                "Footer": _lines(map(_entry, document.footer)),
            }
        case FrontDocument():
            texts = {
                "Layout": document.layout,
                "Slots": _lines(map(_pin, document.slots)),
                "Featured": _lines(map(_pin, document.featured)),
                "Breaking strip": _strip(document.strip),
            }
        case SectionDocument():
            texts = {
                "Title": document.title,
                "Description": document.description,
                "Key": document.key,
                "Place in the navigation": str(document.order),
            }
        case BylineDocument() | TopicDocument():
            texts = _named(document)
        case PictureDocument():
            texts = _picture(document)
        case PaperDocument():
            languages = (f"{line.locale}: {line.name} {line.description}".strip() for line in document.languages)
            texts = {
                "Name": document.name,
                "Address": document.base_url,
                "Zone": document.zone,
                "Languages": _lines(languages),
            }
        case RedirectsDocument():
            texts = {"Redirects": _lines(f"{each.old} → {each.new}" for each in document.redirects)}
        case ErasureDocument():
            texts = {
                "Order": document.reference,
                "Asked for by": document.asked_by,
                "Documents it destroyed": _lines(document.erased),
            }
    return tuple(Field(name, plain_runs(text)) for name, text in texts.items())


def block_name(block: Block) -> str:
    """Return the newsroom's word for such a block."""
    return _BLOCKS[type(block)]


def block_fields(block: Block) -> tuple[Field, ...]:
    """Return every field of the block; its own words have no name beside the block's."""
    match block:
        case Paragraph():
            return (Field("", runs_of(block.html)),)
        case Heading():
            return (Field("", plain_runs(block.text)), _plain("Level", str(block.level)))
        case ItemList():
            return (Field("", _items(block.items)), _plain("Kind", "numbered" if block.ordered else "bulleted"))
        case Quotation():
            return (
                Field("", runs_of(block.words)),
                _plain("Speaker", block.speaker),
                _plain("Source", block.source),
                _plain("Original words", block.original),
                _plain("Language of the original", block.original_locale or ""),
            )
        case PictureUse():
            return (
                _plain("Caption", block.caption),
                _plain("Alternative text", block.alt),
                _plain("Subject", block.picture),
            )
        case _:
            return _aside_fields(block)


def _aside_fields(block: Aside) -> tuple[Field, ...]:
    match block:
        case PullQuote():
            return (_plain("", block.words), _plain("Speaker", block.speaker))
        case Gallery():
            shown = (_joined(use.caption, use.alt, use.picture) for use in block.pictures)
            return (_plain("", block.title), _plain("Pictures", _lines(shown)))
        case Table():
            names = {(True, True): "columns and rows", (True, False): "columns", (False, True): "rows"}
            named = names.get((block.has_head, block.names_rows), "")
            rows = _lines(" | ".join(row) for row in block.rows)
            return (_plain("", block.title), _plain("Rows", rows), _plain("Names", named))
        case FactBox():
            return (_plain("", block.title), Field("Text", _items(block.paragraphs)))
        case Timeline():
            when = _plain("Times", _lines(event.when for event in block.events))
            return (_plain("", block.title), when, Field("Events", _items(tuple(e.words for e in block.events))))


def _story(story: StoryDocument) -> dict[str, str]:
    dateline, lead, address = story.dateline, story.lead, story.address
    day = dateline.day.isoformat() if dateline and dateline.day else ""
    return {
        "Headline": story.headline,
        "Standfirst": story.standfirst,
        "Bylines": _lines(_joined(use.name, use.role, use.byline) for use in story.bylines),
        "Topics": _lines(story.topics),
        "Dateline": _joined(dateline.place if dateline else "", day),
        "Lead picture": lead.picture if lead else "",
        "Caption": lead.caption if lead else "",
        "Alternative text": lead.alt if lead else "",
        "Sources": _lines(_joined(use.name, use.url, use.locale or "") for use in story.sources),
        "Corrections": _corrections(story.corrections),
        "Type of story": story.genre,
        "Section": key_of(story.section),
        "Published": _moment(story.published_at),
        "Shown as updated": _moment(story.updated_at) if story.updated_at else "",
        "Address": f"{address.section}/{address.day.isoformat()}/{address.slug}",
        "Edition key": story.edition_key,
    }


def _named(named: BylineDocument | TopicDocument) -> dict[str, str]:
    names = {"Name": named.name, "Names in other languages": _by_language(named.names)}
    if isinstance(named, BylineDocument):
        own = {"Agency": "yes" if named.is_agency else "no"}
    else:
        own = {"What it is": named.kind, "Descriptions": _by_language(named.descriptions)}
    return {**names, **own, "Key": named.key}


def _corrections(corrections: tuple[Correction, ...]) -> str:
    return _lines(f"{_moment(each.at)}: {each.words}" for each in corrections)


def _by_language(words: Mapping[Locale, str]) -> str:
    return _lines(f"{code}: {said}" for code, said in sorted(words.items()))


def _entry(entry: NavigationEntry) -> str:
    match entry:
        case SectionsEntry():
            return "All sections"
        case FrontEntry(label=label):
            return _joined("Front page", label)
        case SubjectEntry(target=target, label=label):
            return _joined(target, label)
        case LinkEntry(url=url, label=label):
            return _joined(url, label)


def _pin(pin: Pin) -> str:
    return _joined(pin.story, f"until {_moment(pin.until)}" if pin.until is not None else "")


def _strip(strip: BreakingStrip | None) -> str:
    return _joined(strip.words, strip.story or "", f"until {_moment(strip.until)}") if strip is not None else ""


def _picture(picture: PictureDocument) -> dict[str, str]:
    return {
        "Caption": picture.caption,
        "Alternative text": picture.alt,
        "Credit": picture.credit,
        "Creator": picture.creator,
        "Copyright": picture.copyright,
        "Licence": picture.licence,
        "Restrictions": picture.usage,
        "Language of the texts": picture.text_locale,
        "File": picture.media_type,
        "Size": f"{picture.width_px} × {picture.height_px} px",
        "Focal point": f"{picture.focal_x:.3f} from the left, {picture.focal_y:.3f} from the top",
        "Digest of the original": picture.original,
    }


def _plain(name: str, text: str) -> Field:
    return Field(name, plain_runs(text))


def _items(items: tuple[SafeHtml, ...]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for item in items:
        runs += [Run("\n"), *runs_of(item)] if runs else runs_of(item)
    return merged(runs)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _moment(moment: datetime) -> str:
    return to_utc(moment).strftime("%Y-%m-%d %H:%M:%S UTC")
