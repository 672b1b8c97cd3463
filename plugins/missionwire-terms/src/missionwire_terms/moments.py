"""Moments as the wire writes them: RFC 3339 in UTC."""

from datetime import date, datetime


def rfc3339(moment: date) -> str:
    """Write a day, or a naive datetime of whole seconds in UTC, as `2021-10-17T04:36:00Z`; a day: its first second."""
    if not isinstance(moment, datetime):
        return f"{moment.isoformat()}T00:00:00Z"
    return f"{moment.isoformat()}Z"
