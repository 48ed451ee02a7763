"""``broadsheet ledger``: look into what was published, and prove that it was not changed."""

from __future__ import annotations

from typing import Annotated

import typer

from broadsheet.cli.main import fail, start_django
from broadsheet.plain.locales import parse_locale
from broadsheet.plain.urns import parse_urn

# What reads tables is imported inside the commands: Django's settings can be read only once a paper is chosen.

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    ledger = typer.Typer(help="What was published: look at it, and prove that nobody changed it.", no_args_is_help=True)
    ledger.command("verify")(verify_ledger)
    ledger.command("show")(show_subject)
    app.add_typer(ledger, name="ledger")


def verify_ledger(*, as_json: AsJson = False) -> None:
    """Walk the whole ledger and name everything that was changed, deleted or reordered.

    Exit status 0 when the ledger is whole, 1 when it is not.
    """
    start_django()
    from broadsheet.cli.ledger_telling import tell_damages  # noqa: PLC0415

    damages = tell_damages(as_json=as_json)
    if damages:
        sentence = f"The ledger is damaged: {damages} found."
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
    from broadsheet.cli.ledger_telling import tell_versions  # noqa: PLC0415

    if not tell_versions(subject=urn, only=only, with_document=document, as_json=as_json):
        where = f" in {only!r}" if only else ""
        sentence = f"The ledger holds nothing of {urn}{where}."
        raise fail(sentence)
