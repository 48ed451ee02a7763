"""The desk's log: the acts as entries people can read in a story's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wagtail import hooks

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

_WORDS: Final = {
    "release": ("Release", "Released to readers"),
    "update": ("Update", "Sent an update to readers"),
    "withdraw": ("Withdraw", "Withdrawn from readers"),
    "rights_ended": ("Rights ended", "Withdrawn from readers because its rights have ended"),
    "import": ("Import", "Brought in from the archive"),
}


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Let the log take an entry for each act."""
    for act, (label, message) in _WORDS.items():
        actions.register_action(f"broadsheet.{act}", label, message)
