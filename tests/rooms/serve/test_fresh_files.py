"""A replaced file is out at the next request, and memory stays in bounds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from broadsheet.serve.cache import HotCache
from broadsheet.serve.folder import PressedFolder
from broadsheet.serve.paths import Address
from tests.rooms.serve.reading import Reader, put, wait_for

Start = Callable[..., tuple[Reader, subprocess.Popen[bytes]]]


def test_a_replaced_page_is_out_at_the_next_request_in_every_coding(reader: Reader, folder: Path) -> None:
    tags = set()
    for number in range(40):
        put(folder, "en/index.html", f"edition {number % 10}".encode(), twins=True)
        plain = reader.ask("/en/")
        assert plain.body == f"edition {number % 10}".encode()
        small = reader.ask("/en/", accept_encoding="gzip", if_none_match=plain.headers["etag"])
        assert small.status == 200
        tags |= {plain.headers["etag"], small.headers["etag"]}
    assert len(tags) == 20


def test_every_worker_takes_the_new_file_up(start: Start, folder: Path) -> None:
    reader, _ = start("--workers", "2")
    for number in range(10):
        put(folder, "en/index.html", f"edition {number}".encode())
        assert {reader.ask("/en/").body for _ in range(8)} == {f"edition {number}".encode()}


def test_a_withdrawal_a_move_and_a_return_are_seen_at_once(reader: Reader, folder: Path) -> None:
    story = "en/news/2026/08/02/rescue"
    assert reader.ask(f"/{story}/").status == 200
    put(folder, f"{story}/gone.html", b"gone")
    assert reader.ask(f"/{story}/").status == 410
    (folder / story / "gone.html").unlink()
    assert reader.ask(f"/{story}/").status == 200
    put(folder, f"{story}/moved.txt", b"/en/")
    assert reader.ask(f"/{story}/").status == 301


def test_a_new_folder_behind_a_turned_link_is_served_at_once(start: Start, folder: Path) -> None:
    real, other = folder.with_name("real"), folder.with_name("other")
    folder.rename(real)
    put(other, "en/index.html", b"the redesign")
    folder.symlink_to(real)
    reader, _ = start()
    assert b"Home" in reader.ask("/en/").body
    turned = folder.with_name("turned")
    turned.symlink_to(other)
    turned.rename(folder)
    assert reader.ask("/en/").body == b"the redesign"


def test_the_cache_keeps_to_its_bytes_while_everything_stays_readable(folder: Path) -> None:
    cache = HotCache(limit_bytes=200_000)
    pressed = PressedFolder(folder, cache=cache)
    for number in range(60):
        put(folder, f"en/{number}/index.html", str(number).encode() * 5_000)
    for number in (*range(60), *range(60)):
        sighted = pressed.look_up(Address(f"/en/{number}/", ""))
        assert sighted is not None
        assert pressed.represent(sighted).body == str(number).encode() * 5_000
        assert cache.held_bytes <= 200_000


def test_sigterm_finishes_the_request_under_way_and_exits_with_0(start: Start, folder: Path) -> None:
    film = os.urandom(12_000_000)
    put(folder, "pictures/film.mp4", film)
    reader, process = start()
    with socket.create_connection(("127.0.0.1", reader.port), timeout=10) as connection:
        connection.sendall(b"GET /pictures/film.mp4 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        received = connection.recv(1000)
        process.send_signal(signal.SIGTERM)
        # Time enough to break off what is under way, for a server that would.
        time.sleep(0.5)
        while piece := connection.recv(1_000_000):
            received += piece
    assert received.endswith(film[-1000:])
    assert received.partition(b"\r\n\r\n")[2] == film
    assert process.wait(timeout=10) == 0


def test_workers_do_not_outlive_a_killed_server(start: Start) -> None:
    reader, process = start()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    assert children
    process.kill()
    process.wait(timeout=5)
    wait_for(lambda: not any(Path(f"/proc/{child}/cmdline").exists() for child in children))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", reader.port))


def test_a_taken_port_and_a_missing_folder_are_one_sentence_each(start: Start, folder: Path) -> None:
    reader, _ = start()
    for options, words in (
        (["--folder", str(folder), "--port", str(reader.port)], f"Port {reader.port} on 127.0.0.1 cannot be used"),
        (["--folder", str(folder / "nowhere")], "There is no folder"),
    ):
        command = [sys.executable, "-m", "broadsheet", "serve", *options]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert ended.returncode == 2
        assert words in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
