"""An upload that is too large is dropped while it comes in, before it fills memory or disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from heedful.foundation.files.checks import LARGEST

TOO_LARGE = "heedful_files_too_large"


class DropTooLarge(FileUploadHandler):
    """Stands first among the upload handlers; the field says what happened. See `was_too_large`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > LARGEST:
            if self.request is not None:
                fields = self.request.META.setdefault(TOO_LARGE, set())
                fields.add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""


def was_too_large(request: HttpRequest, field: str) -> bool:
    """Was a file of this field dropped on the way in?"""
    return field in request.META.get(TOO_LARGE, set())
