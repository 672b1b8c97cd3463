"""`/v1/plugins`: what the workers say of the plugins they run."""

import time
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.params import PathParameter

from missionwire.domain.errors import PluginNotFound
from missionwire.store import reports
from missionwire.web.parameters import refuse_unknown
from missionwire.web.services import Services, services_of


async def merged_reports(services: Services) -> dict[str, dict[str, Any]]:
    """Give each plugin as the workers tell of it, calls and errors summed over them."""
    found: dict[str, dict[str, Any]] = {}
    for _, report in sorted((await reports.read(services.log, int(time.time() * 1000))).items()):
        plugins = report.get("plugins")
        for plugin in plugins if isinstance(plugins, list) else ():
            there = found.get(plugin["name"])
            found[plugin["name"]] = plugin if there is None else _summed(there, plugin)
    return dict(sorted(found.items()))


def _summed(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    hooks = {name: dict(hook) for name, hook in one["hooks"].items()}
    for name, hook in other["hooks"].items():
        there = hooks.setdefault(name, {**hook, "calls": 0, "errors": {}})
        there["calls"] += hook["calls"]
        there["errors"] = {
            kind: there["errors"].get(kind, 0) + hook["errors"].get(kind, 0)
            for kind in {*there["errors"], *hook["errors"]}
        }
    return {**one, "hooks": hooks}


@get("/v1/plugins", summary="Plugins", tags=["operate"], operation_id="listPlugins")
async def list_plugins(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give every plugin that is installed: state with its reason, order, calls, errors by kind, latency."""
    refuse_unknown(request)
    found = await merged_reports(services_of(request))
    return Response(msgspec.json.encode(list(found.values())), media_type="application/json")


@get("/v1/plugins/{name:str}", summary="One plugin", tags=["operate"], operation_id="getPlugin")
async def get_plugin(
    request: Request[Any, Any, Any],
    name: Annotated[str, PathParameter(description="A plugin's name.")],
) -> Response[bytes]:
    """Give one plugin, with the schema of its settings."""
    refuse_unknown(request)
    found = await merged_reports(services_of(request))
    if name not in found:
        message = f"There is no plugin {name[:80]!r}. Those that are there: {', '.join(found) or 'none'}."
        raise PluginNotFound(message)
    return Response(msgspec.json.encode(found[name]), media_type="application/json")


HANDLERS: Final = (list_plugins, get_plugin)
