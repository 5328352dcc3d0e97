"""What a domain gives the scheduler is scheduled, once."""

import inspect
from collections import Counter
from collections.abc import Callable
from importlib import import_module

from app.core.settings import ROOT
from app.jobs.rules.due import RETRY_AFTER
from app.jobs.schedule import SCHEDULE


def _offered() -> set[Callable[..., object]]:
    """Every public function of the domains' jobs.py, those that they import left out."""
    modules = [import_module(f"app.{path.parent.name}.jobs") for path in sorted(ROOT.glob("app/*/jobs.py"))]
    return {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def test_every_job_of_a_domain_is_scheduled_exactly_once() -> None:
    scheduled = Counter(job.run for job in SCHEDULE.values())
    offered = _offered()
    assert len(offered) >= 10
    assert sorted(f"{function.__module__}.{function.__name__}" for function in offered - scheduled.keys()) == []
    assert [name for name, job in SCHEDULE.items() if scheduled[job.run] > 1] == []


def test_every_row_of_the_schedule_can_be_read_and_kept() -> None:
    for name, job in SCHEDULE.items():
        assert list(inspect.signature(job.run).parameters) == ["today"], name
        assert job.title, name
        assert job.says.endswith("."), name
        assert 0 <= job.retries <= len(RETRY_AFTER), name
        assert job.back.total_seconds() >= 60, name
    assert len({job.title for job in SCHEDULE.values()}) == len(SCHEDULE)
