"""The listening socket: opened once and shared by all HTTP processes; when one ends, what waits goes to the others."""

import socket
from typing import Final

from missionwire.domain.errors import StartError

BACKLOG: Final = 4096

SEND_BUFFER_BYTES: Final = 256 << 10
"""What the kernel holds for a reader that takes nothing; by itself it would hide megabytes from us."""


def listen(host: str, port: int) -> socket.socket:
    """Open the socket; with port 0 the system chooses one.

    Raises:
        StartError: the address cannot be taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)  # those it accepts inherit it
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        message = (
            f"cannot listen on {host}:{port}: {error.strerror}. Choose another with --port, or --port 0 for a free one."
        )
        raise StartError(message) from error
    listener.listen(BACKLOG)
    listener.setblocking(False)  # noqa: FBT003  # the socket module's own signature
    return listener
