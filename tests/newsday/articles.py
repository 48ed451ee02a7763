"""Turns the real articles of ``../shared/data/articles`` into ninjs 3.1, one item a line.

python tests/newsday/articles.py ARTICLES.jsonl... > items.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def items(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield a ninjs 3.1 item for each article, in the files' order."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield item(json.loads(line))


def item(article: dict[str, Any]) -> dict[str, Any]:
    """Return the article as a ninjs item; fields with nothing in them are left out."""
    made: dict[str, Any] = {
        "uri": article["url"],
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "language": article["lang"],
        "pubStatus": "usable",
        "contentCreated": article["date"],
        "headlines": [{"role": "main", "value": article["title"]}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": article["body_html"]}],
        "altIds": [{"role": "archive", "value": article["id"]}],
        "copyrightHolder": article["source"],
        "usageTerms": article["licence"],
        "subjects": [{"name": name.replace("-", " ")} for name in article["sections"]],
    }
    if article["summary"]:
        made["descriptions"] = [{"role": "summary", "contentType": "text/html", "value": article["summary"]}]
    if article["authors"]:
        made["by"] = ", ".join(article["authors"])
    if article["image"]:
        made["associations"] = [{"name": "lead", "uri": article["image"], "type": "picture"}]
    return made


if __name__ == "__main__":
    for made in items(map(Path, sys.argv[1:])):
        print(json.dumps(made, ensure_ascii=False))
