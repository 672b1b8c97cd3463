"""Serves an ASGI app on uvicorn with httptools and uvloop, as missionwire is: `serve_asgi.py MODULE:APP PORT`."""

import sys

import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        sys.argv[1],
        port=int(sys.argv[2]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        backlog=4096,
        timeout_graceful_shutdown=1,
    )
