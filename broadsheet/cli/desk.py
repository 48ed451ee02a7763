"""The desk as a server of its own: Django behind granian, its stylesheets and scripts straight from disk.

Import it only once Django is set up.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from broadsheet.desk.wsgi import application
from broadsheet.serve.leash import die_with_parent
from broadsheet.serve.ports import require_free_port

if TYPE_CHECKING:
    from collections.abc import Callable

#: Eight editors can be busy at once; each thread holds one database connection.
WORKERS: Final = 2
THREADS: Final = 4
#: As long as a thread may keep its connection (``conn_max_age``): a new thread is a new connection.
_IDLE_SECONDS: Final = 600
_STOP_SECONDS: Final = 8


def serve_desk(*, host: str, port: int) -> None:
    """Serve the desk until SIGTERM or Ctrl-C; requests under way are finished first.

    Raises: PortTaken.
    """
    require_free_port(host=host, port=port)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    server = Granian(
        target="broadsheet.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=WORKERS,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=_IDLE_SECONDS,
        workers_kill_timeout=_STOP_SECONDS,
        respawn_failed_workers=True,
        # Its only warning at a stop is a race of its own (two threads wait for one process), and tells nothing.
        log_level=LogLevels.error,
        static_path_route=[settings.STATIC_URL.rstrip("/")],
        static_path_mount=[settings.STATIC_ROOT],
    )
    server.serve(target_loader=partial(_in_worker, application), wrap_loader=False)


def _in_worker(desk: Callable[..., Any]) -> Callable[..., Any]:
    """Return the application as it is; runs in each worker, which must not outlive the main process."""
    die_with_parent()
    return desk
