"""Whether a plugin's settings check what an operator writes."""

from typing import Any

from missionwire.plugin import Config, Plugin
from missionwire.plugins.loading import ConfigError, config_schema, default_faults, make_config


def fault_of_settings(name: str, kind: type[Plugin[Any]]) -> str | None:
    """Say what is wrong with the settings of a plugin's class, None where nothing is."""
    settings = kind.config_type()
    if not issubclass(settings, Config):
        return f"{settings.__name__} does not derive from missionwire.plugin.Config"
    if not settings.__struct_config__.forbid_unknown_fields:
        return "unknown keys are not refused; leave forbid_unknown_fields as it is"
    try:
        config = make_config(name, kind, {})
    except ConfigError as error:
        return str(error)
    if fault := default_faults(config):
        return f"a default does not fit its type: {fault}"
    try:
        config_schema(settings)
    except TypeError as error:
        return f"no JSON Schema can be made of the settings: {error}"
    return None
