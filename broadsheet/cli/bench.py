"""The project's own benchmarks. Each makes what it needs in a folder of its own and leaves nothing behind."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from broadsheet.cli.main import fail, start_django
from broadsheet.cli.paper import DeskPort, SitePort, found_demo
from broadsheet.serve.errors import ServeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.cli.bench_list import Measured as MeasuredList
    from broadsheet.cli.bench_publish import Measured
    from broadsheet.cli.bench_search import Measured as MeasuredSearch

# Django's settings can be read only once the bench's own paper is made.
# ruff: noqa: PLC0415


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Measure Broadsheet on this machine.")
    group.command("publish")(publish)
    group.command("schedule")(schedule)
    group.command("list")(list_)
    group.command("search")(search)
    app.add_typer(group, name="bench")


def publish(
    *,
    editors: Annotated[int, typer.Option(help="Editors who save drafts meanwhile.", min=1, max=64)] = 8,
    releases: Annotated[int, typer.Option(help="Releases measured, alone and again beside the editors.", min=1)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    desk_port: DeskPort = 8001,
    site_port: SitePort = 8000,
) -> None:
    """Measure a release from the act to the last file in place, alone and beside busy editors. On SQLite."""
    with _demo_paper(desk_port=desk_port, site_port=site_port):
        from broadsheet.cli.bench_publish import measure_publish

        found = measure_publish(editors=editors, releases=releases, desk_port=desk_port, site_port=site_port)
    typer.echo(msgspec.json.encode(found).decode() if as_json else _told(found))


def schedule(
    *,
    releases: Annotated[int, typer.Option(help="Stories that are all due in one second.", min=1)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    desk_port: DeskPort = 8001,
    site_port: SitePort = 8000,
) -> None:
    """Measure stories that are due in one second, from that second to the last sheet in place. On SQLite."""
    with _demo_paper(desk_port=desk_port, site_port=site_port):
        from broadsheet.cli.bench_schedule import measure_schedule

        found = measure_schedule(releases=releases, desk_port=desk_port, site_port=site_port)
    words = (
        f"{found.releases} stories due in one second: the last is committed after {found.committed_s:g} s and its pages "
        f"are in place after {found.pressed_s:g} s. The limit is {found.limit_s:g} s."
    )
    typer.echo(msgspec.json.encode(found).decode() if as_json else words)


def list_(
    *,
    stories: Annotated[int, typer.Option(help="Stories in the archive.", min=1, max=1_000_000)] = 100_000,
    times: Annotated[int, typer.Option(help="How often each way is asked for.", min=1)] = 40,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the list of stories, for an editor limited to three sections, over a large archive. On SQLite."""
    with _prepared_paper(base_url="http://127.0.0.1:8000"):
        from broadsheet.cli.bench_list import measure_list

        found = measure_list(stories=stories, times=times)
    typer.echo(msgspec.json.encode(found).decode() if as_json else _list_told(found))


def search(
    *,
    archive: Annotated[int, typer.Option(help="Stories in the archive.", min=1, max=1_000_000)] = 100_000,
    seconds: Annotated[int, typer.Option(help="How long readers ask.", min=15)] = 120,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    site_port: SitePort = 8000,
) -> None:
    """Measure the readers' search over a large archive, at 20 questions a second."""
    with _prepared_paper(base_url=f"http://127.0.0.1:{site_port}"):
        from broadsheet.cli.bench_search import measure_search
        from broadsheet.serve.ports import require_free_port

        require_free_port(host="127.0.0.1", port=site_port)
        found = measure_search(stories=archive, seconds=seconds, port=site_port)
        # Before the folder is cleared away: hundreds of thousands of files take minutes.
        typer.echo(msgspec.json.encode(found).decode() if as_json else _search_told(found))


@contextmanager
def _demo_paper(*, desk_port: int, site_port: int) -> Iterator[None]:
    """Give the demo paper with its stories, to be run at those ports."""
    with _prepared_paper(base_url=f"http://127.0.0.1:{site_port}"):
        from broadsheet.cli.demonstration import fill_paper
        from broadsheet.cli.running import require_free_ports

        require_free_ports(desk_port=desk_port, site_port=site_port)
        fill_paper()
        yield


@contextmanager
def _prepared_paper(*, base_url: str) -> Iterator[None]:
    """Give an empty paper in a folder of its own, on SQLite; say in one sentence what kept it from being measured."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "BROADSHEET_PAPER": folder}
        # Another paper's database is not for measuring.
        os.environ.pop("DATABASE_URL", None)
        found_demo(Path(folder), base_url=base_url)
        start_django()
        from broadsheet.cli.bench_editors import EditorRefused
        from broadsheet.cli.bench_paper import BenchFailed
        from broadsheet.cli.running import prepare_paper

        try:
            prepare_paper()
            yield
        except ServeError as error:
            raise fail(str(error), 2) from error
        except (BenchFailed, EditorRefused, OSError) as error:
            sentence = f"Nothing was measured: {error}"
            raise fail(sentence) from error


def _search_told(found: MeasuredSearch) -> str:
    lines = (
        f"{found.stories} stories, {found.asked} questions, {found.per_second} a second, {found.workers} workers",
        f"answer: p50 {found.p50_ms:g} ms, p95 {found.p95_ms:g} ms, p99 {found.p99_ms:g} ms, max {found.max_ms:g} ms",
        f"from a release's files to the first hit: p50 {found.fresh_p50_ms:g} ms, max {found.fresh_max_ms:g} ms",
        f"index made in {found.build_s:g} s, {found.index_mb:g} MB",
        f"questions with a hit {found.with_hits}, cut short {found.cut_short}",
    )
    return "\n".join(lines)


def _list_told(found: MeasuredList) -> str:
    lines = [f"{f'{found.stories} stories':<42}{'p50':>9}  {'p95':>9}  {'max':>9}  {'work p95':>9}   queries"]
    lines += [
        f"{each.name:<42}{each.p50_ms:>6g} ms  {each.p95_ms:>6g} ms  {each.max_ms:>6g} ms  {each.work_p95_ms:>6g} ms  {each.queries:>8}"
        for each in found.asked
    ]
    return "\n".join(lines)


def _told(found: Measured) -> str:
    def line(name: str, p50: float, p99: float, unit: str) -> str:
        return f"{name:<32}{p50:>9g}{unit}  {p99:>9g}{unit}"

    return "\n".join(
        (
            f"{'release to last file':<32}{'p50':>9}     {'p99':>9}",
            line("alone", found.alone.p50_ms, found.alone.p99_ms, " ms"),
            line(f"beside {found.editors} editors", found.beside_editors.p50_ms, found.beside_editors.p99_ms, " ms"),
            line("ratio", found.p50_ratio, found.p99_ratio, "   "),
            f"{found.releases} releases each; the editors saved {found.saves_per_second:g} drafts a second.",
        )
    )
