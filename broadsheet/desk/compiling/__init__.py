"""From the desk's rows to the ledger's documents. Reads only; the acts decide what becomes of a document.

It must never write, and never let markup through that ``plain.html`` has not cleaned.
"""

from __future__ import annotations

from broadsheet.desk.compiling.byline import compile_byline
from broadsheet.desk.compiling.front import compile_front
from broadsheet.desk.compiling.navigation import NAVIGATION_KEY, compile_navigation
from broadsheet.desk.compiling.paper import compile_paper
from broadsheet.desk.compiling.picture import compile_picture, draft_picture
from broadsheet.desk.compiling.readiness import rights_problems
from broadsheet.desk.compiling.section import compile_section
from broadsheet.desk.compiling.standing_page import PageDraft, compile_page_draft, compile_standing_page
from broadsheet.desk.compiling.story import Draft, compile_draft, compile_story, problems_of
from broadsheet.desk.compiling.topic import compile_topic

__all__ = [
    "NAVIGATION_KEY",
    "Draft",
    "PageDraft",
    "compile_byline",
    "compile_draft",
    "compile_front",
    "compile_navigation",
    "compile_page_draft",
    "compile_paper",
    "compile_picture",
    "compile_section",
    "compile_standing_page",
    "compile_story",
    "compile_topic",
    "draft_picture",
    "problems_of",
    "rights_problems",
]
