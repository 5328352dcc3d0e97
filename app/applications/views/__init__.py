"""Pages of applications: to apply, answer, decide, take for a stage; lists for each side; one for each reader."""

from app.applications.views import acting, answers, application, applying, deciding, inbox, pipeline, taking
from app.applications.views.blueprint import blueprint

__all__ = ["acting", "answers", "application", "applying", "blueprint", "deciding", "inbox", "pipeline", "taking"]
