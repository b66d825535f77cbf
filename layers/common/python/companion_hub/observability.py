"""Structured logs and metrics.  One event per fact, with keys; never message text, prompts, tokens or e-mail."""

import traceback
from pathlib import Path
from time import perf_counter

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

__all__ = ["MetricUnit", "Stopwatch", "log_unexpected", "logger", "metrics"]

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


def log_unexpected(exc: Exception, **keys: str) -> None:
    """Log an error that should not have happened: its class and where it was raised, never its message, which may hold
    what a user wrote (PostgreSQL repeats the whole row).
    """
    frames = traceback.extract_tb(exc.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:]]
    logger.error("unexpected error", extra={**keys, "error": type(exc).__name__, "at": places})
