"""Terms and times: mends spaceflight words that a translation put wrong, and reads the times that a text tells."""

from missionwire_terms.plugin import Settings, Terms

__all__ = ["Settings", "Terms"]
