"""Repairs pronouns that machine translation gave the wrong gender, and only where the text proves it.

A text is read into a scene (`scene`): who is mentioned where, with which gender, and where pronouns stand. Sieves
(`sieves`) propose, strictest first; vetoes (`vetoes`) refuse; `repairer` makes corrections of what is left.
"""

from missionwire_pronouns.plugin import Pronouns

__all__ = ["Pronouns"]
