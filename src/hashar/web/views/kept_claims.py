"""Reports and the claims kept in them: lists, one claim with its history, override, withdrawal, print."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.assess.queries import releases as release_queries
from hashar.errors import Forbidden, HasharError, NotFound
from hashar.evaluate import permissions, queries
from hashar.evaluate.services import kept, reports
from hashar.http_status import status_of
from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.people.permissions import require_signed_in
from hashar.plan.queries.plans import plans
from hashar.reports.claims import KINDS, claims_file
from hashar.reports.pages import TYPES
from hashar.web.downloads import as_file, safe_name
from hashar.web.forms.kept_claims import OverrideForm, ReportForm, WordsForm
from hashar.web.request import Request, page_number, sent
from hashar.web.texts import waiting

MOST_OFFERED = 100
LONGEST_ID = 18
"""Digits of an id that any database takes."""


@require_GET
def evaluate(request: Request) -> HttpResponse:
    """The reports of the person's organisations, all or those about a profile or plan, and the way to the guard."""
    require_signed_in(request.actor)
    about = {name: number(request.GET.get(name, "")) for name in ("release", "plan")}
    found = queries.reports(request.actor, page=page_number(request), release=about["release"], plan=about["plan"])
    context = {"found": found, "about": about, "may_write": bool(permissions.writing_organisations(request.actor))}
    return render(request, "evaluate/evaluate.html", context)


def number(text: str) -> int | None:
    """An id as an address says it; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_ID else None


@require_http_methods(["GET", "POST"])
def report_new(request: Request) -> HttpResponse:
    """Open a report."""
    organisations = permissions.writing_organisations(request.actor)
    if not organisations:
        raise Forbidden(
            N_("Only coordinators, officials and analysts of this organisation keep claims. Ask one of them.")
        )
    t = request.translator
    nothing = ("", "–")
    seen = release_queries.releases(request.actor, size=MOST_OFFERED).items
    about = plans(request.actor, size=MOST_OFFERED).items
    choices = {
        "organisation": [(str(known), name) for known, name in organisations.items()],
        "release": [nothing, *((str(one.id), f"{t.pick(one.title)}, {one.wave} ({one.number})") for one in seen)],
        "plan": [nothing, *((str(one.id), t.pick(one.titles)[:100] or str(one.id)) for one in about)],
    }
    start = {name: request.GET.get(name, "")[:20] for name in ("release", "plan")}
    form = ReportForm(choices, sent(request), initial=start)
    return _form_page(
        request,
        "evaluate/report_new.html",
        form,
        {},
        lambda: redirect("report", reports.open_report(actor=request.actor, now=request.now, **form.cleaned_data)),
    )


def _form_page(
    request: Request,
    template: str,
    form: ReportForm | OverrideForm | WordsForm,
    context: dict[str, object],
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """A form; what the domain refuses stands on it, with what was typed."""
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return done()
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            status = status_of(error)
    return render(request, template, {"form": form, **context}, status=status)


@require_GET
def report(request: Request, report: int) -> HttpResponse:
    """A report: its sentences with their verdicts, in the order of print."""
    found = queries.report(request.actor, report)
    outdated = sum(bool(each.outdated) for each in found.claims)
    context = {"it": found, "outdated": outdated, "kinds": KINDS, "editions": LANGUAGE_NAMES}
    return render(request, "evaluate/report.html", context)


@require_POST
def report_judge(request: Request, report: int) -> HttpResponse:
    """Judge again what was judged on earlier numbers."""
    done = kept.judge_report_again(actor=request.actor, report=report, now=request.now)
    t = request.translator
    messages.success(request, t.ngettext("{count} claim was judged again.", "{count} claims were judged again.", done))
    return redirect("report", report)


@require_GET
def document(request: Request, report: int, edition: str, kind: str) -> HttpResponse:
    """The claims as a file."""
    if kind not in KINDS or edition not in LANGUAGE_NAMES:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    found = queries.report(request.actor, report)
    name = f"{safe_name(found.summary.title, 'claims')}.{edition}.{kind}"
    return as_file(claims_file(found, language=edition, kind=kind), TYPES[kind], name)


@require_GET
def claim(request: Request, kept_claim: int) -> HttpResponse:
    """A claim with its verdict, its numbers, and every judgement before."""
    found = queries.kept_claim(request.actor, kept_claim)
    return render(request, "evaluate/kept.html", _context(request, found.id))


def _context(request: Request, kept_claim: int) -> dict[str, object]:
    found = queries.kept_claim(request.actor, kept_claim)
    stands = found.withdrawn_at is None
    writes = stands and permissions.may_write(request.actor, found.organisation)
    decides = stands and permissions.may_override(request.actor, found.organisation)
    return {"it": found, "may_write": writes, "may_override": decides, "language_names": LANGUAGE_NAMES}


@require_http_methods(["GET", "POST"])
def override(request: Request, kept_claim: int) -> HttpResponse:
    """Print a claim against its verdict, with the reason."""
    context = _context(request, kept_claim)
    found = queries.kept_claim(request.actor, kept_claim)
    permissions.require_override(request.actor, found.organisation)
    form = OverrideForm(sent(request), initial={"judgement": found.judgement.number})

    def done() -> HttpResponse:
        kept.override(actor=request.actor, claim=kept_claim, now=request.now, **form.cleaned_data)
        messages.success(request, waiting(N_("The claim is printed with your reason beside the verdict.")))
        return redirect("kept_claim", kept_claim)

    return _form_page(request, "evaluate/override.html", form, context, done)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, kept_claim: int) -> HttpResponse:
    """Ask once more; then take the claim out of its report."""
    found = queries.kept_claim(request.actor, kept_claim)
    permissions.require_write(request.actor, found.organisation)
    if request.method == "POST":
        kept.withdraw(actor=request.actor, claim=kept_claim, now=request.now)
        messages.success(request, waiting(N_("The claim is withdrawn.")))
        return redirect("report", found.report)
    return render(request, "evaluate/withdraw.html", {"it": found})


@require_POST
def judge(request: Request, kept_claim: int) -> HttpResponse:
    """Judge a claim again."""
    kept.judge_again(actor=request.actor, claim=kept_claim, now=request.now)
    return redirect("kept_claim", kept_claim)


@require_http_methods(["GET", "POST"])
def words(request: Request, kept_claim: int) -> HttpResponse:
    """Write the sentence in one more language."""
    found = queries.kept_claim(request.actor, kept_claim)
    permissions.require_write(request.actor, found.organisation)
    form = WordsForm(found.sentence, sent(request))

    def done() -> HttpResponse:
        sentence = {form.cleaned_data["language"]: form.cleaned_data["sentence"]}
        kept.add_words(actor=request.actor, claim=kept_claim, sentence=sentence, now=request.now)
        return redirect("kept_claim", kept_claim)

    return _form_page(request, "evaluate/words.html", form, {"it": found}, done)


@require_POST
def move(request: Request, kept_claim: int) -> HttpResponse:
    """Change the order of a report."""
    found = queries.kept_claim(request.actor, kept_claim)
    kept.move(actor=request.actor, claim=kept_claim, up=request.POST.get("to") == "up", now=request.now)
    return redirect("report", found.report)
