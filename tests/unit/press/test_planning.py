"""The plan of a run: what is written, in which order, and what waits for the next run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.press.kernel import (
    SHEETS_PER_RUN,
    Candidate,
    GatheredSheet,
    Print,
    Stage,
    fits,
    may_go,
    plan_steps,
    stage_of,
)
from broadsheet.press.values import Form, Gathered, Rank, SheetPath, SheetState

if TYPE_CHECKING:
    from collections.abc import Iterable


def a_print(path: str, rank: Rank = Rank.LIST, data: bytes = b"x") -> Print:
    form = Form.PAGE if path.endswith("/") else Form.FILE
    return Print(SheetPath(path), Form.GONE if rank is Rank.TOMBSTONE else form, rank, data)


def as_put(sheet: Print, *, digest: str | None = None) -> SheetState:
    told = sheet.digest if digest is None else digest
    return SheetState(path=sheet.path, form=sheet.form, digest=told, run=1, rank=sheet.rank)


def a_sheet(path: str, rank: Rank | None = Rank.LIST, assets: Iterable[int] = ()) -> GatheredSheet:
    pictures = tuple(SheetPath(f"/p{number}.svg") for number in assets)
    gathered = None
    if rank is not None:
        gathered = Gathered(template="t", form=Form.PAGE, rank=rank, values=None, assets=pictures)
    return GatheredSheet(SheetPath(path), gathered, {})


def test_tombstones_go_first_then_assets_stories_lists_feeds_fragments_and_removals_last() -> None:
    prints = [
        a_print("/latest.html", Rank.FRAGMENT),
        a_print("/atom.xml", Rank.FEED),
        a_print("/", Rank.LIST),
        a_print("/story/2/", Rank.STORY),
        a_print("/story/1/", Rank.STORY),
        a_print("/p.svg", Rank.ASSET),
        a_print("/story/9/", Rank.TOMBSTONE),
    ]
    random.shuffle(prints)
    gone = a_print("/day/1/")
    steps = plan_steps(prints=prints, removals=[gone.path], known={gone.path: as_put(gone)})
    assert [step.path for step in steps] == [
        "/story/9/", "/p.svg", "/story/1/", "/story/2/", "/", "/atom.xml", "/latest.html", "/day/1/",
    ]  # fmt: skip
    assert steps[-1].form is None


def test_the_same_bytes_in_the_same_form_are_not_written_again() -> None:
    sheet = a_print("/")
    assert plan_steps(prints=[sheet], removals=[], known={sheet.path: as_put(sheet)}) == ()


def test_the_same_bytes_in_another_form_are_written() -> None:
    sheet = a_print("/story/1/", Rank.STORY)
    before = SheetState(path=sheet.path, form=Form.GONE, digest=sheet.digest, run=1, rank=sheet.rank)
    assert len(plan_steps(prints=[sheet], removals=[], known={sheet.path: before})) == 1


def test_a_sheet_nobody_knows_the_file_of_is_written_whatever_its_bytes() -> None:
    sheet = a_print("/")
    assert len(plan_steps(prints=[sheet], removals=[], known={sheet.path: as_put(sheet, digest="")})) == 1


def test_what_leads_to_a_page_is_removed_before_it() -> None:
    gone = [
        a_print("/a/story/", Rank.STORY),
        a_print("/b/", Rank.LIST),
        a_print("/a/", Rank.LIST),
        a_print("/z.xml", Rank.FEED),
    ]
    steps = plan_steps(
        prints=[], removals=[each.path for each in gone], known={each.path: as_put(each) for each in gone}
    )
    assert [step.path for step in steps] == ["/z.xml", "/a/", "/b/", "/a/story/"]


def test_what_never_stood_is_not_removed() -> None:
    assert plan_steps(prints=[], removals=[SheetPath("/day/1/")], known={}) == ()


def test_a_list_waits_for_stories_and_a_removal_for_lists() -> None:
    story, a_list, removal = a_sheet("/s/", Rank.STORY), a_sheet("/"), a_sheet("/old/", None)
    allowed = {
        waiting: [may_go(sheet, waiting=waiting) for sheet in (story, a_list, removal)] for waiting in (*Stage, None)
    }
    assert allowed == {
        Stage.STORIES: [True, False, False],
        Stage.LISTS: [True, True, False],
        Stage.REMOVALS: [True, True, True],
        None: [True, True, True],
    }


def test_every_rank_has_a_stage_and_tombstones_and_assets_wait_for_nothing() -> None:
    assert [stage_of(rank) for rank in Rank] == [Stage.STORIES] * 3 + [Stage.LISTS] * 3
    assert stage_of(None) is Stage.REMOVALS


def test_news_is_tried_before_the_backlog_of_the_same_stage() -> None:
    backlog = Candidate(Stage.STORIES, waited=True, path=SheetPath("/a/"))
    news = Candidate(Stage.STORIES, waited=False, path=SheetPath("/z/"))
    a_list = Candidate(Stage.LISTS, waited=False, path=SheetPath("/"))
    assert sorted([a_list, backlog, news]) == [news, backlog, a_list]


def cost(assets: list[set[int]]) -> int:
    return len(assets) + len(set().union(*assets) - {0})


@given(st.lists(st.sets(st.integers(0, 300), max_size=40), min_size=1, max_size=260))
def test_a_run_takes_at_most_200_sheets_and_assets_and_at_least_one_sheet(assets: list[set[int]]) -> None:
    sheets = [a_sheet(f"/{number}/", assets=each) for number, each in enumerate(assets)]
    count = fits(sheets, standing={SheetPath("/p0.svg")})
    assert count >= 1
    assert cost(assets[:count]) <= SHEETS_PER_RUN or count == 1
    assert count == len(sheets) or cost(assets[: count + 1]) > SHEETS_PER_RUN
