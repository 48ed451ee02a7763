"""The paper as a whole: make one, run it, serve its finished pages."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from broadsheet.cli.founding import SECRETS_FILE, configuration_text, found_paper, write_secrets
from broadsheet.cli.main import fail, start_django
from broadsheet.plain.configuration import FILE_NAME
from broadsheet.plain.errors import PlainError
from broadsheet.serve.app import CACHE_BYTES, serve_readers
from broadsheet.serve.errors import ServeError

# What lies beyond Django's settings is imported inside the commands: they can be read only once a paper is chosen, and
# ``serve`` must work where there is none.
# ruff: noqa: PLC0415

_MEGABYTE: Final = 1024 * 1024
_PASSWORD_VARIABLE: Final = "BROADSHEET_ADMIN_PASSWORD"  # noqa: S105 - the name, not the password

Port = Annotated[int, typer.Option(min=1, max=65535)]
DeskPort = Annotated[int, typer.Option(envvar="DESK_PORT", min=1, max=65535, help="Port of the desk.")]
SitePort = Annotated[int, typer.Option(envvar="SITE_PORT", min=1, max=65535, help="Port of the reader site.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    app.command("run")(run)
    app.command("serve")(serve)
    app.command("desk")(desk)
    app.command("demo")(demo)
    app.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})(manage)


def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the new paper; made when it is not there.")],
    *,
    name: Annotated[str, typer.Option(help="What the paper is called.")] = "My paper",
    language: Annotated[
        list[str] | None, typer.Option(help="Language code, e.g. vi; once for each. The first leads.")
    ] = None,
    zone: Annotated[str, typer.Option(help="Time zone whose days the paper keeps, e.g. Europe/Madrid.")] = "UTC",
    base_url: Annotated[str, typer.Option(help="Where readers find it.")] = "http://127.0.0.1:8000",
    admin: Annotated[str, typer.Option(help="Log-in of the first administrator.")] = "admin",
) -> None:
    """Make a new paper: its file, its folders, its database and the first administrator."""
    folder = folder.resolve()
    try:
        found_paper(folder=folder, name=name, languages=language or ["en"], zone=zone, base_url=base_url)
    except (PlainError, OSError) as error:
        raise fail(str(error), 2) from error
    password, is_new = _first_password()
    os.environ["BROADSHEET_PAPER"] = str(folder)
    start_django()
    from broadsheet.cli.running import make_administrator, prepare_paper

    prepare_paper()
    make_administrator(login=admin, password=password)
    typer.echo(f"The paper stands in {folder}. Start it there with: broadsheet run")
    typer.echo(f"Administrator: {admin}" + (f" / {password}  (shown this once)" if is_new else ""))


def _first_password() -> tuple[str, bool]:
    """Return the first administrator's password and whether it was made up here."""
    given = os.environ.get(_PASSWORD_VARIABLE)
    if given:
        return given, False
    if sys.stdin.isatty():
        return str(typer.prompt("Password of the administrator", hide_input=True, confirmation_prompt=True)), False
    return secrets.token_urlsafe(12), True


def run(*, desk_port: DeskPort = 8001, site_port: SitePort = 8000) -> None:
    """Run the paper in this folder: desk, press, scheduler, task worker and reader server, until Ctrl-C."""
    os.environ.setdefault("BROADSHEET_DESK_URL", f"http://127.0.0.1:{desk_port}")
    start_django()
    from broadsheet.cli.running import prepare_paper, require_free_ports, run_paper

    try:
        require_free_ports(desk_port=desk_port, site_port=site_port)
    except ServeError as error:
        raise fail(str(error), 2) from error
    prepare_paper()
    run_paper(desk_port=desk_port, site_port=site_port)


def demo(
    *,
    data_dir: Annotated[Path, typer.Option(envvar="DATA_DIR", help="Folder of the demo; kept between starts.")] = Path(
        "demo-data"
    ),
    desk_port: DeskPort = 8001,
    site_port: SitePort = 8000,
) -> None:
    """Run a small paper with stories in it. The first start makes it; later ones find it as it was left."""
    folder = data_dir.resolve()
    os.environ |= {"DATA_DIR": str(folder), "BROADSHEET_PAPER": str(folder)}
    os.environ.setdefault("BROADSHEET_DESK_URL", f"http://127.0.0.1:{desk_port}")
    try:
        found_demo(folder, base_url=f"http://127.0.0.1:{site_port}")
    except OSError as error:
        msg = f"The demo cannot use {folder}: {error.strerror}. Choose another DATA_DIR."
        raise fail(msg, 2) from error
    start_django()
    from broadsheet.cli.demonstration import fill_paper
    from broadsheet.cli.running import prepare_paper, require_free_ports, run_paper

    try:
        require_free_ports(desk_port=desk_port, site_port=site_port)
    except ServeError as error:
        raise fail(str(error), 2) from error
    prepare_paper()
    log_ins = fill_paper()
    run_paper(desk_port=desk_port, site_port=site_port, last_words=log_ins)


def found_demo(folder: Path, *, base_url: str) -> None:
    """Write the demo's files. The address follows the port of each start."""
    folder.mkdir(parents=True, exist_ok=True)
    text = configuration_text(
        name="The Harbour Post",
        languages=("en", "vi", "es", "fr", "ar"),
        zone="Asia/Ho_Chi_Minh",
        base_url=base_url,
    )
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    if not (folder / SECRETS_FILE).exists():
        write_secrets(folder / SECRETS_FILE)


def serve(
    *,
    folder: Annotated[Path, typer.Option(help="The pressed folder.")],
    port: Port = 8000,
    host: Annotated[str, typer.Option(help="Address to answer on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes; 0 is one for each core.", min=0, max=64)] = 0,
    cache_mb: Annotated[int, typer.Option(help="Megabytes of hot files each worker may hold.", min=1)] = (
        CACHE_BYTES // _MEGABYTE
    ),
) -> None:
    """Serve the finished pages. Needs the folder only: no desk, no database, no settings."""
    try:
        serve_readers(
            folder=folder,
            host=host,
            port=port,
            workers=workers or os.cpu_count() or 1,
            cache_bytes=cache_mb * _MEGABYTE,
        )
    except ServeError as error:
        raise fail(str(error), 2) from error


def desk(*, port: Port = 8001, host: Annotated[str, typer.Option(help="Address to answer on.")] = "127.0.0.1") -> None:
    """Serve the desk alone, for papers whose programs are kept by systemd or a container."""
    start_django()
    from broadsheet.cli.desk import serve_desk

    try:
        serve_desk(host=host, port=port)
    except ServeError as error:
        raise fail(str(error), 2) from error


def manage(arguments: Annotated[list[str] | None, typer.Argument(help="Words for Django.")] = None) -> None:
    """Pass the words to Django's own commands, for the paper in this folder."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["broadsheet manage", *(arguments or [])])
