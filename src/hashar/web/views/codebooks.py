"""A survey's codebook: drafted, checked, edited as text; nobody overwrites another's unseen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hashar.assess.contracts.surveys import CodebookVersion, NewerCodebook, SurveyDetail
from hashar.assess.permissions import require_work
from hashar.assess.queries import surveys as queries
from hashar.assess.services import codebook_columns, codebook_forms, codebook_versions
from hashar.assess.services.codebook_columns import FileColumn
from hashar.errors import CodebookError, Forbidden, HasharError, NotFound
from hashar.http_status import status_of
from hashar.i18n import N_, Translator
from hashar.web.codebooks import differences
from hashar.web.downloads import as_file
from hashar.web.forms.codebooks.base import Book, Problem
from hashar.web.forms.surveys import DraftForm
from hashar.web.request import Request, sent
from hashar.web.shelf import Shelf

LISTS = ("groups", "indicators", "scales", "quality")
WORDS = {
    "basics": N_("What the survey is"),
    "waves": N_("Waves and their files"),
    "design": N_("How the sample was drawn"),
    "missing": N_("Missing answers"),
    "groups": N_("Groups"),
    "indicators": N_("Indicators"),
    "scales": N_("Risk and protective factors"),
    "quality": N_("Rules on doubtful questionnaires"),
    "disclosure": N_("Thresholds of disclosure control"),
    "priorities": N_("Weights of the priorities"),
}

_checked: Shelf[tuple[tuple[HasharError, ...], tuple[HasharError, ...], bool]] = Shelf(16)
"""(survey, fingerprint of the text) → problems, remarks, whether the files were looked at: a text checks the same."""


def opened(request: Request, survey: int) -> tuple[SurveyDetail, CodebookVersion]:
    """A survey with its present codebook, for its analysts.

    Raises
    ------
    NotFound
        There is no such survey for this person, or it has no codebook yet.
    Forbidden
        The person is no analyst of the organisation that owns it.

    """
    detail = queries.survey(request.actor, survey)
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    if detail.codebook is None:
        raise NotFound(N_("This survey has no codebook yet. Open the survey and draft one."))
    return detail, detail.codebook


def checked(
    request: Request, survey: int, version: CodebookVersion, *, with_files: bool = False
) -> tuple[list[Problem], list[Problem], bool]:
    """Problems and remarks in the reader's words, and whether the files were looked at."""
    key = (survey, version.sha256)
    known = _checked.find(key)
    if known is None or (with_files and not known[2]):
        if with_files:
            found = codebook_versions.check_against_files(
                actor=request.actor, survey=survey, text=version.text, now=request.now
            )
            known = (found.problems, found.remarks, True)
        else:
            problems = codebook_versions.check_codebook(actor=request.actor, survey=survey, text=version.text)
            known = (tuple(problems), (), False)
        if not any(str(one.values.get("path", "")).endswith(".territory") for one in known[0]):
            _checked.put(key, known)  # a territory that is missing may be on the site the next time
    t = request.translator
    return [told(t, one) for one in known[0]], [told(t, one) for one in known[1]], known[2]


def told(t: Translator, error: HasharError) -> Problem:
    """A problem in the reader's words."""
    line = error.values.get("line", 0)
    return Problem(str(error.values.get("path", "")), t.error(error), line if isinstance(line, int) else 0)


def book_of(
    request: Request, detail: SurveyDetail, version: CodebookVersion, *, with_columns: bool, problems: bool = True
) -> Book:
    """The codebook as forms see it.

    Raises
    ------
    CodebookError
        It can be corrected as text only.

    """
    found: list[Problem] = []
    if problems:
        found = checked(request, detail.summary.id, version)[0]
    columns = columns_of(request, detail) if with_columns else {}
    return Book(codebook_forms.read_settings(version.text), request.translator.language, columns, found)


def columns_of(request: Request, detail: SurveyDetail) -> dict[str, dict[str, FileColumn]]:
    """Wave → columns of its file."""
    found: dict[str, dict[str, FileColumn]] = {}
    for file in detail.files:
        if file.wave:
            read = codebook_columns.file_columns(
                actor=request.actor, survey=detail.summary.id, file=file.id, now=request.now
            )
            found.setdefault(file.wave, dict(read))
    return found


@require_http_methods(["GET", "POST"])
def codebook(request: Request, survey: int) -> HttpResponse:
    """All parts with what is wrong in them; POST looks at the files too."""
    detail = queries.survey(request.actor, survey)
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    if detail.codebook is None:
        return redirect("codebook_draft", survey)
    version = detail.codebook
    problems, remarks, files_seen = checked(request, survey, version, with_files=request.method == "POST")
    try:
        settings = codebook_forms.read_settings(version.text)
    except CodebookError:
        settings = None
    content = {
        "detail": detail,
        "saved_version": version,
        "problems": problems,
        "remarks": remarks,
        "files_seen": files_seen,
        "parts_list": parts_of(request, settings, problems) if settings else [],
        "guesses": codebook_forms.guesses_left(version.text),
    }
    return render(request, "assess/codebook.html", content)


def parts_of(
    request: Request, settings: codebook_forms.Settings, problems: list[Problem]
) -> list[tuple[str, str, int | None, int]]:
    """(section, title, how many entries, how many problems) of every part."""
    t = request.translator
    found: list[tuple[str, str, int | None, int]] = []
    for section, words in WORDS.items():
        entries = len(settings.entries(section)) if section in (*LISTS, "waves") else None
        mine = [one for one in problems if section_of(one.path) == section]
        found.append((section, t.gettext(words), entries, len(mine)))
    return found


def section_of(path: str) -> str:
    """The part that a setting belongs to."""
    first = path.partition(".")[0]
    return first if first in WORDS else "basics"


@require_http_methods(["GET", "POST"])
def draft(request: Request, survey: int) -> HttpResponse:
    """Guess a codebook from a file."""
    detail = queries.survey(request.actor, survey)
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    newest = detail.files[-1].id if detail.files else None
    form = DraftForm(detail.files, sent(request), initial={"file": newest})
    content = {"detail": detail, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            codebook_versions.draft_codebook(
                actor=request.actor,
                survey=survey,
                file=form.cleaned_data["file"],
                now=request.now,
                language=request.translator.language,
                replace="replace" in request.POST,
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            return render(request, "assess/codebook_draft.html", content, status=status_of(error))
        messages.success(
            request, request.translator.gettext("The codebook is drafted. Every guess is marked: look at each.")
        )
        return redirect("codebook", survey)
    return render(request, "assess/codebook_draft.html", content, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def text(request: Request, survey: int) -> HttpResponse:
    """The YAML itself, for those who prefer it."""
    detail = queries.survey(request.actor, survey)
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    version = detail.codebook
    if request.method == "POST":
        typed = request.POST.get("text", "").replace("\r\n", "\n")
        return saved(request, detail, typed, based_on(request), "codebook_text")
    problems = checked(request, survey, version)[0] if version else []
    content = {
        "detail": detail,
        "saved_version": version,
        "problems": problems,
        "text": version.text if version else "",
        "based_on": version.number if version else 0,
        "problem": "",
    }
    return render(request, "assess/codebook_text.html", content)


def based_on(request: Request) -> int:
    """The version that a form was made from."""
    number = request.POST.get("based_on", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0


def saved(request: Request, detail: SurveyDetail, new: str, base: int, back: str, *args: object) -> HttpResponse:
    """Keep a text as the next version and go to ``back``; show both versions where somebody else was first."""
    survey = detail.summary.id
    t = request.translator
    try:
        version = codebook_versions.save_codebook(
            actor=request.actor, survey=survey, text=new, based_on=base, now=request.now
        )
    except NewerCodebook as conflict:
        return _conflict(request, detail, new, base, conflict)
    except CodebookError as error:
        content: dict[str, object] = {"problem": t.error(error), "text": new, "based_on": base, "problems": []}
        content |= {"detail": detail, "saved_version": detail.codebook}
        return render(request, "assess/codebook_text.html", content, status=status_of(error))
    if version.problems:
        said = t.ngettext(
            "Saved as version {number}. {count} problem is left.",
            "Saved as version {number}. {count} problems are left.",
            version.problems,
            number=version.number,
        )
        messages.warning(request, said)
    else:
        messages.success(request, t.gettext("Saved as version {number}. No problem is left.", number=version.number))
    return redirect(back, survey, *args)


def _conflict(request: Request, detail: SurveyDetail, mine: str, base: int, conflict: NewerCodebook) -> HttpResponse:
    """Both versions side by side; what can be merged is merged already, and one's own text is kept."""
    theirs = conflict.newer
    try:
        origin = queries.codebook_version(request.actor, detail.summary.id, base).text
    except NotFound:
        origin = theirs.text
    both, clashes = codebook_forms.merge(origin, mine, theirs.text)
    content = {
        "detail": detail,
        "sentence": request.translator.error(conflict),
        "theirs": theirs,
        "mine": mine,
        "merged": both,
        "clashes": clashes,
        "rows": differences(theirs.text, mine),
    }
    return render(request, "assess/codebook_conflict.html", content, status=status_of(conflict))


@require_GET
def download(request: Request, survey: int) -> HttpResponse:
    """The present version as a file, for the command line and for other surveys."""
    _, version = opened(request, survey)
    name = f"codebook-{survey}-{version.number}.yaml"
    return as_file(version.text, "text/plain; charset=utf-8", name, cache="")


@require_GET
def version(request: Request, survey: int, number: int) -> HttpResponse:
    """An earlier version and how it differs from the present one."""
    detail, present = opened(request, survey)
    old = queries.codebook_version(request.actor, survey, number)
    content = {"detail": detail, "old": old, "present": present, "rows": differences(old.text, present.text)}
    return render(request, "assess/codebook_version.html", content)
