"""`missionwire plugins hooks`: the hooks of the contract, for people and for programs."""

import json
from typing import TYPE_CHECKING

import rich_click as click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from missionwire.authoring.contract import HookTold


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of what each hook gets and gives.")
def hooks(*, as_json: bool, as_schema: bool) -> None:
    """Print the hooks of the plugin contract, in the order in which an event meets them."""
    import msgspec

    from missionwire.authoring import contract

    if as_json and as_schema:
        message = "--schema is JSON already; leave --json out"
        raise click.UsageError(message)
    if as_schema:
        click.echo(json.dumps(contract.hooks_schema(), ensure_ascii=False, indent=2))
        return
    told = contract.hooks()
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(told), ensure_ascii=False, indent=2))
        return
    _print(told)


def _print(hooks: "tuple[HookTold, ...]") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    for told in hooks:
        console.print(Text.assemble((f"{told.hook}({', '.join(told.arguments)})", "bold"), f"  gives {told.gives}"))
        console.print(Padding(Text(told.about), (0, 0, 0, 2), expand=False))
        console.print(Padding(Text("; ".join(_limits(told)), style="dim"), (0, 0, 0, 2), expand=False))


def _limits(told: "HookTold") -> "Iterator[str]":
    yield f"since level {told.since}"
    if told.deprecated is not None:
        yield f"deprecated: {told.deprecated}"
    if told.stage is not None:
        yield f"stage {told.stage}"
    if told.deadline_s is not None:
        yield f"deadline {told.deadline_s:g} s"
