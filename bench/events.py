"""The events that are sent: about 600 bytes each, of a size and shape as missions have them, over 64 missions."""

import json
from typing import Final

MISSIONS: Final = 64

_EVENT: Final = {
    "specversion": "1.0",
    "id": "@ID@",
    "source": "urn:bench",
    "type": "missionwire.docking.soft-dock",
    "subject": "@SUBJECT@",
    "time": "2021-10-05T12:22:31Z",
    "datacontenttype": "application/json",
    "data": {
        "title": "Soft dock",
        "spacecraft": "Soyuz",
        "station": "International Space Station",
        "location": "Rassvet nadir port",
        "time_precision": "second",
        "crew": [{"name": "A. Commander"}, {"name": "B. Engineer"}],
        "telemetry": {"range_m": 0.0, "rate_m_s": 0.08, "roll_deg": 1.4, "pitch_deg": -0.3, "yaw_deg": 0.2},
        "note": "The probe touched the cone and its latches hold; retraction begins when the motion has died away.",
    },
}
_PIECES: Final = json.dumps(_EVENT, separators=(",", ":")).encode()
_HEAD, _REST = _PIECES.split(b"@ID@")
_MIDDLE, _TAIL = _REST.split(b"@SUBJECT@")


def event(run: str, number: int) -> bytes:
    """Give an event as JSON; `run` and `number` make its id."""
    return b"%s%s-%d%ssoyuz-bench-%d%s" % (_HEAD, run.encode(), number, _MIDDLE, number % MISSIONS, _TAIL)


SIZE_BYTES: Final = len(event("run00000", 10_000))


def marked(number: int) -> bytes:
    """Give an event with the marks of `ssefan` that hold its number."""
    data = {"mark": f"~s{number:010}t{0:019}~", "note": "waypoint " * 30, "zend": f"~e{number:010}~"}
    kept = {**_EVENT, "id": f"marked-{number}", "subject": "uav-0042", "data": data}
    return json.dumps(kept, separators=(",", ":")).encode()
