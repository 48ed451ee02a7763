"""The page of hits, as the reader server prints it on what the press put."""

from __future__ import annotations

from broadsheet.plain.locales import Locale
from broadsheet.serve.search.printing import Found, print_results
from broadsheet.serve.search.questions import PAGES, parse_question

SHELL = "<!--back-->[[back]]<!--/back--> <!--on-->[[on]]<!--/on-->"
EN = Locale("en")


def test_nothing_leads_on_from_the_last_page_that_is_shown() -> None:
    def turned(page: int) -> list[str]:
        question = parse_question(f"q=tide&page={page}", locale=EN)
        return print_results(SHELL, locale=EN, question=question, found=Found(has_more=True)).split()

    assert turned(PAGES - 1)[1:] == [f"/en/search/?q=tide&amp;page={PAGES}"]
    assert turned(PAGES)[1:] == []
