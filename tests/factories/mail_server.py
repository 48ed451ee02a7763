"""A mail server on this machine that keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class MailServer:
    """Where it listens, what it got, and whom it does not want mail for."""

    address: tuple[str, int] = ("", 0)
    letters: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    recipients: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run one inside the block."""
    kept = MailServer()

    class Conversation(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

        def handle(self) -> None:
            self.say("220 ready")
            for line in self.rfile:
                command = line.decode().strip()
                match command[:4].upper():
                    case "DATA":
                        self.say("354 go on")
                        kept.letters.append(self.letter())
                        self.say("250 kept")
                    case "RCPT" if any(name in command for name in kept.refused):
                        self.say("450 not now")
                    case "QUIT":
                        self.say("221 bye")
                        return
                    case _:
                        kept.recipients += [command] if command.startswith("rcpt") else []
                        self.say("250 well")

        def letter(self) -> str:
            lines = []
            while (line := self.rfile.readline().decode()).strip("\r\n") != ".":
                lines.append(line)
            return "".join(lines)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        kept.address = server.server_address
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield kept
        finally:
            server.shutdown()
