"""A process of its own that presses a toy paper into a folder; the test kills it in the middle.

Started with a data folder, and the number of the file at which it kills itself (0: never). The paper is always the
same, and so is what the whole press must look like.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from broadsheet.plain.times import utc_now  # noqa: E402
from broadsheet.press import actions  # noqa: E402
from broadsheet.press.models import Notice  # noqa: E402
from broadsheet.press.stores import FolderStore  # noqa: E402
from tests.factories.toy_paper import ToyComposer, ToyPaper  # noqa: E402

if TYPE_CHECKING:
    from broadsheet.press.values import Form, SheetPath


class KilledAt(FolderStore):
    """Kills its process, as no code can notice, before the given write."""

    left = 0

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        super().put(path, form, data)


def main(data_dir: Path, killed_at: int) -> None:
    paper = ToyPaper()
    subjects = [paper.release(section=number % 3, day=number % 4) for number in range(20)]
    store = KilledAt(data_dir / "pressed")
    store.folder.mkdir(exist_ok=True)
    store.left = killed_at
    if "press_notice" not in connection.introspection.table_names():
        call_command("migrate", "press", verbosity=0)
        for subject in subjects:
            actions.post_notice(subject=subject, now=utc_now())
    press = actions.Press(composer=ToyComposer(paper), store=store, data_dir=data_dir, clock=utc_now)
    actions.press_due(press=press)
    sys.exit(0 if not Notice.objects.exists() else 3)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
