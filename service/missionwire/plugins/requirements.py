"""Requirements: whether what a distribution needs is there, said from metadata alone."""

import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion


class Unmet(NamedTuple):
    """A requirement that is not met: `found` is the version that is there, None where there is none."""

    requirement: str
    name: str
    found: str | None


def canonical(name: str) -> str:
    """Give a distribution's name in the one spelling that compares: `Mission_Wire.X` is `mission-wire-x`."""
    return str(canonicalize_name(name))


def versions(path: list[str] | None = None) -> dict[str, str]:
    """Give the version of each distribution that is installed, by its canonical name."""
    found: dict[str, str] = {}
    for each in metadata.distributions(path=sys.path if path is None else path):
        if (name := each.metadata["Name"]) and each.metadata["Version"]:
            found.setdefault(canonical(name), each.version)
    return found


def unmet(requirements: Iterable[str], installed: Mapping[str, str]) -> list[Unmet]:
    """Give the requirements that what is installed does not meet; those for other machines count as met.

    Raises:
        InvalidRequirement: one of them cannot be read.
    """
    found = []
    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        version = installed.get(canonical(requirement.name))
        if version is None or not _takes(requirement.specifier, version):
            found.append(Unmet(_without_marker(requirement), canonical(requirement.name), version))
    return found


def has_extras(requirements: Iterable[str]) -> bool:
    """Tell whether one asks for extras of another distribution, whose own requirements are not looked at here."""
    return any(Requirement(line).extras for line in requirements)


def takes_python(requires_python: str | None) -> bool:
    """Tell whether this Python is one that a distribution runs on."""
    try:
        return _takes(SpecifierSet(requires_python or ""), ".".join(map(str, sys.version_info[:3])))
    except InvalidSpecifier:
        return True  # left to the installer, which says what is wrong with it


def needed_by_nobody(names: Iterable[str], leaving: Iterable[str]) -> set[str]:
    """Give those of `names` that no distribution needs once `leaving` are gone; optional needs count, too."""
    candidates, gone = {canonical(name) for name in names}, {canonical(name) for name in leaving}
    needs = _needs()
    while True:
        wanted = {need for owner, all_of in needs.items() if owner not in gone | candidates for need in all_of}
        kept = candidates & wanted
        if not kept:
            return candidates
        candidates -= kept


def _needs() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in metadata.distributions():
        name = each.metadata["Name"]
        if not name:
            continue
        needs = found.setdefault(canonical(name), set())
        for line in each.requires or ():
            try:
                needs.add(canonical(Requirement(line).name))
            except InvalidRequirement:
                continue  # somebody else's fault, and of no use to anyone
    return found


def _takes(specifier: SpecifierSet, version: str) -> bool:
    try:
        return specifier.contains(version, prereleases=True)
    except InvalidVersion:
        return False


def _without_marker(requirement: Requirement) -> str:
    return str(requirement).partition(";")[0].strip()
