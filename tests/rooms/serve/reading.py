"""A reader who asks byte by byte, and files put as the press puts them."""

from __future__ import annotations

import gzip
import socket
import time
from typing import TYPE_CHECKING, NamedTuple

import brotli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Reply(NamedTuple):
    """One answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    raw: bytes


class Reader:
    """A reader who says exactly what they want, byte by byte."""

    def __init__(self, port: int) -> None:
        self.port = port

    def send(self, raw: bytes) -> Reply:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(raw)
            received = b""
            while piece := connection.recv(65_536):
                received += piece
        return read_reply(received)

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Reply:
        lines = [f"{method} {path} HTTP/1.1", "host: reader.example", "connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.send(("\r\n".join(lines) + "\r\n\r\n").encode())


def read_reply(received: bytes) -> Reply:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        assert name not in headers, f"{name} is sent twice"
        headers[name] = value
    return Reply(int(first.split(" ")[1]) if first else 0, headers, body, received)


def put(folder: Path, name: str, data: bytes, *, twins: bool = False) -> None:
    """Put a file as the press does: twins first, then the file, each renamed into place."""
    forms = [(name, data)]
    if twins:
        forms = [(f"{name}.br", brotli.compress(data)), (f"{name}.gz", gzip.compress(data, mtime=0)), *forms]
    for path, content in forms:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.new")
        draft.write_bytes(content)
        draft.rename(target)


STORY = "<!doctype html><title>Cứu hộ ở biển</title>".encode() + b"<p>words</p>" * 200
PICTURE = bytes(range(256)) * 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], *, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True
