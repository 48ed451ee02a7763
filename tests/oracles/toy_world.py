"""The toy paper as a world of the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from broadsheet.plain.times import utc_now
from broadsheet.press.actions import post_notice
from tests.factories.toy_paper import BYLINES, DAYS, SECTIONS, ToyComposer, ToyPaper, links_of

if TYPE_CHECKING:
    from broadsheet.press.stores import Stored
    from broadsheet.press.values import SheetPath, Subject


class Move(NamedTuple):
    """What the desk does, and three numbers that say to which story and how."""

    deed: str
    which: int
    where: int
    text: int


_DEEDS = ("release", "release", "body", "body", "body", "headline", "move", "state", "state", "rename", "redesign")


def moves_of(*deeds: str, stories: int) -> st.SearchStrategy[Move]:
    """Return moves with these deeds on about so many stories."""
    return st.builds(Move, st.sampled_from(deeds), st.integers(0, stories - 1), st.integers(0, 30), st.integers(0, 2))


#: Few stories and two texts, so that the desk often goes back to what it had: the case that needs the plan.
MOVES = moves_of(*_DEEDS, stories=5)


class ToyWorld:
    def __init__(self, composer_class: type[ToyComposer] = ToyComposer) -> None:
        self.paper = ToyPaper()
        self.composer = composer_class(self.paper)

    def act(self, move: Move) -> None:
        post_notice(subject=self._change(move), now=utc_now())

    def links(self, stored: Stored) -> list[SheetPath]:
        return links_of(stored.data) if stored.data.startswith(b'["') else []

    def has_to_go(self, _path: SheetPath) -> bool:
        """Every picture of the toy paper may stay."""
        return False

    def _change(self, move: Move) -> Subject:
        paper = self.paper
        place = {"section": move.where % SECTIONS, "byline": move.where % BYLINES, "day": move.where % DAYS}
        if move.deed == "rename":
            return paper.rename(move.where % BYLINES, f"Name {move.text}")
        if move.deed == "redesign":
            return paper.redesign()
        if move.deed == "release" or not paper.stories:
            related = tuple(paper.live()[: move.which % 3])
            return paper.release(body=f"Body {move.text % 2}", related=related, **place)
        number = sorted(paper.stories)[move.which % len(paper.stories)]
        changes = {
            "body": {"body": f"Body {move.text % 2}"},
            "headline": {"headline": f"Headline {move.text % 2}"},
            "move": place,
            "state": {"state": ("live", "gone", "erased")[move.text]},
        }
        return paper.change(number, **changes[move.deed])
