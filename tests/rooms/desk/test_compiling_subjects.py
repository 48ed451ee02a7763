"""Sections, bylines, pictures and the paper as the ledger gets them."""

from __future__ import annotations

import pytest
from django.conf import settings

from broadsheet.desk.compiling import compile_byline, compile_paper, compile_picture, compile_section
from broadsheet.desk.errors import NotReady
from broadsheet.plain.urns import make_urn
from tests.factories import desk

pytestmark = pytest.mark.django_db


def test_section_has_one_subject_in_every_language() -> None:
    english, vietnamese = (
        compile_section(desk.section(title=title, locale=locale, order=2))
        for title, locale in (("Politics", "en"), ("Chính trị", "vi"))
    )
    assert english.subject == vietnamese.subject == make_urn("section", "politics")
    assert (english.locale, english.title, english.order) == ("en", "Politics", 2)
    assert (vietnamese.locale, vietnamese.title) == ("vi", "Chính trị")


def test_byline_holds_all_its_languages_in_one_document() -> None:
    document = compile_byline(desk.byline(key="lan", names={"vi": "Nguyễn Thị Lan"}))
    assert (document.key, document.name, document.names, document.locale) == (
        "lan",
        "Lan Nguyễn",
        {"vi": "Nguyễn Thị Lan"},
        "mul",
    )


def test_focal_point_is_kept_as_fractions_of_the_sides() -> None:
    picture = desk.picture(focal_point_x=16, focal_point_y=36, focal_point_width=4, focal_point_height=4)
    document = compile_picture(picture)
    assert (document.focal_x, document.focal_y) == (0.25, 0.75)
    assert (document.width_px, document.height_px, document.original) == (64, 48, picture.original_digest)


def test_picture_nobody_focused_is_cut_round_its_middle() -> None:
    document = compile_picture(desk.picture())
    assert (document.focal_x, document.focal_y) == (0.5, 0.5)


def test_picture_without_credit_is_not_ready() -> None:
    with pytest.raises(NotReady, match="The picture “Boats” has no credit"):
        compile_picture(desk.picture(credit="\u00a0"))


def test_paper_says_its_languages_in_their_order() -> None:
    document = compile_paper(settings.CONFIGURATION)
    assert document.subject == make_urn("paper", "paper")
    assert [line.locale for line in document.languages] == ["en", "vi"]
    assert document.base_url == "http://127.0.0.1:8000"
