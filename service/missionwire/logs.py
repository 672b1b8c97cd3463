"""Logging: one line a record on standard error, whatever the record holds."""

import logging
import re
import sys
import time
from typing import Final

from missionwire.domain.redaction import Redactor

_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Time in UTC, level, logger, message; control characters are escaped, so that no input can forge a line."""

    converter = staticmethod(time.gmtime)

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """Give the record as one line; a trace follows with its lines marked."""
        trace = record.exc_info
        record.exc_info, record.exc_text = None, None
        line = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", super().format(record))
        record.exc_info = trace
        if trace:
            told = self.formatException(trace)
            line += "".join(f"\n  | {_CONTROL.sub('?', each)}" for each in told.splitlines())
        return self._redactor.mask(line)


def set_up_logging(level: str, redactor: Redactor | None = None) -> None:
    """Write everything from `level` up to standard error, with secrets masked."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(redactor or Redactor()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("httpx", "httpcore", "asyncio", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(max(root.level, logging.WARNING))
