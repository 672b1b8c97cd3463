"""An event as readers get it: the JSON that is kept on the wire, with its `position`."""

from typing import Final

_LINE_ENDS: Final = ((b"\xc2\x85", b"\\u0085"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))
"""Line ends of Unicode that JSON lets stand in a string. Many clients cut a stream into lines at them, too."""


def one_line(payload: bytes) -> bytes:
    """Give the same JSON as one line, by any reader's idea of a line."""
    if payload.isascii():  # most are, and three searches cost more than to write it
        return payload
    for raw, escaped in _LINE_ENDS:
        if raw in payload:
            payload = payload.replace(raw, escaped)
    return payload


def served(payload: bytes, position: str) -> bytes:
    """Add the extension attribute `position` to an event's JSON, without decoding it.

    A position holds only characters that stand for themselves in JSON, and `position` is taken off what comes in.
    """
    return b'%b,"position":"%b"}' % (payload[:-1], position.encode())
