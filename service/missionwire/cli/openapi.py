"""`missionwire openapi`: the description of the HTTP API."""

import rich_click as click


@click.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of this version as JSON. Nothing is started."""
    import msgspec

    from missionwire.app.web import describe_api

    click.echo(msgspec.json.format(msgspec.json.encode(describe_api(), order="sorted")).decode())
