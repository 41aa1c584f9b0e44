"""The one table from an anticipated error to the HTTP status, for the pages and the API alike."""

from hashar import errors

STATUS: tuple[tuple[type[errors.HasharError], int], ...] = (
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooLarge, 413),
    (errors.OutputError, 507),
    (errors.EngineError, 503),
    (errors.HasharError, 422),
)


def status_of(error: errors.HasharError) -> int:
    """The status for an anticipated error, by its class."""
    return next(code for kind, code in STATUS if isinstance(error, kind))
