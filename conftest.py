"""What holds for the tests of the service and of its plugins."""

from hypothesis import HealthCheck, settings

# How long an example takes is the machine's matter, not the test's; how many, and which, stays as it is.
settings.register_profile("missionwire", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("missionwire")
