"""Is the port free? Asked before anything starts, so that the answer is a sentence and not a trace."""

from __future__ import annotations

import socket

from broadsheet.serve.errors import PortTaken


def require_free_port(*, host: str, port: int) -> None:
    """Return when nobody listens there.

    The server shares its port among workers (SO_REUSEPORT), so a second paper on the same port would start without a
    word and take half the readers; hence this look.  Raises: PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = f"Port {port} on {host} cannot be used: {error.strerror}. Stop the other program or choose another port."
            raise PortTaken(msg) from error
