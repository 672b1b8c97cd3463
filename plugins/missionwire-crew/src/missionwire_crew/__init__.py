"""Who flew: finds the people of spaceflight in texts and events, whatever the spelling, and says who they are.

A text is cut into words (`stream`), its words are folded to keys (`fold`) and matched against all names of the roster
(`names`); what stands beside a name (`surroundings`, `roles`) and what is known of missions decides who is meant
(`recognition`). Events get their crews, and crews their mission, from the table of flights (`flights`, `crewing`).
"""

from missionwire_crew.plugin import Crew, Settings

__all__ = ["Crew", "Settings"]
