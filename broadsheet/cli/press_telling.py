"""What ``broadsheet press`` does and says, once Django is set up."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import msgspec
import typer

from broadsheet.press import actions, queries
from broadsheet.press.proving import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.press.values import SheetPath


def tell_due(*, as_json: bool) -> int:
    """Press what is due and what failed before; return how much is listed as failed now."""
    press = actions.the_press()
    actions.retry_failed()
    return _tell_runs(actions.press_runs(press), as_json=as_json)


def tell_all(*, as_json: bool) -> int:
    """Press everything; return how much is listed as failed now."""
    return _tell_runs(actions.press_all(press=actions.the_press()), as_json=as_json)


def tell_check(*, deep: bool, as_json: bool) -> int:
    """Print every finding and return how many there are."""
    count = 0
    for count, (about, sentence) in enumerate(_findings(deep=deep), start=1):  # noqa: B007 - the last one is returned
        _say({"about": about, "finding": sentence}, f"{about}: {sentence}", as_json=as_json)
    return count


def tell_explanation(*, path: SheetPath, as_json: bool) -> bool:
    """Print what the press knows of the sheet; return whether it knows anything."""
    told = queries.explain(path)
    if as_json:
        typer.echo(msgspec.json.encode(told._asdict() | {"readings": [each._asdict() for each in told.readings]}))
    else:
        for line in _explanation_lines(told):
            typer.echo(line)
    return told.state is not None or bool(told.readings) or told.due


def watch_and_log() -> None:
    """Press for ever; log to stderr."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    press = actions.the_press()
    with actions.stop_on_signals() as stop:
        actions.run_forever(press=press, stop=stop)


def _tell_runs(reports: Iterable[actions.RunReport], *, as_json: bool) -> int:
    nothing = True
    for report in reports:
        nothing = False
        _say(report._asdict(), report.sentence(), as_json=as_json)
    if nothing and not as_json:
        typer.echo("Nothing is due.")
    failed = queries.failed_sheets()
    for each in failed:
        typer.echo(f"{each.about}: {each.sentence}", err=True)
    return len(failed)


def _findings(*, deep: bool) -> Iterator[tuple[str, str]]:
    waiting = queries.waiting()
    if waiting.notices:
        yield "notices", f"{waiting.notices} wait to be taken"
    if waiting.sheets:
        yield "sheets", f"{waiting.sheets} wait to be pressed"
    if waiting.open_runs:
        yield "runs", f"{waiting.open_runs} were begun and not closed"
    for path in queries.stale_sheets():
        yield path, "a fact it shows has changed since it was pressed"
    yield from queries.failed_sheets()
    if deep:
        yield from differences(actions.the_press())


def _explanation_lines(told: queries.Explanation) -> Iterator[str]:
    if told.state is None:
        yield f"{told.path} stands nowhere."
    else:
        kind = told.state.form.name.lower()
        yield f"{told.path} was put by run {told.state.run} as a {kind}, digest {told.state.digest or 'unknown'}."
    if told.due:
        yield "It waits to be pressed."
    if told.failure:
        yield f"It could not be pressed: {told.failure}"
    for reading in told.readings:
        changed = "" if reading.read == reading.now else f" and has changed since: {reading.now or 'unknown'}"
        yield f"  read {reading.fact} at {reading.read}{changed}"


def _say(row: dict[str, object], sentence: str, *, as_json: bool) -> None:
    typer.echo(msgspec.json.encode(row) if as_json else sentence)
