"""Single figures: the list of them, where each comes from, and all that a file led to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hashar.assess.contracts.published import Change
from hashar.assess.contracts.surveys import FindingKind, ReleaseSummary, StoredFinding
from hashar.assess.queries import releases as queries
from hashar.assess.queries.measured import measured
from hashar.errors import HasharError, NotFound
from hashar.i18n import N_, Translator
from hashar.reports.content.cells import (
    hidden,
    unit_of,
    write_difference,
    write_interval,
    write_value,
)
from hashar.reports.content.parts import factor_of, indicator_of
from hashar.reports.content.wording import RELIABILITY
from hashar.web.forms.surveys import FindingFilter
from hashar.web.request import Request, page_number

SIZE = 50


@dataclass(frozen=True)
class Line:
    """A figure as the list shows it."""

    finding: StoredFinding
    what: str
    where: str
    value: str
    interval: str
    n: str
    mark: str
    reliability: str


def line(t: Translator, found: StoredFinding) -> Line:
    """A figure in words of the reader's language; hidden ones say why."""
    unit = unit_of(t, found.statistic, dict(found.unit))
    figure = found.figure.value
    where = t.gettext("All pupils")
    if found.group:
        where = f"{t.pick(found.group_label) or found.group}: {t.pick(found.level_label) or found.level}"
    elif found.about is FindingKind.ANSWER:
        where = t.pick(found.level_label) or found.level
    what = t.pick(found.label) or found.indicator
    if figure is None:
        reason = hidden(t, found.figure.suppressed).reason
        return Line(found, what, where, value=reason, interval="", n="", mark="", reliability="")
    mark, name = RELIABILITY[figure.reliability]
    return Line(
        found,
        what,
        where,
        value=write_value(t, figure.estimate, unit),
        interval=write_interval(t, figure, unit),
        n=t.integer(figure.n),
        mark=mark.value,
        reliability=t.gettext(name),
    )


@require_GET
def findings(request: Request) -> HttpResponse:
    """Published figures by indicator and place, in the order of their profiles: never by value."""
    t = request.translator
    names = sorted(((name, t.pick(label) or name) for name, label in measured(request.actor)), key=_by_label)
    form = FindingFilter(t, names, request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.findings(
        request.actor,
        indicator=asked.get("indicator") or None,
        territory=asked.get("place") or None,
        group=None if asked.get("groups") else "",
        page=page_number(request),
        size=SIZE,
    )
    lines = [line(t, item) for item in found.items]
    return render(request, "assess/findings.html", {"found": found, "lines": lines, "form": form})


def _by_label(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


@require_GET
def finding(request: Request, finding: int) -> HttpResponse:
    """Why this number: source, fingerprint, n, method, version, parameters, who, when."""
    told = queries.why(request.actor, finding)
    t = request.translator
    content = {
        "why": told,
        "line": line(t, told.finding),
        "release": told.release,
        "figure": told.finding.figure.value,
        "command": command([source.name for source in told.sources]),
        "subject": subject_address(told.finding),
    }
    return render(request, "assess/why.html", content)


def subject_address(found: StoredFinding) -> str:
    """The page of the indicator or factor that a figure is about."""
    factor = found.about in (FindingKind.FACTOR, FindingKind.SCORE)
    return reverse("release_factor" if factor else "release_indicator", args=[found.release, found.indicator])


def command(files: Sequence[str]) -> str:
    """How an analyst computes it again from the same files."""
    return f"hashar profile {' '.join(_quoted(name) for name in files)} --codebook codebook.yaml"


def _quoted(name: str) -> str:
    return f'"{name}"' if set(name) & set(" ()&;'") else name


@require_GET
def why(request: Request, release: int) -> HttpResponse:
    """From a figure's place in a profile (``?of=…&wave=…&group=…&level=…``) to the page on where it comes from."""
    summary = queries.release(request.actor, release)
    asked = {name: request.GET.get(name, "") for name in ("of", "wave", "group", "level")}
    if request.GET.get("change"):
        return _change(request, summary, asked["of"])
    about = FindingKind.FACTOR if request.GET.get("about") == "factor" else FindingKind.INDICATOR
    place = {"wave": asked["wave"] or summary.wave, "group": asked["group"], "level": asked["level"]}
    found = queries.finding_id(request.actor, release=release, about=about, indicator=asked["of"], **place)
    return redirect("finding", found)


def _change(request: Request, release: ReleaseSummary, name: str) -> HttpResponse:
    """Where a difference of two waves comes from: both figures, the test, the files."""
    profile = queries.profile(request.actor, release.id)
    factor = request.GET.get("about") == "factor"
    about = FindingKind.FACTOR if factor else FindingKind.INDICATOR
    item = factor_of(profile, name) if factor else indicator_of(profile, name)
    change: Change | None = item.change.value if item.change is not None else None
    if change is None:
        raise NotFound(N_("This profile compares no waves of this indicator. Go back to its page."))
    t = request.translator
    unit = unit_of(t, "proportion" if factor else indicator_of(profile, name).statistic, {})
    sides = [_side(request, release, about, name, wave) for wave in (change.earlier, change.later)]
    content = {
        "release": release,
        "title": t.pick(factor_of(profile, name).name if factor else indicator_of(profile, name).label),
        "change": change,
        "difference": write_difference(t, change.difference, unit),
        "low": write_difference(t, change.ci_low, unit),
        "high": write_difference(t, change.ci_high, unit),
        "detectable": write_difference(t, abs(change.detectable), unit).lstrip("+"),
        "points": unit.share,
        "sides": sides,
        "origin": profile.provenance,
        "subject": reverse("release_factor" if factor else "release_indicator", args=[release.id, name]),
    }
    return render(request, "assess/why_change.html", content)


def _side(request: Request, release: ReleaseSummary, about: FindingKind, name: str, wave: str) -> Line | None:
    try:
        found = queries.finding_id(request.actor, release=release.id, about=about, indicator=name, wave=wave)
    except HasharError:
        return None
    return line(request.translator, queries.finding(request.actor, found))


@require_GET
def source(request: Request, sha256: str) -> HttpResponse:
    """The way back: all figures that were computed from a file."""
    found = queries.figures_from_source(request.actor, sha256, page=page_number(request), size=SIZE)
    releases = tuple(queries.releases_from_source(request.actor, sha256))
    if not releases:
        raise NotFound(N_("No figure that you may see comes from a file with this fingerprint."))
    files = [one for one in queries.sources(request.actor, releases[0].id) if one.sha256 == sha256]
    lines = [line(request.translator, item) for item in found.items]
    content = {"source": files[0], "releases": releases, "found": found, "lines": lines}
    return render(request, "assess/source.html", content)
