"""How good is this event? What it lacks, what is in doubt, and whether it was told before.

What an event tells is read in `facts`, what its type should tell stands in a table (`expectations`), and both make the
verdict (`verdict`). What was told before is known by its fingerprint (`retellings`), kept in the plugin's own keys.
"""

from missionwire_quality.plugin import Quality, Settings

__all__ = ["Quality", "Settings"]
