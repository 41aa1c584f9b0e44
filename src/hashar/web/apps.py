from collections.abc import Mapping

from django.apps import AppConfig

from hashar.runs.contracts import Progress, Run


class WebConfig(AppConfig):
    """The pages."""

    name = "hashar.web"
    label = "web"

    def ready(self) -> None:
        """Tell the queue who makes documents, and the audit trail what allauth does."""
        from hashar.runs.services import register  # noqa: PLC0415  (models can be imported only when apps are ready)
        from hashar.web import signing_in  # noqa: PLC0415  (models can be imported only when apps are ready)

        register("document", _document)
        signing_in.connect()


def _document(run: Run, progress: Progress) -> Mapping[str, object]:
    """What a worker does for a document."""
    from hashar.web.documents import perform  # noqa: PLC0415  (altair, typst and all: commands that make none need none)

    return perform(run, progress)
