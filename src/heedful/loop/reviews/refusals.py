"""Why something was not done, in words for the person who asked, and where it was typed."""

from typing import Any


class Refused(ValueError):
    """That cannot be done; `field` is where it was typed, `step` the page of a review where it is mended."""

    def __init__(self, message: str, field: str = "", step: str = "") -> None:
        super().__init__(message)
        self.field, self.step = field, step


class WrittenMeanwhile(Refused):
    """Somebody else wrote in the review after this page was made. `review` holds what stands there now."""

    def __init__(self, message: str, review: Any, field: str = "") -> None:
        super().__init__(message, field)
        self.review = review


class ClosedMeanwhile(WrittenMeanwhile):
    """Somebody else has closed it."""
