"""Documents of a release: made once when first asked for, the slow ones by a worker."""

from collections.abc import Mapping
from pathlib import Path

from hashar.assess.contracts.surveys import ReleaseSummary
from hashar.assess.queries import releases
from hashar.people.contracts import Actor
from hashar.people.queries import actor_of
from hashar.reports import pages
from hashar.runs.contracts import Progress, Run
from hashar.web.profiles import documents_folder, key_of

KIND = "document"


def path_of(release: ReleaseSummary, language: str, kind: str) -> Path:
    """Where a document is kept once it is made."""
    return pages.document_path(documents_folder(), key=key_of(release), language=language, kind=kind)


def make(actor: Actor, release: ReleaseSummary, language: str, kind: str, progress: Progress | None = None) -> Path:
    """Make a document of a release that the actor may see."""
    return pages.make_document(
        releases.profile(actor, release.id),
        folder=documents_folder(),
        key=key_of(release),
        language=language,
        kind=kind,
        pictures=progress,
    )


def perform(run: Run, progress: Progress) -> Mapping[str, object]:
    """What a worker does: as the person who asked, with the rights they have now. Made twice it is made once."""
    actor = actor_of(run.asked_by)
    wanted = run.parameters
    release = releases.release(actor, int(str(wanted["release"])))
    make(actor, release, str(wanted["language"]), str(wanted["kind"]), progress)
    return {"release": release.id, "language": wanted["language"], "kind": wanted["kind"]}
