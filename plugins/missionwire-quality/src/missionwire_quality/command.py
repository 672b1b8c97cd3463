"""`missionwire x quality judge FILE…`: what events lack, before they are sent."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import click
import msgspec

from missionwire.plugin import Data, Event, mission_slug
from missionwire_quality.expectations import Expectations
from missionwire_quality.verdict import judge

_MAX_FILE_BYTES = 64 << 20


def make_command(expectations: Expectations) -> click.Command:
    """Make the command; it needs no service, and looks at events as they are sent, before any plugin."""

    @click.command("judge")
    @click.argument("files", metavar="FILE…", type=click.File("rb"), nargs=-1, required=True)
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each event.")
    def judge_files(files: tuple[BinaryIO, ...], *, as_json: bool) -> None:
        """Say what events lack of what their type should tell, before they are sent. FILE: JSON, or an event a line.

        Exits with 1 if one is incomplete.
        """
        is_whole = True
        for file in files:
            for sent in _events(file):
                verdict = judge(_seen(sent), expectations)
                labels = {"grade": "not judged"} if verdict is None else verdict.labels()
                is_whole = is_whole and labels["grade"] != "incomplete"
                click.echo(json.dumps({"id": sent.get("id"), **labels}) if as_json else _line(sent, labels))
        raise SystemExit(0 if is_whole else 1)

    return judge_files


def _line(sent: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    told = [f"{name} {', '.join(labels[name])}" for name in ("lacks", "doubts") if name in labels]
    return "  ".join([str(sent.get("id", "?")), str(sent.get("type", "?")), labels["grade"], *told])


def _events(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Give the events of a file: an object, an array, or an object a line.

    Raises:
        click.ClickException: it holds something else.
    """
    written = file.read(_MAX_FILE_BYTES).strip()
    try:
        if written.startswith(b"["):
            yield from msgspec.json.decode(written, type=list[dict[str, Any]])
        else:
            yield from msgspec.json.Decoder(dict[str, Any]).decode_lines(_one_a_line(written))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file.name}: {error}") from error


def _one_a_line(written: bytes) -> bytes:
    """Bring one object that is written over several lines onto one."""
    try:
        return msgspec.json.encode(msgspec.json.decode(written))
    except msgspec.DecodeError:
        return written


def _seen(sent: Mapping[str, Any]) -> Event:
    """Give an event as it is sent in the form in which hooks see it.

    Raises:
        click.ClickException: a member is of the wrong type.
    """
    data = dict(sent.get("data") or {})
    for name in ("crew", "agencies"):
        data[name] = [{"name": each} if isinstance(each, str) else each for each in data.get(name) or ()]
    known = {name: value for name, value in data.items() if name in Data.__struct_fields__ and name != "extra"}
    extra = {name: value for name, value in data.items() if name not in known}
    mission = sent.get("subject") or data.get("mission")
    try:
        return msgspec.convert(
            {
                "id": sent.get("id", ""),
                "source": sent.get("source", ""),
                "type": sent.get("type", ""),
                "time": sent.get("time"),
                "mission": mission_slug(mission) if isinstance(mission, str) and mission else None,
                "data": {**known, "extra": extra},
            },
            Event,
        )
    except msgspec.ValidationError as error:
        raise click.ClickException(f"{sent.get('id', 'an event')}: {error}") from error
