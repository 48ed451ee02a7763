"""The guard against untracked reads: while a sheet is gathered or rendered, only facts may ask the database."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connections

from broadsheet.press.errors import UntrackedRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Guard:
    """Refuses every query on every connection of this thread, except inside ``tracked``."""

    def __init__(self) -> None:
        self._open = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:  # noqa: ANN401, FBT001 - the shape Django calls
        """Let the query through or raise UntrackedRead."""
        if not self._open:
            msg = f"A sheet asked the database outside its facts: {sql[:200]}"
            raise UntrackedRead(msg)
        return execute(sql, params, many, context)

    @contextmanager
    def tracked(self) -> Iterator[None]:
        """Let queries through: a fact is being computed and the reading is recorded."""
        was_open, self._open = self._open, True
        try:
            yield
        finally:
            self._open = was_open


@contextmanager
def no_untracked_reads() -> Iterator[Guard]:
    """Guard all database connections of this thread. Renders start no threads, so that is all of them."""
    guard = Guard()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(guard))
        yield guard
