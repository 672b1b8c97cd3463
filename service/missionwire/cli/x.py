"""`missionwire x PLUGIN COMMAND`: the commands that plugins bring along."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from missionwire.cli.launch import load_or_exit
from missionwire.cli.plugin_installing import place_options

if TYPE_CHECKING:
    from missionwire.plugins.discovery import Found
    from missionwire.settings import Settings


class PluginGroup(click.Group):
    """A group of the plugins that are installed; a plugin is imported only when one of its commands is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the plugins that can be loaded."""
        return [found.name for found in _found(_settings(ctx)) if found.reason is None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give the group of one plugin's commands."""
        settings = _settings(ctx)
        found = next((each for each in _found(settings) if each.name == cmd_name and each.reason is None), None)
        if found is None:
            return None
        return click.Group(cmd_name, commands=_commands(found, settings), help=f"Commands of the plugin {cmd_name}.")


def _settings(context: click.Context) -> "Settings":
    """Load the settings that the group's options name, as far as click has read them."""
    given = context.params
    return load_or_exit(given.get("config"), {name: given.get(name) for name in ("data_dir", "plugins_dir")})


def _found(settings: "Settings") -> "Sequence[Found]":
    from missionwire.plugins.discovery import discover

    return discover(settings.plugins_folder)


def _commands(found: "Found", settings: "Settings") -> dict[str, click.Command]:
    """Load a plugin and ask for its commands; one that fails is told as a plain error.

    Raises:
        click.ClickException: it cannot be loaded, or gives something else.
    """
    import asyncio
    import inspect

    from missionwire.plugins.loading import load_class, make_config, make_plugin
    from missionwire.plugins.registry import implementations

    try:
        kind = load_class(found)
        wanted = settings.plugins.get(found.name)
        plugin = make_plugin(found.name, kind, make_config(found.name, kind, wanted.config if wanted else {}))
        hook = implementations(found.name, plugin).get("commands")
        given = hook.function() if hook is not None else None
        named = dict((asyncio.run(given) if inspect.iscoroutine(given) else given) or {})
    except Exception as error:
        message = f"plugin {found.name}: {type(error).__name__}: {error}"
        raise click.ClickException(message) from error
    return {str(name): command for name, command in named.items() if isinstance(command, click.Command)}


@click.command(cls=PluginGroup)
@place_options
def x(config: Path | None, data_dir: str | None, plugins_dir: str | None) -> None:
    """Run a command that a plugin brings along."""
    del config, data_dir, plugins_dir  # the group has taken them from the context, where it looked for the command


for _option in x.params:
    _option.is_eager = True  # as `--help` is: what stands before that says whose commands it lists
