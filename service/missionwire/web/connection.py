"""One HTTP/1.1 connection: uvicorn's, with a problem document for what is no HTTP request at all."""

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from missionwire.web.problems import NO_HTTP, PROBLEM_JSON, problem


class Connection(HttpToolsProtocol):
    """Answers garbage by name and closes; such bytes never reach the app."""

    def send_400_response(self, msg: str) -> None:
        """Answer in our own form; `msg` is uvicorn's, which says no more."""
        body = msgspec.json.encode(problem(NO_HTTP, msg, "/"))
        head = (
            "HTTP/1.1 400 Bad Request\r\n"
            f"content-type: {PROBLEM_JSON}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()
