"""Property tests are judged on what they find, not on how long a busy machine takes."""

from hypothesis import settings

settings.register_profile("without a deadline", deadline=None)
settings.load_profile("without a deadline")
