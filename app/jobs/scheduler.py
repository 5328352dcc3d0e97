"""The process that starts the jobs: APScheduler rings, PostgreSQL remembers, a lock decides who runs.

Ringing is only a hint: what is due is worked out from the run log under the job's lock, so that a ring lost, late or
doubled changes nothing. Every 30 seconds the process says that it lives and looks for what nobody served.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from types import FrameType
from typing import Any, Final
from uuid import UUID

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from app.core import clock
from app.core.logs import log
from app.jobs import queries
from app.jobs.rules.due import Schedule
from app.jobs.rules.when import When
from app.jobs.service import processes
from app.jobs.service.running import jobs_to_serve, serve

THREADS: Final = 3
BEAT: Final = timedelta(seconds=30)
LOOK: Final = timedelta(seconds=2)
PATIENCE: Final = timedelta(seconds=20)
"""How long a process told to stop waits for the jobs that run."""


class _Slots(BaseTrigger):
    """Rings at the slots of a row of the schedule."""

    __slots__ = ("when",)

    def __init__(self, when: When) -> None:
        self.when = when

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next slot; those gone by are found in the run log."""
        return self.when.after(max(previous_fire_time or now, now))


def _each(step: timedelta) -> BaseTrigger:
    return IntervalTrigger(seconds=step.total_seconds())


class Scheduler:
    """One scheduler process. ``run`` returns when the process is told to stop (SIGTERM, SIGINT)."""

    def __init__(self, app: Flask, schedule: Schedule, beat: timedelta = BEAT, patience: timedelta = PATIENCE) -> None:
        self._app, self._schedule, self._patience = app, schedule, patience
        self._stopping = threading.Event()
        self._busy: set[str] = set()
        self._process_id: UUID
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # the run log says more, and says it once
        self._clockwork = BlockingScheduler(
            timezone=clock.PARIS,
            executors={"default": ThreadPoolExecutor(THREADS), "pulse": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1},
        )
        for name, job in schedule.items():
            self._add(name, self._serve, _Slots(job.when), "default", name)
        self._add(" beat", self._beat, _each(beat), "pulse", next_run_time=clock.now())
        self._add(" look", self._look, _each(LOOK), "pulse")

    def _add(
        self, name: str, act: Callable[..., None], trigger: BaseTrigger, executor: str, *args: str, **more: Any
    ) -> None:
        """APScheduler would drop a ring that is a second late; here none is."""
        self._clockwork.add_job(act, trigger, args, id=name, executor=executor, misfire_grace_time=None, **more)

    def run(self) -> None:
        """Live, until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        with self._app.app_context():
            self._process_id = processes.register()
        log().info("scheduler started", process=str(self._process_id), jobs=len(self._schedule))
        self._clockwork.start()
        self._end()

    def _serve(self, name: str) -> None:
        if self._stopping.is_set():
            return
        self._busy.add(name)
        try:
            with self._at_the_edge():
                serve(name, self._schedule[name], self._process_id, self._stopping.is_set)
        finally:
            self._busy.discard(name)

    def _beat(self) -> None:
        """Say that the process lives, then ring for what is due and was not served."""
        with self._at_the_edge():
            processes.beat(self._process_id)
            self._ring(jobs_to_serve(self._schedule, self._process_id, clock.now()))

    def _look(self) -> None:
        """Ring for what somebody asked for."""
        with self._at_the_edge():
            self._ring(queries.asked_jobs())

    def _ring(self, names: Iterable[str]) -> None:
        for name in set(names) - self._busy:
            with suppress(JobLookupError):  # asked for by a page of another version of the portal
                self._clockwork.modify_job(name, next_run_time=clock.now())

    @contextmanager
    def _at_the_edge(self) -> Iterator[None]:
        """An application context; what goes wrong is written, and the next ring tries again."""
        try:
            with self._app.app_context():
                yield
        except Exception:  # noqa: BLE001 - the edge of the process: the database may come and go
            log().exception("scheduler stumbled")

    def _told_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Handlers hold no lock: a thread does it."""
        threading.Thread(target=self._stop, daemon=True).start()

    def _stop(self) -> None:
        self._stopping.set()
        while not self._clockwork.running:
            time.sleep(0.05)
        self._clockwork.shutdown(wait=False)

    def _end(self) -> None:
        """Wait for what runs, a while; what is left then is abandoned, and run again by the next scheduler."""
        deadline = time.monotonic() + self._patience.total_seconds()
        while self._busy and time.monotonic() < deadline:
            time.sleep(0.05)
        with self._at_the_edge():
            processes.stopped(self._process_id)
        log().info("scheduler stopped", process=str(self._process_id), left=sorted(self._busy))
        if self._busy:
            os._exit(1)
