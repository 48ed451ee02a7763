"""What changes what readers see. One class for each act, one file for each class.

``check()`` says whether an act may be done, ``execute()`` does it: in one transaction, the ledger last.
"""

from __future__ import annotations

from broadsheet.desk.actions.appointing import cancel_appointment, make_appointment
from broadsheet.desk.actions.correct import Correct
from broadsheet.desk.actions.due import keep_next_due
from broadsheet.desk.actions.guarding import drop_guard, register_guard
from broadsheet.desk.actions.importing import Import
from broadsheet.desk.actions.kill import Kill
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.restore import Restore
from broadsheet.desk.actions.rights import withdraw_expired_pictures
from broadsheet.desk.actions.settling import settle
from broadsheet.desk.actions.takedown import Takedown
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw

__all__ = [
    "Correct",
    "Import",
    "Kill",
    "Release",
    "Restore",
    "Takedown",
    "Update",
    "Withdraw",
    "cancel_appointment",
    "drop_guard",
    "keep_next_due",
    "make_appointment",
    "register_guard",
    "settle",
    "withdraw_expired_pictures",
]
