"""``broadsheet ledger``: look into what was published, and prove that it was not changed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from broadsheet.cli.main import fail, start_django
from broadsheet.ledger.errors import DepositFailed, DepositRefused
from broadsheet.plain.locales import parse_locale
from broadsheet.plain.urns import parse_urn

# What reads tables is imported inside the commands: Django's settings can be read only once a paper is chosen.

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    ledger = typer.Typer(help="What was published: look at it, and prove that nobody changed it.", no_args_is_help=True)
    ledger.command("verify")(verify_ledger)
    ledger.command("show")(show_subject)
    ledger.command("export")(export_deposit)
    app.add_typer(ledger, name="ledger")


def verify_ledger(*, as_json: AsJson = False) -> None:
    """Walk the whole ledger and name everything that was changed, deleted or reordered.

    Exit status 0 when the ledger is whole, 1 when it is not, or when something erased by order is still on the disk.
    """
    start_django()
    from broadsheet.cli.ledger_telling import tell_damages, tell_remnants  # noqa: PLC0415 - once the paper is chosen

    left = tell_remnants(as_json=as_json)
    damages = tell_damages(as_json=as_json)
    if damages:
        sentence = f"The ledger is damaged: {damages} found."
        raise fail(sentence)
    if left:
        sentence = (
            "What an erasure left on the disk goes with the next press: run broadsheet press, or start the paper."
        )
        raise fail(sentence)


def show_subject(
    *,
    subject: Annotated[str, typer.Argument(help="The subject, e.g. urn:broadsheet:section:politics.")],
    locale: Annotated[str, typer.Option(help="Only this language; without it all.")] = "",
    document: Annotated[
        bool, typer.Option("--document", help="Show the last document and its ninjs item too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show every version of a subject: number, act, version, when, who, digest."""
    urn, only = parse_urn(subject), parse_locale(locale) if locale else None
    start_django()
    from broadsheet.cli.ledger_telling import tell_versions  # noqa: PLC0415 - once the paper is chosen

    if not tell_versions(subject=urn, only=only, with_document=document, as_json=as_json):
        where = f" in {only!r}" if only else ""
        sentence = f"The ledger holds nothing of {urn}{where}."
        raise fail(sentence)


def export_deposit(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    as_json: AsJson = False,
) -> None:
    """Write a deposit package: everything published, the run log, and a program that proves nothing was changed.

    Exit status 0 when the package is whole, 1 when it could not be written or the ledger itself lacks something.
    """
    start_django()
    from broadsheet.cli.ledger_telling import tell_export  # noqa: PLC0415 - once the paper is chosen

    try:
        lost = tell_export(folder=folder, as_json=as_json)
    except DepositRefused as error:
        raise fail(str(error), 2) from error
    except DepositFailed as error:
        raise fail(str(error)) from error
    if lost:
        sentence = f"The ledger lacks {lost} of the things it should hold; run broadsheet ledger verify."
        raise fail(sentence)
