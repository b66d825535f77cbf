"""Hypothesis on a shared machine: its first draw builds tables, and a deadline measures the neighbours, not the code."""

from hypothesis import HealthCheck, settings

settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
