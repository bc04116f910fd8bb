"""All tests. Hypothesis sets no time limit per example: a busy machine is not a failure, and speed has benchmarks."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
