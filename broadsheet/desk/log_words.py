"""The desk's log: the acts, and what happens to log-ins, as entries people can read in a history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wagtail import hooks

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

_WORDS: Final = {
    "release": ("Release", "Released to readers"),
    "update": ("Update", "Sent an update to readers"),
    "correct": ("Correct", "Sent a correction to readers"),
    "withdraw": ("Withdraw", "Withdrawn from readers"),
    "kill": ("Kill", "Killed, with a notice to readers and partners"),
    "takedown": ("Take down", "Taken down by order"),
    "restore": ("Restore", "Restored an earlier version"),
    "hold": ("Legal hold", "Put under legal hold"),
    "lift": ("Lift the hold", "Lifted the legal hold"),
    "assign": ("Assign", "Changed who has the story or its deadline"),
    "rights_ended": ("Rights ended", "Withdrawn from readers because its rights have ended"),
    "import": ("Import", "Brought in from the archive"),
    "log_ins_ended": ("End log-ins", "Ended log-ins"),
    "password_reset": ("New password by mail", "Set a new password with a link from a mail"),
    "second_factor_set_up": ("Set up second factor", "Set up a second factor"),
    "second_factor_removed": ("Remove second factor", "Removed the second factor"),
    "recovery_codes_renewed": ("New recovery codes", "Made new recovery codes"),
}


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Let the log take an entry for each."""
    for deed, (label, message) in _WORDS.items():
        actions.register_action(f"broadsheet.{deed}", label, message)
