"""The Lua scripts, named by their content: EVALSHA, loaded when the server does not know one."""

from functools import cache
from hashlib import sha1
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from redis.exceptions import NoScriptError

from missionwire.store.server import Client

Name: TypeAlias = Literal[
    "open", "accept", "commit", "lease", "replay", "discard", "trim", "rotate", "fork", "accuse", "report"
]


class Script(NamedTuple):
    """One script, its text and its name on the server."""

    text: str
    sha: str


@cache
def script(name: Name) -> Script:
    """Give a script of the folder `lua`, read once."""
    text = files("missionwire.store").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")
    return Script(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


Value: TypeAlias = str | bytes | int | float


async def run(client: Client, name: Name, keys: list[str], arguments: list[Value]) -> Any:  # noqa: ANN401  # what a script gives
    """Run a script on one connection or pool; one the server does not know is loaded first."""
    wanted: Final = script(name)
    try:
        return await client.evalsha(wanted.sha, len(keys), *keys, *arguments)
    except NoScriptError:
        return await client.eval(wanted.text, len(keys), *keys, *arguments)
