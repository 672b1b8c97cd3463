"""Follows a feed with sseclient-py over requests as its users do: a loop around it comes back with the last id.

Writes one JSON object a line: each frame as it came, and `told` for what happened to the connection.
"""

import json
import sys
import time

import requests
from sseclient import SSEClient

NO_CONTENT = 204


def tell(**told: object) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201  # a program, not a test


def follow(url: str) -> None:
    last, retry_s = "", 0.1
    while True:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
        tell(told="request", last=last)
        try:
            with requests.get(url, headers=headers, stream=True, timeout=(10, 45)) as answer:
                tell(told="answer", status=answer.status_code)
                if answer.status_code == NO_CONTENT:
                    break
                for event in SSEClient(answer.iter_content(128)).events():
                    last, retry_s = event.id or last, int(event.retry) / 1000 if event.retry else retry_s
                    tell(event=event.event, id=event.id, data=event.data)
                tell(told="broken", why="end of the stream")
        except requests.RequestException as error:
            tell(told="broken", why=repr(error))
        time.sleep(retry_s)
    tell(told="over")


follow(sys.argv[1])
