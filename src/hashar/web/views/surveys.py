"""Surveys: their files, and asking for a profile."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hashar.assess.contracts.surveys import SurveyDetail, SurveyFile
from hashar.assess.permissions import require_work
from hashar.assess.queries import surveys as queries
from hashar.assess.services import codebook_forms
from hashar.assess.services import releases as release_services
from hashar.assess.services import surveys as services
from hashar.errors import CodebookError, Forbidden, HasharError, NotFound
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.runs.queries import runs_about
from hashar.web.forms.surveys import ProfileForm, SurveyForm, UploadForm, may_begin
from hashar.web.request import Request, page_number, sent

MEGABYTE = 1_000_000
RUNS = 10


@require_GET
def surveys(request: Request) -> HttpResponse:
    """The surveys of the person's organisations."""
    found = queries.surveys(request.actor, page=page_number(request), size=30)
    return render(request, "assess/surveys.html", {"surveys": found, "may_create": may_begin(request.actor)})


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a survey."""
    if not may_begin(request.actor):
        raise Forbidden(N_("Only a coordinator of an organisation may begin a survey. Ask one of yours."))
    form = SurveyForm(request.actor, request.translator, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_survey(actor=request.actor, **form.cleaned_data, now=request.now)
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            return render(request, "assess/survey_new.html", {"form": form}, status=status_of(error))
        return redirect("survey", made)
    return render(request, "assess/survey_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def survey(request: Request, survey: int) -> HttpResponse:
    """All about one survey, and what to do next."""
    detail = queries.survey(request.actor, survey)
    content = {
        "detail": detail,
        "step": next_step(detail),
        "guesses": codebook_forms.guesses_left(detail.codebook.text) if detail.codebook else 0,
        "runs": runs_about(f"survey:{survey}", RUNS),
    }
    return render(request, "assess/survey.html", content)


def next_step(detail: SurveyDetail) -> str:
    """The one thing that is due: upload, draft, mend, profile, share, or nothing."""
    if not detail.files:
        return "upload"
    if detail.codebook is None:
        return "draft"
    if detail.codebook.problems:
        return "mend"
    if not detail.releases:
        return "profile"
    return "share" if not any(one.state == "shared" for one in detail.releases) else ""


@require_http_methods(["GET", "POST"])
def upload(request: Request, survey: int) -> HttpResponse:
    """Take in a survey file; the limits are said before."""
    detail = queries.survey(request.actor, survey)
    form = UploadForm(sent(request), request.FILES if request.method == "POST" else None)
    content = {"detail": detail, "form": form, "limit": settings.UPLOAD_LIMIT // MEGABYTE}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.add_file(
                actor=request.actor, survey=survey, name=file.name, content=file.file, now=request.now
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error("file", request.translator.error(error))
            return render(request, "assess/upload.html", content, status=status_of(error))
        messages.success(request, request.translator.gettext("{file} is in the survey.", file=made.name))
        answer = redirect("survey", survey)
        if request.headers.get("X-Requested-With") == "upload":
            answer.status_code = 201  # the script goes there itself, so that the message is shown once
        return answer
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    return render(request, "assess/upload.html", content, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def remove(request: Request, survey: int, file: int) -> HttpResponse:
    """Ask once more; then delete a file's bytes."""
    detail = queries.survey(request.actor, survey)
    if request.method == "POST":
        services.remove_file(actor=request.actor, survey=survey, file=file, now=request.now)
        messages.success(request, request.translator.gettext("The file is deleted. Its fingerprint stays."))
        return redirect("survey", survey)
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    return render(request, "assess/file_remove.html", {"detail": detail, "file": file_of(detail, file)})


def file_of(detail: SurveyDetail, file: int) -> SurveyFile:
    """A present file of a survey.

    Raises
    ------
    NotFound
        It has none of that number.

    """
    found = next((one for one in detail.files if one.id == file), None)
    if found is None:
        raise NotFound(N_("The survey has no such file (any more). Choose one from its list."))
    return found


@require_GET
def microdata(request: Request, survey: int) -> HttpResponse:
    """Who opened the survey's files, when and what for."""
    detail = queries.survey(request.actor, survey)
    found = queries.microdata_audit(request.actor, survey, page=page_number(request))
    return render(request, "assess/microdata.html", {"detail": detail, "found": found})


@require_http_methods(["GET", "POST"])
def profile(request: Request, survey: int) -> HttpResponse:
    """Ask for a profile: choose file, earlier waves, groups."""
    detail = queries.survey(request.actor, survey)
    require_work(request.actor, detail.summary.organisation, detail.summary.territory_path)
    form = profile_form(request, detail)
    content = {"detail": detail, "form": form, "step": next_step(detail)}
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            run = release_services.ask_profile(
                actor=request.actor,
                survey=survey,
                file=wanted["file"],
                earlier=[one for one in wanted.get("earlier", []) if one != wanted["file"]],
                by=groups_asked(form),
                now=request.now,
            )
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            return render(request, "assess/profile_ask.html", content, status=status_of(error))
        return redirect("run", run.id)
    return render(request, "assess/profile_ask.html", content, status=422 if form.is_bound else 200)


def profile_form(request: Request, detail: SurveyDetail) -> ProfileForm:
    """With the latest wave and all groups chosen."""
    groups: list[tuple[str, str]] = []
    order: list[str] = []
    if detail.codebook is not None:
        try:
            settings_ = codebook_forms.read_settings(detail.codebook.text)
        except CodebookError:
            settings_ = codebook_forms.Settings()
        groups = [(str(one.get("name", "")), label_of(request, one)) for one in settings_.entries("groups")]
        order = [str(one.get("name", "")) for one in settings_.entries("waves")]
    fitting = sorted((one for one in detail.files if one.wave in order), key=lambda one: order.index(one.wave))
    initial = {
        "file": fitting[-1].id if fitting else None,
        "earlier": [one.id for one in fitting[:-1]],
        "by": [name for name, _ in groups],
    }
    newest_first = [*reversed(fitting), *(one for one in detail.files if one not in fitting)]
    return ProfileForm(newest_first, groups, request.translator, sent(request), initial=initial)


def label_of(request: Request, entry: dict[object, codebook_forms.Plain]) -> str:
    """The label of a group or indicator in the reader's language, else its name."""
    label = entry.get("label")
    if isinstance(label, dict):
        return request.translator.pick({str(code): str(text) for code, text in label.items()})
    return str(label or entry.get("name", ""))


def groups_asked(form: ProfileForm) -> list[str] | None:
    """None for all groups, each alone; some of them are crossed with each other too."""
    if "by" not in form.fields:
        return None
    chosen: list[str] = form.cleaned_data["by"]
    return None if len(chosen) == len(form.groups) else chosen
