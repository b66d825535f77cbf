"""Structured logs and metrics.  One event per fact, with keys; never message text, prompts, tokens or e-mail."""

from time import perf_counter

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

__all__ = ["MetricUnit", "Stopwatch", "logger", "metrics"]

logger = Logger(utc=True, log_uncaught_exceptions=False)
# One service name for all functions, not each its own: a metric of the product is one series, whichever function ends a
# turn.  infra/monitoring.py graphs exactly these dimensions.
metrics = AmazonCloudWatchEMFProvider(namespace="CompanionHub", service="companion-hub")


class Stopwatch:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._start = perf_counter()

    @property
    def ms(self) -> int:
        return round((perf_counter() - self._start) * 1000)
