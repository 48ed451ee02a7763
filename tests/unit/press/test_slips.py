"""Whoever follows the folder is told of every run, and can tell when a slip is missing."""

from pathlib import Path

from broadsheet.press.slips import KEPT_SLIPS, SLIPS, slip_names
from broadsheet.press.stores import FolderStore
from broadsheet.press.values import Form, SheetPath


def test_each_run_leaves_a_slip_with_its_paths_in_order(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.tell([SheetPath("/en/b/"), SheetPath("/en/a/")])
    store.tell([SheetPath("/en/atom.xml")])
    assert [(tmp_path / SLIPS / name).read_text() for name in slip_names(tmp_path / SLIPS)] == [
        "/en/b/\n/en/a/\n",
        "/en/atom.xml\n",
    ]


def test_the_oldest_slips_go_and_no_name_comes_twice(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    (tmp_path / SLIPS).mkdir()
    for number in range(1, KEPT_SLIPS + 1):
        (tmp_path / SLIPS / f"{number:012}-00000000").touch()
    store.tell([SheetPath("/")])
    names = slip_names(tmp_path / SLIPS)
    assert len(names) == KEPT_SLIPS
    assert names[0] == f"{2:012}-00000000"
    assert names[-1].startswith(f"{KEPT_SLIPS + 1:012}-")


def test_slips_are_no_sheets_and_other_files_no_slips(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.tell([SheetPath("/")])
    (tmp_path / SLIPS / ".000000000009-00000000.part").touch()
    (tmp_path / SLIPS / "notes").touch()
    assert list(store.walk()) == []
    assert len(slip_names(tmp_path / SLIPS)) == 1


def test_what_is_only_searched_has_no_twins(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put(SheetPath("/_search/en/1.json"), Form.FILE, b"{}")
    store.put(SheetPath("/en/1.json"), Form.FILE, b"{}")
    assert sorted(path.name for path in tmp_path.rglob("*.json*")) == ["1.json", "1.json", "1.json.br", "1.json.gz"]
