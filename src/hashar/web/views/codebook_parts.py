"""The parts of a codebook as forms, one part or one entry to a page."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hashar.assess.contracts.surveys import CodebookVersion, SurveyDetail
from hashar.assess.queries import surveys as queries
from hashar.assess.services import codebook_forms
from hashar.assess.services.codebook_forms import Plain, key_of
from hashar.errors import CodebookError, NotFound
from hashar.i18n import N_
from hashar.reference.queries import factors
from hashar.web.forms.codebooks.base import Book, PartForm
from hashar.web.forms.codebooks.groups import GroupForm
from hashar.web.forms.codebooks.indicators import IndicatorForm
from hashar.web.forms.codebooks.parts import (
    BasicsForm,
    DesignForm,
    DisclosureForm,
    MissingForm,
    PrioritiesForm,
    WavesForm,
)
from hashar.web.forms.codebooks.rules import RuleForm
from hashar.web.forms.codebooks.scales import ScaleForm
from hashar.web.request import Request, page_number, sent
from hashar.web.views.codebooks import LISTS, WORDS, based_on, book_of, opened, saved

FORMS: Mapping[str, type[PartForm]] = {
    "basics": BasicsForm,
    "waves": WavesForm,
    "design": DesignForm,
    "missing": MissingForm,
    "disclosure": DisclosureForm,
    "priorities": PrioritiesForm,
    "groups": GroupForm,
    "indicators": IndicatorForm,
    "scales": ScaleForm,
    "quality": RuleForm,
}
ON_A_PAGE = 25
ONE_MORE = {
    "groups": N_("Add a group"),
    "indicators": N_("Add an indicator"),
    "scales": N_("Add a factor"),
    "quality": N_("Add a rule"),
}


def _base(request: Request, survey: int) -> tuple[SurveyDetail, CodebookVersion]:
    """The survey, and the version that the form is about: what was shown to the person, not what came since."""
    detail, present = opened(request, survey)
    base = based_on(request) if request.method == "POST" else present.number
    if base == present.number:
        return detail, present
    return detail, queries.codebook_version(request.actor, survey, base)


@require_http_methods(["GET", "POST"])
def section(request: Request, survey: int, section: str) -> HttpResponse:
    """A part that a codebook has once, as a form; a list of entries with what is wrong in them."""
    if section not in WORDS:
        raise NotFound(N_("A codebook has no such part. Go back to its first page."))
    detail, version = _base(request, survey)
    try:
        book = book_of(request, detail, version, with_columns=section == "design")
    except CodebookError:
        return redirect("codebook_text", survey)
    if section in LISTS:
        return _list(request, detail, version, book, section)
    form = _single(book, section, sent(request))
    if request.method == "POST" and form.is_valid():
        new = _changed(version.text, form, section)
        return saved(request, detail, new, version.number, "codebook_section", section)
    return _form(request, detail, version, form, section, section)


def _single(book: Book, section: str, data: object) -> PartForm:
    if section in ("basics", "waves"):
        return FORMS[section](book, book.settings.values, (), "" if section == "basics" else section, data)
    return FORMS[section](book, book.settings.mapping(section), (section,), section, data)


def _changed(text: str, form: PartForm, section: str) -> str:
    new = codebook_forms.change_settings(text, form.changes())
    if isinstance(form, WavesForm):
        for at in form.removed():
            new = codebook_forms.remove_entry(new, section, at)
        for values in form.added():
            new = codebook_forms.add_entry(new, section, {k: v for k, v in values.items() if v not in ("", [], None)})
    return new


def _form(
    request: Request, detail: SurveyDetail, version: CodebookVersion, form: PartForm, section: str, title: str
) -> HttpResponse:
    t = request.translator
    content = {
        "detail": detail,
        "saved_version": version,
        "form": form,
        "part_key": section,
        "part": t.gettext(WORDS[section]),
        "title": t.gettext(WORDS[section]) if title == section else title,
        "waves": form.book.waves,
        "columns": list(form.book.columns.items()),
        "neighbours": _neighbours(form, section),
        "guesses": codebook_forms.guesses_left(version.text),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"assess/codebook_{section}.html", content, status=status)


def _neighbours(form: PartForm, section: str) -> tuple[str, str]:
    """Names of the entries before and after this one."""
    if section not in LISTS or len(form.path) < 2:
        return "", ""
    names = form.book.settings.names(section)
    at = int(form.path[1])
    before = names[at - 1] if at > 0 else ""
    return before, names[at + 1] if at + 1 < len(names) else ""


def _list(request: Request, detail: SurveyDetail, version: CodebookVersion, book: Book, section: str) -> HttpResponse:
    """Entries by their order in the codebook, found by a word of name or label."""
    word = request.GET.get("q", "").strip().casefold()
    rows = []
    for one in book.settings.entries(section):
        name = str(one.get(key_of(section), ""))
        label = book.pick(one.get("label")) or _factor(request, name, section)
        problems = [
            p for p in book.problems if p.path == f"{section}.{name}" or p.path.startswith(f"{section}.{name}.")
        ]
        if not word or word in f"{name} {label}".casefold():
            rows.append((name, label, columns_text(one), len(problems)))
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    page = min(page_number(request), pages)
    content = {
        "detail": detail,
        "saved_version": version,
        "part_key": section,
        "title": request.translator.gettext(WORDS[section]),
        "add": request.translator.gettext(ONE_MORE[section]),
        "rows": rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "total": len(rows),
        "page": page,
        "pages": pages,
        "word": request.GET.get("q", "").strip(),
    }
    return render(request, "assess/codebook_list.html", content)


def _factor(request: Request, code: str, section: str) -> str:
    known = factors().get(code) if section == "scales" else None
    return request.translator.pick(known.name) if known else ""


def columns_text(one: Mapping[object, Plain]) -> str:
    """The columns that an entry speaks of, in a few words."""
    many = one.get("variables")
    names = [str(name) for name in many.values()] if isinstance(many, dict) else [str(one.get("variable") or "")]
    items = one.get("items")
    if isinstance(items, list):
        names = [columns_text(item) for item in items if isinstance(item, dict)]
    return ", ".join(dict.fromkeys(filter(None, names)))


@require_http_methods(["GET", "POST"])
def item(request: Request, survey: int, section: str, item: str) -> HttpResponse:
    """One group, indicator, scale or rule."""
    detail, version = _base(request, survey)
    try:
        book = book_of(request, detail, version, with_columns=True)
    except CodebookError:
        return redirect("codebook_text", survey)
    at = book.settings.position(section, item) if section in LISTS else None
    if at is None:
        raise NotFound(N_("The codebook has no such entry (any more). Choose one from its list."))
    entry = book.settings.entries(section)[at]
    form = FORMS[section](book, entry, (section, at), f"{section}.{item}", sent(request))
    if request.method == "POST" and form.is_valid():
        new = codebook_forms.change_settings(version.text, form.changes())
        named = form.cleaned_data.get(key_of(section)) or item
        return saved(request, detail, new, version.number, "codebook_item", section, _next(request, form, str(named)))
    title = book.pick(entry.get("label")) or _factor(request, item, section) or item
    return _form(request, detail, version, form, section, title)


def _next(request: Request, form: PartForm, own: str) -> str:
    """Where to go after saving: the next entry when that button was pressed."""
    after = _neighbours(form, str(form.path[0]))[1]
    return after if "next" in request.POST and after else own


@require_http_methods(["GET", "POST"])
def add(request: Request, survey: int, section: str) -> HttpResponse:
    """One more group, indicator, scale or rule; a group or indicator begins with its column."""
    if section not in LISTS:
        raise NotFound(N_("A codebook has no such part. Go back to its first page."))
    detail, version = _base(request, survey)
    try:
        book = book_of(request, detail, version, with_columns=True)
    except CodebookError:
        return redirect("codebook_text", survey)
    column = request.GET.get("column", "")
    if section in ("groups", "indicators") and not column and request.method == "GET":
        return _choose(request, detail, version, book, section)
    form = FORMS[section](book, beginning(book, section, column), (section,), f"{section}.?", sent(request))
    if request.method == "POST" and form.is_valid():
        values: dict[str, Plain] = {}
        for change in form.changes():
            values |= change.values
        new = codebook_forms.add_entry(version.text, section, values)
        name = str(values.get(key_of(section)))
        return saved(request, detail, new, version.number, "codebook_item", section, name)
    return _form(request, detail, version, form, section, request.translator.gettext(ONE_MORE[section]))


def beginning(book: Book, section: str, column: str) -> dict[object, Plain]:
    """A new entry about a column: its name, what the file calls it, its codes as levels."""
    if not column:
        return {}
    known = [columns[column] for columns in book.columns.values() if column in columns]
    label = known[0].label if known and known[0].label else column
    found: dict[object, Plain] = {"name": column, "label": label, "variable": column}
    if section == "groups" and known:
        answers = [one for one in known[0].codes if not one.missing]
        found["levels"] = [{"name": str(one.code), "codes": [one.code], "label": one.label} for one in answers]
    return found


def _choose(request: Request, detail: SurveyDetail, version: CodebookVersion, book: Book, section: str) -> HttpResponse:
    """Columns of the files that no entry speaks of yet."""
    used = {name for one in book.settings.entries(section) for name in columns_text(one).split(", ")}
    found = {name: one for columns in book.columns.values() for name, one in columns.items() if name not in used}
    content = {
        "detail": detail,
        "saved_version": version,
        "part_key": section,
        "title": request.translator.gettext(ONE_MORE[section]),
        "part": request.translator.gettext(WORDS[section]),
        "found": list(found.values()),
    }
    return render(request, "assess/codebook_choose.html", content)


@require_http_methods(["GET", "POST"])
def remove(request: Request, survey: int, section: str, item: str) -> HttpResponse:
    """Ask once more; then take an entry out."""
    detail, version = _base(request, survey)
    try:
        settings = codebook_forms.read_settings(version.text)
    except CodebookError:
        return redirect("codebook_text", survey)
    at = settings.position(section, item) if section in LISTS else None
    if at is None:
        raise NotFound(N_("The codebook has no such entry (any more). Choose one from its list."))
    if request.method == "POST":
        new = codebook_forms.remove_entry(version.text, section, at)
        return saved(request, detail, new, version.number, "codebook_section", section)
    content = {"detail": detail, "saved_version": version, "part_key": section, "item": item}
    return render(request, "assess/codebook_remove.html", content)
