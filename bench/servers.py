"""Who serves the feed: missionwire as shipped, and what it is measured beside. Each is started fresh for each run."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import machine
import parts

WIRE: Final = "{missionwire:main}:wire"
NCHAN_MODULES: Final = (
    Path("/usr/lib/nginx/modules/ngx_nchan_module.so"),
    Path("/usr/lib64/nginx/modules/ngx_nchan_module.so"),
)
CONNECTIONS_SPARE: Final = 100
"""nginx needs some of its files for other things than connections."""


class Feed(NamedTuple):
    """A feed that can be followed: where, by which processes, and how `ssefan` publishes to it."""

    port: int
    path: str
    pids: tuple[int, ...]
    publishing: tuple[str, ...]


class Contender(NamedTuple):
    """Who is measured. `absence` says why it cannot be had here, None where it can.

    `settles_s` is how long a fresh one still does other things than to serve.
    """

    name: str
    start: Callable[[Path], AbstractContextManager[Feed]]
    absence: Callable[[], str | None] = lambda: None
    settles_s: float = 0.0


# --- missionwire ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def missionwire(folder: Path) -> Iterator[Feed]:
    """Serve by `missionwire serve` with its default settings; events are put on its wire by another process."""
    with parts.serving(folder) as service:
        store_port = parts.open_store(folder)
        yield Feed(service.port, "/v1/feed", service.pids, onto_wire(store_port))


@contextlib.contextmanager
def missionwire_http(folder: Path) -> Iterator[Feed]:
    """Serve the same; events go in by its own HTTP and through its worker."""
    with parts.serving(folder) as service:
        yield Feed(service.port, "/v1/feed", service.pids, posting(service.port))


def onto_wire(store_port: int) -> tuple[str, ...]:
    """Give the options with which `ssefan` puts events straight onto a wire."""
    return ("-m", "xadd", "-o", str(store_port), "-I", "1", "-k", WIRE, "-f", "event")


def posting(port: int) -> tuple[str, ...]:
    """Give the options with which `ssefan` publishes over HTTP."""
    return ("-m", "http", "-o", str(port), "-U", "/v1/events", "-T", "application/cloudevents+json")


# --- beside it --------------------------------------------------------------------------------------------------------


def compiled(source: Path, folder: Path) -> Path:
    """Compile a C program into a folder."""
    made = folder / source.stem
    if not made.exists():
        subprocess.run(["cc", "-O2", "-o", str(made), str(source)], check=True)
    return made


@contextlib.contextmanager
def nchan(folder: Path) -> Iterator[Feed]:
    """Serve by nginx with Nchan: one worker, messages in memory."""
    port, files = parts.free_port(), machine.allow_many_sockets()
    module = next(path for path in NCHAN_MODULES if path.exists())
    words = {
        "MODULE": str(module),
        "DIR": str(folder),
        "PORT": str(port),
        "FILES": str(files),
        "CONNECTIONS": str(files - CONNECTIONS_SPARE),
        "USER": "user root;" if os.geteuid() == 0 else "",
    }
    text = (parts.HERE / "peers" / "nginx-nchan.conf.in").read_text()
    config = folder / "nginx.conf"
    config.write_text(re.sub(r"@([A-Z]+)@", lambda found: words.get(found[1], found[0]), text))
    with _listening(["nginx", "-p", str(folder), "-c", str(config)], folder, port) as pid:
        pids = (pid, *machine.children_of(pid))
        yield Feed(port, "/events", pids, ("-m", "http", "-o", str(port), "-U", "/pub"))


def _nchan_absence() -> str | None:
    if shutil.which("nginx") is None or not any(path.exists() for path in NCHAN_MODULES):
        return "there is no nginx with Nchan (Debian: nginx and libnginx-mod-nchan)"
    return None


@contextlib.contextmanager
def c_floor(folder: Path) -> Iterator[Feed]:
    """Serve by a C program that does nothing but send."""
    port = parts.free_port()
    program = compiled(parts.HERE / "peers" / "cfan.c", folder)
    with _listening([str(program), str(port)], folder, port) as pid:
        yield Feed(port, "/events", (pid,), ("-m", "http", "-o", str(port), "-U", "/pub"))


@contextlib.contextmanager
def node(folder: Path) -> Iterator[Feed]:
    """Serve by node's own http."""
    port = parts.free_port()
    command = ["node", str(parts.HERE / "peers" / "node_sse.js"), str(port)]
    with _listening(command, folder, port) as pid:
        yield Feed(port, "/events", (pid,), ("-m", "http", "-o", str(port), "-U", "/pub"))


@contextlib.contextmanager
def litestar(folder: Path) -> Iterator[Feed]:
    """Serve by Litestar's Channels on their Redis stream backend."""
    with parts.valkey(folder) as store_port, _asgi("app_litestar:app", folder, store_port) as (port, pid):
        words = ("-m", "xadd", "-o", str(store_port), "-k", "LITESTAR_CHANNELS_EVENTS", "-e", "channel=events")
        yield Feed(port, "/events", (pid,), (*words, "-f", "data"))


@contextlib.contextmanager
def sse_starlette(folder: Path) -> Iterator[Feed]:
    """Serve by sse-starlette with one reader of a Redis channel in the process."""
    with parts.valkey(folder) as store_port, _asgi("app_sse_starlette:app", folder, store_port) as (port, pid):
        yield Feed(port, "/events", (pid,), ("-m", "publish", "-o", str(store_port), "-k", "events"))


@contextlib.contextmanager
def _asgi(app: str, folder: Path, store_port: int) -> Iterator[tuple[int, int]]:
    port = parts.free_port()
    command = [sys.executable, str(parts.HERE / "peers" / "serve_asgi.py"), app, str(port)]
    with _listening(command, folder, port, REDIS_PORT=str(store_port)) as pid:
        yield port, pid


@contextlib.contextmanager
def _listening(command: list[str], folder: Path, port: int, **env: str) -> Iterator[int]:
    log = folder / "server.log"
    with parts.running(command, log, env) as process:
        parts.await_port(process, port, log)
        yield process.pid


PLUGIN_ROUTES_S: Final = 2.5
"""Every two seconds the HTTP process looks for plugins with routes and loads what is new: no cost of a feed."""

MISSIONWIRE: Final = Contender("missionwire", missionwire, settles_s=PLUGIN_ROUTES_S)
MISSIONWIRE_HTTP: Final = Contender("missionwire, by HTTP and worker", missionwire_http, settles_s=PLUGIN_ROUTES_S)
NCHAN: Final = Contender("nginx with Nchan", nchan, _nchan_absence)
C_FLOOR: Final = Contender("C floor", c_floor)
LITESTAR: Final = Contender("Litestar Channels", litestar)
SSE_STARLETTE: Final = Contender(
    "sse-starlette", sse_starlette, lambda: None if find_spec("sse_starlette") else "sse-starlette is not installed"
)
NODE: Final = Contender("node http", node, lambda: None if shutil.which("node") else "there is no node")
