"""Readiness: asks every dependency at once, briefly and without spending a token, at most every few seconds."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from time import monotonic

from companion_hub.models.health import Dependency, DependencyHealth, HealthStatus, Readiness
from companion_hub.observability import Stopwatch, logger

# A probe answers whether its dependency is fine; False: it answers, but not as it should.  Raising: it is down.
Probe = Callable[[], bool]

TIMEOUT_S = 2.5
# Anybody may ask: one round of probes per worker and five seconds is all they can cause.
CACHE_S = 5.0
# Whoever needs longer than this is "degraded".
SLOW_MS = 1_000
# Without these nobody can chat.
ESSENTIAL: frozenset[Dependency] = frozenset({"database", "workflow", "language_model"})


class Health:
    def __init__(self, probes: Mapping[Dependency, Probe], *, timeout_s: float = TIMEOUT_S) -> None:
        self._probes = dict(probes)
        self._timeout_s = timeout_s
        self._cached: tuple[float, Readiness] | None = None

    def readiness(self) -> Readiness:
        if self._cached is None or monotonic() - self._cached[0] > CACHE_S:
            self._cached = (monotonic(), self._ask_all())
        return self._cached[1]

    def _ask_all(self) -> Readiness:
        pool = ThreadPoolExecutor(len(self._probes))
        deadline = monotonic() + self._timeout_s
        asked: dict[Dependency, Future[DependencyHealth]] = {
            name: pool.submit(_ask, name, probe) for name, probe in self._probes.items()
        }
        answers = [self._answer_of(name, future, deadline) for name, future in asked.items()]
        pool.shutdown(wait=False, cancel_futures=True)  # whoever is still waiting has its own time-out
        return Readiness(status=_overall(answers), dependencies=answers)

    def _answer_of(self, name: Dependency, future: "Future[DependencyHealth]", deadline: float) -> DependencyHealth:
        try:
            return future.result(max(0.0, deadline - monotonic()))
        except FutureTimeoutError:
            return DependencyHealth(name=name, status="down", latency_ms=round(self._timeout_s * 1000))


def _ask(name: Dependency, probe: Probe) -> DependencyHealth:
    watch = Stopwatch()
    status: HealthStatus
    try:
        status = "healthy" if probe() and watch.ms < SLOW_MS else "degraded"
    except Exception as exc:  # whatever it is, the dependency does not work
        logger.warning("dependency is down", extra={"dependency": name, "reason": type(exc).__name__})
        status = "down"
    return DependencyHealth(name=name, status=status, latency_ms=watch.ms)


def _overall(answers: list[DependencyHealth]) -> HealthStatus:
    if any(answer.status == "down" and answer.name in ESSENTIAL for answer in answers):
        return "down"
    return "healthy" if all(answer.status == "healthy" for answer in answers) else "degraded"
