"""Structured logs and metrics.  One event per fact, with keys; never message text, prompts, tokens or e-mail."""

from time import perf_counter

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

__all__ = ["MetricUnit", "Stopwatch", "logger", "metrics"]

logger = Logger(utc=True, log_uncaught_exceptions=False)
metrics = AmazonCloudWatchEMFProvider(namespace="CompanionHub")


class Stopwatch:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._start = perf_counter()

    @property
    def ms(self) -> int:
        return round((perf_counter() - self._start) * 1000)
