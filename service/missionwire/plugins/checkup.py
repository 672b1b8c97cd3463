"""A check-up of the plugins that are there: from metadata, and by loading each in a process of its own."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct
from packaging.requirements import InvalidRequirement

from missionwire.plugins import candidate as candidates
from missionwire.plugins.candidate import Candidate
from missionwire.plugins.discovery import Found, discover
from missionwire.plugins.environment import InstallError
from missionwire.plugins.installer import missing
from missionwire.plugins.manifest import read_manifest
from missionwire.plugins.premises import Premises
from missionwire.plugins.requirements import takes_python, unmet, versions
from missionwire.plugins.trial import Probed, try_out

AT_ONCE: Final = 4
"""Processes that load plugins at the same time."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at for one plugin; `told` says what is the case and, if it is wrong, what to do."""

    plugin: str
    what: Literal["level", "requirements", "import", "config", "manifest"]
    state: Literal["ok", "warning", "wrong"]
    told: str


def check_up(premises: Premises) -> list[Finding]:
    """Look at every plugin. Nothing of one is imported in this process; one that hangs is given up.

    Raises:
        ManifestError: the manifest cannot be read.
    """
    there = discover(premises.plugins_folder)
    probed = probe_all(there, premises.configs)
    findings = [finding for found in there for finding in _of_plugin(found, probed.get(found.name), premises)]
    for record in missing(premises):
        told = (
            f"{record.distribution} {record.version}, or what it needs, is no longer installed; "
            "`missionwire plugins restore` brings it back"
        )
        findings += [Finding(plugin=name, what="manifest", state="wrong", told=told) for name in record.plugins]
    return sorted(findings, key=lambda finding: finding.plugin)


def probe_all(found: Iterable[Found], configs: Mapping[str, dict[str, object]]) -> dict[str, Probed]:
    """Load those plugins whose metadata fit, each in a process of its own; gives what was found by their names."""
    fit = [each for each in found if each.reason is None]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        probed = threads.map(lambda each: try_out(each, config=configs.get(each.name)), fit)
        return {each.name: result for each, result in zip(fit, probed, strict=True)}


def _of_plugin(found: Found, probed: Probed | None, premises: Premises) -> Iterator[Finding]:
    def finding(what: Literal["level", "requirements", "import", "config", "manifest"], told: str | None) -> Finding:
        return Finding(plugin=found.name, what=what, state="ok" if told is None else "wrong", told=told or "fine")

    if found.reason is not None:
        yield finding("level", f"{found.reason}; `missionwire plugins remove {found.distribution}` takes it out")
    else:
        yield Finding(plugin=found.name, what="level", state="ok", told=f"API level {found.api_level}")
    yield finding("requirements", _lacks(found))
    if probed is not None:
        yield finding("import", probed.sentence(found.name))
        if probed.reason is None:
            yield finding("config", " ".join(probed.config_faults) or None)
    manifest = read_manifest(premises.data_folder)
    record = manifest.record_of(found.name)
    if record is not None and record.version != found.version and not found.is_file:
        told = f"version {record.version} was installed with `missionwire plugins`, {found.version} is there"
        yield Finding(plugin=found.name, what="manifest", state="warning", told=told)
    if found.name in manifest.disabled:
        told = f"it is off; `missionwire plugins enable {found.name}` switches it on"
        yield Finding(plugin=found.name, what="manifest", state="warning", told=told)


def _lacks(found: Found) -> str | None:
    """Say what a plugin needs and is not there."""
    try:
        needs = _candidate(found)
        lacking = unmet(needs.requires, versions())
    except (InstallError, InvalidRequirement) as error:
        return str(error)
    except metadata.PackageNotFoundError:
        return f"{found.distribution} has lost its metadata; remove it and install it again"
    told = [f"{each.requirement} ({'not installed' if each.found is None else f'{each.found} is'})" for each in lacking]
    if not takes_python(needs.requires_python):
        told.append(f"Python {needs.requires_python}")
    return f"it needs {', '.join(told)}; install it again with `missionwire plugins install`" if told else None


def _candidate(found: Found) -> Candidate:
    if found.is_file:
        return candidates.of_file(Path(found.target))
    return candidates.of_distribution(metadata.distribution(found.distribution))
