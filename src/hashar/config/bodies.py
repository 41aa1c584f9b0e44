"""A form that arrives in part is no form: where the line breaks, nothing is made of what came through.

Servers hand over what came as if it were all, and Django takes a file that ends in the middle for a whole one.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Input(Protocol):
    """What a server gives to read from."""

    def read(self, size: int = -1) -> bytes:
        """Some bytes."""

    def readline(self, size: int = -1) -> bytes:
        """A line."""


class Whole:
    """Reads a body of announced length; an end before that is a broken connection."""

    def __init__(self, source: Input, announced: int) -> None:
        self._source = source
        self._left = announced
        self.files: list[TemporaryUploadedFile] = []
        """What was begun with it; goes when the rest does not come."""

    def read(self, size: int = -1) -> bytes:
        """As many bytes as are asked for, or all that are left."""
        wanted = self._left if size < 0 else min(size, self._left)
        pieces = []
        while wanted > 0:
            pieces.append(self._counted(self._source.read(wanted)))
            wanted -= len(pieces[-1])
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """A line."""
        wanted = self._left if size < 0 else min(size, self._left)
        return self._counted(self._source.readline(wanted)) if wanted else b""

    def _counted(self, data: bytes) -> bytes:
        if not data:
            for file in self.files:
                file.close()
            raise ConnectionResetError("the connection broke before the whole body came")
        self._left -= len(data)
        return data


class UploadedFiles(TemporaryFileUploadHandler):
    """Writes an upload to a file of its own while it comes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Begin one."""
        super().new_file(*args, **kwargs)
        source = self.request.META.get("wsgi.input") if self.request else None
        if isinstance(source, Whole):
            source.files.append(self.file)


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def whole_bodies(application: Application) -> Application:
    """The application, reading whole bodies alone."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        announced = str(environ.get("CONTENT_LENGTH") or "")
        if announced.isascii() and announced.isdigit():
            environ["wsgi.input"] = Whole(environ["wsgi.input"], int(announced))
        return application(environ, start_response)

    return answer
