"""What becomes of what the producers send; the plugins in `plugins/` and the small worker make it so."""

SLOW_MISSION = "crew-0"
ENDS = "urn:ends"
"""The source of events that end the worker which runs them."""


def fate(id_: str) -> str:
    """Give what becomes of an event: the last figure of its id tells."""
    return {"3": "dead", "7": "drop"}.get(id_[-1], "publish")


def keys_of(text: str) -> str:
    """Give the keys of the events that an article with this text tells."""
    return "abr" if "revised" in text else "ab"
