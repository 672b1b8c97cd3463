"""Finds the missions and craft that a text names, and the mission events that an article narrates."""

from missionwire_articles.plugin import Articles, Settings

__all__ = ["Articles", "Settings"]
