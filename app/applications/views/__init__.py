"""Pages of applications: to apply, to answer, to decide, lists for each side, one application for each reader."""

from app.applications.views import acting, answers, application, applying, deciding, inbox, pipeline
from app.applications.views.blueprint import blueprint

__all__ = ["acting", "answers", "application", "applying", "blueprint", "deciding", "inbox", "pipeline"]
