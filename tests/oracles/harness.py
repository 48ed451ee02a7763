"""The oracle of the press: after any history, crashes included, the store is what a full press would put.

A ``World`` is a paper that can be changed at random; the toy paper is one and the real edition another. The harness
drives the real press over the real tables: it crashes at any SQL statement and before and after any write of a file,
lets the desk go on while files are put, and looks after each write that no list links to a missing sheet.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connections, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.times import utc_now
from broadsheet.press import actions, queries
from broadsheet.press.kernel import compose_sheet
from broadsheet.press.models import Due, Fact, Failure, Notice, Reading, Run, RunLogLine, Sheet
from broadsheet.press.stores import MemoryStore, Store, Stored
from broadsheet.press.values import Form, Rank, SheetPath, What

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from broadsheet.press.composing import Composer


#: 120 histories in CI, 60 elsewhere, others on every run. After a change of the press or of what sheets read, ask for a
#: thousand with HYPOTHESIS_PROFILE=thorough. The press thinks the same on both databases: PostgreSQL is asked for half.
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or settings.get_current_profile_name()
_HISTORIES = {"ci": 120, "thorough": 1000}.get(_PROFILE, 60)
_ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
ORACLE = settings(
    max_examples=_HISTORIES // 2 if _ON_POSTGRESQL else _HISTORIES,
    derandomize=False,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class World(Protocol):
    """A paper whose state can be changed, and the composer that reads it."""

    composer: Composer

    def act(self, move: Any) -> None:
        """Change the paper and post the notice, in one transaction. Any drawn move must be possible."""

    def links(self, stored: Stored) -> list[SheetPath]:
        """Return the sheets which this one, if it is a list or a feed, links to."""

    def has_to_go(self, path: SheetPath) -> bool:
        """Return whether an asset may stand no longer, whether or not a page asks for it."""


class OracleFailed(AssertionError):
    """The press left something wrong."""


class Crash(BaseException):
    """The process died. Not an Exception: nothing in the press may catch it."""


@dataclass(frozen=True)
class Act:
    """The desk changes something."""

    move: Any


@dataclass(frozen=True)
class Press:
    """The press runs. ``dies_at``: the step at which it dies, if it gets that far. ``meanwhile``: moves of the desk,
    each while a file is put."""

    dies_at: int | None
    full: bool = False
    meanwhile: tuple[Any, ...] = ()


@dataclass(frozen=True)
class LoseTables:
    """The press's tables are lost and everything is pressed again over the old folder."""


def histories(moves: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Return histories of 6 to 30 steps; most are acts, a third of the presses die, few are full presses."""
    act = st.builds(Act, moves)
    died_at = st.one_of(st.none(), st.integers(0, 15), st.integers(10, 90))
    press = st.builds(Press, died_at, st.just(False), st.lists(moves, max_size=2).map(tuple))  # noqa: FBT003
    full = st.builds(Press, died_at, st.just(True))  # noqa: FBT003
    return st.lists(st.one_of(act, act, act, press, press, press, full, st.builds(LoseTables)), min_size=6, max_size=30)


class Fuse:
    """Burns one step at a time; dies at the given one."""

    def __init__(self, dies_at: int | None) -> None:
        self.left = -1 if dies_at is None else dies_at

    def burn(self) -> None:
        self.left -= 1
        if self.left == -1:
            raise Crash

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        """Burn at a statement of the press, not at the bookkeeping of its transactions.

        Nor at a read through a server's cursor: it would be left open, which no dead process does.
        """
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")) and not getattr(
            context["cursor"], "name", None
        ):
            self.burn()
        return execute(sql, params, many, context)


class WatchedStore:
    """A store that may die before and after each write, and calls ``after_write`` after each."""

    def __init__(self, inner: Store, fuse: Fuse, after_write: Callable[[SheetPath], None]) -> None:
        self.inner, self.fuse, self.after_write = inner, fuse, after_write

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        self.fuse.burn()
        self.inner.put(path, form, data)
        self.after_write(path)
        self.fuse.burn()

    def remove(self, path: SheetPath) -> None:
        self.fuse.burn()
        self.inner.remove(path)
        self.after_write(path)
        self.fuse.burn()

    def read(self, path: SheetPath) -> Stored | None:
        return self.inner.read(path)

    def walk(self) -> Iterator[SheetPath]:
        return self.inner.walk()

    def tell(self, paths: Iterable[SheetPath]) -> None:
        self.inner.tell(paths)


class Newsday:
    """One history: a world, its store, and the press over them. ``before_press`` lets a test break the press."""

    def __init__(
        self,
        world: World,
        store: Store,
        data_dir: Path,
        *,
        snapshot: str = "default",
        before_press: Callable[[], None] = lambda: None,
    ) -> None:
        self.world, self.store, self.data_dir = world, store, data_dir
        self.snapshot, self.before_press = snapshot, before_press
        self.deaths = 0
        # Where every statement is committed, the log still holds the histories before this one.
        self.logged_before = RunLogLine.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def live(self, history: list[Any]) -> None:
        """Live the history and judge the end of it and every moment at which nothing was due. Raises: OracleFailed."""
        self._press_all()
        self.judge()
        for step in history:
            self._step(step)
        self._settle()
        self.judge()

    def judge(self) -> None:
        """Compare with a full press into an empty store, and ask the press whether it knows of anything stale."""
        expected = full_press(self.world.composer)
        for path in {*self.store.walk(), *expected.walk()}:
            stands, wanted = self.store.read(path), expected.read(path)
            if stands != wanted and not (wanted is None and self._may_stay(path)):
                msg = f"{path} holds {stands!r} and should hold {wanted!r}"
                raise OracleFailed(msg)
        wrong = (queries.stale_sheets(), queries.failed_sheets(), queries.waiting())
        if wrong != ((), (), (0, 0, 0)):
            msg = f"stale, failed and waiting are {wrong}"
            raise OracleFailed(msg)
        self._judge_log()

    def forget(self) -> None:
        """Empty the press's tables, as if it had never pressed."""
        for table in (Notice, Fact, Reading, Sheet, Due, Run, Failure):
            table.objects.all().delete()

    def _judge_log(self) -> None:
        """The last line of the run log about each sheet says what stands there."""
        lines = RunLogLine.objects.filter(id__gt=self.logged_before).order_by("id")
        last = {
            path: ("" if what == What.REMOVED else digest)
            for path, what, digest in lines.values_list("path", "what", "digest")
        }
        standing = {path: self.store.read(path) for path in self.store.walk() if not self._is_asset(path)}
        stands = {path: sha256_hex(stored.data) for path, stored in standing.items() if stored}
        if {path: digest for path, digest in last.items() if digest} != stands:
            msg = f"the run log says {last} and there stands {stands}"
            raise OracleFailed(msg)

    def _step(self, step: Any) -> None:
        match step:
            case Act(move):
                self._act(move)
            case LoseTables():
                self.forget()
                self._press_all()
                self.judge()
            case Press(dies_at, full, meanwhile):
                if self._press(dies_at, full=full, meanwhile=list(meanwhile)) and not Notice.objects.exists():
                    self.judge()

    def _act(self, move: Any) -> None:
        with transaction.atomic():
            self.world.act(move)

    def _press(self, dies_at: int | None, *, full: bool, meanwhile: list[Any]) -> bool:
        """Press with a fresh press, as after a restart; return whether it lived."""
        self.before_press()
        fuse = Fuse(dies_at)

        def after_write(path: SheetPath) -> None:
            self._follow_links(path)
            if meanwhile:
                with unwatched(fuse):
                    self._act(meanwhile.pop())

        press = self._fresh_press(WatchedStore(self.store, fuse, after_write))
        try:
            with ExitStack() as stack:
                for alias in {"default", self.snapshot}:
                    stack.enter_context(connections[alias].execute_wrapper(fuse))
                if full:
                    list(actions.press_all(press=press))
                else:
                    actions.press_due(press=press)
        except Crash:
            self.deaths += 1
            if connections["default"].in_atomic_block:
                # Inside the history's own transaction the blocks without a savepoint only mark that one as broken.
                transaction.set_rollback(False)
            return False
        return True

    def _press_all(self) -> None:
        list(actions.press_all(press=self._fresh_press(self.store)))

    def _settle(self) -> None:
        self.before_press()
        actions.press_due(press=self._fresh_press(self.store))

    def _fresh_press(self, store: Store) -> actions.Press:
        return actions.Press(
            composer=self.world.composer,
            store=store,
            data_dir=self.data_dir,
            clock=utc_now,
            snapshot=self.snapshot,
        )

    def _follow_links(self, written: SheetPath) -> None:
        for path in self.store.walk():
            stored = self.store.read(path)
            for target in self.world.links(stored) if stored else []:
                if self.store.read(target) is None:
                    msg = f"after {written} was written, {path} links to {target}, which stands nowhere"
                    raise OracleFailed(msg)

    def _may_stay(self, path: SheetPath) -> bool:
        """An asset nobody asks for any more stays until the next full press, unless its picture has it no more."""
        return self._is_asset(path) and not self.world.has_to_go(path)

    def _is_asset(self, path: SheetPath) -> bool:
        return Sheet.objects.filter(path=path, rank=Rank.ASSET).exists()


@contextmanager
def unwatched(fuse: Fuse) -> Iterator[None]:
    """Keep the desk's own statements from burning the press's fuse."""
    left, fuse.left = fuse.left, -1
    try:
        yield
    finally:
        fuse.left = left


def full_press(composer: Composer) -> MemoryStore:
    """Press everything into an empty store by the kernel alone, without one row of the press's tables."""
    store = MemoryStore()
    reader = composer.open_reader("default")
    for path in composer.every_sheet(reader):
        sheet = compose_sheet(composer=composer, path=path, reader=reader)
        if sheet is None:
            msg = f"the composer lists {path} and does not know it"
            raise OracleFailed(msg)
        for asset in sheet.assets:
            store.put(asset, Form.FILE, composer.asset(asset))
        store.put(sheet.path, sheet.form, sheet.data)
    return store
