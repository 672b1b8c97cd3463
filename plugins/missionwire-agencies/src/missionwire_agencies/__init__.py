"""Tags space agencies and companies with an id and the role that they play in the event."""

from missionwire_agencies.plugin import Agencies, Settings

__all__ = ["Agencies", "Settings"]
