"""Stories made of known attacks: as wire items, and as rows of the desk that nobody's form has cleaned.

python -m tests.newsday.hostile STORIES.json      puts the rows into the paper of BROADSHEET_PAPER and releases them
"""

from __future__ import annotations

import io
import itertools
import json
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import html
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Ending all of these ends whatever a payload left open, so that the next one in the same body stands for itself.
_OPENED = (
    "script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp", "svg",
    "math", "select", "template", "table", "form", "button", "object", "video", "audio", "frameset",
    "marquee", "details", "a", "b", "i", "font", "div", "p", "body", "html",
)  # fmt: skip
_CLOSERS = "-->'\">" + "".join(f"</{tag}>" for tag in _OPENED)
BODY_PAYLOADS = 90


def payloads(folder: Path) -> list[str]:
    """Return every attack of the set, each once, without what no database row can hold."""
    found = [case["payload"] for case in _json(folder / "dompurify-expect.json")]
    found += [
        case["data"].replace("%js_uri_alert%", "javascript:alert(1)").replace("%js_alert%", "alert(1)")
        for case in _json(folder / "h5sc.json")
    ]
    for path in sorted(folder.glob("*.txt")):
        found += path.read_text(encoding="utf-8", errors="replace").splitlines()
    kept = ("".join(sign for sign in text if sign.isprintable() or sign in "\n\t") for text in found)
    return list(dict.fromkeys(text for text in kept if text.strip()))


def wire_items(attacks: Sequence[str]) -> list[dict[str, Any]]:
    """Return items whose bodies together hold every attack, and whose other fields hold some each."""
    short = _going_round([text for text in attacks if len(text) <= 90 and ("<" in text or '"' in text)])
    packs = _packs([text for text in attacks if "<plaintext" not in text.lower()])
    return [_wire_item(number, pack, short) for number, pack in enumerate(packs)]


def _wire_item(number: int, pack: list[str], short: Iterator[str]) -> dict[str, Any]:
    return {
        "uri": f"urn:hostile:{number}",
        "type": "text",
        "language": "en",
        "contentCreated": f"2020-01-{number % 28 + 1:02}T10:00:00Z",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": next(short)}],
        "descriptions": [
            {"role": "summary", "contentType": "text/plain", "value": " ".join(itertools.islice(short, 20))}
        ],
        "by": f"{next(short)}; {next(short)}",
        "located": next(short),
        "subjects": [{"name": f"{next(short)} {number // 8}"}],
        "infoSources": [{"name": next(short), "uri": "https://source.example/?a='\"><script>alert(1)</script>"}],
        "bodies": [{"contentType": "text/html", "value": "".join(f"<p>{text}</p>{_CLOSERS}" for text in pack)}],
        "associations": [
            {
                "name": "lead",
                "uri": f"urn:picture:{number}",
                "type": "picture",
                "by": next(short),
                "copyrightNotice": next(short),
                "descriptions": [
                    {"role": "caption", "value": " ".join(itertools.islice(short, 5))},
                    {"role": "alt", "value": next(short)},
                ],
            }
        ],
    }


def desk_stories(attacks: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the rows of the desk hold: every attack raw in a block of its own, and some in each field."""
    short = _going_round([text for text in attacks if len(text) <= 190])
    return [
        {
            "headline": next(short),
            "standfirst": " ".join(itertools.islice(short, 20)),
            "section": next(short),
            "byline": next(short),
            "role": next(short)[:120],
            "caption": " ".join(itertools.islice(short, 3))[:600],
            "alt": next(short),
            "credit": next(short),
            "source": next(short),
            "blocks": pack,
        }
        for pack in _packs(attacks)
    ]


def picture(number: int) -> bytes:
    """Return a little JPEG no other number gives."""
    out = io.BytesIO()
    Image.new("RGB", (320, 200), (number % 256, number // 256, 90)).save(out, "JPEG")
    return out.getvalue()


def raw_body(blocks: Sequence[str]) -> list[dict[str, Any]]:
    """Return the blocks as stored, each attack in one of the four kinds that hold words."""
    kinds = itertools.cycle(("paragraph", "list", "quotation", "heading"))
    return [
        {"id": str(uuid.uuid4()), "type": kind, "value": _value(kind, text)}
        for kind, text in zip(kinds, blocks, strict=False)
    ]


def _value(kind: str, text: str) -> Any:
    if kind == "list":
        return {"ordered": False, "items": [_closed(text), "<p>Words.</p>"]}
    if kind == "quotation":
        said = text[:200]
        return {"words": _closed(text), "speaker": said, "source": said, "original": text, "original_locale": "fr"}
    if kind == "heading":
        return {"text": text[:200], "level": "2"}
    return _closed(text)


def _closed(text: str) -> str:
    """Return the attack with every tag closed: an editor's form opens on nothing else."""
    return str(html.tostring(html.fragment_fromstring(text, create_parent="p"), encoding="unicode", method="xml"))


def _packs(attacks: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(attacks), BODY_PAYLOADS):
        yield [f"Words. {text}" for text in attacks[start : start + BODY_PAYLOADS]]


def _going_round(texts: list[str]) -> Iterator[str]:
    return itertools.cycle(" ".join(text.split()) for text in texts)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _plant(stories: Sequence[dict[str, Any]]) -> None:
    from wagtail.models import Locale  # noqa: PLC0415 - the paper must be chosen first

    from broadsheet.desk.actions import Release  # noqa: PLC0415
    from broadsheet.desk.actors import acting_as  # noqa: PLC0415
    from broadsheet.desk.models import Byline, PaperHome, Section, Story, StoryByline, StorySource  # noqa: PLC0415
    from broadsheet.desk.pictures import PictureWords, receive_picture  # noqa: PLC0415
    from broadsheet.plain.times import utc_now  # noqa: PLC0415

    locale = Locale.objects.get(language_code="en")
    home = PaperHome.objects.get(locale=locale)
    with acting_as("system:test"):
        for number, told in enumerate(stories, start=1000):
            section = home.add_child(
                instance=Section(title=told["section"], key=f"s-{number}", locale=locale, live=False)
            )
            words = PictureWords(told["alt"], "en", caption=told["caption"], alt=told["alt"], credit=told["credit"])
            story: Any = Story(title=told["headline"], standfirst=told["standfirst"], locale=locale, section=section)
            story.body = raw_body(told["blocks"])
            story.lead_picture = receive_picture(data=picture(number), name=f"{number}.jpg", words=words)
            story.lead_caption, story.lead_alt = told["caption"], told["alt"]
            byline = Byline.objects.create(name=told["byline"], key=f"b-{number}")
            story.bylines = [StoryByline(byline=byline, role=told["role"])]
            story.sources = [StorySource(name=told["source"], url="")]
            section.add_child(instance=story)
            Release(story, now=utc_now()).execute()


if __name__ == "__main__":
    from broadsheet.cli.main import start_django

    start_django()
    _plant(_json(Path(sys.argv[1])))
