"""Rooms beside the desk that keep something of what is erased: each registers what an erasure does there.

A room registers its reach in ``AppConfig.ready``, as it does its release guards. It is called in the transaction of the
erasure, while the row still holds what is erased; what has to leave the disk is left as a ``Remnant``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from broadsheet.desk.models import Byline, Picture, StandingPage, Story, Topic

#: What can be erased. Sections, navigations and fronts cannot: they say where others stand.
Erasable = Story | StandingPage | Picture | Byline | Topic
#: Destroys what the room keeps of the row. It writes the database and nothing else.
Reach = Callable[[Erasable], None]
ReachType = TypeVar("ReachType", bound=Reach)

_reaches: dict[str, Reach] = {}


def register_reach(reach: ReachType) -> ReachType:
    """Let every erasure reach this room. Registering it twice is registering it once."""
    _reaches[_name(reach)] = reach
    return reach


def drop_reach(reach: Reach) -> None:
    """Let no erasure reach there any more."""
    _reaches.pop(_name(reach), None)


def reach_other_rooms(row: Erasable) -> None:
    """Destroy what the other rooms keep of the row."""
    for reach in _reaches.values():
        reach(row)


def _name(reach: Reach) -> str:
    return f"{reach.__module__}.{getattr(reach, '__qualname__', type(reach).__qualname__)}"
