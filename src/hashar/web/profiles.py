"""Parts of released profiles as pages. A release never changes, so what was made once is kept for the next reader."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from hashar.assess.contracts.surveys import ReleaseSummary
from hashar.assess.queries import releases
from hashar.people.contracts import Actor
from hashar.reports import pages
from hashar.reports.content.document import Reference
from hashar.reports.pages import PartPage
from hashar.reports.render.fragments import Addresses
from hashar.web.shelf import Shelf

KEPT = 200
"""Parts kept in a process: some 30 kB each."""


@dataclass(frozen=True)
class Wanted:
    """Which part of a release, in which language and look."""

    language: str
    name: str
    subject: str = ""
    look: str = ""


shelf: Shelf[PartPage] = Shelf(KEPT)


def key_of(release: ReleaseSummary) -> str:
    """What tells a release from any other, in this installation and in one restored from it."""
    return f"{release.id} {release.survey} {release.number} {release.made_at.isoformat()}"


def part_of(actor: Actor, release: ReleaseSummary, wanted: Wanted) -> PartPage:
    """A part of a release that the actor may see (``release`` came from the query that asks for the right)."""

    def make() -> PartPage:
        return pages.part_page(
            releases.profile(actor, release.id),
            language=wanted.language,
            name=wanted.name,
            subject=wanted.subject,
            addresses=addresses(release, wanted),
            look=wanted.look,
        )

    return shelf.get((key_of(release), wanted), make)


def addresses(release: ReleaseSummary, wanted: Wanted) -> Addresses:
    """Where the things of a part are on this site."""
    part, subject = wanted.name, wanted.subject or "-"

    def why(about: Reference) -> str:
        asked = {"of": about.name, "wave": about.wave, "group": about.group, "level": about.level}
        if about.subject == "factor":
            asked["about"] = "factor"
        if about.change:
            asked["change"] = "1"
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('release_why', args=[release.id])}?{query}"

    def page(about: Reference) -> str:
        own = about.name == wanted.subject or about.wave or about.group
        return "" if own else reverse(f"release_{about.subject}", args=[release.id, about.name])

    def picture(at: int, key: str, look: str) -> str:
        return reverse("chart", args=[release.id, part, subject, at, key, look])

    def specification(at: int, key: str) -> str:
        return reverse("chart_specification", args=[release.id, part, subject, at, key])

    return Addresses(why=why, page=page, picture=picture, specification=specification)


def pictures_folder(release: ReleaseSummary) -> Path:
    """Where drawn charts of a release are kept; it can be deleted at any time."""
    return Path(settings.DATA) / "cache" / "charts" / str(release.id)


def documents_folder() -> Path:
    """Where made documents are kept; it can be deleted at any time."""
    return Path(settings.DATA) / "documents"
