"""Downloads: every format in every language."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hashar.assess.contracts.surveys import ReleaseSummary
from hashar.assess.queries import releases as queries
from hashar.errors import NotFound
from hashar.evaluate import queries as claims
from hashar.evaluate.permissions import writing_organisations
from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.reports import pages
from hashar.runs import services as runs
from hashar.web import documents as making
from hashar.web.downloads import as_file, safe_name
from hashar.web.request import Request
from hashar.web.views.releases import tabs

KINDS = {
    "docx": (N_("Word"), N_("to edit and to send on")),
    "pdf": (N_("PDF"), N_("to print and to sign")),
    "html": (N_("Web page in one file"), N_("opens anywhere, without a network")),
    "xlsx": (N_("Excel"), N_("all tables, numbers as numbers")),
    "csv": (N_("CSV"), N_("one line for each number, for other programs")),
    "parquet": (N_("Parquet"), N_("the same for data programs")),
    "json": (N_("JSON"), N_("everything, with where it comes from")),
}


@require_GET
def documents(request: Request, release: int) -> HttpResponse:
    """Choose a format and a language."""
    summary = queries.release(request.actor, release)
    profile = queries.profile(request.actor, release)
    asked = request.GET.get("edition", request.translator.language)
    edition = asked if asked in LANGUAGE_NAMES else request.translator.language
    t = request.translator
    kinds = [
        (kind, t.gettext(name), t.gettext(use), making.path_of(summary, edition, kind).exists() or kind in pages.QUICK)
        for kind, (name, use) in KINDS.items()
    ]
    content = {
        "release": summary,
        "profile": profile,
        "tabs": tabs(request, summary, profile),
        "current": "documents",
        "kinds": kinds,
        "edition": edition,
        "reports": claims.reports(request.actor, release=release).items,
        "may_write": bool(writing_organisations(request.actor)),
        "editions_tabs": [
            (code, name, f"{reverse('release_documents', args=[release])}?edition={code}")
            for code, name in LANGUAGE_NAMES.items()
        ],
    }
    return render(request, "assess/documents.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: Request, release: int, edition: str, kind: str) -> HttpResponse:
    """The file itself; a slow one that is not made yet is asked for with POST and made by a worker."""
    summary = queries.release(request.actor, release)
    if edition not in LANGUAGE_NAMES or kind not in KINDS:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    path = making.path_of(summary, edition, kind)
    if request.method == "POST":
        if path.exists() or kind in pages.QUICK:
            return redirect("release_document", release, edition, kind)
        run = runs.ask(
            actor=request.actor,
            kind=making.KIND,
            organisation=summary.organisation,
            subject=f"release:{release}",
            parameters={"release": release, "language": edition, "kind": kind},
            now=request.now,
        )
        return redirect("run", run.id)
    if not path.exists():
        if kind not in pages.QUICK:
            content = {"release": summary, "edition": edition, "kind": kind, "name": KINDS[kind][0]}
            return render(request, "assess/document.html", content)
        making.make(request.actor, summary, edition, kind)
    return as_file(path.read_bytes(), pages.TYPES[kind], file_name(request, summary, edition, kind))


def file_name(request: Request, release: ReleaseSummary, edition: str, kind: str) -> str:
    """Title and wave, language, ending."""
    title = safe_name(f"{request.translator.pick(release.title)} {release.wave}", "profile")
    return f"{title}.{edition}.{kind}"
