"""Follows a feed with httpx-sse as its users do: the library parses, a loop around it comes back with the last id.

Writes one JSON object a line: each frame as it came, and `told` for what happened to the connection.
"""

import json
import sys
import time

import httpx
from httpx_sse import connect_sse


def tell(**told: object) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201  # a program, not a test


def follow(url: str) -> None:
    last, retry_s = "", 0.1
    with httpx.Client(timeout=httpx.Timeout(10, read=45)) as client:
        while True:
            headers = {"Last-Event-ID": last} if last else {}
            tell(told="request", last=last)
            try:
                with connect_sse(client, "GET", url, headers=headers) as source:
                    tell(told="answer", status=source.response.status_code)
                    if source.response.status_code == httpx.codes.NO_CONTENT:
                        break
                    for sse in source.iter_sse():
                        last, retry_s = sse.id or last, retry_s if sse.retry is None else sse.retry / 1000
                        tell(event=sse.event, id=sse.id, data=sse.data)
                    tell(told="broken", why="end of the stream")
            except httpx.TransportError as error:
                tell(told="broken", why=repr(error))
            time.sleep(retry_s)
    tell(told="over")


follow(sys.argv[1])
