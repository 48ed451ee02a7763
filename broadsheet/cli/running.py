"""The whole paper at once: desk, press, scheduler, task worker and reader server. Import it only once Django is set up."""

from __future__ import annotations

import http.client
from functools import partial
from typing import TYPE_CHECKING, Final

import typer
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, connections, transaction

from broadsheet.cli.main import fail
from broadsheet.cli.processes import Processes, Program
from broadsheet.desk.actions import finish_erasures
from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.edition.values import THE_HOUSE
from broadsheet.plain.times import utc_now
from broadsheet.press.actions import post_notice
from broadsheet.serve.ports import require_free_port

if TYPE_CHECKING:
    from collections.abc import Sequence

HOST: Final = "127.0.0.1"
_READY_SECONDS: Final = 120


def prepare_paper() -> None:
    """Bring folders, database and desk to what this version needs. Doing it again changes nothing.

    Raises: typer.Exit with status 2 where the data folder or the database cannot be used, with status 1 when a system
        check finds something wrong, such as a ledger without its guards.
    """
    try:
        for folder in (settings.DATA_DIR, settings.PRESSED_DIR, settings.MEDIA_ROOT, settings.PICTURES_DIR):
            folder.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
    except OSError as error:
        msg = f"The data folder {settings.DATA_DIR} cannot be used: {error.strerror}. Choose another DATA_DIR."
        raise fail(msg, 2) from error
    except OperationalError as error:
        msg = f"The database cannot be used: {str(error).splitlines()[0]}. Is DATABASE_URL right?"
        raise fail(msg, 2) from error
    problems = [problem for problem in run_checks(databases=["default"]) if problem.is_serious()]
    if problems:
        raise fail("\n".join(f"{problem.msg} {problem.hint or ''}".strip() for problem in problems))
    set_up_desk(settings.CONFIGURATION)
    finish_erasures()
    # Templates, words and theme may have changed while nothing ran; where they have not, no sheet is touched.
    with transaction.atomic():
        post_notice(subject=THE_HOUSE, now=utc_now())


def make_administrator(*, login: str, password: str) -> None:
    """Make somebody who may do everything at the desk."""
    get_user_model().objects.create_superuser(username=login, password=password)


def require_free_ports(*, desk_port: int, site_port: int) -> None:
    """Return when both ports are free.  Raises: PortTaken."""
    for port in (desk_port, site_port):
        require_free_port(host=HOST, port=port)


def run_paper(*, desk_port: int, site_port: int, last_words: Sequence[str] = ()) -> None:
    """Run everything until SIGTERM or Ctrl-C. The paper must be prepared.

    Once both ports answer the addresses and the last words are printed.
    Raises: typer.Exit with status 1 when they do not answer in two minutes.
    """
    connections.close_all()
    words = (f"Desk:        http://{HOST}:{desk_port}/", f"Reader site: http://{HOST}:{site_port}/", *last_words)
    ended_well = Processes(programs(desk_port=desk_port, site_port=site_port)).run(
        is_ready=lambda: answers(desk_port, "/login/") and answers(site_port, "/healthz"),
        announce=partial(typer.echo, "\n".join(words)),
        ready_seconds=_READY_SECONDS,
    )
    if not ended_well:
        msg = (
            f"Desk and reader site did not both answer within {_READY_SECONDS} s; everything is stopped. See above why."
        )
        raise fail(msg)


def programs(*, desk_port: int, site_port: int) -> tuple[Program, ...]:
    """Return what makes a running paper, in the order it is started."""
    worker = ("db_worker", "--interval", "0.5", "--queue-name", "*", "--no-startup-delay")
    folder = str(settings.PRESSED_DIR)
    return (
        Program("The reader server", ("serve", "--folder", folder, "--host", HOST, "--port", str(site_port))),
        Program("The press", ("press", "watch")),
        Program("The scheduler", ("scheduler",)),
        Program("The desk", ("desk", "--host", HOST, "--port", str(desk_port))),
        # Each release leaves it indexes to write, and what readers get must not wait for those.
        Program("The task worker", ("manage", *worker), niceness=10),
    )


def answers(port: int, path: str) -> bool:
    """Return whether the server on that port of this machine answers the path with 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
