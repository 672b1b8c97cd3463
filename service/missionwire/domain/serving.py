"""An event as readers get it: the JSON that is kept on the wire, with its `position`."""


def served(payload: bytes, position: str) -> bytes:
    """Add the extension attribute `position` to an event's JSON, without decoding it.

    A position holds only characters that stand for themselves in JSON, and `position` is taken off what comes in.
    """
    return b'%b,"position":"%b"}' % (payload[:-1], position.encode())
