"""The desk's log: the acts, and what happens to log-ins, as entries people can read in a history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wagtail import hooks
from wagtail.log_actions import LogFormatter

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
    "erase": ("Erase", "Erased by order"),
    "erasure_asked": ("Ask to erase", "Asked for it to be erased by order"),
    "erasure_taken_back": ("Take back", "Took back that it be erased"),
    "hold": ("Legal hold", "Put under legal hold"),
    "lift": ("Lift the hold", "Lifted the legal hold"),
    "preview_shared": ("Share a preview", "Made a link to a preview for somebody outside"),
    "preview_ended": ("End a preview link", "Ended a link to a preview"),
    "follow_up": ("Follow-up", "Started as a follow-up of another story"),
    "assign": ("Assign", "Changed who has the story or its deadline"),
    "rights_ended": ("Rights ended", "Withdrawn from readers because its rights have ended"),
    "import": ("Import", "Brought in from the archive"),
    "log_ins_ended": ("End log-ins", "Ended log-ins"),
    "password_reset": ("New password by mail", "Set a new password with a link from a mail"),
    "second_factor_set_up": ("Set up second factor", "Set up a second factor"),
    "second_factor_removed": ("Remove second factor", "Removed the second factor"),
    "recovery_codes_renewed": ("New recovery codes", "Made new recovery codes"),
}
_APPOINTMENTS: Final = {
    "made": ("Appoint", "Appointed for a set second"),
    "cancelled": ("Cancel what was appointed", "Cancelled what was appointed"),
    "kept": ("By the clock", "Done by the clock, as appointed"),
    "failed": ("Appointment failed", "Could not be done by the clock"),
}


class _AppointmentFormatter(LogFormatter):
    """Says with each entry what was appointed, and why it could not be kept."""

    def format_comment(self, log_entry: Any) -> str:  # noqa: ANN401 - a log entry of Wagtail's
        """Return the words kept with the entry."""
        return str(log_entry.data.get("words", ""))


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Let the log take an entry for each."""
    for deed, (label, message) in _WORDS.items():
        actions.register_action(f"broadsheet.{deed}", label, message)
    for deed, (label, message) in _APPOINTMENTS.items():
        words = {"label": label, "message": message}
        actions.register_action(f"broadsheet.appointment_{deed}")(type(deed, (_AppointmentFormatter,), words))
